"""WAV, RF64 and BW64: chunks of a RIFF file, with the sizes that crashed recorders and streams leave behind."""

from dataclasses import dataclass, field
from struct import Struct
from typing import Final

from ctk.sources.headers import broadcast, loops, mpeg, wavefmt
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import CUT_BEFORE_SOUND, SLACK_BYTES, Header, cut_off
from ctk.sources.headers.iff import chunks

_U32: Final = Struct("<I").unpack_from
_DS64: Final = Struct("<QQQ").unpack_from
_TABLE_ENTRY: Final = Struct("<4sQ").unpack_from

_TEXT_LIMIT: Final = 65_536


@dataclass(slots=True)
class _Found:
    """What a walk over the chunks came upon."""

    fmt: bytes = b""
    fact: int = 0
    data_at: int = -1
    data_size: int = 0
    data_is_last: bool = False
    claims: dict[bytes, bytes] = field(default_factory=dict)


def read(content: Content) -> Header:
    """Everything a RIFF sound says; raises ``struct.error`` on nonsense."""
    kind = content.head[:4]
    header = Header("wav" if kind in (b"RIFF", b"RIFX") else "rf64")
    if kind == b"RIFX":  # big-endian, from old Unix machines: left to the general reader
        return header
    found = _gather(content, header.metadata)
    if found.data_at < 0:
        header.reason = CUT_BEFORE_SOUND
    if not found.fmt:
        return header
    wave = wavefmt.parse(found.fmt, header)
    if found.data_at >= 0:
        measure(header, wave, content, found.data_at, _promised(content, found), found.fact)
    if found.claims:
        header.claims = loops.wave(found.claims)
    return header


def measure(
    header: Header, wave: wavefmt.WaveFormat, content: Content, data_at: int, data_bytes: int, fact: int
) -> None:
    """Set the duration from the bytes that are there, and say so where more were promised."""
    there = min(data_bytes, content.size_bytes - data_at)
    short = data_bytes > there + SLACK_BYTES
    if wave.tag in wavefmt.MPEG:
        stream = mpeg.measure(content, data_at, data_at + there)
        if stream is not None:
            header.duration_s = stream.duration_s
            return
    header.lasts(wave.frames(there, 0 if short else fact))
    if short and header.duration_s is not None:
        header.reason = (
            cut_off(header.duration_s, header.duration_s * data_bytes / there) if there else CUT_BEFORE_SOUND
        )


def _gather(content: Content, metadata: dict[str, str]) -> _Found:
    found, large = _Found(), dict[bytes, int]()
    for name, at, size in chunks(content, _U32, large):
        found.data_is_last = False
        if name == b"data":
            if found.data_at < 0:
                found.data_at, found.data_size, found.data_is_last = at, size, True
        elif name == b"fmt ":
            found.fmt = found.fmt or content.at(at, min(size, 64))
        elif name == b"fact" and size >= 4:
            (found.fact,) = _U32(content.at(at, 4))
        elif name == b"ds64":
            large.update(_large_sizes(content.at(at, min(size, 4_096))))
        elif name in loops.WAVE:
            found.claims.setdefault(name, content.at(at, min(size, loops.WAVE[name])))
        elif name in broadcast.READERS:
            broadcast.READERS[name](content.at(at, min(size, _TEXT_LIMIT)), metadata)
    return found


def _promised(content: Content, found: _Found) -> int:
    """How many bytes of sound the header means: sizes that streams and crashes leave say "all there is"."""
    size, rest = found.data_size, content.size_bytes - found.data_at
    streamed = size >= 0xFFFF_FF00 or 0x7FFF_0000 <= size <= 0x8000_0100
    if (size == 0 and found.data_is_last) or (streamed and size > rest):
        return rest
    return size


def _large_sizes(ds64: bytes) -> dict[bytes, int]:
    """The 64-bit sizes of an RF64 file: of its sound, and of further chunks in a table."""
    _, data_size, _ = _DS64(ds64)
    sizes = {b"data": data_size}
    if len(ds64) >= 28:
        for entry in range(min(_U32(ds64, 24)[0], (len(ds64) - 28) // 12)):
            name, size = _TABLE_ENTRY(ds64, 28 + 12 * entry)
            sizes.setdefault(name, size)
    return sizes
