"""From bytes to one header: the format's own reader first, the general one where that cannot tell."""

import struct
from collections.abc import Callable
from typing import Final

from ctk.sources.headers import (
    adts,
    aiff,
    ape,
    asf,
    caf,
    flac,
    libav,
    magic,
    mp4,
    mpeg,
    ogg,
    riff,
    tinytags,
    tta,
    wave64,
    wavpack,
)
from ctk.sources.headers.content import Content, TooSlow
from ctk.sources.headers.header import CUT_BEFORE_SOUND, NO_SOUND, Header

BROKEN: Final = "The header of this file is broken, so its sound cannot be found."
SLOW: Final = "Reading this file takes too long; its drive may be failing or far away."

_STUMP_BYTES: Final = 256
"""No header that makes no sense is complete in so little."""

_READERS: Final[dict[str, Callable[[Content], Header]]] = {
    "wav": riff.read,
    "rf64": riff.read,
    "w64": wave64.read,
    "aiff": aiff.read,
    "aifc": aiff.read,
    "flac": flac.read,
    "ogg": ogg.read,
    "m4a": mp4.read,
    "caf": caf.read,
    "wma": asf.read,
    "wv": wavpack.read,
    "tta": tta.read,
    "ape": ape.read,
}
# What unpacking and arithmetic on any bytes can run into.
_NONSENSE: Final = (struct.error, ValueError, LookupError, ArithmeticError)


def describe(content: Content) -> Header:
    """All that can be told; what is no sound has no format and a reason. May raise ``OSError``."""
    try:
        name = magic.format_of(content.head)
        if name is not None:
            return _settle(content, _own(content, name))
        return _tagged_or_frames(content)
    except TooSlow:
        return Header(None, reason=SLOW)


def _own(content: Content, name: str) -> Header:
    reader = _READERS.get(name)
    if reader is None:
        return Header(name)
    try:
        return reader(content)
    except _NONSENSE:
        return Header(name)


def _tagged_or_frames(content: Content) -> Header:
    """Sounds that may follow an ID3v2 tag, and streams of frames, which have no magic bytes of their own."""
    tag_bytes = magic.id3_size(content.head)
    if not tag_bytes and magic.looks_like(content.head):
        return Header(None, reason=magic.reason_not_sound(content.head))
    sound = content.after(tag_bytes) if tag_bytes else content
    name = magic.format_of(sound.head) if tag_bytes else None
    header = _own(sound, name) if name is not None else _frames(sound)
    if header is None and tag_bytes:  # the tag may lie about its own size
        header, sound = _frames(content) or Header("mp3"), content
    if header is None:
        return Header(None, reason=magic.reason_not_sound(content.head))
    header.metadata = tinytags.id3(content) | header.metadata
    return _settle(sound, header)


def _frames(content: Content) -> Header | None:
    try:
        if adts.frame_at(content.head, 0) is not None:
            return adts.read(content) or mpeg.read(content)
        return mpeg.read(content) or adts.read(content)
    except _NONSENSE:
        return None


def _settle(content: Content, header: Header) -> Header:
    """Believe the header, ask the general reader, or give the file up with a reason."""
    if not header.believable(content.size_bytes) and header.reason is None:
        header.clear(content.size_bytes)
        general = libav.read(content, header.format)
        if general is not None and general.believable(content.size_bytes):
            general.metadata = header.metadata or general.metadata
            general.bit_depth = general.bit_depth or header.bit_depth
            general.claims = header.claims
            header = general
        else:
            header.reason = BROKEN if content.size_bytes > _STUMP_BYTES else CUT_BEFORE_SOUND
    if header.reason is not None:
        header.clear(content.size_bytes)
    elif header.duration_s == 0:
        header.reason = NO_SOUND
    return header
