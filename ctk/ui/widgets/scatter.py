"""Many dots on a canvas, to point at and to move through; one picture, painted again for each view.

While a hand moves the map only as many dots are painted as are quickly done; all of them once it rests.
"""

import time
import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple, TypeVar

from ctk.ui.widgets.dots import paint, radius, stamp
from ctk.ui.widgets.drawing import Colour
from ctk.ui.widgets.plane import Plane, View, Way
from ctk.ui.widgets.roaming import Roaming

N = TypeVar("N", int, float)

HIDDEN, FAINT, FIRST = 0, 1, 2
"""How a dot is drawn: not at all, in the background and out of reach, or in a colour, counted from here on."""
REACH: Final = 12
"""So near, in pixels at 100 %, the pointer has to come to a dot."""
QUICK_S: Final = 0.04
REST_MS: Final = 140
EDGE: Final = 24
"""The widest that a dot and its ring can be to one side, at 100 %."""


class Inks(NamedTuple):
    """``dots`` are the colours from ``FIRST`` on."""

    ground: Colour
    faint: Colour
    dots: Sequence[Colour]
    ring: Colour
    picked: Colour
    frame: Colour
    label: Colour
    text: Colour


def _nothing(*_: object) -> None:
    """What happens until the owner says otherwise."""


