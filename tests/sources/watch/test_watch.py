"""A catalog that keeps itself up to date, with real files and whatever watches them on this system."""

import os
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import ctk
from ctk.catalog.lock import exclusive
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Store
from ctk.events import CatalogChanged, FilesVanished, JobChanged, PlaybackChanged, SourcesChanged
from ctk.jobs import Task
from ctk.records import NowPlaying, ScanReport, Source
from ctk.sources import partial, settle
from ctk.sources.scan import scan
from ctk.sources.watch import inotify, watch
from ctk.sources.watch.eye import Eye
from ctk.toolkit import Toolkit
from tests.sources.library import states, stem, wav
from tests.sources.watch.following import Counter, facts, followed, fresh, ids, rest, soon
from tests.sources.watch.world import World
from tests.volumes.drives import ext4_drive, images


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    for number in range(4):
        wav(folder / "Drums" / f"kick {number}.wav", number)
        wav(folder / "Drums" / "Loops" / f"loop {number}.wav", 10 + number)
        wav(folder / "Bass" / f"sub {number}.wav", 20 + number)
    return folder


@pytest.fixture
def toolkit(home: Path, root: Path) -> Iterator[Toolkit]:
    with followed(home, root) as toolkit:
        yield toolkit


def source(toolkit: Toolkit) -> Source:
    """The only one as the catalog has it, without a look where it is."""
    (found,) = toolkit.catalog.stats().sources
    return found


def age(root: Path) -> None:
    """As if nothing had happened in any folder for long: their times are trusted then."""
    for folder, _, _ in os.walk(root):
        os.utime(folder, (1, 1))


def is_as_fresh(toolkit: Toolkit, tmp_path: Path, *roots: Path) -> None:
    expected = fresh(tmp_path / f"fresh {time.monotonic_ns()}", *roots)
    soon(lambda: facts(toolkit), expected)


