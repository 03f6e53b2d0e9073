"""The outline of one sound, what of it was heard, where it is, and the region that is marked in it.

The outline is painted once, in up to four colourings. A moving cursor then copies narrow strips from one of them into
the picture on screen and moves a line, which takes a twentieth of a millisecond; nothing is drawn again.
"""

import itertools
import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from ctk.ui.widgets.marking import Marking, Region
from ctk.ui.widgets.stretch import Stretch
from ctk.ui.widgets.tracing import Outline, Shades, columns, ppm, tables, trace
from ctk.ui.widgets.zooming import Zooming

STEP = 0.02
"""So much of what is in view an arrow key goes."""


def _nothing(*_: object) -> None:
    """What happens until the owner says otherwise."""


class Waveform(tk.Canvas):
    """``load`` a sound, ``draw`` what is known of it, let the cursor ``follow``. Colours are those of a ttk style.

    ``on_seek(position_s)`` is asked for with a click, ``on_mark(region)`` with a drag, and ``on_view(stretch)`` tells
    that another part is in view, of which a finer outline may be known.
    """

    def __init__(
        self,
        master: tk.Misc,
        *,
        height: int,
        clock: Callable[[float], str],
        unit: int = 1,
        style: str = "Waveform",
        zoomable: bool = False,
    ) -> None:
        super().__init__(master, width=1, height=height, highlightthickness=0, borderwidth=0, takefocus=True)
        self.on_seek: Callable[[float], None] = _nothing
        self.on_mark: Callable[[Region | None], None] = _nothing
        self.on_view: Callable[[Stretch], None] = _nothing
        self.duration_s = 0.0
        self.view = Stretch()
        self.region: Region | None = None
        self.unit = unit
        self._clock = clock
        self._style = style
        self._outlines: Sequence[Outline] = ()
        self._position_s: float | None = None
        self._heard = (0, 0)
        self._shades: Shades = b""
        self._size = (0, 0)
        self._faces: dict[tuple[bool, bool], tk.PhotoImage] = {}
        self._shown: tk.PhotoImage | None = None
        self._painting = False
        self._make_items()
        self._bind_events()
        self._marking = Marking(self, self)
        if zoomable:
            Zooming(self, self)
        self._recolour()

    def load(self, duration_s: float) -> None:
        """Another sound, of which nothing is known yet but its length; all of it comes into view."""
        self.duration_s = max(0.0, duration_s)
        self.view = Stretch(0.0, self.duration_s)
        self._outlines, self.region, self._position_s = (), None, None
        self._repaint_soon()

    def draw(self, outlines: Sequence[Outline]) -> None:
        """What is known now: the whole outline, then finer ones of parts."""
        self._outlines = outlines
        self._repaint_soon()

    def follow(self, position_s: float | None) -> None:
        """The cursor is there now; ``None`` takes it away."""
        before, self._position_s = self._position_s, position_s
        if position_s is not None and before is not None and self._runs_out(before, position_s):
            self.look(self.view.moved(self.view.length_s, whole_s=self.duration_s))
        self._cover_heard()
        self._place_cursor()

    def mark(self, region: Region | None) -> None:
        """A region is marked, or none is."""
        if region != self.region:
            self.region = region
            self._heard = self._heard_now()
            self._cover(0, self._size[0])
            self._place_cursor()

    def look(self, view: Stretch) -> None:
        """Bring this part into view."""
        if view != self.view:
            self.view = view
            self._repaint_soon()
            self.on_view(view)

    @property
    def dragging(self) -> bool:
        """Whether a hand is marking a region just now."""
        return self._marking.dragging

    @property
    def zoomed(self) -> bool:
        """Whether only a part is in view."""
        return self.view.length_s < self.duration_s

    def moment(self, x: float) -> float:
        """The moment that is drawn at ``x``."""
        share = x / max(1, self._size[0])
        return min(max(self.view.start_s + share * self.view.length_s, 0.0), self.duration_s)

    def x_of(self, moment_s: float) -> int:
        """Where a moment is drawn; beyond the edges when it is not in view."""
        if not self.view.length_s:
            return -1
        return round((moment_s - self.view.start_s) / self.view.length_s * self._size[0])

    def show_mark(self, region: Region | None) -> None:
        """Mark a region, or none, and tell the owner."""
        self.mark(region)
        self.on_mark(region)

    def _make_items(self) -> None:
        self._picture = self.create_image(0, 0, anchor="nw")
        self._edges = [self.create_line(0, 0, 0, 0, width=self.unit, state="hidden") for _ in range(2)]
        self._hover = self.create_line(0, 0, 0, 0, width=self.unit, state="hidden")
        self._cursor = self.create_line(0, 0, 0, 0, width=max(1, round(1.5 * self.unit)), state="hidden")
        self._label = self.create_rectangle(0, 0, 0, 0, width=0, state="hidden")
        self._time = self.create_text(0, 0, anchor="nw", font="CtkSmall", state="hidden")
        self._frame = self.create_rectangle(0, 0, 0, 0, width=self.unit, state="hidden")

    def _bind_events(self) -> None:
        self.bind("<Configure>", lambda _: self._repaint_soon())
        self.bind("<<ThemeChanged>>", lambda _: self._recolour())
        self.bind("<Motion>", lambda event: self._point(event.x))
        self.bind("<Leave>", lambda _: self._point(None))
        self.bind("<FocusIn>", lambda _: self.itemconfigure(self._frame, state="disabled"))
        self.bind("<FocusOut>", lambda _: self.itemconfigure(self._frame, state="hidden"))
        for key, step in (("Left", -STEP), ("Right", STEP)):
            self.bind(f"<{key}>", self._stepper(step))
        self.bind("<bracketleft>", lambda _: self._bound(begins=True))
        self.bind("<bracketright>", lambda _: self._bound(begins=False))

    def _bound(self, *, begins: bool) -> str:
        """A part begins or ends where the cursor is."""
        at, (start, end) = self._position_s or 0.0, self.region or (0.0, self.duration_s)
        if begins:
            region = (at, end if end > at else self.duration_s)
        else:
            region = (start if start < at else 0.0, at)
        if region[1] > region[0]:
            self.show_mark(region)
        return "break"

    def _stepper(self, step: float) -> Callable[["tk.Event[tk.Misc]"], str]:
        def stepped(_: "tk.Event[tk.Misc]") -> str:
            if self.duration_s:
                there = (self._position_s or 0.0) + step * self.view.length_s
                self.on_seek(min(max(there, 0.0), self.duration_s))
            return "break"

        return stepped

    def _runs_out(self, before_s: float, now_s: float) -> bool:
        """Whether the cursor leaves the part in view on its way to the right."""
        return self.zoomed and self.region is None and self.view.holds(before_s) and now_s > self.view.end_s

    def _repaint_soon(self) -> None:
        if not self._painting:
            self._painting = True
            self.after_idle(self._repaint)

    def _repaint(self) -> None:
        self._painting = False
        width, height = self.winfo_width(), self.winfo_height()
        if width < 2 or height < 2:
            return
        if (width, height) != self._size:
            self._size = (width, height)
            self._shown = tk.PhotoImage(master=self, width=width, height=height)
            self.itemconfigure(self._picture, image=self._shown)
            self.coords(self._frame, 0, 0, width - 1, height - 1)
        self._shades = trace(columns(self._outlines, *self.view, width), height, thick=self.unit)
        self._faces.clear()
        self._heard = self._heard_now()
        self._cover(0, width)
        self._place_cursor()

    def _heard_now(self) -> tuple[int, int]:
        """From where to where it was heard."""
        if self._position_s is None:
            return (0, 0)
        first = 0 if self.region is None else self.x_of(self.region[0])
        return (first, max(first, self.x_of(self._position_s)))

    def _cover_heard(self) -> None:
        """Copy the strips that are heard now and were not before, or the other way round."""
        before, now = self._heard, self._heard_now()
        self._heard = now
        for one, other in zip(before, now, strict=True):
            if one != other:
                self._cover(min(one, other), max(one, other))

    def _cover(self, first: int, past: int) -> None:
        """Copy what is between two places from the colourings that count there."""
        width, height = self._size
        first, past = max(0, first), min(past, width)
        if self._shown is None or first >= past:
            return
        marked = (0, 0) if self.region is None else (self.x_of(self.region[0]), self.x_of(self.region[1]))
        bounds = sorted({first, past, *(x for x in (*self._heard, *marked) if first < x < past)})
        for left, right in itertools.pairwise(bounds):
            face = self._face(self._heard[0] <= left < self._heard[1], marked[0] <= left < marked[1])
            box = ("-from", left, 0, right, height, "-to", left, 0)
            self.tk.call(str(self._shown), "copy", str(face), *box, "-compositingrule", "set")

    def _face(self, heard: bool, marked: bool) -> tk.PhotoImage:
        """The whole outline in one colouring, painted when it is first needed."""
        if (heard, marked) not in self._faces:
            peak, body = ("heardpeak", "heardbody") if heard else ("peak", "body")
            colours = tables(*map(self._colour, ("marked" if marked else "background", peak, body)))
            data = ppm(self._shades, *self._size, colours)
            self._faces[heard, marked] = tk.PhotoImage(master=self, data=data, format="ppm")
        return self._faces[heard, marked]

    def _place_cursor(self) -> None:
        """The lines over the picture: the cursor, and the edges of the region."""
        self._stand(self._cursor, None if self._position_s is None else self.x_of(self._position_s))
        for edge, moment_s in zip(self._edges, self.region or (None, None), strict=True):
            self._stand(edge, None if moment_s is None else self.x_of(moment_s))

    def _stand(self, line: int, x: int | None) -> None:
        width, height = self._size
        if x is None or not 0 <= x <= width:
            self.itemconfigure(line, state="hidden")
            return
        x = min(x, width - 1)
        self.coords(line, x, 0, x, height)
        self.itemconfigure(line, state="disabled")

    def _point(self, x: int | None) -> None:
        """The pointer is over ``x``: a line and the moment, on the side where there is room."""
        if x is None or not self.duration_s:
            for item in (self._hover, self._label, self._time):
                self.itemconfigure(item, state="hidden")
            return
        self._stand(self._hover, x)
        gap = 4 * self.unit
        self.itemconfigure(self._time, text=self._clock(self.moment(x)), state="disabled")
        self.coords(self._time, x + 2 * gap, gap)
        left, top, right, bottom = self.bbox(self._time)
        if right + gap > self._size[0]:
            self.move(self._time, left - right - 4 * gap, 0)
            left, top, right, bottom = self.bbox(self._time)
        self.coords(self._label, left - gap, top - gap // 2, right + gap, bottom + gap // 2)
        self.itemconfigure(self._label, state="disabled")

    def _colour(self, name: str) -> str:
        return str(ttk.Style(self).lookup(self._style, name))

    def _recolour(self) -> None:
        self.configure(background=self._colour("background"))
        for item, name in (
            (self._cursor, "cursor"),
            (self._hover, "hover"),
            (self._label, "label"),
            (self._time, "foreground"),
            *((edge, "edge") for edge in self._edges),
        ):
            self.itemconfigure(item, fill=self._colour(name))
        self.itemconfigure(self._frame, outline=self._colour("edge"))
        self._repaint_soon()
