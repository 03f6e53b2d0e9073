"""How loud a sound is where it is loud: its quiet parts and the silence around it do not count."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

WINDOW_S: Final = 0.1
"""About as long as the ear takes to tell how loud something is; shorter than most one-shots."""
_HEARD: Final = 1e-7
"""-70 dB: below it nothing counts."""
_NEAR: Final = 0.1
"""What is 10 dB below the mean does not count either; as in measuring broadcasts."""


def loudness_db(powers: NDArray[np.float64], duration_s: float) -> float | None:
    """The level in dB against full scale, from mean squares in equal steps; ``None`` for silence."""
    wide = max(1, math.ceil(len(powers) * WINDOW_S / duration_s)) if duration_s > 0 else 1
    starts = np.arange(0, len(powers), wide)
    if not len(starts):
        return None
    windows = np.add.reduceat(powers, starts) / np.diff(starts, append=len(powers))
    heard = windows[windows >= _HEARD]
    if not len(heard):
        return None
    loud = heard[heard >= _NEAR * heard.mean()]
    return 10 * math.log10(float(loud.mean()))
