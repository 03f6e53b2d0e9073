"""The only place that calls tinytag: for the texts of ID3 tags, and for the headers of MP4 and ASF."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO, cast

from ctk.sources.headers.content import Content
from ctk.sources.headers.metadata import add

if TYPE_CHECKING:
    from tinytag import TinyTag

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


def id3(content: Content) -> dict[str, str]:
    """The texts of the ID3 tags at the start and the end of a file; pictures among them are not read."""
    parsed = _parse(cast("BinaryIO", content.file()), lengths=False)
    return texts(parsed) if parsed is not None else {}


def parse(data: bytes) -> TinyTag | None:
    """What tinytag makes of these bytes; ``None`` where it gives up."""
    return _parse(io.BytesIO(data), lengths=True)


def _parse(file: BinaryIO, *, lengths: bool) -> TinyTag | None:
    from tinytag import TinyTag, TinyTagException

    try:
        return TinyTag.get(file_obj=file, duration=lengths)
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
