"""The map pane: the search box over dots that are sounds, with a legend to choose by, and what is to be said of it."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk

from ctk.records import CATEGORIES, Category, Row
from ctk.ui.fonts import SMALL
from ctk.ui.models import words
from ctk.ui.models.categories import NAMES
from ctk.ui.models.map import Map
from ctk.ui.models.search import Search, like_in
from ctk.ui.theme import Theme
from ctk.ui.widgets.drawing import mix
from ctk.ui.widgets.field import Field
from ctk.ui.widgets.flow import Flow
from ctk.ui.widgets.plane import View
from ctk.ui.widgets.scatter import Inks, Scatter

TITLE = "What does your library sound like?"
INVITATION = (
    "Every sound becomes a dot, and sounds that are alike lie side by side.\n"
    "For that, each has to be listened to once. Your files stay as they are."
)
HOW = (
    "Point or press an arrow to listen",
    "Wheel, + and - zoom, a drag moves",
    "Enter or a double-click shows it in the catalog",
    "Right-click finds what is like it",
    "Shift+drag picks many",
)
BETWEEN = "   ·   "
STALE = "Your library has changed since this map was drawn."


class MapView(ttk.Frame):
    """``field`` is the search box, which is one with that of the catalog: ``typed(text)`` is called for every edit."""

    def __init__(
        self, master: tk.Misc, theme: Theme, map: Map, search: Search, *, typed: Callable[[str], None]
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._map = map
        self._search = search
        self._typed = typed
        self._text = ""
        self._width = 0
        px = theme.px
        bar = ttk.Frame(self, padding=(px(16), px(12), px(16), px(8)))
        self.field = Field(bar, hint="Search names and folders", changed=self._edited)
        self._summary = ttk.Label(bar, style="Muted.TLabel", anchor="e")
        self.legend = Legend(self, theme, map)
        self.whole = ttk.Button(self.legend, text="Whole map", style="Link.TButton")
        self.dots = Scatter(self, unit=theme.scale, inks=inks(theme))
        self.strip = Strip(self, theme, map)
        self.empty = Empty(self.dots, theme, map)
        self.field.pack(side="left", fill="x", expand=True)
        self._summary.pack(side="right", padx=(px(16), 0))
        bar.pack(fill="x")
        self.legend.pack(fill="x", padx=(px(10), px(8)), pady=(0, px(6)))
        self._line().pack(fill="x")
        self.strip.pack(side="bottom", fill="x")
        self._line().pack(side="bottom", fill="x")
        self.dots.pack(fill="both", expand=True)
        self._connect()
        self._paint_look()
        self._changed()

    def arrive(self) -> None:
        """Take the keys."""
        (self.empty.listen if self.empty.asks else self.dots).focus_set()

    def name(self, row: Row | None) -> None:
        """Write beside the dot which sound it is."""
        parts = () if row is None else (words.safe(row.name), words.length(row.duration_s))
        self.dots.name("   ".join(filter(None, parts)))

    @property
    def summary(self) -> str:
        """What it says beside the search box."""
        return str(self._summary.cget("text"))

    def _connect(self) -> None:
        map, dots = self._map, self.dots
        map.moved.connect(self._moved)
        map.changed.connect(self._changed)
        self._search.answered.connect(lambda *_: self._follow())
        self._search.trouble.connect(lambda sentence: self.field.mark(bool(sentence)))
        self._theme.changed.connect(self._paint_look)
        self.whole.configure(command=lambda: dots.look(View()))
        dots.on_view = self._view_moved
        entry = self.field.entry
        for key in ("Down", "Return"):
            entry.bind(f"<{key}>", lambda _: self.arrive())
        entry.bind("<Escape>", lambda _: self.field.clear() if self.field.text else self.arrive())
        self.bind("<Map>", lambda _: self._shown())
        self.bind("<Unmap>", lambda _: map.show(False))

    def _shown(self) -> None:
        self._follow()
        self._map.show(True)

    def _moved(self) -> None:
        drawn = self._map.drawn
        if drawn is not None:
            self.dots.load(drawn.x, drawn.y)

    def _changed(self) -> None:
        map = self._map
        drawn = map.drawn
        if drawn is not None:
            self.dots.dress(map.faces())
        if map.text != self._text:
            self._text = map.text
            self.dots.find()
            self._mark(like_in(map.text))
        text = "Drawing the map..." if map.drawing and not map.empty else map.summary
        self._width = max(self._width, len(text))
        self._summary.configure(text=text, width=self._width)

    def _mark(self, liked: int | None) -> None:
        """The sound whose likes stand out."""
        if liked is not None and liked in self._map.ids:
            self.dots.pick(self._map.ids.index(liked), show=True)

    def _edited(self, text: str) -> None:
        if text.strip() != self._search.wanted.text:
            self._typed(text)

    def _follow(self) -> None:
        """The search box of the catalog says something else."""
        wanted = self._search.wanted.text
        if self.field.text.strip() != wanted:
            self.field.put(wanted)

    def _view_moved(self) -> None:
        if self.dots.view == View():
            self.whole.place_forget()
        else:
            self.whole.place(relx=1, rely=0.5, anchor="e")

    def _line(self) -> ttk.Frame:
        return ttk.Frame(self, style="Line.TFrame", height=max(1, self._theme.px(1)))

    def _paint_look(self) -> None:
        theme = self._theme
        muted = theme.tokens.muted
        self.field.set_icons(theme.icon("search", 18, muted), theme.icon("clear", 16, muted))
        self.dots.ink(inks(theme))


class Legend(ttk.Frame):
    """What the colours mean, and how many there are; a click hides them, two show nothing else."""

    def __init__(self, master: tk.Misc, theme: Theme, map: Map) -> None:
        super().__init__(master)
        self._theme = theme
        self._map = map
        self._flow = Flow(self, gap=theme.px(2))
        self._flow.pack(fill="x")
        self.buttons = {category: self._button(category) for category in CATEGORIES}
        self._flow.show(tuple(self.buttons.values()))
        map.changed.connect(self._paint)
        theme.changed.connect(self._paint)
        self._paint()

    def _button(self, category: Category) -> ttk.Button:
        toggle = partial(self._map.toggle, category)
        button = ttk.Button(self._flow, command=toggle, compound="left", style="Legend.TButton")
        button.bind("<Double-1>", lambda _: button.after_idle(self._map.only, category))
        return button

    def _paint(self) -> None:
        theme, map = self._theme, self._map
        for (category, button), count in zip(self.buttons.items(), map.counts, strict=True):
            on = category not in map.hidden
            icon = theme.icon("dot" if on else "circle", 12, getattr(theme.tokens, category), gap=5)
            style = "Legend.TButton" if on and count else "Off.Legend.TButton"
            button.configure(text=f"{NAMES[category]} {count:,}", image=icon, style=style)
        self._flow.show(tuple(self.buttons.values()))


class Strip(ttk.Frame):
    """Below the map: how to use it, or what has to be said, with a button that does something about it."""

    def __init__(self, master: tk.Misc, theme: Theme, map: Map) -> None:
        px = theme.px
        super().__init__(master, padding=(px(16), px(3), px(12), px(3)))
        self._map = map
        self._words = ttk.Label(self, style="Small.TLabel", width=1)
        self.button = ttk.Button(self, style="Link.TButton")
        self._words.pack(side="left", fill="x", expand=True, pady=px(3))
        self._words.bind("<Configure>", lambda _: self._paint())
        map.changed.connect(self._paint)
        self._paint()

    @property
    def text(self) -> str:
        return str(self._words.cget("text"))

    def _paint(self) -> None:
        text, label, act = self._said()
        self._words.configure(text=text, style="Trouble.TLabel" if self._map.trouble else "Small.TLabel")
        self.button.configure(text=label, command=act)
        if label:
            self.button.pack(side="right")
        else:
            self.button.pack_forget()

    def _said(self) -> tuple[str, str, Callable[[], None]]:
        map = self._map
        if map.trouble:
            return map.trouble, "Try again", map.draw
        if map.stale:
            return STALE, "Redraw", map.draw
        if map.empty:
            return "", "", map.draw
        if map.unheard and not map.listening:
            return f"{words.sounds(map.unheard)} not listened to yet.", "Listen now", map.listen
        return self._hints(), "", map.draw

    def _hints(self) -> str:
        """Those that there is room for."""
        room, hints = self._words.winfo_width(), ""
        for hint in HOW:
            more = f"{hints}{BETWEEN}{hint}" if hints else hint
            if hints and int(self.tk.call("font", "measure", SMALL, more)) > room:
                break
            hints = more
        return hints


class Empty(ttk.Frame):
    """What stands in the place of a map that has nothing on it."""

    def __init__(self, master: tk.Misc, theme: Theme, map: Map) -> None:
        super().__init__(master, style="Surface.TFrame")
        px = theme.px
        self._map = map
        self._words = ttk.Label(self, style="Quiet.Surface.TLabel", justify="center")
        self.listen = ttk.Button(self, text="Listen to the library", style="Accent.TButton", command=map.listen)
        ttk.Label(self, text=TITLE, style="Hero.Surface.TLabel").pack()
        self._words.pack(pady=(px(10), px(24)))
        self.listen.pack()
        map.changed.connect(self._paint)
        self._paint()

    @property
    def text(self) -> str:
        return str(self._words.cget("text"))

    @property
    def asks(self) -> bool:
        """Whether there is something to press."""
        return bool(self.winfo_manager() and self.listen.winfo_manager())

    def _paint(self) -> None:
        map = self._map
        self._words.configure(text=map.listening or INVITATION)
        if (map.listening or not map.empty) and str(self.tk.call("focus")) == str(self.listen):
            self.master.focus_set()
        if map.listening:
            self.listen.pack_forget()
        elif not self.listen.winfo_manager():
            self.listen.pack()
        if map.empty:
            self.place(relx=0.5, rely=0.45, anchor="center")
            if self.asks and str(self.tk.call("focus")) == str(self.master):
                self.listen.focus_set()  # the keys of an empty map are of more use here
        else:
            self.place_forget()


def inks(theme: Theme) -> Inks:
    """The colours of a look, as dots take them."""
    tokens = theme.tokens
    return Inks(
        ground=tokens.surface,
        faint=mix(tokens.surface, tokens.dim, 0.25),
        dots=[getattr(tokens, category) for category in CATEGORIES],
        ring=tokens.text,
        picked=tokens.accent,
        frame=tokens.accent,
        label=tokens.pressed,
        text=tokens.text,
    )
