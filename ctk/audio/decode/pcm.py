"""Sounds stored as plain numbers: where in the file they are, and how, told by the header alone.

Only what is beyond doubt is told: of any other file, compressed, odd or damaged, ``layout`` is ``None`` and a decoder
has to look at it.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct
from typing import Final, Literal

Kind = Literal["int", "unsigned", "float"]

_CHUNKS_LIMIT: Final = 200
_HEAD_BYTES: Final = 64
_MOST_CHANNELS: Final = 256
_RATES_HZ: Final = range(100, 6_144_001)
_OPEN_END: Final = 0xFFFF_FFFF
_NEVER_SET: Final = (range(0x7FFF_0000, 0x8000_0101), range(0xFFFF_FF00, 1 << 32))
"""Sizes that streams and crashed recorders leave behind: where less is there, they promise nothing."""

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_FMT: Final = Struct("<HHIIHH")
_U16: Final = Struct("<H")
_U32: Final = Struct("<I")
_U64: Final = Struct("<Q")
_COMM: Final = Struct(">HIHHQ")
_BIG_U32: Final = Struct(">I")
_CAF_CHUNK: Final = Struct(">4sq")
_CAF_DESC: Final = Struct(">d4sIIIII")
_GUID_TAIL: Final = bytes.fromhex("000000001000800000aa00389b71")

_AIFC: Final[dict[bytes, tuple[Kind, int, bool]]] = {
    b"NONE": ("int", 0, True),
    b"twos": ("int", 0, True),
    b"sowt": ("int", 0, False),
    b"in24": ("int", 3, True),
    b"in32": ("int", 4, True),
    b"42ni": ("int", 3, False),
    b"23ni": ("int", 4, False),
    b"raw ": ("unsigned", 1, True),
    b"fl32": ("float", 4, True),
    b"FL32": ("float", 4, True),
    b"fl64": ("float", 8, True),
    b"FL64": ("float", 8, True),
}
"""What the numbers are, their bytes (0: as many as ``COMM`` says), and whether the high byte comes first."""


@dataclass(frozen=True, slots=True)
class Layout:
    """``frames`` lie at byte ``offset``, of ``promised`` that the header counts; ``big`` has the high byte first."""

    offset: int
    frames: int
    promised: int
    sample_rate_hz: int
    channels: int
    kind: Kind
    sample_bytes: int
    big: bool

    @property
    def frame_bytes(self) -> int:
        return self.channels * self.sample_bytes


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What one sample is, and how many lie side by side."""

    sample_rate_hz: int
    channels: int
    kind: Kind
    sample_bytes: int
    big: bool


def layout(file: io.FileIO) -> Layout | None:
    """The layout of an open file, which may be left anywhere in it; ``None`` when a decoder has to look at it."""
    try:
        return _layout(file)
    except (OSError, OverflowError):  # sizes that lead nowhere, or a drive that fails
        return None


def _layout(file: io.FileIO) -> Layout | None:
    size = file.seek(0, io.SEEK_END)
    head = _at(file, 0, 40)
    if head[:4] in (b"RIFF", b"RF64", b"BW64") and head[8:12] == b"WAVE":
        return _wave(file, size, large=head[:4] != b"RIFF")
    if head[:4] == b"riff" and head[24:28] == b"wave":
        return _wave64(file, size)
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return _aiff(file, size, compressed=head[8:12] == b"AIFC")
    return _caf(file, size) if head[:8] == b"caff\0\1\0\0" else None


def _at(file: io.FileIO, offset: int, count: int) -> bytes:
    file.seek(offset)
    return file.read(count)


def _wave(file: io.FileIO, size: int, *, large: bool) -> Layout | None:
    numbers: _Numbers | None = None
    data_size = 0
    for name, at, claimed in _chunks(file, size, _U32):
        if name == b"ds64" and large:
            sizes = _at(file, at, 16)
            data_size = _U64.unpack_from(sizes, 8)[0] if len(sizes) == 16 else 0
        elif name == b"fmt " and numbers is None:
            numbers = _wave_numbers(_at(file, at, min(claimed, _HEAD_BYTES)))
        elif name == b"data":
            data_bytes = data_size if large and claimed == _OPEN_END else claimed
            never_set = data_bytes > size - at and any(data_bytes in sizes for sizes in _NEVER_SET)
            return None if never_set else _laid_out(numbers, at, data_bytes, size)
    return None


def _wave64(file: io.FileIO, size: int) -> Layout | None:
    numbers: _Numbers | None = None
    at = 40
    for _ in range(_CHUNKS_LIMIT):
        opening = _at(file, at, 24)
        if len(opening) < 24:
            return None
        name, claimed = opening[:4], _U64.unpack_from(opening, 16)[0] - 24
        if claimed < 0:
            return None
        if name == b"fmt " and numbers is None:
            numbers = _wave_numbers(_at(file, at + 24, min(claimed, _HEAD_BYTES)))
        elif name == b"data":
            return _laid_out(numbers, at + 24, claimed, size)
        at += 24 + (claimed + 7 & ~7)
    return None


