"""ttk styles from a look, made once inside a ttk theme of its own."""

import tkinter as tk
from collections.abc import Callable
from tkinter import font, ttk
from typing import Any

from ctk.looks.look import Look
from ctk.looks.tokens import DARK, Tokens
from ctk.ui.fonts import HERO, LARGE, SMALL, STRONG, STRONG_LARGE
from ctk.ui.widgets.drawing import Colour, mix
from ctk.ui.widgets.faces import Faces
from ctk.ui.widgets.kept import Kept

Px = Callable[[float], int]
MakeFaces = Callable[..., Faces]

USUAL_RADIUS = 6
CELL = 4
"""So many pixels Tk puts around each cell of a list itself, at any scale, and around none of its headings."""


def make(style: ttk.Style, look: Look, px: Px, kept: Kept) -> list[tk.PhotoImage]:
    """Fill the theme in use; ``px`` is the screen's. Returns the pictures it is drawn with, to be kept alive."""
    tokens, spacing, made = look.tokens, look.spacing, list[Faces]()

    def gap(distance: float) -> int:
        return px(distance * spacing.scale / 100)

    def colour(name: str, option: str, usual: Colour) -> Colour:
        value = str(look.styles.get(name, {}).get(option, usual))
        return str(getattr(tokens, value, value))

    def faces(name: str, radius: float, fill: Colour, edge: Colour, *, most: int = 1 << 10, **shape: Any) -> Faces:
        """What is behind the style ``name``, which may be said to be of other colours."""
        fill, edge = colour(name, "background", fill), colour(name, "bordercolor", edge)
        shape.setdefault("ground", colour(name, "background", tokens.chrome))
        round = min(px(radius * spacing.radius / USUAL_RADIUS), most)
        made.append(Faces(style, kept, fill, edge, radius=round, line=px(1), **shape))
        return made[-1]

    _plain(style, tokens, px)
    _labels(style, tokens, gap)
    _buttons(style, tokens, gap, faces)
    _field(style, tokens, gap, faces)
    _toast(style, tokens.surface, gap, faces)
    _card(style, tokens, gap, faces)
    _bars(style, tokens, px, faces)
    _waveforms(style, tokens)
    _table(style, tokens, gap, px(spacing.row))
    _ticks(style, tokens, gap)
    _override(style, look, gap)
    return [image for face in made for image in face.images]


def _override(style: ttk.Style, look: Look, gap: Px) -> None:
    """What the look says of single styles."""
    colours = look.tokens._asdict()
    for name, options in look.styles.items():
        values: dict[str, Any] = {}
        for option, value in options.items():
            if isinstance(value, str):
                values[option] = colours.get(value, value)
            else:
                values[option] = gap(value) if isinstance(value, int) else tuple(map(gap, value))
        style.configure(name, **values)


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
        fieldbackground=tokens.raised,
        font="TkDefaultFont",
    )
    style.map(".", arrowcolor=[("disabled", tokens.dim), ("!disabled", tokens.text)])
    style.configure("Surface.TFrame", background=tokens.surface)
    style.configure("Line.TFrame", background=tokens.line)


def _labels(style: ttk.Style, tokens: Tokens, px: Px) -> None:
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
    style.configure("Tip.TLabel", background=tokens.pressed, foreground=tokens.text, font=SMALL, padding=px(6))


def _buttons(style: ttk.Style, tokens: Tokens, px: Px, faces: MakeFaces) -> None:
    chrome, hover, pressed = tokens.chrome, tokens.hover, tokens.pressed
    most = (font.nametofont(SMALL, style.master).metrics("linespace") + px(6)) // 2  # the smallest can be as round
    for element, name, colours, states in (
        (
            *("Plain.button", "TButton", (tokens.raised, tokens.edge)),
            {
                "disabled": (chrome, tokens.line),
                "pressed": (pressed, tokens.edge),
                "focus": ("", tokens.accent),
                "active": (hover, tokens.edge),
            },
        ),
        (
            *("Accent.button", "Accent.TButton", (tokens.accent, tokens.accent)),
            {
                "disabled": (chrome, tokens.line),
                "focus": (tokens.accent_hover, tokens.text),
                "active": (tokens.accent_hover, tokens.accent_hover),
            },
        ),
        (
            *("Flat.button", "Flat.TButton", (chrome, chrome)),
            {
                "focus": ("", tokens.accent),
                "pressed": (pressed, pressed),
                "active": (hover, hover),
                "selected": (hover, hover),
            },
        ),
    ):
        faces(name, 6, *colours, most=most).make(element, states)
    _button_layouts(style, tokens, px)


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


def _field(style: ttk.Style, tokens: Tokens, px: Px, faces: MakeFaces) -> None:
    """A text box: a round frame that lights up when its entry has the keys."""
    face = faces("Field.TFrame", 8, tokens.raised, tokens.edge, middle=(200, 16))
    face.make("Field.border", {"invalid": ("", tokens.danger), "focus": ("", tokens.accent)})
    style.layout("Field.TFrame", [("Field.border", {"sticky": "nswe"})])
    style.configure("Field.TFrame", padding=(px(10), px(6)))
    _nest(style, "Field.TEntry", "Entry.padding", "Entry.textarea")
    style.configure("Field.TEntry", foreground=tokens.text, fieldbackground=tokens.raised, background=tokens.raised)
    style.configure("Field.TLabel", padding=0, background=tokens.raised, foreground=tokens.muted)


