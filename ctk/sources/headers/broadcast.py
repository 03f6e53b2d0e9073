"""What WAV files say of themselves in words: INFO lists, broadcast and iXML chunks, and ID3 tags."""

import html
import re
from collections.abc import Callable
from struct import Struct
from typing import Final

from ctk.sources.headers import tinytags
from ctk.sources.headers.content import Content
from ctk.sources.headers.metadata import add, text

_U32: Final = Struct("<I").unpack_from

_INFO: Final = {
    b"INAM": "title",
    b"TITL": "title",
    b"IART": "artist",
    b"IPRD": "album",
    b"IALB": "album",
    b"ICMT": "comment",
    b"IGNR": "genre",
    b"IKEY": "keywords",
    b"ISFT": "software",
    b"ICRD": "date",
    b"IENG": "engineer",
    b"ICOP": "copyright",
    b"IMUS": "composer",
    b"ISBJ": "subject",
    b"ISRC": "source",
    b"IPUB": "publisher",
    b"IBPM": "bpm",
    b"ITRK": "track",
    b"IPRT": "track",
    b"TRCK": "track",
}
_IXML: Final = re.compile(
    rb"<(PROJECT|SCENE|TAKE|TAPE|NOTE|CATEGORY|SUBCATEGORY|CATID|FXNAME|LIBRARY|KEYWORDS|BPM|KEY|TEMPO|tempo|inKey)>([^<]{1,2000})<"
)


def info(chunk: bytes, metadata: dict[str, str]) -> None:
    """A ``LIST`` chunk; only the INFO kind holds texts about the sound."""
    if chunk[:4] != b"INFO":
        return
    at = 4
    while at + 8 <= len(chunk):
        (size,) = _U32(chunk, at + 4)
        key = _INFO.get(chunk[at : at + 4])
        if key is not None:
            add(metadata, key, text(chunk[at + 8 : at + 8 + size]))
        at += 8 + size + (size & 1)


def bext(chunk: bytes, metadata: dict[str, str]) -> None:
    """The broadcast extension: description, who made it, when."""
    add(metadata, "description", text(chunk[:256]))
    add(metadata, "originator", text(chunk[256:288]))
    add(metadata, "date", text(chunk[320:330]))


def ixml(chunk: bytes, metadata: dict[str, str]) -> None:
    """The production sound chunk, read as plain text: it is often not quite XML."""
    for name, value in _IXML.findall(chunk):
        add(metadata, name.decode("ascii").lower(), html.unescape(text(value)))


def id3(chunk: bytes, metadata: dict[str, str]) -> None:
    """An ID3 tag as a chunk."""
    for key, value in tinytags.id3(Content.of_bytes(chunk)).items():
        add(metadata, key, value)


READERS: Final[dict[bytes, Callable[[bytes, dict[str, str]], None]]] = {
    b"LIST": info,
    b"bext": bext,
    b"iXML": ixml,
    b"id3 ": id3,
    b"ID3 ": id3,
}
