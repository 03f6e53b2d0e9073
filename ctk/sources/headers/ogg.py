"""Ogg: which codec the first packets name, and how long the last page says it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import Struct
from typing import Final

from ctk.sources.headers import flac, vorbis
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import CUT_BEFORE_SOUND, Header

_PAGE: Final = Struct("<4sBBqIIIB").unpack_from
_U16: Final = Struct("<H").unpack_from
_U32: Final = Struct("<I").unpack_from

_PAGE_BYTES: Final = 27
_LONGEST_PAGE: Final = _PAGE_BYTES + 255 + 255 * 255
_HEADER_PAGES: Final = 400
_COMMENT_LIMIT: Final = 1 << 20
_BACKWARDS: Final = 8
_LONGEST_PACKET: Final = 65_536
"""Samples that one packet can hold at most in any codec told here."""
_OPUS_HZ: Final = 48_000


@dataclass(frozen=True, slots=True)
class Page:
    """One page's header and where its packets lie."""

    granule: int
    serial: int
    begins: bool
    laces: bytes
    body_at: int
    end: int


@dataclass(slots=True)
class _Stream:
    """The logical stream that carries the sound."""

    header: Header
    serial: int
    preskip: int = 0
    packets: list[bytes] = field(default_factory=list)
    first_granule: int = 0
    first_packets: int = 0


def read(content: Content) -> Header:
    """Everything an Ogg file says; raises ``struct.error`` on nonsense."""
    stream = _open(content)
    if stream is None:
        return Header("ogg")
    header = stream.header
    last, cut = _last_page(content, stream.serial)
    begin = stream.first_granule
    if last is None:
        # Several streams in a row are left to the general reader.
        header.reason = None if begin and not cut else CUT_BEFORE_SOUND
        return header
    # Streams cut out of a broadcast do not start counting at 0.
    skipped = begin if begin > (stream.first_packets + 1) * _LONGEST_PACKET else stream.preskip
    header.lasts(max(last.granule - skipped, 0))
    if cut:
        header.reason = f"The file is cut off after {header.duration_s:.1f} s."
    return header


def _open(content: Content) -> _Stream | None:
    """Find the sound among the streams, and read its headers and comments."""
    stream: _Stream | None = None
    partial = b""
    for page in _pages(content, 0):
        if stream is None:
            if not page.begins:
                break
            stream = _recognise(content.at(page.body_at, min(page.end - page.body_at, 512)), page.serial)
            continue
        if page.serial != stream.serial:
            continue
        if page.granule > 0:
            stream.first_granule, stream.first_packets = page.granule, len(page.laces)
            break
        if len(partial) < _COMMENT_LIMIT and not stream.packets:
            partial = _gather(content, page, partial, stream)
    if stream is not None:
        _comments(stream, partial)
    return stream


def _gather(content: Content, page: Page, partial: bytes, stream: _Stream) -> bytes:
    """Collect the second packet, which holds the comments and may span pages."""
    at = page.body_at
    for lace in page.laces:
        partial += content.at(at, lace)
        at += lace
        if lace < 255:
            stream.packets.append(partial)
            return b""
    return partial


def _comments(stream: _Stream, partial: bytes) -> None:
    packet = stream.packets[0] if stream.packets else partial
    skip = {"vorbis": 7, "opus": 8, "flac": 4, "speex": 0}[stream.header.codec or "speex"]
    vorbis.comments(packet[skip:], stream.header.metadata)


def _recognise(packet: bytes, serial: int) -> _Stream | None:
    header = Header("ogg")
    stream = _Stream(header, serial)
    if packet.startswith(b"\x01vorbis"):
        header.codec, header.channels, header.sample_rate_hz = "vorbis", packet[11], _U32(packet, 12)[0]
    elif packet.startswith(b"OpusHead"):
        header.format = header.codec = "opus"
        header.channels, header.sample_rate_hz = packet[9], _OPUS_HZ
        stream.preskip = _U16(packet, 10)[0]
    elif packet.startswith(b"\x7fFLAC") and packet[9:13] == b"fLaC":
        header.codec = "flac"
        flac.streaminfo(header, packet[17:51])
    elif packet.startswith(b"Speex   "):
        header.codec, header.sample_rate_hz, header.channels = "speex", _U32(packet, 36)[0], _U32(packet, 48)[0]
    else:
        return None
    return stream


def _pages(content: Content, at: int) -> Iterator[Page]:
    for _ in range(_HEADER_PAGES):
        page = _page(content, at)
        if page is None:
            return
        yield page
        at = page.end


def _page(content: Content, at: int) -> Page | None:
    opening = content.at(at, _PAGE_BYTES)
    if len(opening) < _PAGE_BYTES or not opening.startswith(b"OggS\0"):
        return None
    _, _, flags, granule, serial, _, _, count = _PAGE(opening)
    laces = content.at(at + _PAGE_BYTES, count)
    body_at = at + _PAGE_BYTES + count
    return Page(granule, serial, bool(flags & 2), laces, body_at, body_at + sum(laces))


def _last_page(content: Content, serial: int) -> tuple[Page | None, bool]:
    """The last whole page of the stream that finishes a packet, and whether one after it is cut off."""
    end = content.size_bytes
    cut = False
    for _ in range(_BACKWARDS):
        start = max(end - _LONGEST_PAGE, 0)
        window = content.at(start, end - start + 3)
        index = len(window)
        while (index := window.rfind(b"OggS\0", 0, index)) >= 0:
            page = _page(content, start + index)
            if page is None or page.serial != serial or page.granule <= 0:
                continue
            if page.end <= content.size_bytes:
                return page, cut
            cut = True
        if start == 0:
            break
        end = start
    return None, cut
