"""Kept groups as the records that cross the contract: which copy stays and why, and what differs. Pure."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from ctk.catalog.duplicate_rows import FileRow, GroupRow
from ctk.duplicates.keep import Choice, File, choose, of_copies
from ctk.fingerprint import WHOLE_BYTES
from ctk.records import Copy, Group, GroupKind

_PROOF: Final[dict[GroupKind, str]] = {
    "exact": "Every byte was read, and size and 128-bit checksum agree.",
    "same audio": "Every sample agrees when decoded (to 24 bits); only the files around them differ.",
    "near": "Name and length agree; the sounds themselves were not compared.",
}
_WHOLE: Final = "Size and the 64-bit checksum of every byte agree."


def by_group(files: Iterable[FileRow]) -> dict[int, list[FileRow]]:
    found: dict[int, list[FileRow]] = defaultdict(list)
    for file in files:
        found[file.group_id].append(file)
    return found


def group(row: GroupRow, files: Sequence[FileRow], rules: Sequence[str]) -> Group:
    """A group as it is shown: the copy to keep first, the others by their paths."""
    exact = row.kind == "exact"
    choice = choose([facts(file) for file in files], of_copies(rules) if exact else rules)
    files = sorted(files, key=lambda file: (file.id != choice.winner, file.path))
    copies = [_copy(file, choice, all_stay=not exact) for file in files]
    proof = _WHOLE if exact and row.size_bytes <= WHOLE_BYTES else _PROOF[row.kind]
    said = () if exact else differences(files)
    return Group(row.id, row.kind, proof, row.size_bytes, copies, row.wasted_bytes, choice.tie, said)


def facts(file: FileRow) -> File:
    """What rules look at."""
    return File(
        id=file.id,
        path=file.path,
        source=file.source,
        here=file.here,
        protected=file.protected,
        links=file.links,
        format=file.format,
        codec=file.codec,
        sample_rate_hz=file.sample_rate_hz,
        bit_depth=file.bit_depth,
        facts=len(json.loads(file.metadata)) if file.metadata else 0,
        mtime_ns=file.mtime_ns,
    )


def differences(files: Sequence[FileRow]) -> list[str]:
    """What differs between files, a sentence each."""
    lengths = [file.duration_s for file in files if file.duration_s is not None]
    found = [
        _values("Formats", [_format(file) for file in files]),
        _values("Sample rates", [f"{file.sample_rate_hz / 1000:g} kHz" for file in files if file.sample_rate_hz]),
        _values("Bits a sample", [str(file.bit_depth) for file in files if file.bit_depth]),
        _values("Channels", [str(file.channels) for file in files if file.channels]),
        f"Lengths are up to {max(lengths) - min(lengths):.3f} s apart." if len(set(lengths)) > 1 else "",
        _values("Sizes", [f"{file.size_bytes:,} bytes" for file in files]),
        "Metadata differs." if len({file.metadata for file in files}) > 1 else "",
    ]
    return [sentence for sentence in found if sentence]


def _copy(file: FileRow, choice: Choice, *, all_stay: bool) -> Copy:
    stays = all_stay or choice.winner in (None, file.id) or file.id in choice.stay
    return Copy(file.id, file.path, stays, choice.reason if file.id == choice.winner else choice.lost[file.id])


def _format(file: FileRow) -> str:
    names = dict.fromkeys(name for name in (file.format, file.codec) if name)
    return " ".join(names) or "unknown"


def _values(what: str, values: Sequence[str]) -> str:
    different = list(dict.fromkeys(values))
    return f"{what} differ: {', '.join(different)}." if len(different) > 1 else ""