def _wave_numbers(fmt: bytes) -> _Numbers | None:
    if len(fmt) < _FMT.size:
        return None
    tag, channels, rate, _, block, bits = _FMT.unpack_from(fmt)
    if tag == _EXTENSIBLE and len(fmt) >= 40 and fmt[26:40] == _GUID_TAIL:
        tag = _U16.unpack_from(fmt, 24)[0]
    plain = (tag == _PCM and bits in (8, 16, 24, 32)) or (tag == _FLOAT and bits in (32, 64))
    if not plain or block != channels * bits // 8:
        return None
    kind: Kind = "float" if tag == _FLOAT else "unsigned" if bits == 8 else "int"
    return _Numbers(rate, channels, kind, bits // 8, big=False)


def _aiff(file: io.FileIO, size: int, *, compressed: bool) -> Layout | None:
    comm = b""
    for name, at, claimed in _chunks(file, size, _BIG_U32):
        if name == b"COMM":
            comm = comm or _at(file, at, min(claimed, _HEAD_BYTES))
        elif name == b"SSND":
            if len(comm) < _COMM.size or _at(file, at, 4) != bytes(4):
                return None
            numbers = _aiff_numbers(comm, compressed=compressed)
            there = _laid_out(numbers, at + 8, claimed - 8, size)
            counted = _COMM.unpack_from(comm)[1]
            return there if there and there.promised == counted else None
    return None


def _aiff_numbers(comm: bytes, *, compressed: bool) -> _Numbers | None:
    channels, _, bits, exponent, mantissa = _COMM.unpack_from(comm)
    kind, sample_bytes, big = _AIFC.get(comm[18:22] if compressed else b"NONE", ("int", -1, True))
    shift = 0x3FFF + 63 - exponent
    if sample_bytes < 0 or bits not in (8, 16, 24, 32, 64) or not 40 <= shift <= 63 or mantissa & ((1 << shift) - 1):
        return None
    if kind == "int" and bits == 64:
        return None
    return _Numbers(mantissa >> shift, channels, kind, sample_bytes or bits // 8, big)


def _caf(file: io.FileIO, size: int) -> Layout | None:
    numbers: _Numbers | None = None
    at = 8
    for _ in range(_CHUNKS_LIMIT):
        opening = _at(file, at, 12)
        if len(opening) < 12:
            return None
        name, claimed = _CAF_CHUNK.unpack(opening)
        if name == b"data":
            return _laid_out(numbers, at + 16, claimed - 4 if claimed >= 4 else size - at - 16, size)
        if claimed < 0 or name == b"pakt":
            return None
        if name == b"desc":
            numbers = _caf_numbers(_at(file, at + 12, 32))
        at += 12 + claimed
    return None


def _caf_numbers(desc: bytes) -> _Numbers | None:
    if len(desc) < 32:
        return None
    rate, kind, flags, packet_bytes, packet_frames, channels, bits = _CAF_DESC.unpack(desc)
    floating, little = bool(flags & 1), bool(flags & 2)
    depths = (32, 64) if floating else (8, 16, 24, 32)
    if kind != b"lpcm" or packet_frames != 1 or bits not in depths or packet_bytes != channels * bits // 8:
        return None
    if not 0 < rate < 1e9 or rate != int(rate):
        return None
    return _Numbers(int(rate), channels, "float" if floating else "int", bits // 8, not little)


def _chunks(file: io.FileIO, size: int, number: Struct) -> Iterator[tuple[bytes, int, int]]:
    """Each chunk's name, where its body starts, and the size it claims."""
    at = 12
    for _ in range(_CHUNKS_LIMIT):
        opening = _at(file, at, 8)
        if at > size - 8 or len(opening) < 8:
            return
        (claimed,) = number.unpack_from(opening, 4)
        yield opening[:4], at + 8, claimed
        at += 8 + claimed + (claimed & 1)


def _laid_out(numbers: _Numbers | None, at: int, claimed: int, size: int) -> Layout | None:
    """The layout when everything is as it should be, though the file may end before the sound does."""
    if numbers is None or claimed <= 0:
        return None
    if not 1 <= numbers.channels <= _MOST_CHANNELS or numbers.sample_rate_hz not in _RATES_HZ:
        return None
    frame_bytes = numbers.channels * numbers.sample_bytes
    frames = min(claimed, size - at) // frame_bytes
    if frames <= 0:
        return None
    return Layout(
        at,
        frames,
        claimed // frame_bytes,
        numbers.sample_rate_hz,
        numbers.channels,
        numbers.kind,
        numbers.sample_bytes,
        numbers.big,
    )
