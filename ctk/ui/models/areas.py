"""Where the parts of a window lie: the layout of a look turned into areas, the lines between them, and sashes.

Lengths are a part of the whole with pixels added or taken away, so that they hold while the window changes its size.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ctk.looks.look import Node

SHARE = 0.5
"""More of the whole a part does not take, unless the user wants so."""
BARE = {"list", "detail"}
"""Between these there is no line: their grounds differ."""


class Span(NamedTuple):
    """So much ``part`` of the whole, and so many pixels more."""

    part: float = 0.0
    px: float = 0.0

    def plus(self, other: "Span", times: float = 1) -> "Span":
        return Span(self.part + times * other.part, self.px + times * other.px)

    def of(self, whole: float) -> int:
        return round(self.part * whole + self.px)


class Area(NamedTuple):
    """Relative to the upper left corner of the whole."""

    x: Span = Span()
    y: Span = Span()
    width: Span = Span(1)
    height: Span = Span(1)

    def cut(self, upright: bool, at: Span, length: Span) -> "Area":
        """A column of it, or a row."""
        return self._replace(x=at, width=length) if upright else self._replace(y=at, height=length)


class Sash(NamedTuple):
    """A border that can be dragged: ``child`` of ``node``, ``size`` pixels now, grows by ``sign`` times the way to the
    right or down."""

    node: str
    child: str
    upright: bool
    sign: int
    size: int
    area: Area


class Ground(NamedTuple):
    """What the areas depend on: how large the whole is (0 while nobody knows), how thick a line and how small what is
    left over may be, how wide or high ``bars`` want to be, and how long a child of a node was made by the user."""

    whole: tuple[int, int]
    line: int
    least: int
    bars: Mapping[str, tuple[int | None, int | None]]
    px: Callable[[float], int]
    dragged: Callable[[str, str], int | None]


class Areas:
    """Of all views that are ``on``, in the order of the tree. In a stack the one that was asked for last is seen:
    ``asked`` begins with what was asked for first."""

    def __init__(
        self, tree: Mapping[str, Node], root: str, on: Collection[str], asked: Sequence[str], ground: Ground
    ) -> None:
        self.views: dict[str, Area] = {}
        self.lines: list[Area] = []
        self.sashes: list[Sash] = []
        self._tree = tree
        self._on = on
        self._asked = asked
        self._ground = ground
        if self._is_on(root):
            self._fill(root, Area())

    def _is_on(self, name: str) -> bool:
        node = self._tree.get(name)
        return name in self._on if node is None else any(map(self._is_on, node.children))

    def _children(self, node: Node) -> list[str]:
        """Those that are seen."""
        on = [child for child in node.children if self._is_on(child)]
        return on if node.split in ("rows", "columns") else [max(on, key=self._turn)]

    def _turn(self, name: str) -> int:
        """When it was asked for last."""
        node = self._tree.get(name)
        if node is not None:
            return max(map(self._turn, node.children))
        return self._asked.index(name) if name in self._asked else -1

    def _fill(self, name: str, area: Area) -> None:
        node = self._tree.get(name)
        if node is None:
            self.views[name] = area
            return
        children, upright = self._children(node), node.split == "columns"
        gaps = [self._gap(*pair) for pair in pairwise(children)]
        lengths = self._lengths(name, children, gaps, area)
        rest = next((at for at, length in enumerate(lengths) if length.part), len(children))
        at = area.x if upright else area.y
        for place, (child, length) in enumerate(zip(children, lengths, strict=True)):
            self._fill(child, area.cut(upright, at, length))
            at = at.plus(length)
            if place < len(gaps):
                line = area.cut(upright, at, Span(0, gaps[place]))
                if gaps[place]:
                    self.lines.append(line)
                grows, sign = (place + 1, -1) if place >= rest else (place, 1)
                if _said(node, children[grows]) is not None:
                    size = int(lengths[grows].px) + _beside(gaps, grows)
                    self.sashes.append(Sash(name, children[grows], upright, sign, size, line))
                at = at.plus(Span(0, gaps[place]))

    def _gap(self, before: str, after: str) -> int:
        return 0 if {before, after} == BARE else self._ground.line

    def _lengths(self, name: str, children: Sequence[str], gaps: Sequence[int], area: Area) -> list[Span]:
        node = self._tree[name]
        upright = node.split == "columns"
        room = area.width if upright else area.height
        stiff: dict[str, int] = {}
        sized: dict[str, int] = {}
        for at, child in enumerate(children):
            said, bar = _said(node, child), self._bar(child, upright)
            if said is not None:
                sized[child] = self._wanted(name, child, said, upright) - _beside(gaps, at)
            elif bar is not None:
                stiff[child] = bar
        if len(stiff) + len(sized) == len(children):  # somebody must take what is left
            (sized or stiff).popitem()
        left = room.plus(Span(0, -sum(gaps) - sum(stiff.values())))
        rests = len(children) - len(stiff) - len(sized)
        self._squeeze(sized, left, rests, upright)
        left = left.plus(Span(0, -sum(sized.values())))
        share = Span(left.part / rests, left.px / rests)
        fixed = stiff | sized
        return [Span(0, fixed[child]) if child in fixed else share for child in children]

    def _wanted(self, node: str, child: str, said: int, upright: bool) -> int:
        """As the user made it, or else as the look says, in a small window less."""
        dragged = self._ground.dragged(node, child)
        if dragged is not None:
            return self._ground.px(dragged)
        whole = self._ground.whole[0 if upright else 1]
        wanted = self._ground.px(said)
        return min(wanted, int(whole * SHARE)) if whole else wanted

    def _squeeze(self, sized: dict[str, int], left: Span, rests: int, upright: bool) -> None:
        """Leave something to those that take the rest."""
        whole = self._ground.whole[0 if upright else 1]
        room, wanted = left.of(whole) - rests * self._ground.least, sum(sized.values())
        if whole and wanted > room:
            for child, length in sized.items():
                sized[child] = max(1, length * max(0, room) // wanted)

    def _bar(self, name: str, upright: bool) -> int | None:
        """How long it wants to be, where it is a bar or made of bars."""
        node = self._tree.get(name)
        if node is None:
            return self._ground.bars.get(name, (None, None))[0 if upright else 1]
        children = self._children(node)
        lengths = [length for child in children if (length := self._bar(child, upright)) is not None]
        if len(lengths) < len(children):
            return None
        if node.split == ("columns" if upright else "rows"):
            return sum(lengths) + sum(self._gap(*pair) for pair in pairwise(children))
        return max(lengths)


def _said(node: Node, child: str) -> int | None:
    """The size that the look gives it."""
    return node.sizes[node.children.index(child)]


def _beside(gaps: Sequence[int], at: int) -> int:
    """How thick the line is that belongs to a child: its size is with it."""
    return gaps[max(0, at - 1)] if gaps else 0
