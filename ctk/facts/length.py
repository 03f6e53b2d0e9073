"""How long a sound is, for whoever judges by it. Pure."""

import math
from typing import Final

_LOOP_S: Final = (0.5, 90.0)


class Length:
    """``seconds`` may be unknown. From ``low`` on, and below ``high``, every answer given so far would be the same."""

    __slots__ = ("high", "low", "seconds")

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self.low = -math.inf
        self.high = math.inf

    @property
    def known(self) -> bool:
        return self.seconds is not None

    def under(self, limit_s: float) -> bool:
        """Whether it is known to be shorter."""
        if self.seconds is None:
            return False
        if self.seconds < limit_s:
            self.high = min(self.high, limit_s)
            return True
        self.low = max(self.low, limit_s)
        return False

    def makes_beats(self, bpm: float, *, of: int, loose: float) -> bool:
        """Whether it is known to be a whole multiple of ``of`` beats, but for ``loose`` of one; of no song, though."""
        if self.seconds is None or self.under(_LOOP_S[0]) or not self.under(_LOOP_S[1]):
            return False
        beats = self.seconds * bpm / 60
        nearest = of * round(beats / of)
        around = [nearest - of + loose, nearest - loose, nearest + loose, nearest + of - loose]
        for edge in around[nearest < of :]:
            self.under(edge * 60 / bpm)
        return nearest >= of and abs(beats - nearest) < loose
