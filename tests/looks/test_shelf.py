"""The shelf: listing, taking over, forking, sharing and taking away."""

import os
import zipfile
from pathlib import Path

import pytest

from ctk.errors import CtkError, NotFound, UsageError
from ctk.looks.shelf import BUILTIN, Refused, Shelf
from tests.looks.making import folder, look, own, png, said, zipped

HEAD = 'api = 1\nid = "mine"\nname = "Mine"\n'


@pytest.fixture
def shelf(home: Path) -> Shelf:
    return Shelf(home)


def test_the_shelf_begins_with_the_looks_of_the_program(shelf: Shelf, home: Path) -> None:
    own(home, "zebra", "[colours]\ntext = 1\n")
    own(home, "apple")
    folder(home / "looks" / "My Look", {"look.toml": ""})
    folder(home / "looks" / ".new-1", {"look.toml": ""})
    own(home, "light")
    entries = shelf.list()
    assert [entry.id for entry in entries] == [*BUILTIN, "My Look", "apple", "zebra"]
    assert [entry.status for entry in entries] == [*["builtin"] * len(BUILTIN), "broken", "installed", "broken"]
    assert said(entries[-1].errors) == ["look.toml:6: text must be a text, and is a number."]
    assert entries[-1].folder == home / "looks" / "zebra"
    assert "cannot be an id" in str(entries[-3].errors[0])


def test_a_broken_look_is_its_parent(shelf: Shelf, home: Path) -> None:
    own(home, "broken", "[colours]\ntext = 1\n[fonts]\nsize = 99\n", parent="light")
    found = shelf.get("broken")
    assert (found.id, found.fonts.size) == ("light", 100), "nothing of it is applied"
    assert said(shelf.faults("broken")) == ["look.toml:6: text must be a text, and is a number."]


@pytest.mark.parametrize("text", ["[colours", "\0", "api = 9"])
def test_one_that_cannot_be_read_is_dark(shelf: Shelf, home: Path, text: str) -> None:
    folder(home / "looks" / "broken", {"look.toml": text})
    assert shelf.get("broken").id == "dark"
    assert len(shelf.faults("broken")) == 1


@pytest.mark.parametrize("id", ["nobody", "../x", "", "con", "\udc80"])
def test_one_that_is_not_there_is_dark(shelf: Shelf, id: str) -> None:
    assert shelf.get(id).id == "dark"
    for ask in (shelf.faults, shelf.folder, shelf.remove):
        with pytest.raises(NotFound):
            ask(id)


def test_what_a_fork_shows_is_what_it_was_made_of(shelf: Shelf, home: Path, tmp_path: Path) -> None:
    text = '[icons]\nplay = "icons/play.png"\n[styles."."]\npadding = [1, 2]\n[keys]\n"edit.rename" = []\n'
    shelf.install(look(tmp_path / "mine", text, head=HEAD + 'parent = "neon"\nauthor = "Me \\"\\\\ "\n', play=png()))
    entry = shelf.fork("mine", "other")
    assert (entry.id, entry.name, entry.parent, entry.status) == ("other", "Mine of my own", "mine", "installed")
    one, other = shelf.get("mine"), shelf.get("other")
    for part in ("fonts", "spacing", "styles", "layout", "columns", "keys", "toolbar", "author", "licence"):
        assert getattr(one, part) == getattr(other, part), part
    assert other.tokens == one.tokens._replace(name="other")
    assert other.icons == {"play": home / "looks" / "other" / "icons" / "play.png"}
    assert other.icons["play"].read_bytes() == png()


@pytest.mark.parametrize("id", BUILTIN)
def test_a_fork_goes_to_a_fresh_home_and_shows_the_same(shelf: Shelf, tmp_path: Path, id: str) -> None:
    shelf.fork(id, "mine", name="Ours")
    file = shelf.export("mine", tmp_path)
    assert file == tmp_path / "mine.ctklook"
    fresh = Shelf(tmp_path / "fresh")
    entry = fresh.install(file)
    assert (entry.id, entry.name, entry.errors) == ("mine", "Ours", ())
    assert fresh.get("mine") == shelf.get("mine")
    assert fresh.export("mine", tmp_path / "again.ctklook").read_bytes() == file.read_bytes()


def test_a_fork_stands_without_its_parent(shelf: Shelf, home: Path, tmp_path: Path) -> None:
    own(home, "rare", "[colours]\ntext = '#fefefe'\n")
    shelf.fork("rare", "mine")
    fresh = Shelf(tmp_path / "fresh")
    fresh.install(shelf.export("mine", tmp_path / "mine.ctklook"))
    assert fresh.get("mine") == shelf.get("mine")
    assert said(fresh.faults("mine"))[0].endswith("there is no look rare here: what is not said comes from dark.")


