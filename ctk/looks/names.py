"""Names of files in a look: the same everywhere, and never a way out of its folder.

https://learn.microsoft.com/windows/win32/fileio/naming-a-file
"""

import re
import unicodedata
from typing import Final

from ctk.looks.look import SHEET
from ctk.looks.report import shown

MOST_LETTERS, MOST_DEPTH = 200, 4
TEXTS: Final = (".md", ".txt")
LICENCES: Final = frozenset({"license", "licence", "copying"})

_FORBIDDEN = frozenset('<>:"|?*\\')
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def unfit(name: str) -> str:
    """Why there can be no file of this name; empty when there can."""
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or re.match(r"[A-Za-z]:", name):
        return f"{shown(name)} must be a place inside the look, written with /."
    if ".." in parts:
        return f"{shown(name)} leads out of the look."
    if len(name) > MOST_LETTERS or len(parts) > MOST_DEPTH:
        return f"{shown(name)} is too long."
    for part in parts:
        if part in ("", ".") or part[-1] in ". " or part[0] == " " or _FORBIDDEN & set(part) or not part.isprintable():
            return f"{shown(name)} is no name that every system takes."
        if _DEVICE.fullmatch(part):
            return f"{shown(name)} is the name of a device on Windows."
    return ""


def folded(name: str) -> str:
    """What systems that do not tell small letters from large ones take for the same name."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def belongs(name: str) -> bool:
    """Whether it is a kind of file that a look holds: its sheet, pictures and texts."""
    last = name.rpartition("/")[2].lower()
    return name == SHEET or last.endswith((".png", *TEXTS)) or last in LICENCES


def beside(name: str) -> bool:
    """Whether it is something that systems leave everywhere."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/")) or name.endswith(
        ("Thumbs.db", "desktop.ini")
    )
