"""Listening to a file: all of it once, for everything there is to know, or a part of it, for its outline."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ctk.audio.decode.seeking import SeekIndex
from ctk.errors import CannotDecode, UsageError
from ctk.waveforms.blocks import Block, Blocks, Interrupted, open_blocks
from ctk.waveforms.health import Numbers
from ctk.waveforms.loudness import loudness_db
from ctk.waveforms.meter import Meter
from ctk.waveforms.mono import Mono
from ctk.waveforms.outline import Outline
from ctk.waveforms.tempo import estimate

STEPS: Final = 1024
"""In the outline that is kept: more than a player bar has pixels for, on most screens."""

_REMEMBERED: Final = 8 << 20
"""Samples, 32 MB: a minute and a half in stereo."""
_ROUNDS: Final = 3
"""One, another when the sound was not as long as it seemed, and one more should it have grown meanwhile."""

Check = Callable[[], None]


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """All of a sound."""

    outline: Outline
    numbers: Numbers
    index: SeekIndex | None


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The frames from ``start`` to ``end`` of a sound that has ``frames``."""

    outline: Outline
    start: int
    end: int
    frames: int
    sample_rate_hz: int
    channels: int


def listen(path: str, check: Check = lambda: None, with_tempo: bool = False) -> Heard:
    """Everything about the sound in the file. Raises ``CannotDecode``, and what ``check`` raises between blocks."""
    with open_blocks(path) as blocks:
        mono = Mono(blocks.sample_rate_hz, blocks.channels) if with_tempo else None
        meter = _measured(blocks, path, STEPS, check, mono=mono)
        report = blocks.report()
        powers = meter.powers
        numbers = Numbers(
            frames=meter.seen,
            sample_rate_hz=blocks.sample_rate_hz,
            channels=blocks.channels,
            promised=report.promised,
            broken=report.broken,
            peak=meter.peak,
            rms=float(np.sqrt(powers.mean())),
            offset=meter.offset,
            quiet=tuple(channel for channel in meter.quiet if channel != blocks.bass),
            clips=meter.clips,
            loudness_db=loudness_db(powers, meter.seen / blocks.sample_rate_hz),
        )
        if mono is not None:
            numbers = _with_tempo(numbers, mono)
        return Heard(meter.outline, numbers, report.index)


def listen_again(path: str, numbers: Numbers, check: Check = lambda: None) -> Numbers:
    """What is known of the sound in the file, and its tempo. Raises what ``listen`` does."""
    with open_blocks(path) as blocks:
        mono = Mono(blocks.sample_rate_hz, blocks.channels)
        for block in blocks.read(0):
            check()
            mono.take(block.values)
        if (error := blocks.report().error) is not None:
            raise Interrupted(error)
        return _with_tempo(numbers, mono)


def _with_tempo(numbers: Numbers, mono: Mono) -> Numbers:
    found = estimate(mono.samples, mono.rate_hz, numbers.duration_s)
    return replace(numbers, sure=0.0) if found is None else replace(numbers, bpm=found.bpm, sure=found.confidence)


def part(
    path: str,
    points: int,
    start_s: float = 0.0,
    end_s: float | None = None,
    *,
    frames: int | None = None,
    index: SeekIndex | None = None,
) -> Part:
    """The outline of a part of the sound in the file, of whose length and index may be known already.

    Raises ``CannotDecode``, and ``UsageError`` for a part that begins after the end.
    """
    with open_blocks(path, index) as blocks:
        rate = blocks.sample_rate_hz
        start = round(start_s * rate)
        end = None if end_s is None else max(round(end_s * rate), start + 1)
        meter = _measured(blocks, path, points, start=start, end=end, expected=frames)
        end = start + min(meter.seen, meter.frames)
        whole = max(frames or blocks.frames, end)
        return Part(meter.outline.reduced(points), start, end, whole, rate, blocks.channels)


def _measured(
    blocks: Blocks,
    path: str,
    points: int,
    check: Check = lambda: None,
    *,
    start: int = 0,
    end: int | None = None,
    expected: int | None = None,
    mono: Mono | None = None,
) -> Meter:
    """The meter after the frames from ``start`` to ``end``, or to the end of the sound, went by.

    Exact steps need the exact length: where the sound is not as long as it seemed, it goes by once more, from memory
    if it is short enough.
    """
    frames = max(0, ((expected or blocks.frames) if end is None else end) - start)
    memory = _Memory(_REMEMBERED if blocks.estimated else 0)
    for _ in range(_ROUNDS):
        meter = Meter(frames, blocks.channels, points, top=blocks.top, unit=blocks.unit)
        if mono is not None:
            mono.begin()
        for block in memory.blocks if memory.whole else blocks.read(start):
            check()
            meter.take(block)
            if mono is not None:
                mono.take(block.values)
            memory.add(block)
            if end is not None and meter.seen >= frames:
                break
        if (error := blocks.report().error) is not None:
            raise Interrupted(error)
        if not meter.seen:
            raise _nothing(path, start / blocks.sample_rate_hz)
        if meter.seen == frames or (end is not None and meter.seen > frames):
            return meter
        frames = meter.seen
        memory.close()
    raise Interrupted(f"{shown_name(path)} changes while it is read.")


class _Memory:
    """Blocks from the first to the last, as long as they have no more than ``most`` samples."""

    def __init__(self, most: int) -> None:
        self.whole = False
        self.blocks: list[Block] = []
        self._left = most

    def add(self, block: Block) -> None:
        """Remember one more, or forget all when they are too many."""
        if self.whole:
            return
        self._left -= len(block.values)
        if self._left >= 0:
            self.blocks.append(block)
        else:
            self.blocks.clear()

    def close(self) -> None:
        """That was the last one."""
        self.whole = bool(self.blocks)


def _nothing(path: str, start_s: float) -> Exception:
    if start_s > 0:
        return UsageError(f"{shown_name(path)} has ended before {start_s:.2f} s.")
    return CannotDecode(f"{shown_name(path)} has no sound in it.")


def shown_name(path: str) -> str:
    """The name of a file for a sentence."""
    return os.fsencode(os.path.basename(path)).decode("utf-8", "replace")
