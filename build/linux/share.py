"""What stands in ``share`` on a Linux system: menu entries, kinds of files, icons, the manual, the shop's page."""

import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from environment import ROOT

APP = "org.creators_toolkit.app"
TEMPLATES = Path(__file__).resolve().parent / "templates"
PLACES = {
    f"{APP}.desktop": "applications",
    "zz-creators-toolkit-folder.desktop": "applications",
    f"{APP}.metainfo.xml": "metainfo",
    "creators-toolkit.xml": "mime/packages",
    "ctk.1": "man/man1",
}
"""The templates that go there, and where to."""
ICON = ROOT / "assets" / "icon.ico"


def write(share: Path, version: str, moment: int) -> None:
    """Fill the folder ``share``; ``moment`` is when this version was made, in seconds of Unix time."""
    date = datetime.fromtimestamp(moment, UTC).date().isoformat()
    for name, place in PLACES.items():
        put(share / place / name, filled(name, VERSION=version, DATE=date).encode())
    for size, picture in pictures(ICON.read_bytes()):
        put(share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{APP}.png", picture)


def put(file: Path, content: bytes) -> None:
    """Write ``file`` and the folders it is in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def filled(template: str, **words: str) -> str:
    """A template with each ``@WORD@`` replaced; one that is not among ``words`` raises ``KeyError``."""
    text = (TEMPLATES / template).read_text("utf-8")
    return re.sub(r"@([A-Z]+)@", lambda found: words[found[1]], text)


def pictures(ico: bytes) -> Iterator[tuple[int, bytes]]:
    """The sizes in pixels and PNG files that an .ico of PNGs holds.

    https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)
    """
    (count,) = struct.unpack_from("<4xH", ico)
    for number in range(count):
        width, length, start = struct.unpack_from("<B7xII", ico, 6 + 16 * number)
        yield width or 256, ico[start : start + length]
