"""MP4 and M4A: a few atoms at the top, and the movie atom given to tinytag."""

import re
from dataclasses import dataclass
from struct import Struct
from typing import Final

from ctk.sources.headers import tinytags
from ctk.sources.headers.content import READ_LIMIT, Content
from ctk.sources.headers.header import CUT_NO_INDEX, Header, cut_off

_U32: Final = Struct(">I").unpack_from
_U64: Final = Struct(">Q").unpack_from

_ATOMS_LIMIT: Final = 1_000
_FTYP: Final = b"\0\0\0\x08ftyp"
_CODEC: Final = re.compile(r'codecs="([^"]+)"')


@dataclass(slots=True)
class _Found:
    """What a walk over the top-level atoms came upon."""

    movie: bytes = b""
    sound_bytes: int = 0
    missing_bytes: int = 0
    fragments: bool = False


def read(content: Content) -> Header:
    """Everything an MP4 sound says, as far as tinytag understands it."""
    header = Header("m4a")
    found = _gather(content)
    if not found.movie:
        header.reason = CUT_NO_INDEX
        return header
    parsed = tinytags.parse(_FTYP + found.movie)
    if parsed is None:
        return header
    codec = _CODEC.search(parsed.mime_type or "")
    header.codec = _codec_name(codec[1]) if codec else None
    header.sample_rate_hz, header.channels = parsed.samplerate, parsed.channels
    header.bit_depth = parsed.bitdepth if header.codec == "alac" else None
    # Fragments keep their own times, which only the general reader adds up.
    header.duration_s = None if found.fragments or header.codec is None else parsed.duration
    header.metadata = tinytags.texts(parsed)
    if found.missing_bytes and header.duration_s:
        there = header.duration_s * (1 - found.missing_bytes / found.sound_bytes)
        header.reason = cut_off(there, header.duration_s)
        header.duration_s = there
    return header


def _gather(content: Content) -> _Found:
    found = _Found()
    at = 0
    for _ in range(_ATOMS_LIMIT):
        opening = content.at(at, 16)
        if len(opening) < 8:
            break
        size, name = _U32(opening)[0], opening[4:8]
        if size == 1 and len(opening) == 16:
            size = _U64(opening, 8)[0]
        elif size == 0:
            size = content.size_bytes - at
        if size < 8:
            break
        if name == b"moov" and size <= READ_LIMIT and at + size <= content.size_bytes:
            found.movie = content.at(at, size)
        elif name == b"mdat":
            found.sound_bytes += size
            found.missing_bytes += max(at + size - content.size_bytes, 0)
        elif name == b"moof":
            found.fragments = True
        at += size
    return found


def _codec_name(codec: str) -> str | None:
    """Our name for an MP4 codec string; object types 69 and 6B are MP3, 40 and 66 to 68 AAC."""
    if codec == "alac":
        return "alac"
    kind = codec.removeprefix("mp4a.").split(".")[0]
    return {"69": "mp3", "6B": "mp3", "40": "aac", "66": "aac", "67": "aac", "68": "aac"}.get(kind)
