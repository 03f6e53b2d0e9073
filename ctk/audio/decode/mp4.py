"""Where the sound in an MP4 begins and ends, to the frame: an edit list is often rounded to milliseconds."""

import io
from collections.abc import Iterator
from struct import Struct, error
from typing import Final

from ctk.audio.decode.container import peek

Span = tuple[int, int]

_BOX: Final = Struct(">I4s")
_LONG: Final = Struct(">Q")
_TIMES: Final = {0: (12, Struct(">II")), 1: (20, Struct(">IQ"))}
_EDIT: Final = {0: (8, Struct(">Ii")), 1: (8, Struct(">Qq"))}
_MOST_BOXES: Final = 200


def edited_s(file: io.FileIO, size_bytes: int) -> float | None:
    """The seconds that are left of the sound by an edit that only takes off the encoder's padding; ``None`` where
    there is no such edit, or it takes off more."""
    try:
        movie = _first(file, (0, size_bytes), b"moov")
        rough_hz, _ = _numbers(file, _first(file, movie, b"mvhd"), _TIMES)
        for name, track in _boxes(file, movie):
            if name != b"trak":
                continue
            media = _first(file, track, b"mdia")
            if peek(file, _first(file, media, b"hdlr")[0] + 8, 4) == b"soun":
                edits = _first(file, _first(file, track, b"edts"), b"elst")
                return _left(file, rough_hz, _first(file, media, b"mdhd"), edits)
    except (error, KeyError):
        return None
    return None


def _left(file: io.FileIO, rough_hz: int, header: Span, edits: Span) -> float | None:
    hz, encoded = _numbers(file, header, _TIMES)
    length, start = _numbers(file, edits, _EDIT)
    count = int.from_bytes(peek(file, edits[0] + 4, 4), "big")
    if count != 1 or start < 0 or not hz or not rough_hz:
        return None
    left_s = (encoded - start) / hz
    return left_s if abs(left_s - length / rough_hz) <= 1 / rough_hz + 1 / hz else None


def _boxes(file: io.FileIO, span: Span) -> Iterator[tuple[bytes, Span]]:
    at, end = span
    for _ in range(_MOST_BOXES):
        if at + _BOX.size > end:
            return
        head = peek(file, at, _BOX.size + _LONG.size)
        size, name = _BOX.unpack_from(head)
        start = at + _BOX.size
        if size == 1:
            (size,) = _LONG.unpack_from(head, _BOX.size)
            start += _LONG.size
        after = at + size if size else end
        if after < start:
            return
        yield name, (start, min(after, end))
        at = after


def _first(file: io.FileIO, span: Span, wanted: bytes) -> Span:
    """Raises ``KeyError``."""
    for name, inside in _boxes(file, span):
        if name == wanted:
            return inside
    raise KeyError(wanted)


def _numbers(file: io.FileIO, span: Span, versions: dict[int, tuple[int, Struct]]) -> Span:
    """Two numbers of a box, whose first byte is its version."""
    head = peek(file, span[0], min(40, span[1] - span[0]))
    offset, numbers = versions[head[0] if head else -1]
    first, second = numbers.unpack_from(head, offset)
    return first, second
