"""A sine, and whether samples are that sine."""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

AMPLITUDE: Final = 0.5
SECONDS: Final = 0.5
LEAST_PURE: Final = 0.95
"""This share of what is heard must be the sine; eight bits and lossy formats add a little noise."""
MOST_OFF: Final = 0.1
"""By this share the level may be another."""


@dataclass(frozen=True, slots=True)
class Tone:
    """Half a second of a sine in every channel; 0 Hz is silence."""

    hz: float
    rate_hz: int

    @property
    def frames(self) -> int:
        return round(SECONDS * self.rate_hz)

    def samples(self) -> "array[float]":
        """One channel, full scale at -1 and 1."""
        step = math.tau * self.hz / self.rate_hz
        return array("f", (AMPLITUDE * math.sin(step * frame) for frame in range(self.frames)))


def fault(samples: Sequence[float], tone: Tone) -> str:
    """Why these samples, anywhere out of the middle of a sound, are not the tone; empty where they are."""
    heard = sum(value * value for value in samples) / max(len(samples), 1)
    if not tone.hz:
        return "" if heard == 0 else "what should be silent is not"
    level = math.sqrt(2 * heard) / AMPLITUDE
    if abs(level - 1) > MOST_OFF:
        return f"its level is {level:.0%} of what it should be"
    step = math.tau * tone.hz / tone.rate_hz
    along = sum(value * math.sin(step * frame) for frame, value in enumerate(samples))
    across = sum(value * math.cos(step * frame) for frame, value in enumerate(samples))
    pure = 2 * (along**2 + across**2) / len(samples) ** 2 / heard
    return "" if pure >= LEAST_PURE else f"only {pure:.0%} of it is the tone of {tone.hz:.0f} Hz"
