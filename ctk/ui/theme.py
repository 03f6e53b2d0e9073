"""The look of every widget, made of colour tokens: ttk styles on clam, fonts, distances that follow the screen."""

import tkinter as tk
from tkinter import font, ttk

from ctk import paths
from ctk.looks.tokens import DARK, LIGHT, Tokens
from ctk.ui import styles, system
from ctk.ui.models.signal import Signal
from ctk.ui.widgets.drawing import Mask
from ctk.ui.widgets.icons import Icons
from ctk.ui.widgets.kept import Kept

POINTS_PER_INCH = 72
PLAIN_DPI = 96


class Theme:
    """``px`` scales a distance, ``icon`` draws one, ``use`` changes the look; ``changed`` tells who paints by hand."""

    def __init__(self, root: tk.Tk, kept: Kept | None = None) -> None:
        self.changed: Signal[[]] = Signal()
        self.tokens = LIGHT
        self._root = root
        self._kept = kept or Kept()
        self._icons = Icons(root, self._kept)
        self._logo: tk.PhotoImage | None = None
        self._images: dict[str, list[tk.PhotoImage]] = {}
        dpi = system.desktop_dpi()
        if dpi is not None:
            root.tk.call("tk", "scaling", dpi / POINTS_PER_INCH)
        self.scale = max(1.0, float(root.tk.call("tk", "scaling")) * POINTS_PER_INCH / PLAIN_DPI)
        if root.tk.call("tk", "windowingsystem") == "aqua":
            self.scale = 1.0  # macOS scales by itself
        self._fonts = self._make_fonts()

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

    def use(self, choice: str) -> None:
        """Take on a look: light, dark, or system for what can be told at once."""
        mode = (system.guess() or "light") if choice == "system" else choice
        self.take(DARK if mode == "dark" else LIGHT)

    def take(self, tokens: Tokens) -> None:
        self.tokens = tokens
        style = ttk.Style(self._root)
        name = f"ctk-{tokens.name}"
        if name not in self._images:
            style.theme_create(name, parent="clam")
            style.theme_use(name)
            self._images[name] = styles.make(style, tokens, self.px, self._kept)
            self._root.update_idletasks()  # tells widgets of the change, while at first there are none
        elif style.theme_use() != name:
            style.theme_use(name)
        self._root.configure(background=tokens.chrome)
        self.changed()

    def paint_menu(self, menu: tk.Menu, *, popup: bool = False) -> None:
        """Menus are no ttk widgets; on Windows and macOS the system draws them. A ``popup`` has air around it."""
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
            menu.configure(background=tokens.raised, borderwidth=self.px(4), activeborderwidth=self.px(4))

    def _make_fonts(self) -> list[font.Font]:
        """The system's own family in four sizes; point sizes follow the scaling when set again."""
        base = font.nametofont("TkDefaultFont", self._root)
        family, size = str(base.actual("family")), int(base.actual("size"))
        for name in ("TkDefaultFont", "TkTextFont", "TkMenuFont"):
            font.nametofont(name, self._root).configure(family=family, size=size)
        made = []
        for name, points in ((styles.SMALL, max(size - 1, 8)), (styles.LARGE, size + 1)):
            made.append(font.Font(self._root, name=name, family=family, size=points))
        for name, points in ((styles.STRONG, size), (styles.STRONG_LARGE, size + 2), (styles.HERO, size * 2)):
            made.append(font.Font(self._root, name=name, family=family, size=points, weight="bold"))
        return made
