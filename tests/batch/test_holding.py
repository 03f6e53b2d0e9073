"""Holding folders: a place of its own for each removal, on the file's own volume, tidied when it is empty."""

import time
from pathlib import Path

import pytest

from ctk.batch.holding import Holding, dispose, tidy
from ctk.batch.trouble import Refused
from ctk.batch.view import DiskView


class Mounted(DiskView):
    """A disk where whatever lies in a folder called Stick is on another volume."""

    def volume(self, folder: str) -> int:
        return 2 if "Stick" in Path(folder).parts else 1


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "strftime", lambda form: "2026-01-05_12-00-00")


def test_each_file_keeps_its_way_from_the_top_of_its_volume(tmp_path: Path) -> None:
    found = Holding(Mounted(()))
    top, stick = tmp_path / "Samples", tmp_path / "Samples" / "Inner" / "Stick"
    for path, place in (
        (top / "a.wav", top / ".ctk-held" / "2026-01-05_12-00-00" / "a.wav"),
        (top / "Drums" / "Deep" / "b.wav", top / ".ctk-held" / "2026-01-05_12-00-00" / "Drums" / "Deep" / "b.wav"),
        (stick / "c.wav", stick / ".ctk-held" / "2026-01-05_12-00-00" / "c.wav"),
        (stick / "Loops" / "d.wav", stick / ".ctk-held" / "2026-01-05_12-00-00" / "Loops" / "d.wav"),
    ):
        assert found.place(str(path), str(top)) == str(place)


def test_two_removals_in_one_second_have_two_folders(tmp_path: Path) -> None:
    first = Path(Holding(DiskView(())).place(str(tmp_path / "a.wav"), str(tmp_path)))
    first.parent.mkdir(parents=True)
    second = Path(Holding(DiskView(())).place(str(tmp_path / "a.wav"), str(tmp_path)))
    assert second.parent.name == first.parent.name + "-2"


def test_only_empty_folders_are_tidied(tmp_path: Path) -> None:
    held = tmp_path / ".ctk-held"
    for name in ("one/Drums/Deep", "one/Loops", "two"):
        (held / name).mkdir(parents=True)
    (held / "one" / "Loops" / "stays.wav").touch()
    gone = [
        str(held / "one" / "Drums" / "Deep" / "a.wav"),
        str(held / "one" / "Loops" / "b.wav"),
        str(held / "two" / "c"),
    ]
    tidy(gone)
    assert sorted(path.relative_to(held).as_posix() for path in held.rglob("*")) == [
        "one",
        "one/Loops",
        "one/Loops/stays.wav",
    ]
    (held / "one" / "Loops" / "stays.wav").unlink()
    tidy(gone)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty").mkdir()
    tidy([str(tmp_path / "empty" / "a.wav")])
    assert (tmp_path / "empty").is_dir(), "folders of the user are none of its business"


def test_only_what_was_removed_is_disposed_of(tmp_path: Path) -> None:
    held = tmp_path / ".ctk-held" / "x" / "a.wav"
    held.parent.mkdir(parents=True)
    held.write_bytes(b"abc")
    with pytest.raises(Refused, match="not what was removed"):
        dispose(str(held), 4, permanently=True)
    loose = tmp_path / "loose.wav"
    loose.write_bytes(b"abc")
    with pytest.raises(Refused, match="not what was removed"):
        dispose(str(loose), 3, permanently=True)
    assert loose.is_file()
    assert dispose(str(held), 3, permanently=True) == 3
    assert dispose(str(held), 3, permanently=True) == 0