def test_a_new_file(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    wav(root / "Drums" / "snare.wav", 100)
    is_as_fresh(toolkit, tmp_path, root)
    assert str(root / "Drums" / "snare.wav") in ids(toolkit)


def test_an_edited_file_keeps_its_row(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    before = ids(toolkit)
    wav(root / "Drums" / "kick 1.wav", 100, frames=5000)
    is_as_fresh(toolkit, tmp_path, root)
    assert ids(toolkit) == before


def test_a_file_that_is_written_slowly(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    whole = wav(tmp_path / "whole.wav", 100, frames=50_000).read_bytes()
    target = root / "bounce.wav"
    looks = Counter()
    toolkit.events.subscribe(CatalogChanged, looks)
    with target.open("wb") as file:
        for start in range(0, len(whole), 5000):
            file.write(whole[start : start + 5000])
            file.flush()
            time.sleep(0.1)
    is_as_fresh(toolkit, tmp_path, root)
    assert states(toolkit)["bounce.wav"] == "ok"
    rest(toolkit)
    assert looks.count < 10


def test_a_deleted_file_is_missing_until_it_is_back(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    before = ids(toolkit)
    (root / "Drums" / "kick 1.wav").rename(tmp_path / "aside.wav")
    soon(lambda: states(toolkit)["kick 1.wav"], "missing")
    (tmp_path / "aside.wav").rename(root / "Drums" / "kick 1.wav")
    is_as_fresh(toolkit, tmp_path, root)
    assert ids(toolkit) == before


def test_what_moves_keeps_its_row(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    before = ids(toolkit)
    (root / "Drums" / "kick 1.wav").rename(root / "Drums" / "boom.wav")
    (root / "Drums" / "kick 2.wav").rename(root / "Bass" / "kick 2.wav")
    (root / "Drums" / "Loops").rename(root / "Loops")
    is_as_fresh(toolkit, tmp_path, root)
    after = ids(toolkit)
    assert after[str(root / "Drums" / "boom.wav")] == before[str(root / "Drums" / "kick 1.wav")]
    assert after[str(root / "Bass" / "kick 2.wav")] == before[str(root / "Drums" / "kick 2.wav")]
    assert after[str(root / "Loops" / "loop 3.wav")] == before[str(root / "Drums" / "Loops" / "loop 3.wav")]
    assert sorted(after.values()) == sorted(before.values())


def test_a_folder_renamed_on_and_on(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    before = ids(toolkit)
    name = root / "Drums"
    for number in range(20):
        name = name.rename(root / f"Drums {number}")
        time.sleep(0.1)
    is_as_fresh(toolkit, tmp_path, root)
    assert sorted(ids(toolkit).values()) == sorted(before.values())


def test_a_move_that_is_a_copy_first(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    """Between drives, file managers copy everything, and delete the originals at the end."""
    before = ids(toolkit)
    shutil.copytree(root / "Drums", root / "Copied")
    is_as_fresh(toolkit, tmp_path, root)
    rest(toolkit)
    shutil.rmtree(root / "Drums")
    is_as_fresh(toolkit, tmp_path, root)
    after = ids(toolkit)
    assert after[str(root / "Copied" / "kick 1.wav")] == before[str(root / "Drums" / "kick 1.wav")]


def test_look_alikes_are_told_apart(home: Path, root: Path, tmp_path: Path) -> None:
    for number in range(4):
        stem(root / "Stems" / f"{number}.wav", number)
    with followed(home, root) as toolkit:
        before = ids(toolkit)
        for number in range(4):
            (root / "Stems" / f"{number}.wav").rename(root / f"stem {3 - number}.wav")
        is_as_fresh(toolkit, tmp_path, root)
        after = ids(toolkit)
        for number in range(4):
            assert after[str(root / f"stem {3 - number}.wav")] == before[str(root / "Stems" / f"{number}.wav")]


def test_between_two_sources(home: Path, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "Other"
    wav(other / "far.wav", 200)
    with followed(home, root, other) as toolkit:
        before = ids(toolkit)
        (root / "Drums").rename(other / "Drums")
        (other / "far.wav").rename(root / "near.wav")
        is_as_fresh(toolkit, tmp_path, root, other)
        after = ids(toolkit)
        assert after[str(other / "Drums" / "kick 1.wav")] == before[str(root / "Drums" / "kick 1.wav")]
        assert after[str(root / "near.wav")] == before[str(other / "far.wav")]


def test_a_source_inside_another(home: Path, root: Path, tmp_path: Path) -> None:
    with followed(home, root, root / "Drums") as toolkit:
        wav(root / "Drums" / "Loops" / "new.wav", 100)
        wav(root / "Bass" / "new.wav", 101)
        is_as_fresh(toolkit, tmp_path, root, root / "Drums")
        inner = next(source for source in toolkit.sources.list() if source.path == str(root / "Drums"))
        toolkit.sources.remove(inner.id)
        rest(toolkit)
        wav(root / "Drums" / "Loops" / "newer.wav", 102)
        is_as_fresh(toolkit, tmp_path, root)


@pytest.mark.parametrize("count", [500, pytest.param(5000, marks=pytest.mark.long)])
def test_an_archive_unpacked(toolkit: Toolkit, root: Path, tmp_path: Path, count: int) -> None:
    archive = tmp_path / "pack.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for number in range(count):
            source = wav(tmp_path / "one.wav", 1000 + number, frames=200)
            file.write(source, f"Pack/{number % 20}/deep/{number}.wav")
    batches = Counter()
    toolkit.events.subscribe(JobChanged, lambda event: batches(event) if event.status.state == "done" else None)
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(archive), str(root)], check=True)
    soon(lambda: len(facts(toolkit)), 12 + count)
    is_as_fresh(toolkit, tmp_path, root)
    assert batches.count < 12


def test_folders_made_deep_and_filled_at_once(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    for number in range(100):
        wav(root / f"New {number}" / "a" / "b" / "c" / "d.wav", 100 + number, frames=20)
    is_as_fresh(toolkit, tmp_path, root)


def test_a_tree_that_is_brought_in_whole(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    for number in range(30):
        wav(tmp_path / "Pack" / f"{number % 3}" / "x" / f"{number}.wav", 100 + number, frames=20)
    (tmp_path / "Pack").rename(root / "Pack")
    is_as_fresh(toolkit, tmp_path, root)
    wav(root / "Pack" / "1" / "x" / "later.wav", 999)
    is_as_fresh(toolkit, tmp_path, root)


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems where anybody may make links")
def test_links(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    wav(tmp_path / "Outside" / "Pack" / "far.wav", 300)
    wav(tmp_path / "Outside" / "farther.wav", 301)
    (root / "linked").symlink_to(tmp_path / "Outside" / "Pack")
    (root / "Bass" / "linked.wav").symlink_to(tmp_path / "Outside" / "farther.wav")
    (root / "Bass" / "twice.wav").symlink_to(root / "Bass" / "sub 1.wav")
    (root / "Bass" / "up").symlink_to(root)
    is_as_fresh(toolkit, tmp_path, root)
    assert len(facts(toolkit)) == 14
    wav(root / "Bass" / "beside links.wav", 302)
    (root / "linked").unlink()
    is_as_fresh(toolkit, tmp_path, root)
    (root / "Bass" / "linked.wav").unlink()
    is_as_fresh(toolkit, tmp_path, root)


def test_trash_and_temporary_files_are_of_no_concern(toolkit: Toolkit, root: Path) -> None:
    changes = Counter()
    toolkit.events.subscribe(CatalogChanged, changes)
    wav(root / ".Trash-1000" / "files" / "old.wav", 100)
    (root / "Drums" / "notes.txt").write_text("nothing")
    (root / "Drums" / "kick 1.asd").write_bytes(b"analysis")
    time.sleep(1)
    rest(toolkit)
    assert changes.count == 0


def test_batches_do_not_stir_up_anything(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    before = ids(toolkit)
    plan = toolkit.batch.plan_move([before[str(root / "Drums" / f"kick {number}.wav")] for number in range(4)], root)
    toolkit.batch.apply(plan).result(30)
    is_as_fresh(toolkit, tmp_path, root)
    rest(toolkit)
    after = ids(toolkit)
    assert {after[str(root / f"kick {number}.wav")] for number in range(4)} <= set(before.values())
    toolkit.batch.apply(toolkit.batch.plan_remove([after[str(root / "kick 1.wav")]])).result(30)
    rest(toolkit)
    assert toolkit.catalog.search("is:held").total == 1
    toolkit.batch.undo().result(30)
    toolkit.batch.undo().result(30)
    rest(toolkit)
    assert ids(toolkit) == before
    is_as_fresh(toolkit, tmp_path, root)


def test_very_many_files_gone_are_asked_about(home: Path, root: Path) -> None:
    for number in range(60):
        wav(root / "Pack" / f"{number}.wav", 100 + number, frames=20)
    told: list[FilesVanished] = []
    with followed(home, root) as toolkit:
        toolkit.events.subscribe(FilesVanished, told.append)
        shutil.rmtree(root / "Pack")
        soon(lambda: len(told), 1)
        assert (told[0].vanished[0].gone, told[0].vanished[0].files) == (60, 72)
        assert "missing" not in states(toolkit).values()
        toolkit.sources.scan(accept_missing=True).result(30)
        assert list(states(toolkit).values()).count("missing") == 60


def test_sources_that_are_added_and_removed(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "Other"
    wav(other / "far.wav", 200)
    toolkit.sources.scan([other]).result(30)
    rest(toolkit)
    wav(other / "farther.wav", 201)
    is_as_fresh(toolkit, tmp_path, root, other)
    gone = next(source for source in toolkit.sources.list() if source.path == str(other))
    toolkit.sources.remove(gone.id)
    rest(toolkit)
    wav(other / "farthest.wav", 202)
    wav(root / "near.wav", 203)
    is_as_fresh(toolkit, tmp_path, root)


def test_a_source_that_goes_and_comes_back(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    changes = Counter()
    toolkit.events.subscribe(SourcesChanged, changes)
    before = ids(toolkit)
    drawer = tmp_path / "drawer" / "drawer"
    drawer.parent.mkdir()
    root.rename(drawer)
    soon(lambda: source(toolkit).state, "offline")
    assert set(states(toolkit).values()) == {"offline"}
    wav(drawer / "Drums" / "meanwhile.wav", 100)
    drawer.rename(root)
    soon(lambda: source(toolkit).state, "ok")
    is_as_fresh(toolkit, tmp_path, root)
    assert before.items() <= ids(toolkit).items()
    assert changes.count >= 2
    wav(root / "Drums" / "afterwards.wav", 101)
    is_as_fresh(toolkit, tmp_path, root)


@images
def test_a_drive_that_is_unplugged_and_comes_back_elsewhere(home: Path, tmp_path: Path) -> None:
    with ext4_drive(tmp_path / "drive.img") as drive, ext4_drive(tmp_path / "other.img", label="OTHER") as other:
        first = drive.plug_in(tmp_path / "first")
        wav(first / "Samples" / "Drums" / "kick.wav", 1)
        with followed(home, first / "Samples") as toolkit:
            wav(first / "Samples" / "Drums" / "snare.wav", 2)
            soon(lambda: len(facts(toolkit)), 2)
            before = ids(toolkit)
            rest(toolkit)
            subprocess.run(["umount", first], check=True)  # being watched is no reason to be busy
            soon(lambda: source(toolkit).state, "offline")
            wav(other.plug_in(first) / "Samples" / "Drums" / "other.wav", 3)
            time.sleep(watch.TICK_S * 1.5)
            assert source(toolkit).state == "offline"
            assert set(states(toolkit).values()) == {"offline"}
            second = drive.plug_in(tmp_path / "second")
            soon(lambda: source(toolkit).path, str(second / "Samples"))
            rest(toolkit)
            wav(second / "Samples" / "New" / "new.wav", 4)
            is_as_fresh(toolkit, tmp_path, second / "Samples")
            assert {Path(path).name: id for path, id in before.items()}.items() <= {
                Path(path).name: id for path, id in ids(toolkit).items()
            }.items()


def test_what_happened_while_nobody_watched(home: Path, root: Path, tmp_path: Path) -> None:
    with followed(home, root) as toolkit:
        before = ids(toolkit)
        age(root)
        toolkit.sources.scan().result(30)
    wav(root / "Drums" / "snare.wav", 100)
    wav(root / "New" / "deep" / "new.wav", 101)
    (root / "Bass").rename(root / "Low")
    with ctk.open(home) as toolkit:
        toolkit.sources.watch(True)
        is_as_fresh(toolkit, tmp_path, root)
        assert ids(toolkit)[str(root / "Low" / "sub 1.wav")] == before[str(root / "Bass" / "sub 1.wav")]


def test_lost_events(toolkit: Toolkit, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    following = toolkit.sources._watch
    assert following is not None
    eye = following._eye
    if not isinstance(eye, inotify.Inotify):
        pytest.skip("only on Linux are losses told")
    monkeypatch.setattr(eye, "_see_file", lambda *_: None)
    wav(root / "Drums" / "unseen.wav", 100)
    wav(root / "Drums" / "kick 1.wav", 101)
    time.sleep(1)
    assert len(facts(toolkit)) == 12
    monkeypatch.undo()
    eye.see(inotify.Event(-1, inotify.Q_OVERFLOW, b""))
    is_as_fresh(toolkit, tmp_path, root)


def test_more_folders_than_may_be_watched(
    home: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(inotify, "limit", lambda: 3)
    monkeypatch.setattr(watch, "BLIND_EVERY_S", 0.2)
    monkeypatch.setattr(watch, "TICK_S", 0.1)
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(30)
        toolkit.sources.watch(True)
        soon(lambda: list(toolkit.sources.unwatched()), [str(root)])
        wav(root / "Drums" / "snare.wav", 100)
        (root / "Bass" / "sub 1.wav").unlink()
        is_as_fresh(toolkit, tmp_path, root)
        soon(lambda: caplog.text.count("instead of being watched"), 1)
    assert caplog.text.count("instead of being watched") == 1


def test_nothing_can_be_watched(home: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no more of these")

    monkeypatch.setattr(inotify, "Inotify", refuse)
    monkeypatch.setattr(watch, "BLIND_EVERY_S", 0.2)
    monkeypatch.setattr(watch, "TICK_S", 0.1)
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(30)
        toolkit.sources.watch(True)
        soon(lambda: list(toolkit.sources.unwatched()), [str(root)])
        wav(root / "Drums" / "snare.wav", 100)
        is_as_fresh(toolkit, tmp_path, root)


def test_a_full_check_when_nobody_is_at_work(
    home: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "IDLE_S", 0.3)
    monkeypatch.setattr(watch, "FULL_EVERY_S", 0.0)
    monkeypatch.setattr(watch, "TICK_S", 0.1)
    edited = root / "Drums" / "kick 1.wav"
    age(root)
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(30)
    wav(edited, 100, frames=5000)  # in place: no folder tells
    with ctk.open(home) as toolkit:
        toolkit.sources.watch(True)
        toolkit.events.emit(PlaybackChanged(NowPlaying("playing")))
        time.sleep(1)
        assert toolkit.catalog.search("kick 1").rows[0].size_bytes != edited.stat().st_size
        toolkit.events.emit(PlaybackChanged(NowPlaying("stopped")))
        is_as_fresh(toolkit, tmp_path, root)


def test_a_full_check_gives_way(toolkit: Toolkit, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "IDLE_S", 0.5)
    whole = scan
    begun = threading.Event()

    def slow(store: Store, roots: Sequence[Root], here: Sequence[Root], task: Task, **options: Any) -> ScanReport:
        if not begun.is_set():
            begun.set()
            while True:
                task.check()
                time.sleep(0.01)
        return whole(store, roots, here, task, **options)

    monkeypatch.setattr("ctk.sources.watch.renewal.scan", slow)
    following = toolkit.sources._watch
    assert following is not None
    next(iter(following._followed.values())).dirt.lost()
    assert begun.wait(20)
    wav(root / "Drums" / "snare.wav", 100)
    asked = time.monotonic()
    assert toolkit.sources.scan().result(20).added == 1
    assert time.monotonic() - asked < 5
    is_as_fresh(toolkit, tmp_path, root)


def test_others_come_first(toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
    """A change is looked at when the batch, or another scan, has ended."""
    free, begun = threading.Event(), threading.Event()

    def work(task: Task) -> None:
        with exclusive(toolkit.home / "scan.lock", task.check):
            begun.set()
            free.wait(20)

    job = toolkit.jobs.start("Something else", work)
    begun.wait(20)
    wav(root / "Drums" / "snare.wav", 100)
    time.sleep(1)
    assert len(facts(toolkit)) == 12
    free.set()
    job.result(20)
    is_as_fresh(toolkit, tmp_path, root)


@pytest.mark.logs_errors
def test_what_failed_is_tried_again(
    toolkit: Toolkit, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "RETRY_S", 0.2)
    tries: list[float] = []
    scan_some = partial.scan_some

    def fail(*args: object, **options: object) -> object:
        tries.append(time.monotonic())
        if len(tries) < 3:
            raise RuntimeError("something nobody thought of")
        return scan_some(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("ctk.sources.watch.renewal.scan_some", fail)
    wav(root / "Drums" / "snare.wav", 100)
    is_as_fresh(toolkit, tmp_path, root)
    assert len(tries) >= 3


@pytest.mark.logs_errors
def test_a_mishap_is_not_the_end(toolkit: Toolkit, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    following = toolkit.sources._watch
    assert following is not None

    def fail(eye: Eye) -> None:
        raise RuntimeError("something nobody thought of")

    with monkeypatch.context() as patch:
        patch.setattr(following, "_follow", fail)
        time.sleep(watch.TICK_S * 1.2)
    wav(root / "Drums" / "snare.wav", 100)
    is_as_fresh(toolkit, tmp_path, root)


def test_on_and_off(home: Path, root: Path, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(30)
        toolkit.sources.watch(False)
        for _ in range(3):
            toolkit.sources.watch(True)
            toolkit.sources.watch(True)
            toolkit.sources.watch(False)
            toolkit.sources.watch(False)
        wav(root / "Drums" / "unseen.wav", 100)
        time.sleep(1)
        assert len(facts(toolkit)) == 12
        toolkit.sources.watch(True)
        is_as_fresh(toolkit, tmp_path, root)
    soon(lambda: [thread for thread in set(threading.enumerate()) - before if "watch" in thread.name], [])


@pytest.mark.parametrize("busy_s", [0.0, 0.2, 0.5, 0.8])
def test_everything_ends_at_once(home: Path, root: Path, busy_s: float) -> None:
    before = set(threading.enumerate())
    with followed(home, root):
        for number in range(300):
            wav(root / "Pack" / f"{number}.wav", 100 + number, frames=20)
        time.sleep(busy_s)
        asked = time.monotonic()
    assert time.monotonic() - asked < 2
    assert not [thread for thread in set(threading.enumerate()) - before if thread.name.startswith(("watch", "job"))]


def test_nothing_is_looked_at_before_it_is_asked_for(home: Path, root: Path) -> None:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(30)
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("watch")]
        asked = time.monotonic()
        toolkit.sources.watch(True)
        assert time.monotonic() - asked < 0.5


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 20))])
def test_whatever_happens_the_catalog_is_as_a_fresh_one(
    toolkit: Toolkit, root: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle, "MANY_FILES", 10_000)
    world = World(root, seed)
    for _ in range(40):
        world.write()
    is_as_fresh(toolkit, tmp_path, root)
    before = world.known_by_content(ids(toolkit))
    for _ in range(3):
        for _ in range(60):
            world.happen()
            time.sleep(world.pause_s())
        is_as_fresh(toolkit, tmp_path, root)
        rest(toolkit)
        after = world.known_by_content(ids(toolkit))
        still = before.keys() & after.keys()
        assert still
        assert {content: after[content] for content in still} == {content: before[content] for content in still}
        before = after
