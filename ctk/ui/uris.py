"""Files as other programs name them: ``file://`` addresses, lists of those, and Tk's own lists."""

import os
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import TclError


def uri(path: str) -> str:
    """Percent signs stand for bytes, so that any name a file can have comes through."""
    return Path(path).as_uri()


def uri_list(paths: Sequence[str]) -> bytes:
    """``text/uri-list``, as RFC 2483 wants it: each address on a line that ends in CR LF."""
    return "".join(f"{uri(path)}\r\n" for path in paths).encode("ascii")


def copied(paths: Sequence[str]) -> bytes:
    """``x-special/gnome-copied-files``, from which file managers paste copies."""
    return "\n".join(["copy", *map(uri, paths)]).encode("ascii")


def dropped(text: str, split: Callable[[str], Sequence[str]]) -> list[str]:
    """The paths in what was dropped: a list of addresses, or a Tk list of paths, which ``split`` takes apart."""
    lines = text.splitlines()
    if any(line.startswith("file:") for line in lines):
        paths = [path for line in lines if (path := _path(line)) is not None]
    else:
        try:
            paths = list(split(text))
        except TclError:  # not a list, so it is a path on each line
            paths = lines
    return [os.path.normpath(path) for path in paths if os.path.isabs(path) and "\0" not in path]


def _path(line: str) -> str | None:
    """The file of this computer that an address names, also one whose writer forgot to escape something."""
    from urllib.parse import unquote_to_bytes

    scheme, _, rest = line.strip("\0 \t").partition(":")
    if scheme.lower() != "file":
        return None
    if rest.startswith("//"):
        host, slash, rest = rest[2:].partition("/")
        if host.lower() not in ("", "localhost", socket.gethostname().lower()):
            return None
        rest = slash + rest
    path = os.fsdecode(unquote_to_bytes(rest))
    return path.lstrip("/") if os.name == "nt" else path
