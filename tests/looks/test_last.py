"""The look of last time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ctk.looks import last
from ctk.looks.shelf import BUILTIN, Shelf
from tests.looks.making import own, png


@pytest.mark.parametrize("id", BUILTIN)
def test_it_is_the_one_on_the_shelf_the_second_time_too(home: Path, id: str) -> None:
    home.mkdir()
    look = Shelf(home).get(id)
    assert [last.get(home, id) for _ in range(3)] == [look] * 3
    assert (home / last.FILE).exists()


def test_it_is_read_again_when_any_of_its_files_changed(home: Path) -> None:
    own(home, "mum", "[fonts]\nsize = 111\n")
    place = own(home, "me", '[styles."."]\npadding = [1, 2]\n[icons]\nplay = "p.png"\n', parent="mum")
    (place / "p.png").write_bytes(png())
    assert last.get(home, "me") == last.get(home, "me") == Shelf(home).get("me")
    own(home, "mum", "[fonts]\nsize = 122\n")
    assert last.get(home, "me").fonts.size == 122
    (place / "p.png").write_bytes(b"no picture")
    assert last.get(home, "me").id == "mum"
    (place / "p.png").write_bytes(png())
    assert last.get(home, "me").id == "me"
    os.unlink(place / "look.toml")
    assert last.get(home, "me").id == "dark"


def test_another_look_is_another(home: Path) -> None:
    home.mkdir()
    assert [last.get(home, id).id for id in ("dark", "neon", "light", "nobody", "dark")] == [
        *("dark", "neon", "light", "dark", "dark")
    ]


def test_what_is_not_whole_is_not_kept(home: Path) -> None:
    own(home, "me", parent="mum")
    assert last.get(home, "me").fonts.size == 100
    assert not (home / last.FILE).exists()
    own(home, "mum", "[fonts]\nsize = 122\n")
    assert last.get(home, "me").fonts.size == 122


def test_colours_that_are_hard_to_read_do_not_slow_the_start(home: Path) -> None:
    own(home, "me", '[colours]\nmuted = "#333333"\n')
    assert last.get(home, "me").tokens.muted == "#333333"
    assert (home / last.FILE).exists()


def test_several_are_kept_and_not_more(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    monkeypatch.setattr(last, "MOST", 3)
    for id in (*BUILTIN, "dark", "light"):
        last.get(home, id)
    assert list(json.loads((home / last.FILE).read_text())["looks"]) == ["neon", "dark", "light"]
    written = (home / last.FILE).stat().st_mtime_ns
    assert [last.get(home, id) for id in ("neon", "dark")] == [Shelf(home).get(id) for id in ("neon", "dark")]
    assert (home / last.FILE).stat().st_mtime_ns == written


@pytest.mark.parametrize(
    "change",
    [
        {"version": "0"},
        {"looks": 3},
        {"looks": {"neon": {"files": 3}}},
        {"looks": {"neon": {"files": [], "look": {"id": "neon"}}}},
        {"looks": {"neon": {"files": [], "look": []}}},
        None,
    ],
)
def test_what_cannot_be_read_is_of_no_harm(home: Path, change: dict[str, object] | None) -> None:
    home.mkdir()
    look = last.get(home, "neon")
    kept = json.loads((home / last.FILE).read_text())
    (home / last.FILE).write_text(json.dumps(kept | change) if change else "{")
    assert last.get(home, "neon") == look


def test_where_it_cannot_be_kept_it_is_read_each_time(home: Path) -> None:
    assert last.get(home / "nowhere", "neon") == Shelf(home).get("neon")


def test_what_checks_looks_is_not_loaded_then(home: Path) -> None:
    home.mkdir()
    last.get(home, "compact")
    code = (
        "import sys; from pathlib import Path; from ctk.looks import last\n"
        f"assert last.get(Path({str(home)!r}), 'compact').id == 'compact'\n"
        "print(sorted(set(sys.modules) & {'tomllib', 'zipfile', 'difflib', 'ctk.looks.shelf', 'tkinter', 'tempfile'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