def test_what_cannot_be_forked(shelf: Shelf, home: Path) -> None:
    own(home, "broken", "x = 1\n")
    for id, new_id, error in (
        ("nobody", "mine", NotFound),
        ("broken", "mine", Refused),
        ("dark", "Mine", UsageError),
        ("dark", "system", UsageError),
        ("dark", "light", CtkError),
        ("dark", "broken", CtkError),
    ):
        with pytest.raises(error):
            shelf.fork(id, new_id)
    for name in ("", " ", "a\nb", "\udc80", "x" * 61):
        with pytest.raises(UsageError):
            shelf.fork("dark", "mine", name=name)
    assert os.listdir(home / "looks") == ["broken"]


def test_a_newer_version_takes_the_place_of_an_older(shelf: Shelf, home: Path, tmp_path: Path) -> None:
    shelf.install(zipped([("look.toml", HEAD), ("old.txt", "x")], tmp_path / "1.ctklook"))
    shelf.install(zipped([("look.toml", HEAD + 'version = "2"\n')], tmp_path / "2.ctklook"))
    assert shelf.get("mine").version == "2"
    assert sorted(os.listdir(home / "looks")) == [".removed", "mine"]
    assert sorted(os.listdir(home / "looks" / ".removed" / "mine")) == ["look.toml", "old.txt"], "nobody's work is lost"
    assert os.listdir(home / "looks" / "mine") == ["look.toml"]


def test_what_is_refused_changes_nothing(shelf: Shelf, home: Path, tmp_path: Path) -> None:
    shelf.install(look(tmp_path / "mine", ""))
    before = shelf.get("mine")
    with pytest.raises(Refused) as caught:
        shelf.install(zipped([("look.toml", HEAD + "x = 1\ny = 2\n")], tmp_path / "2.ctklook"))
    assert len(caught.value.faults) == 2
    assert "and 1 more" in str(caught.value)
    for id in BUILTIN:
        with pytest.raises(CtkError):
            shelf.install(shelf.folder(id))
    with pytest.raises(CtkError):
        shelf.install(tmp_path / "nothing.ctklook")
    assert shelf.get("mine") == before
    assert os.listdir(home / "looks") == ["mine"]


def test_a_look_can_be_taken_away_and_brought_back(shelf: Shelf, home: Path, tmp_path: Path) -> None:
    before = shelf.install(look(tmp_path / "mine", "", play=png()))
    kept = shelf.remove("mine")
    assert [entry.id for entry in shelf.list()] == [*BUILTIN] and shelf.get("mine").id == "dark"
    assert shelf.put_back("mine", kept) == before == shelf.list()[-1]
    assert (home / "looks" / "mine" / "icons" / "play.png").read_bytes() == png()
    with pytest.raises(CtkError):
        shelf.remove("neon")


def test_one_that_was_taken_away_replaces_no_other(shelf: Shelf, tmp_path: Path) -> None:
    shelf.install(look(tmp_path / "mine", "[spacing]\nrow = 8\n"))
    kept = shelf.remove("mine")
    shelf.install(look(tmp_path / "other", "[spacing]\nrow = 9\n"))
    with pytest.raises(CtkError, match="another look mine"):
        shelf.put_back("mine", kept)
    assert shelf.get("mine").spacing.row == 9
    shelf.remove("mine")
    shelf.put_back("mine", kept)
    assert shelf.get("mine").spacing.row == 8
    with pytest.raises(NotFound, match="not in"):
        shelf.put_back("mine", kept)


def test_an_export_holds_what_belongs_to_the_look(shelf: Shelf, home: Path, tmp_path: Path) -> None:
    own(home, "mine")
    folder(home / "looks" / "mine", {"LICENSE": "free", "draft.xcf": "x", ".git/y.txt": ""})
    with zipfile.ZipFile(shelf.export("mine", tmp_path / "mine.ctklook")) as file:
        assert file.namelist() == ["LICENSE", "look.toml"]
    own(home, "broken", "x = 1\n")
    with pytest.raises(Refused):
        shelf.export("broken", tmp_path)
    with pytest.raises(CtkError, match="could not be written"):
        shelf.export("mine", tmp_path / "nowhere" / "x.ctklook")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "mine.ctklook"]


def test_a_damaged_installation_is_one_sentence(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctk.paths.assets", lambda: tmp_path / "nothing")
    with pytest.raises(CtkError, match="install the program again"):
        Shelf(home).get("light")
