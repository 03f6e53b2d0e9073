"""The eye of Linux, on real folders."""

import ctypes
import errno
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("only on Linux is there inotify", allow_module_level=True)

from ctk.sources.changes import Changes
from ctk.sources.watch import inotify
from ctk.sources.watch.dirt import WRITING_S
from ctk.sources.watch.inotify import Event, Inotify
from tests.sources.watch.eyes import gathered, go_on, is_quiet, put, tree, watched

pytestmark = pytest.mark.usefixtures("hurried")


@pytest.fixture
def eye() -> Iterator[Inotify]:
    eye = Inotify()
    yield eye
    eye.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    put(folder / "Drums" / "kick.wav")
    put(folder / "Drums" / "Loops" / "loop.wav")
    put(folder / "Bass" / "sub.wav")
    return folder


def changed(*folders: str) -> Changes:
    return Changes(folders=frozenset(folders))


def test_a_file_that_comes_changes_and_goes(eye: Inotify, root: Path) -> None:
    seen = watched(eye, root)
    assert is_quiet(seen)
    put(root / "Drums" / "snare.wav")
    assert gathered(seen) == changed("Drums")
    with (root / "Drums" / "snare.wav").open("ab") as file:
        file.write(b"more")
    assert gathered(seen) == changed("Drums")
    os.utime(root / "Drums" / "snare.wav", (1, 1))
    assert gathered(seen) == changed("Drums")
    (root / "Drums" / "snare.wav").unlink()
    assert gathered(seen) == changed("Drums")


def test_a_file_is_told_of_when_it_is_closed(eye: Inotify, root: Path) -> None:
    seen = watched(eye, root)
    with (root / "bounce.wav").open("wb") as file:
        for _ in range(20):
            file.write(b"more")
            file.flush()
            time.sleep(WRITING_S / 10)
            assert seen.dirt.wait_s() != 0
        assert seen.dirt.take() == Changes(writing=frozenset({("", "bounce.wav")}))
    assert gathered(seen) == changed("")


def test_other_files_are_of_no_concern(eye: Inotify, root: Path) -> None:
    seen = watched(eye, root)
    put(root / "Drums" / "notes.txt")
    put(root / "Drums" / "._kick.wav")
    (root / "Drums" / "notes.txt").rename(root / "notes.md")
    (root / "notes.md").unlink()
    (root / "Drums" / "kick.wav").read_bytes()
    assert is_quiet(seen)
    put(root / "Drums" / "part.tmp").rename(root / "Drums" / "whole.wav")
    assert gathered(seen) == changed("Drums")


def test_a_file_that_moves_is_told_of_on_both_sides(eye: Inotify, root: Path) -> None:
    seen = watched(eye, root)
    (root / "Drums" / "kick.wav").rename(root / "Bass" / "kick.wav")
    assert gathered(seen) == changed("Drums", "Bass")


def test_what_comes_with_a_folder_is_watched_from_then_on(eye: Inotify, root: Path) -> None:
    seen = watched(eye, root)
    for number in range(50):
        put(root / f"New {number}" / "a" / "b" / "c" / "at once.wav")
    told = gathered(seen)
    assert {f"New {number}" for number in range(50)} <= told.trees
    for number in range(50):
        put(root / f"New {number}" / "a" / "b" / "c" / "later.wav")
    told = gathered(seen)
    assert {f"New {number}/a/b/c" for number in range(50)} <= told.folders


def test_a_folder_that_moves_is_known_by_its_new_name(eye: Inotify, root: Path) -> None:
    seen = watched(eye, root)
    (root / "Drums").rename(root / "Percussion")
    assert gathered(seen) == Changes(frozenset({""}), frozenset({"Percussion"}))
    put(root / "Percussion" / "Loops" / "new.wav")
    assert gathered(seen) == changed("Percussion/Loops")


def test_a_folder_that_leaves_is_no_longer_watched(eye: Inotify, root: Path, tmp_path: Path) -> None:
    seen = watched(eye, root)
    (root / "Drums").rename(tmp_path / "elsewhere")
    assert gathered(seen) == changed("")
    put(tmp_path / "elsewhere" / "Loops" / "new.wav")
    put(tmp_path / "elsewhere" / "new.wav")
    assert is_quiet(seen)
    (tmp_path / "elsewhere").rename(root / "Back")
    assert gathered(seen) == Changes(trees=frozenset({"Back"}))
    put(root / "Back" / "Loops" / "newer.wav")
    assert gathered(seen) == changed("Back/Loops")


def test_a_folder_that_is_deleted(eye: Inotify, root: Path) -> None:
    seen = watched(eye, root)
    shutil.rmtree(root / "Drums")
    assert "" in gathered(seen).folders
    put(root / "Drums" / "again.wav")
    assert gathered(seen).trees == {"Drums"}


def test_trash_is_not_watched(eye: Inotify, root: Path) -> None:
    put(root / ".Trash-1000" / "files" / "old.wav")
    seen = watched(eye, root)
    put(root / ".Trash-1000" / "files" / "older.wav")
    put(root / ".ctk-held" / "1" / "held.wav")
    assert is_quiet(seen)