class Scatter(tk.Canvas):
    """``load`` dots, ``dress`` them, ``ink`` them. Dots go by their numbers.

    ``on_point(dot)`` tells which one the pointer is at (``None``: at none), ``on_pick(dot)`` of a click or an arrow
    key (``None``: of a click beside all), ``on_open(dot)`` of two clicks or Return, ``on_sweep(dots)`` of a drag with
    Shift, ``on_menu(dot, x, y)`` of the other button somewhere on the screen, ``on_view()`` of another view.
    """

    def __init__(self, master: tk.Misc, *, unit: float, inks: Inks) -> None:
        super().__init__(master, width=1, height=1, highlightthickness=0, borderwidth=0, takefocus=True)
        self.on_point: Callable[[int | None], None] = _nothing
        self.on_pick: Callable[[int | None], None] = _nothing
        self.on_open: Callable[[int], None] = _nothing
        self.on_sweep: Callable[[Sequence[int]], None] = _nothing
        self.on_menu: Callable[[int, int, int], None] = _nothing
        self.on_view: Callable[[], None] = _nothing
        self.view = View()
        self.plane = Plane((), ())
        self.picked: int | None = None
        self.pointed: int | None = None
        self._unit = unit
        self._inks = inks
        self._faces = b""
        self._name = ""
        self._crowd = 0.0
        self._pointer: tuple[int, int] | None = None
        self._size = (1, 1)
        self._image: tk.PhotoImage | None = None
        self._painting = self._moving = False
        self._timer: str | None = None
        self._whole_s = 0.0
        self._make_items()
        self._bind_events()
        Roaming(self, self)
        self.ink(inks)

    def load(self, x: Sequence[float], y: Sequence[float]) -> None:
        """Other dots, from 0 to 1 both ways; all of them come into view."""
        self.plane = Plane(x, y)
        self.view = View()
        self.picked = self.pointed = None
        self.dress(bytes((FIRST,)) * len(x))
        self.on_view()

    def dress(self, faces: bytes) -> None:
        """How each is drawn: ``HIDDEN``, ``FAINT``, or in one of the colours."""
        self._faces = faces
        self.plane.lit = faces.translate(_LIT)
        count = len(faces) - faces.count(HIDDEN) - faces.count(FAINT)
        self._crowd = max(count, len(faces) // 8) / (self.plane.spread or 1.0)
        self.repaint()
        self._point_again()

    def ink(self, inks: Inks) -> None:
        """Other colours."""
        self._inks = inks
        self.configure(background=inks.ground)
        self.itemconfigure(self._ring, outline=inks.ring)
        for item, colour in ((self._circle, inks.picked), (self._box, inks.picked), (self._frame, inks.frame)):
            self.itemconfigure(item, outline=colour)
        self.itemconfigure(self._label, fill=inks.label)
        self.itemconfigure(self._words, fill=inks.text)
        self.repaint()

    def look(self, view: View) -> None:
        """Bring this part into view."""
        if view != self.view:
            self.view = view
            self._moving = self._whole_s > QUICK_S
            self.repaint()
            self.on_view()

    def find(self) -> None:
        """Where no dot is in reach of the hand in this view, the whole map comes into view."""
        left, top, span = self.view
        if not self.plane.swept(left, top, left + span, top + span):
            self.look(View())

    def pick(self, dot: int | None, *, show: bool = False) -> None:
        """A ring stays around this one; it can be brought into view, too."""
        self.picked = dot
        if dot is not None and show:
            self.look(self.view.showing(self.plane.x[dot], self.plane.y[dot]))
        self._place_rings()

    def name(self, words: str) -> None:
        """What is written beside the dot in the ring."""
        self._name = words
        self.itemconfigure(self._words, text=words)
        self._place_label()

    def point(self, x: int | None, y: int = 0) -> None:
        """The pointer is there now, or nowhere."""
        self._pointer = None if x is None else (x, y)
        found = None if x is None else self.dot_at(x, y)
        if found != self.pointed:
            self.pointed = found
            self.name("")
            self._place_rings()
            self.on_point(found)

    def dot_at(self, x: int, y: int) -> int | None:
        """The dot that is meant by someone who points there."""
        reach, (width, height), span = REACH * self._unit, self._size, self.view.span
        found = self.plane.near(*self.plane_at(x, y), reach / width * span, reach / height * span)
        return found[0] if found else None

    def is_lit(self, dot: int | None) -> bool:
        """Whether it can be seen and reached."""
        return dot is not None and bool(self.plane.lit[dot])

    def plane_at(self, x: float, y: float) -> tuple[float, float]:
        """What is drawn there."""
        view, (width, height) = self.view, self._size
        return view.left + x / width * view.span, view.top + y / height * view.span

    def spot(self, dot: int) -> tuple[float, float]:
        """Where a dot is drawn."""
        view, (width, height) = self.view, self._size
        x, y = self.plane.x[dot], self.plane.y[dot]
        return (x - view.left) / view.span * width, (y - view.top) / view.span * height

    def step(self, way: Way) -> None:
        """On to the next dot, from the one that is picked or pointed at, else from the middle."""
        here = self.picked if self.is_lit(self.picked) else self.pointed
        width, height = self._size
        if here is None:
            found = self.plane.near(*self.plane_at(width / 2, height / 2), 2, 2)
            there = found[0] if found else None
        else:
            there = self.plane.beside(here, way, width / height)
        if there is not None:
            self.point(None)
            self.pick(there, show=True)
            self.name("")
            self.on_pick(there)

    def sweep(self, start: tuple[int, int], end: tuple[int, int] | None) -> None:
        """A box from one corner to the other is drawn, or (``None``) there is none any more."""
        self.itemconfigure(self._box, state="hidden" if end is None else "disabled")
        if end is not None:
            self.coords(self._box, *start, *end)

    def repaint(self) -> None:
        """Soon."""
        if not self._painting:
            self._painting = True
            self.after_idle(self._repaint)

    def _make_items(self) -> None:
        line = max(1, round(self._unit))
        self._picture = self.create_image(0, 0, anchor="nw")
        self._circle = self.create_oval(0, 0, 0, 0, width=2 * line, state="hidden")
        self._ring = self.create_oval(0, 0, 0, 0, width=max(line, round(1.5 * self._unit)), state="hidden")
        self._label = self.create_rectangle(0, 0, 0, 0, width=0, state="hidden")
        self._words = self.create_text(0, 0, anchor="nw", state="hidden", font="CtkSmall")
        self._box = self.create_rectangle(0, 0, 0, 0, width=line, dash=(4, 3), state="hidden")
        self._frame = self.create_rectangle(0, 0, 0, 0, width=line, state="hidden")

    def _bind_events(self) -> None:
        self.bind("<Configure>", lambda event: self._resize(event.width, event.height))
        self.bind("<Motion>", lambda event: self.point(event.x, event.y))
        self.bind("<Leave>", lambda _: self.point(None))
        self.bind("<FocusIn>", lambda _: self.itemconfigure(self._frame, state="disabled"))
        self.bind("<FocusOut>", lambda _: self.itemconfigure(self._frame, state="hidden"))

    def _resize(self, width: int, height: int) -> None:
        if (width, height) != self._size:
            self._size = (max(width, 1), max(height, 1))
            self.coords(self._frame, 0, 0, width - 1, height - 1)
            self.repaint()

    def _repaint(self) -> None:
        self._painting = False
        began_s = time.perf_counter()
        self._draw(every=1 + int(self._whole_s / QUICK_S) if self._moving else 1)
        if self._moving:
            if self._timer is not None:
                self.after_cancel(self._timer)
            self._timer = self.after(REST_MS, self._rest)
        else:
            self._whole_s = time.perf_counter() - began_s
        self._point_again()
        self._place_rings()

    def _rest(self) -> None:
        self._timer, self._moving = None, False
        self.repaint()

    def _draw(self, every: int) -> None:
        """The picture is a little larger than the canvas, so that dots can be cut off by its edge."""
        inks, edge, (width, height) = self._inks, round(EDGE * self._unit), self._size
        wide, high = width + 2 * edge, height + 2 * edge
        size = self._radius()
        colours = (inks.faint, inks.faint, *inks.dots)
        stamps = [stamp(size, colour, inks.ground, wide) for colour in colours]
        image = tk.PhotoImage(master=self, data=paint(wide, high, inks.ground, self._seen(every), stamps), format="ppm")
        self.itemconfigure(self._picture, image=image)
        self.coords(self._picture, -edge, -edge)
        self._image = image

    def _seen(self, every: int) -> list[tuple[int, int]]:
        """The pixel in the middle of each dot in view, the faint ones first, and how it is drawn."""
        edge, (width, height), view, plane = round(EDGE * self._unit), self._size, self.view, self.plane
        wide, reach = width + 2 * edge, self._radius() + 2
        scale_x, scale_y = width / view.span, height / view.span
        shift_x, shift_y = edge - view.left * scale_x, edge - view.top * scale_y
        left, top, right, bottom = edge - reach, edge - reach, edge + width + reach, edge + height + reach
        room_x, room_y = reach / scale_x, reach / scale_y
        box = (view.left - room_x, view.top - room_y, view.left + view.span + room_x, view.top + view.span + room_y)
        dots = plane.within(*box)
        if every > 1:  # the same ones in each view, lest the map twinkles
            dots = [dot for dot in dots if not dot % every]
        seen = [
            (int(y) * wide + int(x), face)
            for across, down, face in zip(_at(plane.x, dots), _at(plane.y, dots), _at(self._faces, dots), strict=True)
            if face
            and left < (x := across * scale_x + shift_x) < right
            and top < (y := down * scale_y + shift_y) < bottom
        ]
        return seen if FAINT not in self._faces else sorted(seen, key=_is_lit)

    def _radius(self) -> float:
        return radius(*self._size, self._crowd, 1 / self.view.span, self._unit)

    def _point_again(self) -> None:
        """Another dot may be below the pointer now."""
        if self._pointer is not None:
            self.point(*self._pointer)
        elif self.pointed is not None:
            self.point(None)

    def _place_rings(self) -> None:
        self._encircle(self._circle, self.picked, 4.5)
        self._encircle(self._ring, self.pointed, 3)
        self._place_label()

    def _encircle(self, item: int, dot: int | None, gap: float) -> None:
        if dot is None or not self.is_lit(dot):
            self.itemconfigure(item, state="hidden")
            return
        (x, y), far = self.spot(dot), self._radius() + gap * self._unit
        self.coords(item, x - far, y - far, x + far, y + far)
        self.itemconfigure(item, state="disabled")

    def _place_label(self) -> None:
        """Beside the dot it is about, on the side where there is room."""
        dot = self.picked if self.pointed is None else self.pointed
        on = bool(self._name) and self.is_lit(dot)
        for item in (self._label, self._words):
            self.itemconfigure(item, state="disabled" if on else "hidden")
        if dot is None or not on:
            return
        (x, y), unit, (width, height) = self.spot(dot), self._unit, self._size
        left, top, right, bottom = self.bbox(self._words)
        wide, high, gap, away = right - left, bottom - top, 5 * unit, self._radius() + 12 * unit
        x = x + away if x + away + wide + 2 * gap <= width else x - away - wide
        y = min(max(y - high / 2, gap), height - high - gap)
        self.coords(self._words, max(x, gap), y)
        left, top, right, bottom = self.bbox(self._words)
        self.coords(self._label, left - gap, top - gap / 2, right + gap, bottom + gap / 2)


_LIT: Final = bytes((0, 0)) + b"\1" * 254


def _at(values: Sequence[N], dots: Sequence[int]) -> Iterable[N]:
    """Those of some dots."""
    return values if len(dots) == len(values) else map(values.__getitem__, dots)


def _is_lit(seen: tuple[int, int]) -> bool:
    return seen[1] != FAINT
