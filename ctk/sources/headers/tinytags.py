"""The only place that calls tinytag: tags of ID3, MP4 and ASF, always from bytes in memory."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ctk.sources.headers.metadata import add

if TYPE_CHECKING:
    from tinytag import TinyTag

_NO_ID3V2 = b"ID3\x04\0\0\0\0\0\0"
_ID3V1_BYTES = 128
_PLAIN = (
    "title",
    "artist",
    "album",
    "albumartist",
    "genre",
    "year",
    "track",
    "disc",
    "composer",
    "comment",
)


def id3(tag: bytes, ending: bytes = b"") -> dict[str, str]:
    """The texts of an ID3v2 tag (may be empty) and of the ID3v1 tag that may close ``ending``."""
    old = ending[-_ID3V1_BYTES:]
    if not old.startswith(b"TAG") or len(old) < _ID3V1_BYTES:
        old = b""
    if not tag and not old:
        return {}
    parsed = parse((tag or _NO_ID3V2) + old, lengths=False)
    return texts(parsed) if parsed is not None else {}


def parse(data: bytes, *, lengths: bool = True) -> TinyTag | None:
    """What tinytag makes of these bytes; ``None`` where it gives up."""
    from tinytag import TinyTag, TinyTagException

    try:
        return TinyTag.get(file_obj=io.BytesIO(data), duration=lengths)
    except TinyTagException:  # tinytag wraps whatever its parsers run into
        return None


def texts(tag: TinyTag) -> dict[str, str]:
    """The texts of a parsed tag under our names, cleaned."""
    found: dict[str, str] = {}
    for name in _PLAIN:
        value = getattr(tag, name)
        if value:
            add(found, name, str(value))
    for name, values in tag.other.items():
        if values:
            # A leading underscore is how tinytag marks custom fields that share a name with its own.
            add(found, name.removeprefix("_"), str(values[0]))
    return found
