"""A look put on the window: ttk styles on clam, fonts, distances that follow the screen, icons."""

import tkinter as tk
from collections import OrderedDict
from collections.abc import Callable
from tkinter import ttk
from typing import Final

from ctk import paths
from ctk.errors import CtkError
from ctk.looks.look import Look
from ctk.looks.tokens import Tokens
from ctk.ui import styles, system
from ctk.ui.fonts import Fonts
from ctk.ui.models.signal import Signal
from ctk.ui.widgets.drawing import Mask
from ctk.ui.widgets.icons import Icons
from ctk.ui.widgets.kept import Kept
from ctk.ui.widgets.spacing import Spacing

POINTS_PER_INCH = 72
PLAIN_DPI = 96
KEPT = 8
"""So many looks can be put on again without being made anew."""
ROOT: Final = "dark"
"""The look that all others come from."""


class Unpaintable(CtkError):
    """A look that could not be put on; the one before stands."""


class Theme:
    """``use`` and ``take`` put a look on, ``changed`` tells those who paint by hand; ``px`` scales a distance, ``icon``
    draws one.

    ``reshaping(True)`` comes before, ``reshaping(False)`` after a change of more than colours: what is out of sight in
    between is laid out and painted once. ``look`` is the one in sight. ``find`` reads looks by their ids; without it
    there are those of the program.
    """

    def __init__(self, root: tk.Tk, kept: Kept | None = None, find: Callable[[str], Look] | None = None) -> None:
        self.changed: Signal[[]] = Signal()
        self.reshaping: Signal[[bool]] = Signal()
        self._find = find or _builtin
        self._root = root
        self._kept = kept or Kept()
        self._icons = Icons(root, self._kept)
        self._logo: tk.PhotoImage | None = None
        self._made: OrderedDict[str, tuple[str, list[tk.PhotoImage]]] = OrderedDict()
        self._count = 0
        self._look: Look | None = None
        dpi = system.desktop_dpi()
        if dpi is not None:
            root.tk.call("tk", "scaling", dpi / POINTS_PER_INCH)
        self.scale = max(1.0, float(root.tk.call("tk", "scaling")) * POINTS_PER_INCH / PLAIN_DPI)
        if root.tk.call("tk", "windowingsystem") == "aqua":
            self.scale = 1.0  # macOS scales by itself
        self._spacing = Spacing(root, thin=self.px(1))
        self._fonts = Fonts(root)

    @property
    def look(self) -> Look:
        """What is in sight."""
        if self._look is None:
            self._look = self._find("light")
        return self._look

    @property
    def tokens(self) -> Tokens:
        """Its colours."""
        return self.look.tokens

    def px(self, distance: float) -> int:
        """``distance`` at 100 % in pixels of this screen."""
        return round(distance * self.scale)

    def icon(self, name: str, size: float, colour: str, *, gap: float = 0, indent: float = 0) -> tk.PhotoImage:
        """An icon in one of the colours of ``tokens``, with a gap to its right, and pushed in by ``indent``."""
        return self._icons.get(name, self.px(size), colour, self.px(gap), self.px(indent))

    def cover(self, name: str, size: float) -> Mask:
        """How much of each pixel an icon covers, for pictures that it is a part of."""
        return self._icons.cover(name, self.px(size))

    def disc(self, name: str, size: float, *, hover: bool = False) -> tk.PhotoImage:
        """An icon on a filled circle, for the one button that matters most."""
        tokens = self.tokens
        back = tokens.accent_hover if hover else tokens.accent
        return self._icons.disc(name, self.px(size), back, tokens.on_accent)

    def logo(self) -> tk.PhotoImage:
        """The program's own sign, 256 pixels wide."""
        if self._logo is None:
            self._logo = tk.PhotoImage(master=self._root, file=paths.assets() / "icon.png")
        return self._logo

    def use(self, id: str) -> None:
        """Put on the look of an id. Where it cannot be had it is one of its parents, where it cannot be put on it is
        the one that all come from."""
        try:
            self.take(self._find(id))
        except Unpaintable:
            if id == ROOT:
                raise
            self.take(self._find(ROOT))

    def take(self, look: Look) -> None:
        """Put on a look. Raises ``Unpaintable``, and then nothing has changed."""
        if self._look is None or _shape(look) == _shape(self._look):
            self._take(look)
            return
        self.reshaping(True)
        try:
            self._take(look)
            self._root.update_idletasks()
        finally:
            self.reshaping(False)

    def _take(self, look: Look) -> None:
        before = self._look
        try:
            self._put_on(look)
        except (tk.TclError, ValueError, OSError) as exc:
            if before is not None:
                self._put_on(before)
            raise Unpaintable(f"The look {look.name} cannot be shown: {exc}") from exc
        self.changed()

    def _put_on(self, look: Look) -> None:
        """All of it but what others paint by hand."""
        style = ttk.Style(self._root)
        pictures = {icon: path.read_bytes() for icon, path in look.icons.items()}
        self._icons.use(pictures)
        self._fonts.use(look.fonts)
        key = repr((look.tokens, look.fonts, look.spacing, look.styles, pictures))
        if key not in self._made:
            self._make(look, key, style)
        elif style.theme_use() != self._made[key][0]:
            style.theme_use(self._made[key][0])
        self._made.move_to_end(key)
        self._spacing.use(look.spacing.scale)
        self._root.configure(background=look.tokens.chrome)
        self._look = look

    def _make(self, look: Look, key: str, style: ttk.Style) -> None:
        """A ttk theme of its own: one that was made cannot be changed any more."""
        first = not self._made
        self._count += 1
        name = f"ctk-{self._count}-{look.id}"
        style.theme_create(name, parent="clam")
        style.theme_use(name)
        self._made[key] = (name, styles.make(style, look, self.px, self._kept))
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        if first:
            self._root.update_idletasks()  # tells widgets of the change, while there are none

    def paint_menu(self, menu: tk.Menu, *, popup: bool = False) -> None:
        """Menus are no ttk widgets; on Windows and macOS the system draws them. A ``popup`` has air inside and
        an edge, as its background may be that of what is below it."""
        tokens = self.tokens
        if self._root.tk.call("tk", "windowingsystem") != "x11":
            return
        menu.configure(
            background=tokens.chrome,
            foreground=tokens.text,
            activebackground=tokens.focused,
            activeforeground=tokens.on_focused,
            disabledforeground=tokens.dim,
            selectcolor=tokens.accent,
            relief="flat",
            borderwidth=0,
            activeborderwidth=0,
        )
        if popup:
            menu.configure(
                background=tokens.edge,
                borderwidth=max(1, self.px(1)),
                activeborderwidth=self.px(4),
            )
            if not menu.cget("postcommand"):
                menu.configure(postcommand=lambda: _fill_in(menu, self.tokens.raised))


def _fill_in(menu: tk.Menu, colour: str) -> None:
    """The lines of a menu; its own colour is left around them."""
    last = menu.index("end")
    for at in range(0 if last is None else last + 1):
        menu.entryconfigure(at, background=colour)


def _shape(look: Look) -> tuple[object, ...]:
    """What places and sizes come from."""
    return look.fonts, look.spacing, look.styles, look.layout, look.columns, look.toolbar


def _builtin(id: str) -> Look:
    """A look of the program."""
    from ctk.looks.shelf import Shelf

    return Shelf(paths.assets()).get(id)
