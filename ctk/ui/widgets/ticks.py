"""A list of things to tick under titles that fold, with a number beside each: one canvas, painted where it changed."""

import tkinter as tk
from collections.abc import Callable, Hashable, Sequence
from tkinter import font, ttk
from typing import Any, Literal, NamedTuple

from ctk.ui.widgets.drawing import png, round_box, stretched
from ctk.ui.widgets.wheel import bind_wheel

MARGIN, MARK, TEXT, END = 6, 18, 32, 8
"""From the left: where a line begins, the middle of its mark, its text; from the right: where its number ends."""
CROSS = 24
"""From the right: so far reaches what takes a line away."""
AIR, ABOVE = 9, 12
"""Around the words of a line, and above a title."""
FINE = 3
"""The wheel scrolls in such parts of a line."""
FITS_KEPT = 4000


class Item(NamedTuple):
    """A line. ``mark`` is the name of a picture before it; one that is ``loose`` can be taken away."""

    kind: Literal["title", "choice", "link"]
    key: Hashable
    text: str
    note: str = ""
    mark: str = ""
    on: bool = False
    dim: bool = False
    loose: bool = False


class Colours(NamedTuple):
    """Those of the ttk style ``Ticks``."""

    background: str
    foreground: str
    muted: str
    dim: str
    selected: str
    onselected: str
    hover: str
    accent: str


class _Slot(NamedTuple):
    """What a line is painted with."""

    face: int
    mark: int
    text: int
    note: int


def _nothing(*_: object) -> None:
    """What happens until the owner says otherwise."""


