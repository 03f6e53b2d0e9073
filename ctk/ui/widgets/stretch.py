"""The part of a sound that is in view: zoomed around a moment, pushed along, never beyond the ends."""

from typing import NamedTuple


class Stretch(NamedTuple):
    """From and to, in seconds."""

    start_s: float = 0.0
    end_s: float = 0.0

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s

    def holds(self, moment_s: float) -> bool:
        return self.start_s <= moment_s <= self.end_s

    def zoomed(self, factor: float, around_s: float, *, least_s: float, whole_s: float) -> "Stretch":
        """``factor`` times as long, and ``around_s`` stays where it is as far as the ends let it."""
        length_s = min(max(self.length_s * factor, min(least_s, whole_s)), whole_s)
        share = (around_s - self.start_s) / self.length_s if self.length_s else 0.0
        return Stretch(0.0, length_s).moved(around_s - share * length_s, whole_s=whole_s)

    def moved(self, by_s: float, *, whole_s: float) -> "Stretch":
        """The same length, ``by_s`` further on."""
        start_s = min(max(self.start_s + by_s, 0.0), max(0.0, whole_s - self.length_s))
        return Stretch(start_s, start_s + self.length_s)
