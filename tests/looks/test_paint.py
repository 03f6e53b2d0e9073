"""Colours, fonts, distances, styles and icons of a look."""

from pathlib import Path

import pytest

from ctk.looks.shelf import Shelf
from tests.looks.making import faults, own, png


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[colours]\nchrom = "#000000"\n', 'look.toml:5: there is no colour "chrom"; did you mean chrome?'),
        (
            '[colours]\ntext = "#fff"\n',
            'look.toml:5: text is "#fff", and must be a colour such as #ffffff.',
        ),
        ('[colours]\ntext = "red"\n', 'look.toml:5: text is "red", and must be a colour such as #1d2026.'),
        ("[colours]\ntext = 7\n", "look.toml:5: text must be a text, and is a number."),
        ("colours = []\n", "look.toml:4: colours must be a table, and is a list."),
        ("[fonts]\nsize = 79\n", "look.toml:5: size is 79, and must be from 80 to 160."),
        ("[fonts]\nsize = true\n", "look.toml:5: size must be a number, and is true or false."),
        (f"[fonts]\nsize = 0x{'f' * 9000}\n", "look.toml:5: size is far too large, and must be from 80 to 160."),
        ('[fonts]\nfamily = "Inter"\n', "look.toml:5: family must be a list, and is a text."),
        ('[fonts]\nfamily = ["a",\n3]\n', "look.toml:6: family holds a number where a text must be."),
        ('[fonts]\nfamily = [""]\n', "look.toml:5: family must hold names of fonts."),
        ("[spacing]\nscale = 161\n", "look.toml:5: scale is 161, and must be from 60 to 160."),
        ("spacing.row = 41\n", "look.toml:4: row is 41, and must be from 0 to 40."),
        ("spacing = { radius = 1, rows = 3 }\n", "there is no setting in [spacing] called"),
        ('[styles."Table.Treview"]\n', 'there is no style "Table.Treview"; did you mean Table.Treeview?'),
        ("[styles.TButton]\nrowheight = 3\n", 'look.toml:5: there is no option "rowheight".'),
        ('[styles.TButton]\nforeground = "chrom"\n', "look.toml:5: foreground is"),
        ("[styles.TButton]\npadding = [1, 2, 3, 4, 5]\n", "look.toml:5: padding must be one to four numbers"),
        ('[styles.TButton]\nrelief = "flatt"\n', 'there is no relief "flatt"; did you mean flat?'),
        ('[icons]\nplay = "../play.png"\n', 'look.toml:5: "../play.png" leads out of the look.'),
        ('[icons]\nplay = "/play.png"\n', 'look.toml:5: "/play.png" must be a place inside the look, written with /.'),
        ('[icons]\nplay = "play.svg"\n', 'look.toml:5: play is "play.svg", and must be a PNG file.'),
        ('[icons]\nplay = "play.png"\n', "look.toml:5: there is no file play.png."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (fault,) = faults(tmp_path, text)
    assert told in fault


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = '[colours]\ntext = "red"\nink = 1\n[fonts]\nsize = 7\n[styles.TButton]\nanchor = "x"\n[keys]\n"a.b" = []\n'
    assert [fault.split(":")[1] for fault in faults(tmp_path, text)] == ["5", "6", "8", "10", "12"]


def test_what_is_right_comes_through(home: Path) -> None:
    text = """
    colours.text = "#FFFFFF"
    fonts = { family = ["Inter"], size = 110 }
    [styles."."]
    padding = [1, 2]
    borderwidth = 2
    anchor = "w"
    background = "#ABCDEF"
    foreground = "muted"
    [icons]
    play = "icons/play.png"
    """
    own(home, "mine", text)
    (home / "looks/mine/icons").mkdir()
    (home / "looks/mine/icons/play.png").write_bytes(png())
    look = Shelf(home).get("mine")
    assert (look.id, look.tokens.text, look.fonts.family, look.fonts.size) == ("mine", "#ffffff", ("Inter",), 110)
    assert look.styles == {
        ".": {"padding": (1, 2), "borderwidth": 2, "anchor": "w", "background": "#abcdef", "foreground": "muted"}
    }
    assert look.icons == {"play": home / "looks/mine/icons/play.png"}
