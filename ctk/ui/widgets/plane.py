"""Dots on a plane: the part of it that is in view, and which dot is where. Knows no Tk.

The plane goes from 0 to 1 both ways, from the upper left corner on.
"""

from array import array
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

Way = Literal["left", "right", "up", "down"]

LEAST: Final = 1 / 400
"""No less of the plane than this fills the window."""
_CELLS: Final = 64
"""So many one way: dots are looked for in the cells around a place."""
_BLOCK: Final = 4
_MARGIN: Final = 0.12
"""What is brought into view stands so far from the edges."""


class View(NamedTuple):
    """What is in view: from ``left`` and ``top`` on, ``span`` wide and high."""

    left: float = 0.0
    top: float = 0.0
    span: float = 1.0

    def zoomed(self, factor: float, x: float, y: float) -> "View":
        """``factor`` times as much, while a place stays where it is as far as the edges of the plane let it."""
        span = min(max(self.span * factor, LEAST), 1.0)
        share = span / self.span
        return View(x - (x - self.left) * share, y - (y - self.top) * share, span)._inside()

    def moved(self, by_x: float, by_y: float) -> "View":
        return View(self.left + by_x, self.top + by_y, self.span)._inside()

    def showing(self, x: float, y: float) -> "View":
        """Moved no further than it takes for a place to be well in view."""
        room = self.span * _MARGIN
        left = min(max(self.left, x + room - self.span), x - room)
        top = min(max(self.top, y + room - self.span), y - room)
        return View(left, top, self.span)._inside()

    def _inside(self) -> "View":
        last = 1.0 - self.span
        return View(min(max(self.left, 0.0), last), min(max(self.top, 0.0), last), self.span)


class Plane:
    """Dots by their numbers. ``lit`` has a byte for each, 0 for those that no hand can reach."""

    def __init__(self, x: Sequence[float], y: Sequence[float]) -> None:
        self.x = x
        self.y = y
        self.lit = b"\1" * len(x)
        self._cells = [array("l") for _ in range(_CELLS * _CELLS)]
        for at, (one, other) in enumerate(zip(x, y, strict=True)):
            self._cells[_cell(other) * _CELLS + _cell(one)].append(at)

    @property
    def spread(self) -> float:
        """How much of the plane has dots in it, 0 to 1."""
        blocks = {
            (number // _CELLS // _BLOCK, number % _CELLS // _BLOCK) for number, cell in enumerate(self._cells) if cell
        }
        return len(blocks) / (_CELLS // _BLOCK) ** 2

    def __len__(self) -> int:
        return len(self.x)

    def within(self, left: float, top: float, right: float, bottom: float) -> list[int]:
        """The dots in a box, and perhaps some just beyond."""
        if left <= 0 and top <= 0 and right >= 1 and bottom >= 1:
            return list(range(len(self.x)))
        columns = range(_cell(left), _cell(right) + 1)
        lines = range(_cell(top), _cell(bottom) + 1)
        return [at for line in lines for column in columns for at in self._cells[line * _CELLS + column]]

    def swept(self, left: float, top: float, right: float, bottom: float) -> list[int]:
        """The dots in a box that a hand can reach."""
        x, y, lit = self.x, self.y, self.lit
        return [
            at
            for at in self.within(left, top, right, bottom)
            if lit[at] and left <= x[at] <= right and top <= y[at] <= bottom
        ]

    def near(self, x: float, y: float, reach_x: float, reach_y: float, limit: int = 1) -> list[int]:
        """The dots around a place that a hand can reach, the nearest first; none further than so far either way."""
        xs, ys = self.x, self.y
        found = []
        for at in self.swept(x - reach_x, y - reach_y, x + reach_x, y + reach_y):
            away = ((xs[at] - x) / reach_x) ** 2 + ((ys[at] - y) / reach_y) ** 2
            if away <= 1:
                found.append((away, at))
        return [at for _, at in sorted(found)[:limit]]

    def beside(self, here: int, way: Way, aspect: float = 1.0) -> int | None:
        """The next dot to one side, where the plane is drawn ``aspect`` times as wide as high."""
        x, y = self.x[here], self.y[here]
        sign = 1 if way in ("right", "down") else -1
        level = way in ("left", "right")
        along_by, across_by = (sign * aspect, 1.0) if level else (sign, aspect)
        best, nearest = None, float("inf")
        for at, (one, other) in enumerate(zip(self.x, self.y, strict=True)):
            along, across = (one - x, other - y) if level else (other - y, one - x)
            along, across = along * along_by, abs(across * across_by)
            if 0 < along >= across and along + across < nearest and self.lit[at] and at != here:
                best, nearest = at, along + across
        return best


def _cell(place: float) -> int:
    return min(max(int(place * _CELLS), 0), _CELLS - 1)