def test_links_are_a_question_to_the_whole_source(eye: Inotify, root: Path, tmp_path: Path) -> None:
    put(tmp_path / "outside" / "Pack" / "far.wav")
    seen = watched(eye, root)
    (root / "linked").symlink_to(tmp_path / "outside")
    assert gathered(seen).whole
    put(tmp_path / "outside" / "Pack" / "farther.wav")
    assert gathered(seen) == changed("linked/Pack")
    (root / "linked").unlink()
    assert gathered(seen).whole
    put(tmp_path / "outside" / "Pack" / "farthest.wav")
    assert is_quiet(seen)


def test_a_source_inside_another_is_its_own(eye: Inotify, root: Path) -> None:
    outer, inner = watched(eye, root, 1, root / "Drums"), watched(eye, root / "Drums", 2, root)
    put(root / "Drums" / "Loops" / "new.wav")
    assert gathered(inner) == changed("Loops")
    assert is_quiet(outer)
    eye.leave(2)
    outer = watched(eye, root, 1)
    put(root / "Drums" / "Loops" / "newer.wav")
    assert gathered(outer) == changed("Drums/Loops")


def test_a_root_that_goes_is_in_doubt(eye: Inotify, root: Path) -> None:
    seen = watched(eye, root)
    root.rename(root.with_name("Elsewhere"))
    assert gathered(seen).doubtful


def test_what_is_left_is_not_told_of(eye: Inotify, root: Path) -> None:
    seen = watched(eye, root)
    eye.leave(seen.id)
    put(root / "Drums" / "snare.wav")
    assert is_quiet(seen)
    eye.leave(seen.id)


def test_names_that_are_no_text(eye: Inotify, root: Path) -> None:
    seen = watched(eye, root)
    folder = os.fsencode(root) + b"/caf\xe9"
    os.mkdir(folder)
    assert gathered(seen).trees == {os.fsdecode(b"caf\xe9")}
    with open(folder + b"/n\xe4.wav", "wb"):
        pass
    assert gathered(seen) == changed(os.fsdecode(b"caf\xe9"))


def test_events_that_were_lost(eye: Inotify, root: Path) -> None:
    seen = watched(eye, root)
    eye.see(Event(-1, inotify.Q_OVERFLOW, b""))
    assert gathered(seen) == Changes(whole=True)
    put(root / "Drums" / "Loops" / "new.wav")
    assert gathered(seen) == changed("Drums/Loops")


@pytest.mark.long
def test_more_happens_than_the_system_keeps(root: Path) -> None:
    """Events wait while this eye is busy with others, until the system drops some and says so."""
    eye = Inotify()
    seen = watched(eye, root)
    with eye._lock:  # whoever looks something up waits
        for number in range(20_000):
            (root / "Drums" / f"{number}.wav").touch()
    try:
        assert gathered(seen).whole
    finally:
        eye.close()


def test_too_many_folders(root: Path) -> None:
    eye = Inotify(most=5)
    try:
        small = watched(eye, root)
        assert not eye.blind
        for number in range(3):
            (root / f"{number}").mkdir()
        assert gathered(small).doubtful
        assert "folders" in eye.blind[small.id]
        put(root / "Drums" / "snare.wav")
        assert is_quiet(small)
        eye.leave(small.id)
        assert not eye.blind
        big = watched(eye, root)
        assert big.id in eye.blind
    finally:
        eye.close()


def test_the_system_has_no_more_watches(eye: Inotify, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        """A system in which other programs watch as many folders as may be."""

        def inotify_add_watch(self, inotify: int, path: bytes, mask: int) -> int:
            ctypes.set_errno(errno.ENOSPC)
            return -1

    monkeypatch.setattr(eye, "_libc", Full())
    seen = watched(eye, root)
    assert seen.id in eye.blind


def test_watches_are_given_back(root: Path) -> None:
    eye = Inotify(most=10)
    try:
        seen = watched(eye, root)
        for number in range(100):
            (root / "Drums").rename(root / f"{number}")
            (root / f"{number}").rename(root / "Drums")
            put(root / f"New {number}" / "snare.wav")
            shutil.rmtree(root / f"New {number}")
            time.sleep(0.001)
        gathered(seen)
        watched(eye, root)
        assert not eye.blind
    finally:
        eye.close()


def test_a_folder_that_may_not_be_read(eye: Inotify, root: Path) -> None:
    (root / "Bass").chmod(0)
    seen = watched(eye, root)
    put(root / "Drums" / "snare.wav")
    assert gathered(seen) == changed("Drums")
    (root / "Bass").chmod(0o755)


def test_closing_ends_everything(root: Path) -> None:
    before = set(threading.enumerate())
    descriptors = len(os.listdir("/proc/self/fd"))
    eye = Inotify()
    seen = watched(eye, root)
    eye.close()
    eye.close()
    assert set(threading.enumerate()) == before
    assert len(os.listdir("/proc/self/fd")) == descriptors
    put(root / "Drums" / "snare.wav")
    assert is_quiet(seen, 0.1)


def test_a_root_that_is_not_there(eye: Inotify, tmp_path: Path) -> None:
    seen = tree(tmp_path / "nowhere")
    eye.watch(seen, go_on)
    assert not eye.blind
    assert is_quiet(seen, 0.1)
