"""A whole look under check: pictures, and all that is wrong at once."""

from pathlib import Path

from ctk.looks.shelf import Shelf
from tests.looks.making import faults, folder, look, png, said


def test_pictures_are_looked_at(tmp_path: Path) -> None:
    text = '[icons]\nplay = "icons/play.png"\nstop = "x.png"\npause = "icons/pause.png"\nheart = "icons/none.png"\n'
    assert faults(tmp_path, text, play=png(300, 300), pause=b"GIF89a") == [
        'look.toml:6: there is no icon "stop".',
        "look.toml:8: there is no file icons/none.png.",
        "icons/play.png: it has 300 by 300 pixels, and an icon up to 256 by 256.",
        "icons/pause.png: it is no PNG picture.",
    ]


def test_a_shape_that_is_a_box_is_told_and_taken(tmp_path: Path) -> None:
    verdict = Shelf(tmp_path / "home").check(
        look(tmp_path / "mine", '[icons]\nplay = "icons/play.png"\n', play=png(colours=2))
    )
    assert verdict.errors == ()
    assert said(verdict.remarks) == [
        "look.toml:5: icons/play.png: it is opaque everywhere, so its shape is a filled box."
    ]


def test_a_folder_without_a_sheet(tmp_path: Path) -> None:
    verdict = Shelf(tmp_path / "home").check(folder(tmp_path / "mine", {"a.png": png()}))
    assert said(verdict.errors) == ["look.toml: there is none in it."]


def test_every_table_is_looked_at_though_others_are_wrong(tmp_path: Path) -> None:
    text = (
        "colours = 1\nfonts = 1\nspacing = 1\nstyles = 1\nicons = 1\nlayout = 1\ncolumns = 1\nkeys = 1\ntoolbar = 1\n"
    )
    assert [fault.split(":")[1] for fault in faults(tmp_path, text)] == [str(line) for line in range(4, 13)]
