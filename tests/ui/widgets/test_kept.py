"""Pictures are drawn once, also over starts."""

from pathlib import Path

import pytest

from ctk.ui.widgets import kept
from ctk.ui.widgets.kept import Kept


def must_not() -> bytes:
    raise AssertionError("it was drawn again")


def test_the_next_start_need_not_draw(tmp_path: Path) -> None:
    first = Kept(tmp_path / "pictures.json")
    assert first.get(("play", 20), lambda: b"abc") == "abc"
    assert first.get(("play", 20), must_not) == "abc"
    first.save()
    assert Kept(tmp_path / "pictures.json").get(("play", 20), must_not) == "abc"


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    Kept(tmp_path / "pictures.json").save()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"stamp": 1}', "\0", '{"stamp": "", "pictures": []}'])
def test_a_file_of_no_use_is_drawn_anew(tmp_path: Path, text: str) -> None:
    file = tmp_path / "pictures.json"
    file.write_text(text, "utf-8")
    pictures = Kept(file)
    assert pictures.get(("play", 20), lambda: b"new") == "new"
    pictures.save()
    assert Kept(file).get(("play", 20), must_not) == "new"


def test_another_way_to_draw_draws_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Kept(tmp_path / "pictures.json")
    before.get(("play", 20), lambda: b"old")
    before.save()
    monkeypatch.setattr(kept, "_stamp", lambda: "another")
    assert Kept(tmp_path / "pictures.json").get(("play", 20), lambda: b"new") == "new"


def test_the_file_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    pictures = Kept(tmp_path / "pictures.json")
    for size in range(3):
        pictures.get(("play", size), lambda: b"abc")
    pictures.save()
    assert len((tmp_path / "pictures.json").read_text("utf-8")) < 200
