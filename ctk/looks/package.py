"""A look as files in memory: out of a folder or a ``.ctklook`` zip, and into a zip.

What others made may be broken or meant to do harm: nothing is written, followed or unpacked before it was looked at.
"""

import io
import os
import stat
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ctk import paths
from ctk.looks import names
from ctk.looks.look import SHEET, Fault
from ctk.looks.report import shown

if TYPE_CHECKING:
    import zipfile

SUFFIX: Final = ".ctklook"
MOST_FILES: Final = 64
MOST_BYTES: Final = 2 << 20
MOST_IN_ALL: Final = 8 << 20
MOST_RATIO: Final = 100
"""So many times smaller than it is, no honest file of a look gets."""
SMALL_BYTES: Final = 64 << 10
"""Up to here a file may be as small in the zip as it gets."""

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_STORED, _DEFLATED = 0, 8
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can tell, so that the same look gives the same zip."""

Loaded = tuple[dict[str, bytes], tuple[Fault, ...]]
"""Files by name, and what was wrong with others."""


def load(place: Path) -> Loaded:
    """A folder, its ``look.toml``, or a zip. Raises ``OSError``."""
    system = Path(paths.os_path(str(place)))
    if system.is_dir():
        return folder(system)
    if system.name == SHEET:
        return folder(system.parent)
    with open(system, "rb") as file:
        data = file.read(MOST_IN_ALL + 1)
    if len(data) > MOST_IN_ALL:
        return {}, (Fault(place.name, 0, f"it is larger than {MOST_IN_ALL >> 20} MB."),)
    return unpacked(data, place.name)


def folder(place: Path) -> Loaded:
    """All files in a folder that can belong to a look; others are not looked at. Raises ``OSError``."""
    found: dict[str, bytes] = {}
    faults: list[Fault] = []
    size = 0
    if not (place / SHEET).exists():
        return found, ()
    for entry, name in _walk(place, ""):
        if len(found) == MOST_FILES:
            faults.append(Fault(name, 0, f"a look has up to {MOST_FILES} files."))
            break
        if entry.is_symlink() or not entry.is_file(follow_symlinks=False):
            faults.append(Fault(name, 0, "it is no file but a link."))
            continue
        if (wrong := names.unfit(name)) or (wrong := _too_large(entry.stat().st_size, size)):
            faults.append(Fault(name, 0, wrong))
            continue
        with open(entry.path, "rb") as file:
            found[name] = file.read(MOST_BYTES)
        size += len(found[name])
    return found, tuple(faults)


def unpacked(data: bytes, title: str) -> Loaded:
    """The files of a zip, called ``title`` where it is told of as a whole."""
    if data.count(_ENTRY) > MOST_FILES:  # before anything is made of them
        return {}, (Fault(title, 0, f"a look has up to {MOST_FILES} files."),)
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zip:
            found, faults = _taken(zip)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError) as exc:
        return {}, (Fault(title, 0, f"it cannot be unpacked: {shown(str(exc)).strip(chr(34))}."),)
    return _inside(found), tuple(faults)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of those that belong to a look; of the same files always the same."""
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zip:
        for name in sorted(filter(names.belongs, files)):
            info = zipfile.ZipInfo(name, _BEGINNING)
            info.create_system = 3
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            zip.writestr(info, files[name])
    return target.getvalue()


def _walk(place: Path, above: str) -> Iterator[tuple["os.DirEntry[str]", str]]:
    with os.scandir(place) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            name = above + entry.name
            if names.beside(name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if name.count("/") < names.MOST_DEPTH - 1:
                    yield from _walk(Path(entry.path), f"{name}/")
            elif names.belongs(name):
                yield entry, name


def _taken(zip: "zipfile.ZipFile") -> tuple[dict[str, bytes], list[Fault]]:
    """Every entry that is a plain file of a fit name and size."""
    found: dict[str, bytes] = {}
    faults: list[Fault] = []
    taken: dict[str, str] = {}
    for info in zip.infolist():
        name = info.orig_filename  # the other has been made to fit this system
        wrong = _wrong(info, name) or _clash(name, taken) or _too_large(info.file_size, sum(map(len, found.values())))
        if wrong:
            faults.append(Fault(shown(name).strip('"'), 0, wrong))
        elif not name.endswith("/") and not names.beside(name):
            with zip.open(info) as file:
                found[name] = file.read(MOST_BYTES)
    return found, faults


def _wrong(info: "zipfile.ZipInfo", name: str) -> str:
    """Why an entry is not taken; empty when it is."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind and not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        return f"it is {'a link' if stat.S_ISLNK(kind) else 'something else than a file'}, and a look holds none."
    if unfit := names.unfit(name.removesuffix("/")):
        return unfit
    return _odd(info) or _foreign(name)


def _odd(info: "zipfile.ZipInfo") -> str:
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted."
    if info.compress_type not in (_STORED, _DEFLATED):
        return "it is packed in a way that not every system can read."
    if info.file_size > max(SMALL_BYTES, MOST_RATIO * info.compress_size):
        return "it is packed so small that it looks like a trap."
    return ""


def _foreign(name: str) -> str:
    if not (name.endswith("/") or names.beside(name) or names.belongs(name.rpartition("/")[2])):
        return f"a look holds {SHEET}, PNG pictures and texts (.md, .txt), nothing else."
    return ""


def _clash(name: str, taken: dict[str, str]) -> str:
    """Two names that are one on some systems; a file where others have a folder is one of them."""
    parts = name.removesuffix("/").split("/")
    for depth in range(1, len(parts) + 1):
        here = "/".join(parts[:depth]) + ("/" if depth < len(parts) or name.endswith("/") else "")
        before = taken.setdefault(names.folded(here.removesuffix("/")), "")
        if before and not (before == here and here.endswith("/")):
            return f"it is the same as {shown(before)} on some systems."
        taken[names.folded(here.removesuffix("/"))] = here
    return ""


def _too_large(size: int, before: int) -> str:
    if size > MOST_BYTES:
        return f"it is larger than {MOST_BYTES >> 20} MB."
    return f"all together is larger than {MOST_IN_ALL >> 20} MB." if size + before > MOST_IN_ALL else ""


def _inside(files: dict[str, bytes]) -> dict[str, bytes]:
    """Many zip a folder rather than what is in it."""
    tops = {name.partition("/")[0] for name in files}
    if len(tops) != 1 or SHEET in files:
        return files
    return {name.partition("/")[2]: data for name, data in files.items()}
