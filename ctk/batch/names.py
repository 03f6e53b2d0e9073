"""Which names a file may have. Packs travel, so what Windows forbids is kept out of new names everywhere. Pure."""

import os
import re
import sys
import unicodedata

FORBIDDEN = '<>:"/\\|?*'
LONGEST = 255
"""Of a name: bytes on Linux, 16-bit units on Windows and macOS."""

_FORBIDDEN = re.compile(f"[{re.escape(FORBIDDEN)}\0-\x1f]")
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


def cleaned(text: str) -> str:
    """``text`` without what no name may hold: ``AC/DC`` becomes ``AC_DC``."""
    return _FORBIDDEN.sub("_", text.strip()).strip()


def forbidden(text: str) -> str | None:
    """The first character of ``text`` that no new name may hold."""
    found = _FORBIDDEN.search(text)
    return found[0] if found else None


def trouble(name: str, old: str, *, windows: bool = sys.platform == "win32") -> str | None:
    """Why a file called ``old`` cannot be called ``name``, in one sentence."""
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        return "It would have no name."
    if name.startswith("._"):
        return f"Names that begin with ._ are not looked at by a scan, and this one would: {name}."
    if _length(name) > LONGEST:
        return f"The name would be too long: {_short(name)}."
    if _is_odd(name) and (windows or not _is_odd(old)):
        return f"Windows cannot have a file called {name}."
    return None


def folded(path: str) -> str:
    """What is equal for paths that a disk which ignores case takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _is_odd(name: str) -> bool:
    return bool(_FORBIDDEN.search(name) or _DEVICES.match(name)) or name.endswith((" ", "."))


def _length(name: str) -> int:
    if sys.platform in ("win32", "darwin"):
        return len(name.encode("utf-16-le", "surrogatepass")) // 2
    return len(os.fsencode(name))


def _short(name: str) -> str:
    return name[:40] + "…"
