"""Looks to test with: sheets with a few lines changed, pictures, folders and zips."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from ctk.looks.look import Fault
from ctk.looks.shelf import Shelf

HEAD = 'api = 1\nid = "mine"\nname = "Mine"\n'


def png(width: int = 24, height: int = 24, *, colours: int = 6) -> bytes:
    """A picture of nothing."""
    samples = {0: 1, 2: 3, 4: 2, 6: 4}[colours]
    rows = zlib.compress((b"\0" + bytes(samples * width)) * height)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    parts = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def folder(place: Path, files: Mapping[str, bytes | str]) -> Path:
    """The files, written."""
    for name, data in files.items():
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
    return place


def look(place: Path, text: str, *, head: str = HEAD, **pictures: bytes) -> Path:
    """A folder whose sheet says ``text`` after its head; pictures by the names of their icons."""
    return folder(place, {"look.toml": head + text} | {f"icons/{icon}.png": data for icon, data in pictures.items()})


def own(home: Path, id: str, text: str = "", *, parent: str = "dark") -> Path:
    """A look on the user's shelf."""
    return look(home / "looks" / id, text, head=f'api = 1\nid = "{id}"\nname = "{id.title()}"\nparent = "{parent}"\n')


def zipped(files: Iterable[tuple[str | zipfile.ZipInfo, bytes | str]], place: Path) -> Path:
    """A zip with these entries, whatever they are."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files:
            file.writestr(name, data)
    place.write_bytes(target.getvalue())
    return place


def faults(tmp_path: Path, text: str, *, head: str = HEAD, **pictures: bytes) -> list[str]:
    """The errors of such a look, as lines."""
    return said(Shelf(tmp_path / "home").check(look(tmp_path / "look", text, head=head, **pictures)).errors)


def said(found: Iterable[Fault]) -> list[str]:
    return [str(fault) for fault in found]
