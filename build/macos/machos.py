"""Programs and libraries of macOS, told from other files by how they begin; and what has to be signed in an app.

The format: ``/usr/include/mach-o/loader.h`` and ``fat.h``.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

THIN_64, FAT = b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"
"""How they begin: the first is little-endian, the second, which holds several of the first, big-endian."""
CPUS = {0x01000007: "x86_64", 0x0100000C: "arm64"}
MOST_IN_ONE = 30
"""A class file of Java begins like a fat file and has its version, 45 or more, where that has its count."""


def architectures(file: Path) -> tuple[str, ...]:
    """What a file runs on; empty for one that is neither program nor library."""
    with open(file, "rb") as opened:
        head = opened.read(8)
        if len(head) < 8:
            return ()
        if head[:4] == THIN_64:
            return (CPUS.get(struct.unpack("<I", head[4:])[0], "unknown"),)
        count = struct.unpack(">I", head[4:])[0]
        if head[:4] != FAT or count > MOST_IN_ONE:
            return ()
        table = opened.read(20 * count)
    kinds = (struct.unpack(">I", table[place : place + 4])[0] for place in range(0, len(table), 20))
    return tuple(sorted(CPUS.get(kind, "unknown") for kind in kinds))


def code(app: Path) -> list[Path]:
    """What is signed, inner before outer: every program and library, each framework around them, then the app."""
    return [*sorted(_inner(app), key=lambda path: (-len(path.parts), path)), app]


def _inner(app: Path) -> Iterator[Path]:
    for path in app.rglob("*"):
        if path.is_symlink():
            continue
        if path.is_dir():
            if path.parent.name == "Versions" and path.parent.parent.suffix == ".framework":
                yield path
        elif architectures(path):
            yield path