class Ticks(ttk.Frame):
    """``show`` lines; ``on_press(key)`` tells of a click, ``on_cross(key)`` of one on the cross of a loose line, and
    ``on_fold(key, folded)`` of an arrow key on a title. A click leaves the keys where they are."""

    def __init__(
        self,
        master: tk.Misc,
        *,
        px: Callable[[float], int],
        icon: Callable[[str, str], tk.PhotoImage],
    ) -> None:
        """``icon(name, colour)`` gives the marks."""
        super().__init__(master)
        self.on_press: Callable[[Any], None] = _nothing
        self.on_cross: Callable[[Any], None] = _nothing
        self.on_fold: Callable[[Any, bool], None] = _nothing
        self.here: Hashable = None
        self._px = px
        self._icon = icon
        self._items: Sequence[Item] = ()
        self._tops: list[int] = []
        self._slots: list[_Slot] = []
        self._drawn: list[tuple[object, ...]] = []
        self._pointed: int | None = None
        self._width = 0
        self._fits: dict[tuple[str, str, int], str] = {}
        self._close: Callable[[], object] = _nothing
        self.canvas = tk.Canvas(self, width=1, height=1, highlightthickness=0, borderwidth=0, takefocus=True)
        self._bar = ttk.Scrollbar(self, style="Ticks.Vertical.TScrollbar", command=self.canvas.yview)
        self.canvas.pack(side="left", fill="both", expand=True, padx=(0, self._bar.winfo_reqwidth()))
        self.canvas.configure(yscrollcommand=self._fit_bar)
        self._bind_events()
        self._recolour()

    @property
    def texts(self) -> list[str]:
        """What is written, from the top."""
        written = (self._read(item) for slot in self._slots for item in (slot.text, slot.note))
        return [text for text in written if text]

    def show(self, items: Sequence[Item]) -> None:
        """Paint what is other than before."""
        self._items = items
        top, self._tops = 0, []
        for at, item in enumerate(items):
            top += self._px(ABOVE) if at and item.kind == "title" else 0
            self._tops.append(top)
            top += self._high
        while len(self._slots) < len(items):
            self._grow()
        while len(self._slots) > len(items):
            self._drawn.pop()
            self.canvas.delete(*self._slots.pop())
        if self._pointed is not None and self._pointed >= len(items):
            self._pointed = None
        self.canvas.configure(scrollregion=(0, 0, 1, top + self._px(ABOVE)))
        self._paint()

    def ask(self, key: Hashable, done: Callable[[str], None]) -> None:
        """Let the user write on a line: ``done(text)`` with Return, nothing with Escape or when the keys go."""
        at = self._index(key)
        if at is None:
            return
        self._close()
        back, entry = self.focus_get(), ttk.Entry(self.canvas, style="Ticks.TEntry")
        left, right = self._px(TEXT - 8), self.canvas.winfo_width() - self._px(END - 6)
        self.canvas.create_window(
            *(left, self._tops[at]), anchor="nw", window=entry, width=right - left, height=self._high, tags="entry"
        )

        def end(text: str = "") -> str:
            self._close = _nothing
            keyed = entry.focus_get() is entry
            entry.destroy()
            self.canvas.delete("entry")
            if keyed and back is not None:
                back.focus_set()
            if text:
                done(text)
            return "break"

        self._close = end
        entry.bind("<Return>", lambda _: end(entry.get().strip()))
        entry.bind("<Escape>", lambda _: end())
        entry.bind("<FocusOut>", lambda _: self._close())
        self._see(at)
        entry.focus_set()

    def middle(self, key: Hashable) -> int:
        """Where a line is on the canvas, in pixels from its top."""
        at = self._index(key)
        return 0 if at is None else self._tops[at] + self._high // 2 - int(self.canvas.canvasy(0))

    def _bind_events(self) -> None:
        canvas = self.canvas
        canvas.bind("<Configure>", lambda _: self._resized())
        self.bind("<<ThemeChanged>>", lambda _: self._recolour())
        canvas.bind("<Motion>", lambda event: self._point(self._at(event.y)))
        canvas.bind("<Leave>", lambda _: self._point(None))
        canvas.bind("<Button-1>", self._click)
        bind_wheel(canvas, self._turn)
        for event in ("<FocusIn>", "<FocusOut>"):
            canvas.bind(event, lambda _: self._paint(), add=True)
        for key, step in (("Up", -1), ("Down", 1), ("Prior", -10), ("Next", 10), ("Home", -(10**6)), ("End", 10**6)):
            canvas.bind(f"<{key}>", self._stepper(step))
        for key in ("space", "Return"):
            canvas.bind(f"<{key}>", lambda _: self._with_keys(lambda item: self.on_press(item.key)))
        for key, folded in (("Left", True), ("Right", False)):
            canvas.bind(f"<{key}>", self._folder(folded))
        for key in ("Delete", "BackSpace"):
            canvas.bind(f"<{key}>", lambda _: self._with_keys(lambda item: item.loose and self.on_cross(item.key)))

    def _stepper(self, step: int) -> Callable[["tk.Event[Any]"], str]:
        def stepped(_: "tk.Event[Any]") -> str:
            if self._items:
                at = self._index(self.here)
                at = 0 if at is None else max(0, min(at + step, len(self._items) - 1))
                self.here = self._items[at].key
                self._see(at)
                self._paint()
            return "break"

        return stepped

    def _folder(self, folded: bool) -> Callable[["tk.Event[Any]"], str]:
        return lambda _: self._with_keys(
            lambda item: item.kind == "title" and item.on == folded and self.on_fold(item.key, folded)
        )

    def _with_keys(self, act: Callable[[Item], object]) -> str:
        at = self._index(self.here)
        if at is not None:
            act(self._items[at])
        return "break"

    def _click(self, event: "tk.Event[Any]") -> None:
        at = self._at(event.y)
        self._close()
        if at is None:
            return
        item = self._items[at]
        if item.loose and event.x >= self.canvas.winfo_width() - self._px(CROSS):
            self.on_cross(item.key)
        else:
            self.here = item.key
            self.on_press(item.key)

    def _point(self, at: int | None) -> None:
        if at != self._pointed:
            self._pointed = at
            self._paint()

    def _at(self, y: int) -> int | None:
        """The line at ``y`` pixels from the top of what is in sight."""
        y = int(self.canvas.canvasy(y))
        return next((at for at, top in enumerate(self._tops) if top <= y < top + self._high), None)

    def _index(self, key: Hashable) -> int | None:
        return next((at for at, item in enumerate(self._items) if item.key == key), None)

    def _turn(self, rows: int) -> None:
        self.canvas.yview_scroll(rows * FINE, "units")
        self._point(None)

    def _see(self, at: int) -> None:
        """Scroll no more than it takes to bring a line into sight, and the title above it."""
        top, high, view = self._tops[at], self._high, self.canvas.winfo_height()
        first, whole = self.canvas.canvasy(0), max(1, self._tops[-1] + high + self._px(ABOVE))
        if top < first + high:
            self.canvas.yview_moveto(max(0, top - high) / whole)
        elif top + high > first + view:
            self.canvas.yview_moveto((top + high + self._px(ABOVE) - view) / whole)

    def _fit_bar(self, first: float, last: float) -> None:
        """It is only there where there is more than fits; its room is kept, so that nothing moves."""
        if float(first) <= 0 and float(last) >= 1:
            self._bar.place_forget()
        else:
            self._bar.place(relx=1, rely=0, relheight=1, anchor="ne")
        self._bar.set(float(first), float(last))

    def _read(self, item: int) -> str:
        return str(self.tk.call(str(self.canvas), "itemcget", item, "-text"))

    def _grow(self) -> None:
        make = self.canvas
        slot = _Slot(
            make.create_image(0, 0, anchor="nw"),
            make.create_image(0, 0),
            make.create_text(0, 0, anchor="w"),
            make.create_text(0, 0, anchor="e"),
        )
        self._slots.append(slot)
        self._drawn.append(())

    def _resized(self) -> None:
        """The numbers are at another place, unless it only grew in height."""
        if self.canvas.winfo_width() == self._width:
            return
        self._width = self.canvas.winfo_width()
        self._faces.clear()
        self._drawn = [()] * len(self._slots)
        self._paint()

    def _recolour(self) -> None:
        style = ttk.Style(self)
        self._colours = colours = Colours(*(str(style.lookup("Ticks", name)) for name in Colours._fields))
        fonts = {"title": "Title.Ticks", "choice": "Ticks", "link": "Ticks"}
        self._fonts = {kind: font.nametofont(style.lookup(name, "font"), self) for kind, name in fonts.items()}
        high = self._fonts["choice"].metrics("linespace") + self._px(AIR)
        self._high = high - high % 2
        self._faces: dict[tuple[str, str], tk.PhotoImage] = {}
        self.canvas.configure(background=colours.background, yscrollincrement=max(1, self._high // FINE))
        self._fits.clear()
        self._drawn = [()] * len(self._slots)
        self.show(self._items)

    def _paint(self) -> None:
        keyed = str(self.canvas.tk.call("focus")) == str(self.canvas)  # the menu bar, which may have it, is no widget
        if keyed and self._items and self._index(self.here) is None:
            self.here = self._items[0].key
        for at, item in enumerate(self._items):
            state = (item, self._tops[at], at == self._pointed, keyed and item.key == self.here)
            if state != self._drawn[at]:
                self._draw(self._slots[at], *state, moved=self._drawn[at][1:2] != (state[1],))
                self._drawn[at] = state

    def _draw(self, slot: _Slot, item: Item, top: int, pointed: bool, here: bool, *, moved: bool) -> None:
        canvas, colours, px = self.canvas, self._colours, self._px
        right, middle = canvas.winfo_width() - px(END), top + self._high // 2
        ticked = item.on and item.kind == "choice"
        plain = colours.dim if item.dim else colours.muted if item.kind == "link" else colours.foreground
        ink = colours.onselected if ticked else colours.foreground if pointed and not item.dim else plain
        aside = ink if ticked else colours.dim if item.dim else colours.muted
        mark = self._icon(item.mark, colours.accent if ticked else aside) if item.mark else ""
        note: str = "" if item.loose else item.note
        if item.kind == "title":
            aside = colours.accent
            note = self._fit(note, "choice", right // 2)
        room = right - px(TEXT) - (self._fonts["choice"].measure(note) + px(8) if note else px(8) * item.loose)
        canvas.itemconfigure(slot.face, image=self._face(ticked, pointed, here))
        canvas.itemconfigure(slot.mark, image=mark)
        canvas.itemconfigure(
            slot.text, text=self._fit(item.text, item.kind, room), fill=ink, font=self._fonts[item.kind]
        )
        if item.loose and pointed:
            note = "✕"
        canvas.itemconfigure(slot.note, text=note, fill=aside, font=self._fonts["choice"])
        if moved:
            canvas.coords(slot.face, px(MARGIN), top)
            canvas.coords(slot.mark, px(MARK), middle)
            canvas.coords(slot.text, px(TEXT), middle)
            canvas.coords(slot.note, right, middle)

    def _face(self, ticked: bool, pointed: bool, here: bool) -> tk.PhotoImage | str:
        """The picture behind a line; none behind most."""
        colours = self._colours
        fill = colours.selected if ticked else colours.hover if pointed else colours.background
        edge = colours.accent if here else fill
        if edge == colours.background:
            return ""
        if (fill, edge) not in self._faces:
            line, radius, side = self._px(1), self._px(5), self._high
            wider = max(0, self.canvas.winfo_width() - self._px(MARGIN) - side)
            outer = stretched(round_box(side, radius, 0), wider, 0)
            inner = None if edge == fill else stretched(round_box(side, radius - line, line), wider, 0)
            self._faces[fill, edge] = tk.PhotoImage(master=self, data=png(outer, edge, inner, fill))
        return self._faces[fill, edge]

    def _fit(self, text: str, kind: str, room: int) -> str:
        """As much of the text as there is room for."""
        key = (text, kind, room)
        if key not in self._fits:
            if len(self._fits) > FITS_KEPT:
                self._fits.clear()
            shown, measure = text, self._fonts[kind].measure
            while shown and measure(shown if shown == text else f"{shown}…") > room:
                shown = shown[:-1].rstrip()
            self._fits[key] = shown if shown == text else f"{shown}…"
        return self._fits[key]
