"""ttk styles from colour tokens, made once a look inside a theme of its own."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import font, ttk
from typing import Any

from ctk.looks.tokens import DARK, Tokens
from ctk.ui.widgets.drawing import Colour, mix, png, round_box, stretched
from ctk.ui.widgets.kept import Kept

Px = Callable[[float], int]
Faces = Callable[..., "_Faces"]

SMALL, LARGE, STRONG, STRONG_LARGE, HERO = "CtkSmall", "CtkLarge", "CtkStrong", "CtkStrongLarge", "CtkHero"


def make(style: ttk.Style, tokens: Tokens, px: Px, kept: Kept) -> list[tk.PhotoImage]:
    """Fill the theme in use; returns the pictures it is drawn with, to be kept alive."""
    faces: Faces = partial(_Faces, style, px, kept)
    images: list[tk.PhotoImage] = []
    _plain(style, tokens, px)
    _labels(style, tokens)
    images += _buttons(style, tokens, px, faces)
    images += _field(style, tokens, px, faces)
    images += _toast(style, tokens.surface, px, faces)
    images += _card(style, tokens, px, faces)
    images += _bars(style, tokens, px, faces)
    _waveforms(style, tokens)
    _table(style, tokens, px)
    _ticks(style, tokens, px)
    return images


def _plain(style: ttk.Style, tokens: Tokens, px: Px) -> None:
    style.configure(
        ".",
        background=tokens.chrome,
        foreground=tokens.text,
        bordercolor=tokens.line,
        lightcolor=tokens.chrome,
        darkcolor=tokens.chrome,
        troughcolor=tokens.surface,
        focuscolor=tokens.accent,
        selectbackground=tokens.focused,
        selectforeground=tokens.on_focused,
        insertcolor=tokens.text,
        insertwidth=px(1.5),
        font="TkDefaultFont",
    )
    style.configure("Surface.TFrame", background=tokens.surface)
    style.configure("Line.TFrame", background=tokens.line)


def _labels(style: ttk.Style, tokens: Tokens) -> None:
    style.configure("Muted.TLabel", foreground=tokens.muted)
    style.configure("Small.TLabel", foreground=tokens.muted, font=SMALL)
    style.configure("Danger.TLabel", foreground=tokens.danger)
    style.configure("Trouble.TLabel", foreground=tokens.danger, font=SMALL)
    style.configure("Large.TLabel", font=LARGE)
    style.configure("Quiet.Large.TLabel", foreground=tokens.muted)
    style.configure("Strong.TLabel", font=STRONG)
    style.configure("Title.TLabel", font=STRONG_LARGE)
    style.configure("Surface.TLabel", background=tokens.surface)
    style.configure("Quiet.Surface.TLabel", foreground=tokens.muted)
    style.configure("Strong.Surface.TLabel", font=STRONG)
    style.configure("Hero.Surface.TLabel", font=HERO)
    style.configure("Tip.TLabel", background=tokens.pressed, foreground=tokens.text, font=SMALL, padding=6)


def _buttons(style: ttk.Style, tokens: Tokens, px: Px, faces: Faces) -> list[tk.PhotoImage]:
    chrome, hover, pressed = tokens.chrome, tokens.hover, tokens.pressed
    images: list[tk.PhotoImage] = []
    for element, (fill, edge), states in (
        (
            "Plain.button",
            (tokens.raised, tokens.edge),
            {
                "disabled": (chrome, tokens.line),
                "pressed": (pressed, tokens.edge),
                "focus": (tokens.raised, tokens.accent),
                "active": (hover, tokens.edge),
            },
        ),
        (
            "Accent.button",
            (tokens.accent, tokens.accent),
            {
                "disabled": (chrome, tokens.line),
                "focus": (tokens.accent, tokens.text),
                "active": (tokens.accent_hover, tokens.accent_hover),
            },
        ),
        (
            "Flat.button",
            (chrome, chrome),
            {
                "focus": (chrome, tokens.accent),
                "pressed": (pressed, pressed),
                "active": (hover, hover),
                "selected": (hover, hover),
            },
        ),
    ):
        face = faces(px(6), fill, edge)
        face.make(element, states)
        images += face.images
    _button_layouts(style, tokens, px)
    return images


def _button_layouts(style: ttk.Style, tokens: Tokens, px: Px) -> None:
    for name, element in (
        ("TButton", "Plain.button"),
        ("Accent.TButton", "Accent.button"),
        ("Go.TButton", "Accent.button"),
        ("Flat.TButton", "Flat.button"),
        ("Toolbutton", "Flat.button"),
    ):
        _nest(style, name, element, "Button.padding", "Button.label")
    style.configure("TButton", padding=(px(14), px(5)), anchor="center")
    style.configure("Accent.TButton", foreground=tokens.on_accent, padding=(px(22), px(9)))
    style.configure("Go.TButton", foreground=tokens.on_accent)
    style.map("Go.TButton", foreground=[("disabled", tokens.dim)])
    style.configure("Tab.Toolbutton", foreground=tokens.muted, padding=(px(12), px(4)))
    style.map("Tab.Toolbutton", foreground=[("selected", tokens.text), ("active", tokens.text)])
    style.configure("Small.TButton", font=SMALL, padding=(px(10), px(2)))
    style.configure("Flat.TButton", padding=px(5))
    _nest(style, "Link.TButton", "Flat.button", "Button.padding", "Button.label")
    style.configure("Link.TButton", foreground=tokens.accent, padding=(px(8), px(2)))
    style.configure("Toolbutton", padding=px(5))
    style.map("TButton", foreground=[("disabled", tokens.dim)])


def _field(style: ttk.Style, tokens: Tokens, px: Px, faces: Faces) -> list[tk.PhotoImage]:
    """A text box: a round frame that lights up when its entry has the keys."""
    face = faces(px(8), tokens.raised, tokens.edge, middle=(200, 16))
    face.make("Field.border", {"invalid": (tokens.raised, tokens.danger), "focus": (tokens.raised, tokens.accent)})
    style.layout("Field.TFrame", [("Field.border", {"sticky": "nswe"})])
    style.configure("Field.TFrame", padding=(px(10), px(6)))
    _nest(style, "Field.TEntry", "Entry.padding", "Entry.textarea")
    style.configure("Field.TEntry", foreground=tokens.text, fieldbackground=tokens.raised, background=tokens.raised)
    style.configure("Field.TLabel", padding=0, background=tokens.raised, foreground=tokens.muted)
    return face.images


def _toast(style: ttk.Style, surface: Colour, px: Px, faces: Faces) -> list[tk.PhotoImage]:
    """A dark card in every look, so that it stands out from the list below it."""
    tokens = DARK
    card = faces(px(10), tokens.raised, tokens.edge, middle=(200, 16))
    card.make("Toast.border", {})
    style.layout("Toast.TFrame", [("Toast.border", {"sticky": "nswe"})])
    style.configure("Toast.TFrame", background=surface, padding=(px(16), px(8), px(12), px(8)))
    style.configure("Toast.TLabel", background=tokens.raised, foreground=tokens.text)
    button = faces(px(6), tokens.raised, tokens.raised)
    button.make("Toast.button", {"pressed": (tokens.pressed, tokens.pressed), "active": (tokens.hover, tokens.hover)})
    _nest(style, "Toast.TButton", "Toast.button", "Button.padding", "Button.label")
    style.configure(
        "Toast.TButton", background=tokens.raised, foreground=tokens.accent, font=STRONG, padding=(px(10), px(4))
    )
    return card.images + button.images


def _card(style: ttk.Style, tokens: Tokens, px: Px, faces: Faces) -> list[tk.PhotoImage]:
    """A small box over the list, and what is in it: chips, and hints to choose from."""
    card = faces(px(10), tokens.chrome, tokens.edge, middle=(200, 16))
    card.make("Card.border", {})
    style.layout("Card.TFrame", [("Card.border", {"sticky": "nswe"})])
    style.configure("Card.TFrame", background=tokens.surface)
    chip = faces(px(9), tokens.raised, tokens.edge)
    chip.make("Chip.button", {"pressed": (tokens.pressed, tokens.edge), "active": (tokens.hover, tokens.edge)})
    _nest(style, "Chip.TButton", "Chip.button", "Button.padding", "Button.label")
    style.configure("Chip.TButton", font=SMALL, padding=(px(8), px(1), px(6), px(1)))
    style.configure("Part.Chip.TButton", foreground=tokens.muted)
    _nest(style, "Plus.Chip.TButton", "Flat.button", "Button.padding", "Button.label")
    style.configure("Plus.Chip.TButton", foreground=tokens.muted)
    style.map("Plus.Chip.TButton", foreground=[("active", tokens.text)])
    for name in ("Legend.TButton", "Off.Legend.TButton"):
        _nest(style, name, "Flat.button", "Button.padding", "Button.label")
    style.configure("Legend.TButton", font=SMALL, padding=(px(7), px(2)))
    style.configure("Off.Legend.TButton", foreground=tokens.dim)
    _nest(style, "Hint.TButton", "Flat.button", "Button.padding", "Button.label")
    style.configure("Hint.TButton", anchor="w", padding=(px(8), px(3)))
    return card.images + chip.images


def _bars(style: ttk.Style, tokens: Tokens, px: Px, faces: Faces) -> list[tk.PhotoImage]:
    """Scroll bars without arrows, progress, and the colours of sliders."""
    images: list[tk.PhotoImage] = []
    for way, sticky in (("Vertical", "ns"), ("Horizontal", "we")):
        long = way == "Horizontal"
        middle = (128, 2) if long else (2, 128)
        thumb = faces(px(3), tokens.edge, tokens.edge, inset=px(2), middle=middle)
        least = {"width" if long else "height": px(36)}
        thumb.make(f"{way}.Thin.thumb", {"active": (tokens.dim, tokens.dim)}, **least)
        images += thumb.images
        _nest(style, f"{way}.TScrollbar", f"{way}.Scrollbar.trough", f"{way}.Thin.thumb", sticky=sticky)
        style.configure(f"{way}.TScrollbar", troughcolor=tokens.surface, bordercolor=tokens.surface)
    for element, colour in (("Thin.track", tokens.line), ("Thin.pbar", tokens.accent)):
        face = faces(px(2), colour, colour, middle=(64, 2))
        face.make(element, {})
        images += face.images
    bar: Any = [("Thin.pbar", {"side": "left", "sticky": "ns"})]
    style.layout("Horizontal.TProgressbar", [("Thin.track", {"sticky": "we", "children": bar})])
    style.configure(
        "Slider",
        background=tokens.chrome,
        troughcolor=tokens.edge,
        foreground=tokens.accent,
        indicatorcolor=tokens.text,
    )
    return images


def _waveforms(style: ttk.Style, tokens: Tokens) -> None:
    """``peak`` is the highest level, ``body`` the mean, ``heard...`` what was played, ``marked`` behind a region."""
    for name, back in (("Waveform", tokens.chrome), ("Surface.Waveform", tokens.surface)):
        style.configure(
            name,
            background=back,
            marked=mix(back, tokens.accent, 0.16),
            peak=mix(back, tokens.muted, 0.55),
            body=mix(back, tokens.muted, 0.95),
            heardpeak=mix(back, tokens.accent, 0.6),
            heardbody=tokens.accent,
            edge=tokens.accent,
            cursor=tokens.text,
            hover=tokens.dim,
            label=tokens.pressed,
            foreground=tokens.text,
        )


def _table(style: ttk.Style, tokens: Tokens, px: Px) -> None:
    line = font.nametofont("TkDefaultFont", style.master).metrics("linespace")
    style.layout("Table.Treeview", [("Treeview.treearea", {"sticky": "nswe"})])
    parts: Any = [("Treeitem.image", {"side": "left", "sticky": ""}), ("Treeitem.text", {"sticky": "nswe"})]
    style.layout("Table.Treeview.Item", [("Treeitem.padding", {"sticky": "nswe", "children": parts})])
    style.configure(
        "Table.Treeview",
        background=tokens.surface,
        fieldbackground=tokens.surface,
        foreground=tokens.text,
        rowheight=line + px(11),
        borderwidth=0,
    )
    style.map(
        "Table.Treeview",
        background=[("selected", "focus", tokens.focused), ("selected", tokens.selected)],
        foreground=[("selected", "focus", tokens.on_focused), ("selected", tokens.on_selected)],
    )
    style.configure("Table.Treeview.Item", padding=(px(10), 0, px(4), 0))
    style.configure("Table.Treeview.Cell", padding=(px(6), 0))
    style.configure(
        "Table.Treeview.Heading",
        background=tokens.surface,
        foreground=tokens.muted,
        font=SMALL,
        padding=(px(8), px(7)),
        relief="flat",
        borderwidth=0,
        bordercolor=tokens.line,
        lightcolor=tokens.surface,
        darkcolor=tokens.surface,
    )
    style.map(
        "Table.Treeview.Heading",
        background=[("pressed", tokens.pressed), ("active", tokens.hover)],
        foreground=[("active", tokens.text)],
    )


def _ticks(style: ttk.Style, tokens: Tokens, px: Px) -> None:
    style.configure(
        "Ticks",
        background=tokens.chrome,
        muted=tokens.muted,
        dim=tokens.dim,
        selected=tokens.selected,
        onselected=tokens.on_selected,
        hover=tokens.hover,
        accent=tokens.accent,
    )
    style.configure("Title.Ticks", font=STRONG)
    style.configure("Ticks.Vertical.TScrollbar", troughcolor=tokens.chrome, bordercolor=tokens.chrome)
    style.configure("Ticks.TEntry", fieldbackground=tokens.raised, padding=(px(4), 0))
    style.map("Ticks.TEntry", bordercolor=[("focus", tokens.accent)], lightcolor=[("focus", tokens.accent)])


def _nest(style: ttk.Style, name: str, *elements: str, sticky: str = "nswe") -> None:
    """The layout ``name``: each element fills the one before it, which is laid out to ``sticky``."""
    layout: Any = None
    for element in reversed(elements):
        options = {"sticky": "nswe", "expand": True} | ({"children": layout} if layout else {})
        layout = [(element, options)]
    layout[0][1]["sticky"] = sticky
    style.layout(name, layout)


class _Faces:
    """Round boxes that stretch, one for each state of a widget; ``middle`` is how far without laying it twice."""

    def __init__(
        self,
        style: ttk.Style,
        px: Px,
        kept: Kept,
        radius: int,
        fill: Colour,
        edge: Colour,
        *,
        inset: int = 0,
        middle: tuple[int, int] = (32, 12),
    ) -> None:
        self.images: list[tk.PhotoImage] = []
        self._style = style
        self._kept = kept
        self._line = max(1, px(1))
        self._radius = max(1, radius)
        self._plain = (fill, edge)
        self._inset = inset
        self._middle = middle

    def make(self, name: str, states: dict[str, tuple[Colour, Colour]], *, width: int = 0, height: int = 0) -> None:
        """Create the element ``name``: its plain face, and others for ``states``, the first that fits."""
        border = self._radius + self._inset
        side = 2 * border + 2
        plain = self._face(side, *self._plain)
        faces = [(state, self._face(side, *colours)) for state, colours in states.items()]
        options = {"border": border, "sticky": "nswe", "padding": self._line}
        create: Any = self._style.element_create  # its stub knows no list of states
        create(name, "image", plain, *faces, width=max(width, side), height=max(height, side), **options)

    def _face(self, side: int, fill: Colour, edge: Colour) -> tk.PhotoImage:
        shape = (side, self._radius, self._inset, self._line, self._middle)
        picture = self._kept.get(("face", shape, fill, edge), lambda: self._draw(side, fill, edge))
        image = tk.PhotoImage(master=self._style.master, data=picture)
        self.images.append(image)
        return image

    def _draw(self, side: int, fill: Colour, edge: Colour) -> bytes:
        outer = stretched(round_box(side, self._radius, self._inset), *self._middle)
        inner = None
        if fill != edge:
            within = round_box(side, max(0, self._radius - self._line), self._inset + self._line)
            inner = stretched(within, *self._middle)
        return png(outer, edge, inner, fill)
