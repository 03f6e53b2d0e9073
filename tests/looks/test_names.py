"""Names of files in a look."""

import pytest

from ctk.looks.names import belongs, beside, folded, unfit


@pytest.mark.parametrize(
    "name",
    [
        *(
            "/etc/passwd",
            "../look.toml",
            "icons/../../x.png",
            "C:/x.png",
            "c:x.png",
            "\\\\server\\x.png",
            "icons\\x.png",
        ),
        *("", ".", "a//b.png", "a/./b.png", "a/", "x.png.", "x.png ", " x.png", "a\0b.png", "a\nb.png", "a:b.png"),
        *(
            "nul.png",
            "icons/CON",
            "com1.png",
            "Aux.tar.png",
            "CONIN$",
            "lpt\N{SUPERSCRIPT TWO}.png",
            "a?.png",
            "a*.png",
        ),
        *("a/b/c/d/e.png", "a" * 201, "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe"),
    ],
)
def test_no_name_leads_out_or_is_only_good_on_some_systems(name: str) -> None:
    assert unfit(name).endswith(".")


@pytest.mark.parametrize("name", ["look.toml", "icons/play.png", "icons/\N{FIRE}.png", "Licence - CC0.txt", "..a.png"])
def test_plain_names_fit(name: str) -> None:
    assert unfit(name) == ""


def test_names_that_are_one_on_some_systems() -> None:
    assert folded("Icons/A.png") == folded("icons/a.PNG")
    assert folded("e\N{COMBINING ACUTE ACCENT}") == folded("\N{LATIN SMALL LETTER E WITH ACUTE}")
    assert folded("a.png") != folded("b.png")


def test_what_a_look_holds() -> None:
    assert all(map(belongs, ("look.toml", "a/b.PNG", "LICENSE", "notes.txt", "README.md")))
    assert not any(map(belongs, ("run.py", "a/look.toml", "x.svg", "look.toml.exe")))
    assert all(map(beside, (".git/config", ".DS_Store", "__MACOSX/look.toml", "icons/Thumbs.db")))
    assert not beside("icons/a.png")
