"""MPEG audio, layers 1 to 3: length from a Xing or VBRI header, else from a constant bit rate, else by counting."""

from dataclasses import dataclass
from functools import cache
from struct import Struct
from typing import Final

from ctk.sources.headers import apetag
from ctk.sources.headers.content import Content
from ctk.sources.headers.frames import WINDOW_BYTES, Frame, bit_rates, first, walk
from ctk.sources.headers.header import Header, cut_off

_U32: Final = Struct(">I").unpack_from

_SHORTEST, _LONGEST = 24, 5_761
"""Bytes of a frame in free format."""
_SAMPLE_BYTES: Final = 16_384
_ID3V1_BYTES: Final = 128
_WHOLE: Final = range(98, 106)
"""Per cent of the promised bytes between which a Xing header is believed."""

_KBITS: Final[dict[tuple[bool, int], tuple[int, ...]]] = {
    (True, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES_HZ: Final = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""By the version bits: MPEG 1, 2 and 2.5."""


@dataclass(frozen=True, slots=True)
class Stream:
    """An MPEG stream; ``promised_s`` is what its header counts, where that is clearly more than is there."""

    frame: Frame
    layer: int
    duration_s: float
    promised_s: float | None


def read(content: Content) -> Header | None:
    """An MP3 or MP2 file without its ID3 tags; ``None`` where no frames are found."""
    ending = content.at(max(content.size_bytes - _ID3V1_BYTES, 0), _ID3V1_BYTES)
    end = content.size_bytes - (_ID3V1_BYTES if ending.startswith(b"TAG") else 0)
    ape_bytes, ape_texts = apetag.before(content, end)
    stream = measure(content, 0, end - ape_bytes)
    if stream is None:
        return None
    name = "mp3" if stream.layer == 3 else "mp2"
    header = Header(name, name if stream.layer > 1 else "mp1", stream.duration_s)
    header.sample_rate_hz, header.channels = stream.frame.rate_hz, stream.frame.channels
    header.metadata = ape_texts
    if stream.promised_s is not None:
        header.reason = cut_off(stream.duration_s, stream.promised_s)
    return header


def measure(content: Content, start: int, end: int) -> Stream | None:
    """Find the stream between two offsets and tell its length; ``None`` where there is none."""
    found = first(content, start, end, frame_at) or _free_format(content, start, end)
    if found is None:
        return None
    at, frame = found
    layer = 4 - (frame.kind >> 9 & 3)
    counted, promised_bytes = _count(content.at(at, min(frame.length, 200)), frame)
    there = end - at
    if not frame.bits_per_s:
        return Stream(frame, layer, (counted or there * frame.samples // frame.length) / frame.rate_hz, None)
    if counted:
        seconds = counted / frame.rate_hz
        if _trustworthy(seconds, there, promised_bytes, frame.length):
            return Stream(frame, layer, seconds, None)
        rest = walk(content, at + frame.length, end, frame_at, frame.kind)
        walked = rest.samples / frame.rate_hz
        return Stream(frame, layer, walked, seconds if walked < 0.98 * seconds else None)
    constant = _constant(content, at, end, frame)
    if constant is not None:
        return Stream(frame, layer, constant, None)
    return Stream(frame, layer, walk(content, at, end, frame_at, frame.kind).samples / frame.rate_hz, None)


def frame_at(data: bytes, index: int) -> Frame | None:
    """The frame whose header stands at ``index``. Free-format frames hide their length and are not told."""
    if index + 4 > len(data) or data[index] != 0xFF:
        return None
    frame = _table().get(data[index + 1] << 8 | data[index + 2])
    if frame is not None and data[index + 3] >> 6 == 3:
        return frame._replace(channels=1) if frame.channels == 2 else frame
    return frame


def _trustworthy(seconds: float, there: int, promised_bytes: int, frame_bytes: int) -> bool:
    if promised_bytes:
        return int(100 * there / promised_bytes) in _WHOLE or abs(there - promised_bytes) <= 2 * frame_bytes
    return 4_000 < there * 8 / max(seconds, 0.01) < 460_000


def _count(data: bytes, frame: Frame) -> tuple[int, int]:
    """Samples and bytes that a Xing, Info or VBRI header in the first frame counts; 0 where it does not say."""
    if data[36:40] == b"VBRI" and len(data) >= 54:
        return _U32(data, 50)[0] * frame.samples, _U32(data, 46)[0]
    at = max(data.find(b"Xing", 4, 48), data.find(b"Info", 4, 48))
    if at < 0 or at + 16 > len(data):
        return 0, 0
    flags = _U32(data, at + 4)[0]
    samples = _U32(data, at + 8)[0] * frame.samples if flags & 1 else 0
    size = _U32(data, at + 8 + 4 * (flags & 1))[0] if flags & 2 else 0
    encoder = data[at + 120 : at + 144]
    if flags & 15 == 15 and len(encoder) == 24 and encoder[:4].isalpha():
        # LAME and its kin note what they put before and after the sound, in two times twelve bits.
        around = int.from_bytes(encoder[21:24], "big")
        samples = max(samples - (around >> 12) - (around & 0xFFF), 0)
    return samples, size


def _constant(content: Content, at: int, end: int, frame: Frame) -> float | None:
    """Seconds, if every stretch looked at has one and the same bit rate."""
    if end - at <= WINDOW_BYTES:
        rates, whole_end = bit_rates(content, at, end, frame_at, frame.kind)
    else:
        rates, whole_end = bit_rates(content, end - _SAMPLE_BYTES, end, frame_at, frame.kind)
        for quarter in range(4):
            start = at + (end - at) * quarter // 4
            rates |= bit_rates(content, start, start + _SAMPLE_BYTES, frame_at, frame.kind)[0]
    if rates != {frame.bits_per_s}:
        return None
    # The frames of a constant rate differ by a byte, but not their number.
    return (
        round((whole_end - at) * 8 / frame.bits_per_s * frame.rate_hz / frame.samples) * frame.samples / frame.rate_hz
    )


def _free_format(content: Content, start: int, end: int) -> tuple[int, Frame] | None:
    """A stream that leaves its bit rate open: the distance between equal headers is the length of a frame."""
    window = content.at(start, min(WINDOW_BYTES, end - start))
    if len(window) < 4 or window[0] != 0xFF or window[2] >> 4:
        return None
    # With any bit rate in place of none, the table knows the rest.
    like = frame_at(bytes((0xFF, window[1], window[2] | 0x10, window[3])), 0)
    sync = window[:2]
    at = window.find(sync, _SHORTEST)
    while like is not None and 0 < at < _LONGEST:
        again = window.find(sync, 2 * at - 1, 2 * at + 3)
        if again > 0 and (window[at + 2] ^ window[2]) & 0xFD == 0 and (window[again + 2] ^ window[2]) & 0xFD == 0:
            return start, like._replace(length=at, bits_per_s=0)
        at = window.find(sync, at + 1)
    return None


@cache
def _table() -> dict[int, Frame]:
    """Every valid pair of bytes after the sync byte, and the (stereo) frame it opens."""
    table: dict[int, Frame] = {}
    for version, rates in _RATES_HZ.items():
        for layer in (1, 2, 3):
            samples = 384 if layer == 1 else 1152 if layer == 2 or version == 3 else 576
            for code, kbits in enumerate(_KBITS[version == 3, layer], start=1):
                for rate_code, rate in enumerate(rates):
                    for low in range(8):  # protection bit below; padding and private bits in the second byte
                        protection, padding, private = low & 1, low >> 1 & 1, low >> 2
                        first_byte = 0xE0 | version << 3 | (4 - layer) << 1 | protection
                        second_byte = code << 4 | rate_code << 2 | padding << 1 | private
                        unit = 4 if layer == 1 else 1
                        length = (samples // 8 // unit * kbits * 1000 // rate + padding) * unit
                        kind = (first_byte & 0x1E) << 8 | second_byte & 0x0C
                        table[first_byte << 8 | second_byte] = Frame(length, samples, rate, 2, kbits * 1000, kind)
    return table
