"""The look: colours of every widget, sizes that follow the screen, a switch that reaches all."""

import tkinter as tk
from dataclasses import replace
from pathlib import Path
from tkinter import font, ttk

import pytest
from PIL import Image

from ctk.looks.shelf import BUILTIN, Shelf
from ctk.looks.tokens import DARK, LIGHT
from ctk.ui import fonts
from ctk.ui.theme import KEPT, Theme, Unpaintable
from tests.display import settle
from tests.ui.screens import of


@pytest.fixture
def theme(root: tk.Tk) -> Theme:
    return Theme(root)


@pytest.mark.parametrize(("choice", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_a_look_colours_everything(theme: Theme, root: tk.Tk, choice: str, tokens: object) -> None:
    theme.use(choice)
    style = ttk.Style(root)
    assert theme.tokens == tokens
    assert style.lookup("TLabel", "background") == theme.tokens.chrome
    assert style.lookup("Table.Treeview", "background") == theme.tokens.surface
    assert style.lookup("Table.Treeview", "background", ["selected", "focus"]) == theme.tokens.focused
    assert style.lookup("Table.Treeview", "background", ["selected"]) == theme.tokens.selected
    assert root.cget("background") == theme.tokens.chrome


def test_a_switch_is_told_and_a_look_is_made_once(theme: Theme, root: tk.Tk) -> None:
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.tokens.name))
    for choice in ("dark", "light", "dark"):
        theme.use(choice)
    assert told == ["dark", "light", "dark"]
    made = [name for name in ttk.Style(root).theme_names() if name.startswith("ctk-")]
    assert sorted(made) == ["ctk-1-dark", "ctk-2-light"]


def test_rows_are_as_high_as_their_text(theme: Theme, root: tk.Tk) -> None:
    theme.use("light")
    height = int(ttk.Style(root).lookup("Table.Treeview", "rowheight"))
    line = font.nametofont("TkDefaultFont", root).metrics("linespace")
    assert line < height <= 2 * line


def test_fonts_have_an_order_of_sizes(theme: Theme, root: tk.Tk) -> None:
    sizes = [font.nametofont(name, root).cget("size") for name in (fonts.SMALL, fonts.LARGE, fonts.HERO)]
    assert sizes == sorted(sizes) and len(set(sizes)) == 3


def test_icons_and_the_logo(theme: Theme) -> None:
    assert theme.icon("play", 20, "#ffffff", gap=6).width() == theme.px(20) + theme.px(6)
    assert theme.disc("play", 36) is not theme.disc("play", 36, hover=True)
    assert theme.logo() is theme.logo()
    assert theme.logo().width() == 256


def test_every_style_draws_in_every_state(theme: Theme, root: tk.Tk) -> None:
    """A style with a missing element would raise here."""
    for choice in ("light", "dark"):
        theme.use(choice)
        widgets: list[ttk.Widget] = [
            *(ttk.Button(root, text="x", style=name) for name in ("TButton", "Accent.TButton", "Small.TButton")),
            ttk.Checkbutton(root, style="Toolbutton"),
            ttk.Frame(root, style="Field.TFrame", width=50, height=30),
            ttk.Entry(root, style="Field.TEntry"),
            ttk.Scrollbar(root),
            ttk.Scrollbar(root, orient="horizontal"),
            ttk.Progressbar(root, value=50),
            ttk.Treeview(root, style="Table.Treeview"),
        ]
        for widget in widgets:
            widget.pack()
        settle(root)
        for state in ("active", "pressed", "focus", "selected", "disabled", "invalid"):
            for widget in widgets:
                widget.state([state])
            settle(root, 1)
        for widget in widgets:
            widget.destroy()


def test_menus_take_the_colours_where_tk_draws_them(theme: Theme, root: tk.Tk) -> None:
    theme.use("dark")
    menu = tk.Menu(root)
    before = str(menu.cget("background"))
    theme.paint_menu(menu)
    expected = DARK.chrome if root.tk.call("tk", "windowingsystem") == "x11" else before
    assert str(menu.cget("background")) == expected


