"""Frames as the decoder gives them, joined into blocks of float32: one frame at first, and soon many at once.

What has to be done to samples takes less time than what has to be done for each array of them: an MP3 decodes in half
the time when its frames are joined first.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame

from ctk.audio.decode.samples import Samples

MOST_FRAMES: Final = 16_384
"""Of sound in a block: a few ms of work."""

_KINDS: Final = {"u8": "u1", "s16": "i2", "s32": "i4", "flt": "f4", "dbl": "f8"}
_SCALES: Final = {"u1": 1 / 128, "i2": 1 / 32_768, "i4": 2.0**-31}
_LOUDEST: Final = 1_000.0
"""60 dB above full scale: floating-point samples beyond it are damage, and would overflow on the way."""


def gathered(frames: Iterator[AudioFrame], channels: int) -> Iterator[Samples]:
    """Blocks of what ``frames`` hold; whatever those raise comes after all that was decoded before."""
    waiting, kind, wanted = AudioFifo(), "", 1
    failure: Exception | None = None
    try:
        for frame in frames:
            if frame.format.name != kind:
                yield from _all_of(waiting, channels)
                waiting, kind = AudioFifo(), frame.format.name
            frame.pts = None  # what the file says of time has gaps
            waiting.write(frame)
            if waiting.samples >= wanted:
                yield from _all_of(waiting, channels)
                wanted = min(2 * wanted, MOST_FRAMES)
    except Exception as exc:
        failure = exc
    yield from _all_of(waiting, channels)
    if failure is not None:
        raise failure


def _all_of(waiting: AudioFifo, channels: int) -> Iterator[Samples]:
    joined = waiting.read() if waiting.samples else None
    if joined is not None:
        yield floats(joined, channels)


def floats(frame: AudioFrame, channels: int) -> Samples:
    """The samples of a frame, channels side by side, full scale at 1."""
    with np.errstate(all="ignore"):  # what damage looks like
        return _floats(frame, channels)


def _floats(frame: AudioFrame, channels: int) -> Samples:
    kind = _KINDS[frame.format.packed.name]
    samples = np.empty((frame.samples, channels), np.float32)
    if frame.format.is_planar:
        # PyAV counts one plane too many where there are 8 channels.
        for channel, plane in enumerate(frame.planes[:channels]):
            samples[:, channel] = np.frombuffer(memoryview(plane), kind, frame.samples)
    else:
        samples[:] = np.frombuffer(memoryview(frame.planes[0]), kind, samples.size).reshape(samples.shape)
    if kind == "u1":
        samples -= 128
    if kind in _SCALES:
        samples *= np.float32(_SCALES[kind])
    elif not np.dot(samples.ravel(), samples.ravel()) <= _LOUDEST**2:  # not true of NaN, either
        np.clip(np.nan_to_num(samples), -_LOUDEST, _LOUDEST, out=samples)
    return samples
