"""Walking streams of small frames (MPEG audio, ADTS), which say their own length and little else."""

from collections.abc import Callable
from typing import NamedTuple

from ctk.sources.headers.content import Content, TooSlow

WINDOW_BYTES = 65_536
_BLOCK_BYTES = 1 << 20
_CHAIN = 3
_HEADER_BYTES = 7


class Frame(NamedTuple):
    """One frame; frames of one stream agree in ``kind``. ``bits_per_s`` is 0 where each frame has its own."""

    length: int
    samples: int
    rate_hz: int
    channels: int
    bits_per_s: int
    kind: int


FrameAt = Callable[[bytes, int], Frame | None]
"""The frame whose header stands at an index of some bytes; ``None`` where there is no valid one."""


class Walk(NamedTuple):
    """What a walk found: samples, where the last whole frame ends, and every bit rate met."""

    samples: int
    end: int
    bit_rates: frozenset[int]


def first(content: Content, start: int, end: int, frame_at: FrameAt) -> tuple[int, Frame] | None:
    """Where the stream begins: the first frame that others follow, looked for near ``start``."""
    window = content.at(start, min(WINDOW_BYTES, end - start))
    index = _sync(window, 0, frame_at, None, end - start)
    if index is None:
        return None
    frame = frame_at(window, index)
    return (start + index, frame) if frame is not None else None


def walk(content: Content, start: int, end: int, frame_at: FrameAt, kind: int) -> Walk:
    """Count every frame from ``start``; when time runs out, the rest is taken to be like what was seen."""
    samples, at, rates = 0, start, set[int]()
    try:
        while at < end:
            block = content.at(at, min(_BLOCK_BYTES, end - at))
            more, used = _walk_block(block, frame_at, kind, rates, at + len(block) >= end)
            samples += more
            at += used
            if not used:
                break
    except TooSlow:
        samples = round(samples * (end - start) / max(at - start, 1))
        return Walk(samples, end, frozenset(rates))
    return Walk(samples, at, frozenset(rates))


def bit_rates(content: Content, start: int, end: int, frame_at: FrameAt, kind: int) -> tuple[frozenset[int], int]:
    """The bit rates of the frames in a stretch, and where the last whole one ends (``start`` if there is none)."""
    window = content.at(start, end - start)
    index = _sync(window, 0, frame_at, kind, len(window))
    if index is None:
        return frozenset(), start
    rates = set[int]()
    _, used = _walk_block(window[index:], frame_at, kind, rates, True)
    return frozenset(rates), start + index + used


def _walk_block(block: bytes, frame_at: FrameAt, kind: int, rates: set[int], is_last: bool) -> tuple[int, int]:
    """Samples in one block and how many of its bytes are done with; junk between frames is skipped."""
    samples, index, used = 0, 0, 0
    size = len(block)
    while index + _HEADER_BYTES <= size:
        frame = frame_at(block, index)
        if frame is not None and frame.kind == kind:
            if index + frame.length > size:
                break
            index += frame.length
            used = index
            samples += frame.samples
            rates.add(frame.bits_per_s)
            continue
        next_index = _sync(block, index + 1, frame_at, kind, size)
        if next_index is None:
            index = size
            break
        index = next_index
    if is_last:
        return samples, used
    return samples, max(used, size - WINDOW_BYTES if index >= size else index)


def _sync(block: bytes, start: int, frame_at: FrameAt, kind: int | None, end: int) -> int | None:
    """Index of the next frame that is followed by others of its kind, or that reaches ``end``."""
    index = block.find(b"\xff", start)
    while index >= 0:
        frame = frame_at(block, index)
        if frame is not None and kind in (None, frame.kind) and _followed(block, index, frame, frame_at, end):
            return index
        index = block.find(b"\xff", index + 1)
    return None


def _followed(block: bytes, index: int, frame: Frame, frame_at: FrameAt, end: int) -> bool:
    at = index
    for count in range(_CHAIN):
        at += frame.length
        if at + _HEADER_BYTES > end:
            return count > 0 or (index == 0 and at <= end)
        if at + _HEADER_BYTES > len(block):
            return count > 0
        following = frame_at(block, at)
        if following is None or following.kind != frame.kind:
            return False
        frame = following
    return True