@pytest.mark.parametrize("id", BUILTIN)
def test_each_look_of_the_program_paints(theme: Theme, root: tk.Tk, id: str) -> None:
    surface = ttk.Frame(root, style="Surface.TFrame")
    surface.place(relwidth=1, relheight=1)
    theme.use(id)
    found = of(surface).getpixel((5, 5))
    assert theme.look.id == id and "#{:02x}{:02x}{:02x}".format(*found) == theme.tokens.surface  # type: ignore[misc]


def test_sizes_and_air_change_while_they_are_in_sight(theme: Theme, root: tk.Tk) -> None:
    theme.use("dark")
    frame = ttk.Frame(root, padding=theme.px(20))
    label = ttk.Label(frame, text="Words")
    label.pack(padx=theme.px(40))
    frame.pack()
    settle(root)
    style = ttk.Style(root)
    before = (frame.winfo_reqwidth(), label.winfo_reqheight(), int(style.lookup("Table.Treeview", "rowheight")))
    theme.use("compact")
    settle(root)
    after = (frame.winfo_reqwidth(), label.winfo_reqheight(), int(style.lookup("Table.Treeview", "rowheight")))
    assert all(less < more for less, more in zip(after, before, strict=True))
    theme.use("dark")
    settle(root)
    again = (frame.winfo_reqwidth(), label.winfo_reqheight(), int(style.lookup("Table.Treeview", "rowheight")))
    assert again == before


def test_a_look_that_cannot_be_put_on_changes_nothing(theme: Theme, root: tk.Tk, tmp_path: Path) -> None:
    theme.use("light")
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.look.id))
    picture = tmp_path / "play.png"
    picture.write_bytes(b"no picture")
    neon = Shelf(tmp_path).get("neon")
    for broken in (
        replace(neon, icons={"play": picture}),
        replace(neon, icons={"play": tmp_path / "absent.png"}),
        replace(neon, styles={".": {"anchor": "nowhere"}}, tokens=neon.tokens._replace(raised="no colour")),
    ):
        with pytest.raises(Unpaintable, match="Neon cannot be shown"):
            theme.take(broken)
        assert theme.look.id == "light" and told == []
        assert ttk.Style(root).lookup("TLabel", "background") == LIGHT.chrome
        assert theme.icon("play", 20, "#ffffff").width() == theme.px(20)


def test_those_who_lay_out_hear_of_other_shapes_and_not_of_other_colours(theme: Theme, tmp_path: Path) -> None:
    told: list[object] = []
    theme.use("dark")
    theme.reshaping.connect(told.append)
    theme.changed.connect(lambda: told.append(theme.look.id))
    theme.use("light")
    assert told == ["light"]
    theme.use("compact")
    assert told == ["light", True, "compact", False]
    with pytest.raises(Unpaintable):
        theme.take(replace(Shelf(tmp_path).get("neon"), icons={"play": tmp_path / "absent.png"}))
    assert told[4:] == [True, False] and theme.look.id == "compact"


def test_what_cannot_be_shown_is_the_look_that_all_come_from(root: tk.Tk, tmp_path: Path) -> None:
    broken = replace(Shelf(tmp_path).get("neon"), icons={"play": tmp_path / "absent.png"})
    theme = Theme(root, find=lambda id: broken if id == "neon" else Shelf(tmp_path).get(id))
    theme.use("neon")
    assert theme.look.id == "dark"


def test_icons_are_those_of_the_look(theme: Theme, tmp_path: Path) -> None:
    theme.use("dark")
    usual = theme.cover("play", 16)
    picture = tmp_path / "play.png"
    Image.new("RGBA", (8, 8), (0, 0, 0, 255)).save(picture)
    theme.take(replace(theme.look, icons={"play": picture}))
    assert theme.cover("play", 16) == [b"\xff" * theme.px(16)] * theme.px(16) != usual
    theme.use("dark")
    assert theme.cover("play", 16) == usual


def test_of_many_looks_only_some_are_kept(theme: Theme, root: tk.Tk) -> None:
    theme.use("dark")
    first = theme.look
    for red in range(KEPT + 2):
        theme.take(replace(first, tokens=first.tokens._replace(chrome=f"#{red:02x}0000")))
    assert len(theme._made) == KEPT
    theme.take(first)
    assert ttk.Style(root).lookup("TLabel", "background") == first.tokens.chrome
