"""Playlists: M3U8 for players, and M3U and M3U8 of others. Pure.

A sound below the folder of the playlist is named from there, so that the folder can be taken elsewhere as a whole, as
players expect; any other has its whole path. A name that a line of UTF-8 cannot hold is written as a ``file:`` address,
which players know as well.
"""

import os
import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from ctk.facts.entries import Content, Entry

_BOM: Final = b"\xef\xbb\xbf"
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
"""``https:`` and the like; one letter alone is a drive."""


def lines(content: Content, folder: str | None) -> Iterator[str]:
    """A playlist that is to lie in ``folder``, or nobody knows where."""
    yield "#EXTM3U\n"
    for entry in content.entries:
        name = _one_line(str(entry.facts.get("name") or os.path.basename(entry.path)))
        seconds = entry.facts.get("duration_s")
        yield f"#EXTINF:{round(seconds) if isinstance(seconds, float) else -1},{name}\n{_line(entry, folder)}\n"


def read(data: bytes, folder: str, *, plain: bool) -> list[Sequence[str]]:
    """For each line of a playlist in ``folder`` the paths it may mean, the likeliest first; none for what is no file. A
    ``plain`` M3U is often not UTF-8: then its bytes may be those of the name, or Latin-1."""
    found: list[Sequence[str]] = []
    for line in data.removeprefix(_BOM).splitlines():
        if line.strip() and not line.lstrip().startswith(b"#"):
            found.append(tuple(dict.fromkeys(_paths(line, folder, plain))))
    return found


def _line(entry: Entry, folder: str | None) -> str:
    path = entry.path
    if folder is not None and path.startswith(os.path.join(folder, "")):
        path = path[len(os.path.join(folder, "")) :]
    if _is_line(path) and not path.startswith("#") and not _ADDRESS.match(path):
        return path
    return _uri(entry.path)


def _is_line(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return path == path.strip() and path.splitlines() == [path]


def _uri(path: str) -> str:
    """Percent signs stand for bytes, so that any name a file can have comes through."""
    slashed = path.replace("\\", "/") if os.name == "nt" else path
    host = "" if slashed.startswith("//") else "//" if slashed.startswith("/") else "///"
    return f"file:{host}{quote(os.fsencode(slashed), safe='/:')}"


def _one_line(name: str) -> str:
    text = name.encode("utf-8", "replace").decode()
    return "".join(char if char.isprintable() else " " for char in text)


def _paths(line: bytes, folder: str, plain: bool) -> Iterator[str]:
    for text in _texts(line.strip(b" \t"), plain):
        if text.lower().startswith("file:"):
            yield from _of_uri(text)
        elif not _ADDRESS.match(text) or os.path.exists(os.path.join(folder, text)):
            yield _below(folder, text)
            if os.sep == "/" and "\\" in text:
                yield _below(folder, text.replace("\\", "/"))
            if "%" in text:
                yield _below(folder, os.fsdecode(unquote_to_bytes(os.fsencode(text))))


def _texts(line: bytes, plain: bool) -> Iterator[str]:
    yield os.fsdecode(line)
    if plain:
        try:
            line.decode()
        except UnicodeDecodeError:
            yield line.decode("latin-1")


def _of_uri(text: str) -> Iterator[str]:
    """The file of this computer, or of a server, that an address names."""
    host, slash, rest = text[5:].removeprefix("//").partition("/") if text[5:7] == "//" else ("", "", text[5:])
    path = os.fsdecode(unquote_to_bytes(os.fsencode(slash + rest)))
    if os.name == "nt":
        server = f"//{host}" if host.lower() not in ("", "localhost") else ""
        yield os.path.normpath(server + path if server else path.lstrip("/"))
    elif host.lower() in ("", "localhost"):
        yield os.path.normpath(path)


def _below(folder: str, path: str) -> str:
    return os.path.normpath(os.path.join(folder, path))