def _toast(style: ttk.Style, surface: Colour, px: Px, faces: MakeFaces) -> None:
    """A dark card in every look, so that it stands out from the list below it."""
    tokens = DARK
    card = faces("Toast.TFrame", 10, tokens.raised, tokens.edge, middle=(200, 16), ground=surface)
    card.make("Toast.border", {})
    style.layout("Toast.TFrame", [("Toast.border", {"sticky": "nswe"})])
    style.configure("Toast.TFrame", background=surface, padding=(px(16), px(8), px(12), px(8)))
    style.configure("Toast.TLabel", background=tokens.raised, foreground=tokens.text)
    button = faces("Toast.TButton", 6, tokens.raised, tokens.raised, most=px(8), ground=tokens.raised)
    states = {"focus": ("", tokens.accent), "pressed": (tokens.pressed,) * 2, "active": (tokens.hover,) * 2}
    button.make("Toast.button", states)
    _nest(style, "Toast.TButton", "Toast.button", "Button.padding", "Button.label")
    style.configure(
        "Toast.TButton", background=tokens.raised, foreground=tokens.accent, font=STRONG, padding=(px(10), px(4))
    )


def _card(style: ttk.Style, tokens: Tokens, px: Px, faces: MakeFaces) -> None:
    """A small box over the list, and what is in it: chips, and hints to choose from."""
    card = faces("Card.TFrame", 10, tokens.chrome, tokens.edge, middle=(200, 16), ground=tokens.surface)
    card.make("Card.border", {})
    style.layout("Card.TFrame", [("Card.border", {"sticky": "nswe"})])
    style.configure("Card.TFrame", background=tokens.surface)
    most = (font.nametofont(SMALL, style.master).metrics("linespace") + px(2)) // 2
    chip = faces("Chip.TButton", 9, tokens.raised, tokens.edge, most=most)
    pressed, hover = (tokens.pressed, tokens.edge), (tokens.hover, tokens.edge)
    chip.make("Chip.button", {"focus": ("", tokens.accent), "pressed": pressed, "active": hover})
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


def _bars(style: ttk.Style, tokens: Tokens, px: Px, faces: MakeFaces) -> None:
    """Scroll bars without arrows, progress, and the colours of sliders."""
    for way, sticky in (("Vertical", "ns"), ("Horizontal", "we")):
        long = way == "Horizontal"
        middle = (128, 2) if long else (2, 128)
        thumb = faces(f"{way}.Thin", 3, tokens.edge, tokens.edge, most=px(3), inset=px(2), middle=middle, ground="")
        least = {"width" if long else "height": px(36)}
        thumb.make(f"{way}.Thin.thumb", {"disabled": ("", ""), "active": (tokens.dim, tokens.dim)}, **least)
        _nest(style, f"{way}.TScrollbar", f"{way}.Scrollbar.trough", f"{way}.Thin.thumb", sticky=sticky)
        style.configure(f"{way}.TScrollbar", troughcolor=tokens.surface, bordercolor=tokens.surface)
    for element, colour in (("Thin.track", tokens.line), ("Thin.pbar", tokens.accent)):
        faces("Horizontal.TProgressbar", 2, colour, colour, most=px(2), middle=(64, 2), ground="").make(element, {})
    bar: Any = [("Thin.pbar", {"side": "left", "sticky": "ns"})]
    style.layout("Horizontal.TProgressbar", [("Thin.track", {"sticky": "we", "children": bar})])
    style.configure(
        "Slider",
        background=tokens.chrome,
        troughcolor=tokens.edge,
        foreground=tokens.accent,
        indicatorcolor=tokens.text,
    )


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


def _table(style: ttk.Style, tokens: Tokens, px: Px, air: int) -> None:
    line = font.nametofont("TkDefaultFont", style.master).metrics("linespace")
    style.layout("Table.Treeview", [("Treeview.treearea", {"sticky": "nswe"})])
    parts: Any = [("Treeitem.image", {"side": "left", "sticky": ""}), ("Treeitem.text", {"sticky": "nswe"})]
    style.layout("Table.Treeview.Item", [("Treeitem.padding", {"sticky": "nswe", "children": parts})])
    style.configure(
        "Table.Treeview",
        background=tokens.surface,
        fieldbackground=tokens.surface,
        foreground=tokens.text,
        rowheight=line + air,
        borderwidth=0,
    )
    style.map(
        "Table.Treeview",
        background=[("selected", "focus", tokens.focused), ("selected", tokens.selected)],
        foreground=[("selected", "focus", tokens.on_focused), ("selected", tokens.on_selected)],
    )
    style.configure("Table.Treeview.Item", padding=(px(8), 0, px(4), 0))
    style.configure("Table.Treeview.Cell", padding=(max(0, px(8) - CELL), 0))
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
