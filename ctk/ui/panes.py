"""The layout of a look on screen: views put where its tree says, with thin lines and borders that can be dragged."""

import tkinter as tk
from collections.abc import Mapping, Sequence
from tkinter import ttk
from typing import TYPE_CHECKING

from ctk.looks.look import Node
from ctk.settings import Settings
from ctk.ui.models.areas import Area, Areas, Ground, Sash
from ctk.ui.models.signal import Signal
from ctk.ui.theme import Theme

if TYPE_CHECKING:
    from ctk.ui.widgets.sash import Border, Sashes

BARS = {"search", "player", "status", "toolbar"}
"""Views that are as high as they want to be."""
LEAST = 80
"""So much at 100 % is left to what takes the rest."""
REACH = 3
"""So near to a border, at 100 %, a drag may begin."""


class Panes:
    """Lays out views, which are children of ``master``, by the part of the layout that is called ``root``.

    ``put`` a view, ``show`` it or not; one that is shown before it was put has its place kept. ``left()`` tells that a
    view went that had the keys. What the user dragged is kept in the settings, for each look.
    """

    def __init__(self, master: tk.Misc, root: str, theme: Theme, settings: Settings) -> None:
        self.left: Signal[[]] = Signal()
        self._master = master
        self._root = root
        self._theme = theme
        self._settings = settings
        self._views: dict[str, tk.Widget] = {}
        self._on: dict[str, None] = {}
        self._placed: dict[str, tuple[object, ...]] = {}
        self._lines: list[ttk.Frame] = []
        self._grips: Sashes | None = None
        self._areas: Areas | None = None
        self._settled = False
        self._away = False
        self._size = (0, 0)
        self._start = 0
        tag = f"Panes{master}"
        master.bindtags((*master.bindtags(), tag))
        master.bind_class(tag, "<Configure>", lambda event: self._resized(event.width, event.height))
        theme.changed.connect(self.arrange)

    def put(self, name: str, view: tk.Widget, *, on: bool = True) -> None:
        """This is the view of that name."""
        self._views[name] = view
        if name in BARS:
            view.bind("<Configure>", lambda event: self._grown(name, event.width, event.height), add=True)
        self.show(name, on)

    def show(self, name: str, on: bool) -> None:
        """Have it seen, before all others that share its place, or not."""
        self._on.pop(name, None)
        if on:
            self._on[name] = None
        if self._areas is not None:
            self.arrange()

    def holds(self, name: str) -> bool:
        """Whether the look has a place for it."""
        return any(name in node.children for node in self._tree.values())

    def sees(self, name: str) -> bool:
        """Whether it is in sight, or its place is kept."""
        return self._areas is not None and name in self._areas.views

    @property
    def sashes(self) -> "Sashes | None":
        """What moves the borders that are in sight."""
        return self._grips if self._master.winfo_viewable() else None

    def settle(self) -> None:
        """From now on borders can be dragged."""
        self._settled = True
        self.arrange()

    def step_aside(self, away: bool) -> None:
        """Have everything out of sight, and back where it then belongs."""
        self._away = away
        for name in self._placed.keys() & self._views.keys() if away else ():
            self._placed[name] = ()
            self._views[name].place_forget()
        self.arrange()

    def arrange(self) -> None:
        """Put everything where it belongs now."""
        if self._away:
            return
        theme, root = self._theme, self._root
        ground = Ground(self._size, max(1, theme.px(1)), theme.px(LEAST), self._bars(), theme.px, self._dragged)
        self._areas = areas = Areas(self._tree, root, self._on, list(self._on), ground)
        gone = [name for name in self._views if name in self._placed and name not in areas.views]
        for name in gone:
            del self._placed[name]
            self._views[name].place_forget()
        for name, area in areas.views.items():
            if name in self._views:
                self._place(name, self._views[name], area)
        self._draw_lines(areas.lines)
        self._order([self._views[name] for name in areas.views if name in self._views])
        if areas.sashes and self._settled and self._grips is None:
            self._grips = self._make_grips()
        keys = str(self._master.tk.call("focus")) if gone else ""
        if any(f"{keys}.".startswith(f"{self._views[name]}.") for name in gone):
            self.left()

    @property
    def _tree(self) -> Mapping[str, Node]:
        layout = self._theme.look.layout
        return {name: node for name, node in layout.items() if node.split != "tabs" and name != "pages"}

    def _bars(self) -> dict[str, tuple[int | None, int | None]]:
        """How wide or high each bar wants to be."""
        wants: dict[str, tuple[int | None, int | None]] = {}
        for name in BARS & self._views.keys():
            view = self._views[name]
            wants[name] = (view.winfo_reqwidth() if name == "toolbar" else None, view.winfo_reqheight())
        return wants

    def _place(self, name: str, view: tk.Widget, area: Area) -> None:
        x, y, width, height = area
        own = name in BARS  # a bar that is as large as it wants to be, and grows, tells so
        wide: object = "" if own and width == (0, view.winfo_reqwidth()) else round(width.px)
        high: object = "" if own and height == (0, view.winfo_reqheight()) else round(height.px)
        parts = (width.part or "", wide, height.part or "", high)
        place = (x.part, round(x.px), y.part, round(y.px), *parts)
        if self._placed.get(name) != place:
            self._placed[name] = place
            names = ("-relx", "-x", "-rely", "-y", "-relwidth", "-width", "-relheight", "-height")
            options = [part for pair in zip(names, place, strict=True) for part in pair]
            view.tk.call("place", "configure", view, *options)

    def _draw_lines(self, areas: Sequence[Area]) -> None:
        while len(self._lines) < len(areas):
            self._lines.append(ttk.Frame(self._master, style="Line.TFrame"))
        for at, line in enumerate(self._lines):
            name = f"line {at}"
            if at < len(areas):
                self._place(name, line, areas[at])
            elif self._placed.pop(name, None) is not None:
                line.place_forget()

    def _order(self, views: Sequence[tk.Widget]) -> None:
        """The Tab key goes from one to the next, below all that lies over them."""
        stacked = [child for child in self._master.winfo_children() if child in views]
        if stacked != views:
            for view in reversed(views):
                view.lower()

    def _resized(self, width: int, height: int) -> None:
        if (width, height) != self._size:
            self._size = (width, height)
            self.arrange()

    def _grown(self, name: str, width: int, height: int) -> None:
        """A bar wants to be larger or smaller than before."""
        area = self._areas.views.get(name) if self._areas is not None else None
        if area is not None and (area.width.of(self._size[0]), area.height.of(self._size[1])) != (width, height):
            self.arrange()

    def _make_grips(self) -> "Sashes":
        from ctk.ui.widgets.sash import Sashes

        return Sashes(
            self._master,
            self._borders,
            reach=self._theme.px(REACH),
            colours=lambda: (self._theme.tokens.edge, self._theme.tokens.accent),
            begun=self._begin,
            moved=self._drag,
            ended=self._keep,
            reset=self._reset,
        )

    def _borders(self) -> "list[Border]":
        from ctk.ui.widgets.sash import Border

        wide, high = self._size
        borders = []
        for sash in self._areas.sashes if self._areas is not None else ():
            area = sash.area
            length = area.height.of(high) if sash.upright else area.width.of(wide)
            key = (sash.node, sash.child)
            borders.append(Border(key, sash.upright, area.x.of(wide), area.y.of(high), length))
        return borders

    def _sash(self, key: tuple[str, str]) -> Sash | None:
        sashes = self._areas.sashes if self._areas is not None else ()
        return next((sash for sash in sashes if (sash.node, sash.child) == key), None)

    def _begin(self, key: tuple[str, str]) -> None:
        sash = self._sash(key)
        self._start = sash.size if sash is not None else 0

    def _drag(self, key: tuple[str, str], by: int) -> None:
        sash = self._sash(key)
        if sash is not None:
            self._set(key, max(self._theme.px(LEAST), self._start + sash.sign * by))

    def _keep(self, key: tuple[str, str]) -> None:
        """What it came to be, which may be less than what was asked for."""
        sash = self._sash(key)
        if sash is not None and self._name(*key) in self._settings.splits:
            self._set(key, sash.size)

    def _set(self, key: tuple[str, str], size: int) -> None:
        self._settings.splits[self._name(*key)] = round(size / self._theme.scale)
        self.arrange()

    def _reset(self, key: tuple[str, str]) -> None:
        """As the look says."""
        self._settings.splits.pop(self._name(*key), None)
        self.arrange()

    def _dragged(self, node: str, child: str) -> int | None:
        return self._settings.splits.get(self._name(node, child))

    def _name(self, node: str, child: str) -> str:
        return f"{self._theme.look.id}/{node}/{child}"
