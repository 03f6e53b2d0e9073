"""Cutting sounds to the few lengths that CNN14 is given: 1, 2, 5 or 10 seconds of one channel at 32 kHz.

A window is padded with silence to the next of these lengths, and never to the longest of its batch, so that what is
heard in it does not depend on its neighbours. Of a longer sound up to three windows are heard: begin, middle and end.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Window = npt.NDArray[np.float32]

RATE_HZ: Final = 32_000
LENGTHS: Final = tuple(seconds * RATE_HZ for seconds in (1, 2, 5, 10))
"""In samples. The shortest that the model takes is 9,920."""
MOST_WINDOWS: Final = 3

_REST: Final = 2 * RATE_HZ
"""What is left over after whole windows is worth another only when it is longer than this."""
_LOUDEST: Final = 100.0
"""+40 dB over full scale: nothing real is louder, and what a damaged file holds must not become infinite."""


def spans(length: int) -> list[tuple[int, int]]:
    """The windows of a sound with ``length`` samples, as (start, end)."""
    longest = LENGTHS[-1]
    if length <= longest:
        return [(0, length)]
    count = min(MOST_WINDOWS, max(1, -(-(length - _REST) // longest)))
    starts = [(length - longest) * number // (count - 1) for number in range(count)] if count > 1 else [0]
    return [(start, start + longest) for start in starts]


def windows(samples: Window) -> list[Window]:
    """The windows of a sound, each as long as one of ``LENGTHS``; what is no number becomes silence."""
    return [_padded(samples[start:end]) for start, end in spans(len(samples))]


def _padded(samples: Window) -> Window:
    length = next(length for length in LENGTHS if length >= len(samples))
    window = np.zeros(length, np.float32)
    np.nan_to_num(samples, nan=0.0, posinf=_LOUDEST, neginf=-_LOUDEST).clip(
        -_LOUDEST, _LOUDEST, out=window[: len(samples)]
    )
    return window
