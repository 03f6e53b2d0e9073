"""The eye of Windows and macOS, on whatever this system has."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.sources.watch import observer
from ctk.sources.watch.observer import Observing
from tests.sources.watch.eyes import gathered, go_on, is_quiet, put, tree, watched

pytestmark = pytest.mark.usefixtures("hurried")


@pytest.fixture
def eye() -> Iterator[Observing]:
    eye = Observing()
    yield eye
    eye.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    put(folder / "Drums" / "kick.wav")
    put(folder / "Bass" / "sub.wav")
    return folder


def test_files_that_come_change_and_go(eye: Observing, root: Path) -> None:
    seen = watched(eye, root)
    put(root / "Drums" / "snare.wav")
    assert "Drums" in gathered(seen).folders
    with (root / "Drums" / "snare.wav").open("ab") as file:
        file.write(b"more")
    assert "Drums" in gathered(seen).folders
    (root / "Drums" / "snare.wav").rename(root / "Bass" / "snare.wav")
    assert {"Drums", "Bass"} <= gathered(seen).folders
    (root / "Bass" / "snare.wav").unlink()
    assert "Bass" in gathered(seen).folders


def test_folders_that_come_move_and_go(eye: Observing, root: Path) -> None:
    seen = watched(eye, root)
    put(root / "New" / "a" / "b.wav")
    assert "New" in gathered(seen).trees
    (root / "New").rename(root / "Newer")
    told = gathered(seen)
    assert "Newer" in told.trees
    assert "" in told.folders
    shutil.rmtree(root / "Newer")
    assert "" in gathered(seen).folders


def test_what_is_of_no_concern(eye: Observing, root: Path) -> None:
    put(root / ".ctk-held" / "1" / "held.wav")
    seen = watched(eye, root)
    put(root / "Drums" / "notes.txt")
    put(root / ".ctk-held" / "1" / "more.wav")
    (root / ".Trashes").mkdir()
    assert is_quiet(seen)


def test_a_storm_raises_doubt(eye: Observing, root: Path) -> None:
    seen = watched(eye, root)
    for number in range(observer.STORM):
        put(root / "Drums" / f"{number}.wav")
    assert gathered(seen).doubtful


def test_two_trees_and_leaving(eye: Observing, root: Path) -> None:
    drums, bass = watched(eye, root / "Drums", 1), watched(eye, root / "Bass", 2)
    put(root / "Bass" / "new.wav")
    assert gathered(bass).folders == {""}
    eye.leave(2)
    eye.leave(2)
    put(root / "Bass" / "newer.wav")
    put(root / "Drums" / "new.wav")
    assert gathered(drums).folders == {""}
    assert is_quiet(bass, 0.1)


def test_a_root_that_cannot_be_watched(eye: Observing, tmp_path: Path) -> None:
    seen = tree(tmp_path / "nowhere")
    eye.watch(seen, go_on)
    assert "watch it" in eye.blind[seen.id]
    eye.leave(seen.id)
    assert not eye.blind


def test_closing_ends_everything(root: Path) -> None:
    before = set(threading.enumerate())
    eye = Observing()
    seen = watched(eye, root)
    eye.close()
    eye.close()
    assert set(threading.enumerate()) == before
    put(root / "Drums" / "snare.wav")
    assert is_quiet(seen, 0.1)
