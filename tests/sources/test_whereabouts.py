"""Sources that were renamed, located by hand, or whose drives do not answer."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import ctk
from ctk.catalog import presence
from ctk.errors import NotFound, SourceError
from ctk.records import Source
from ctk.sources import sources, whereabouts
from ctk.toolkit import Toolkit
from tests.sources.library import ids, rows, scan, stem, unplug, wav

posix = pytest.mark.skipif(os.name == "nt", reason="only on POSIX may anybody make links")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    for number in range(12):
        wav(folder / f"Pack {number % 3}" / f"{number}.wav", number, frames=60)
    return folder


@pytest.fixture
def toolkit(home: Path, root: Path) -> Iterator[Toolkit]:
    with ctk.open(home) as opened:
        opened.sources.scan([root]).result(60)
        yield opened


def the_source(toolkit: Toolkit) -> Source:
    (source,) = toolkit.sources.list()
    return source


def test_a_renamed_root_is_found_beside_its_old_place(home: Path, root: Path, opened: list[str]) -> None:
    scan(home, root)
    before = ids(home, root)
    shutil.copytree(root, root.with_name("Samples backup"))
    now = root.rename(root.with_name("Sounds"))
    opened.clear()
    report = scan(home)
    assert (report.unchanged, report.missing, report.offline, opened) == (12, 0, (), [])
    assert ids(home, now) == before
    with ctk.open(home) as toolkit:
        assert the_source(toolkit).path == str(now)


def test_a_renamed_folder_above_the_root(home: Path, tmp_path: Path, root: Path, opened: list[str]) -> None:
    scan(home, root)
    before = ids(home, root)
    above = tmp_path / "Music" / "All"
    above.mkdir(parents=True)
    with ctk.open(home) as toolkit:
        toolkit.sources.locate(the_source(toolkit).id, path=root.rename(above / "Samples"))
    (tmp_path / "Music").rename(tmp_path / "Musik")
    opened.clear()
    assert (scan(home).unchanged, opened) == (12, [])
    assert ids(home, tmp_path / "Musik" / "All" / "Samples") == before


def test_a_copy_beside_a_source_that_left_is_not_the_source(home: Path, root: Path) -> None:
    scan(home, root)
    shutil.copytree(root, root.with_name("Samples backup"))
    unplug(root)
    report = scan(home)
    assert (report.offline, report.files) == ((str(root),), 0)


def test_sources_inside_each_other_are_renamed_together(home: Path, root: Path) -> None:
    scan(home, root, root / "Pack 1")
    before = ids(home, root)
    now = root.rename(root.with_name("Sounds"))
    assert scan(home).unchanged == 12
    with ctk.open(home) as toolkit:
        assert [source.path for source in toolkit.sources.list()] == [str(now), str(now / "Pack 1")]
    assert ids(home, now) == before


class TestLocate:
    def test_in_another_folder(
        self, toolkit: Toolkit, home: Path, root: Path, tmp_path: Path, opened: list[str]
    ) -> None:
        before = ids(home, root)
        there = tmp_path / "far" / "away" / "Sounds"
        there.parent.mkdir(parents=True)
        root.rename(there)
        toolkit.sources.scan().result(60)
        assert the_source(toolkit).state == "offline"
        opened.clear()
        source = toolkit.sources.locate(the_source(toolkit).id, path=there)
        assert (source.path, source.state, source.files) == (str(there), "ok", 12)
        assert ids(home, there) == before
        assert toolkit.catalog.search("source:away").total == 12
        assert toolkit.sources.scan().result(60).unchanged == 12
        assert opened == []

    def test_a_folder_with_other_files_is_refused(self, toolkit: Toolkit, root: Path, tmp_path: Path) -> None:
        unplug(root)
        toolkit.sources.scan().result(60)
        wav(tmp_path / "Other" / "Pack 1" / "1.wav", 1, frames=70)
        source = the_source(toolkit)
        with pytest.raises(SourceError, match="does not hold the files of"):
            toolkit.sources.locate(source.id, path=tmp_path / "Other")
        with pytest.raises(SourceError, match="no such folder"):
            toolkit.sources.locate(source.id, path=tmp_path / "nowhere")
        with pytest.raises(NotFound):
            toolkit.sources.locate(99, path=tmp_path / "Other")
        assert the_source(toolkit) == source

    def test_most_of_it_is_enough(self, toolkit: Toolkit, root: Path) -> None:
        there = unplug(root)
        shutil.rmtree(there / "Pack 0")
        wav(there / "new.wav", 77)
        source = toolkit.sources.locate(the_source(toolkit).id, path=there)
        assert source.path == str(there)
        report = toolkit.sources.scan().result(60)
        assert (report.unchanged, report.added, report.missing) == (8, 1, 4)

    def test_a_source_that_stands_there_becomes_one_with_it(self, toolkit: Toolkit, home: Path, root: Path) -> None:
        before = ids(home, root)
        there = unplug(root)
        wav(there / "new.wav", 78)
        toolkit.sources.scan([there]).result(60)
        assert len(toolkit.sources.list()) == 2
        first = toolkit.sources.list()[0]
        assert toolkit.sources.locate(first.id, path=there).files == 13
        assert the_source(toolkit).path == str(there)
        assert before.items() <= ids(home, there).items()
        assert toolkit.sources.scan().result(60).unchanged == 13

    def test_into_another_source(self, toolkit: Toolkit, home: Path, root: Path, tmp_path: Path) -> None:
        """Its rows win over those that the other source has of the same files."""
        before = ids(home, root)
        library = tmp_path / "Library"
        wav(library / "own.wav", 500)
        root.rename(library / "Samples")
        toolkit.sources.scan([library]).result(60)
        inner = next(source for source in toolkit.sources.list() if source.path == str(root))
        toolkit.sources.locate(inner.id, path=library / "Samples")
        assert {source.path: source.files for source in toolkit.sources.list()} == {
            str(library): 1,
            str(library / "Samples"): 12,
        }
        assert {name: id for name, id in ids(home, library / "Samples").items() if name in before} == before
        assert toolkit.sources.scan().result(60).unchanged == 13

    def test_while_a_scan_is_going_on(
        self, toolkit: Toolkit, home: Path, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sources, "LOCK_S", 0.2)
        from ctk.catalog.lock import exclusive

        with exclusive(home / "scan.lock", lambda: None), pytest.raises(SourceError, match="is going on"):
            toolkit.sources.locate(the_source(toolkit).id, path=root)


class TestSilentDrives:
    """Network drives whose server is gone: whatever asks them waits."""

    @pytest.fixture
    def silent(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        """A folder on such a drive; silent from when ``.hush`` is in the folder beside it."""
        folder, speak = tmp_path / "NAS", threading.Event()
        for number in range(5):
            wav(folder / f"{number}.wav", 700 + number)
        look = presence.glance

        def glance(root, *args, **more):  # type: ignore[no-untyped-def]
            if root.path == str(folder) and (tmp_path / "hush").exists():
                speak.wait(60)
            return look(root, *args, **more)

        monkeypatch.setattr(whereabouts, "glance", glance)
        monkeypatch.setattr(presence, "glance", glance)
        monkeypatch.setattr(sources, "PATIENCE_S", 1.5)
        yield folder
        speak.set()

    def test_a_scan_goes_on_without_it(self, toolkit: Toolkit, root: Path, silent: Path, tmp_path: Path) -> None:
        assert toolkit.sources.scan([silent]).result(60).added == 5
        (tmp_path / "hush").touch()
        wav(root / "new.wav", 900)
        report = toolkit.sources.scan().result(30)
        assert (report.files, report.added, report.offline, report.missing) == (13, 1, (str(silent),), 0)
        assert [source.state for source in toolkit.sources.list()] == ["ok", "offline"]
        assert toolkit.catalog.search("is:offline").total == 5

    def test_the_list_shows_what_was_known(self, toolkit: Toolkit, silent: Path, tmp_path: Path) -> None:
        toolkit.sources.scan([silent]).result(60)
        (tmp_path / "hush").touch()
        assert not toolkit.sources.refresh_presence(0.2)
        assert [source.state for source in toolkit.sources.list()] == ["ok", "ok"]


def test_when_it_was_seen_and_read(home: Path, root: Path) -> None:
    with ctk.open(home) as toolkit:
        added = toolkit.sources.add(root)
        assert (added.scanned_s, added.files) == (None, 0)
        toolkit.sources.scan().result(60)
        first = the_source(toolkit)
        assert first.scanned_s is not None and first.seen_s is not None and first.volume
    unplug(root)
    scan(home)
    with ctk.open(home) as toolkit:
        gone = the_source(toolkit)
        assert (gone.state, gone.seen_s, gone.scanned_s, gone.volume) == (
            "offline",
            first.seen_s,
            first.scanned_s,
            first.volume,
        )


def test_counters(home: Path, root: Path) -> None:
    (root / "Pack 0" / "bad.wav").write_bytes(b"RIFF")
    scan(home, root)
    (root / "Pack 1" / "1.wav").unlink()
    scan(home)
    with ctk.open(home) as toolkit:
        source = the_source(toolkit)
        assert (source.files, source.missing, source.problems, source.cloud) == (12, 1, 1, 0)
        assert toolkit.catalog.stats().files == 12


class TestProtect:
    def test_on_and_off(self, toolkit: Toolkit, root: Path) -> None:
        id = the_source(toolkit).id
        assert not the_source(toolkit).protected
        toolkit.sources.protect(id)
        assert the_source(toolkit).protected
        assert toolkit.batch.protected() == [str(root)]
        assert toolkit.batch.plan_remove([rows(toolkit.home)[0].id]).steps == ()
        toolkit.sources.protect(id, on=False)
        assert (the_source(toolkit).protected, toolkit.batch.protected()) == (False, [])

    def test_by_a_folder_around_it(self, toolkit: Toolkit, root: Path) -> None:
        toolkit.batch.protect(root.parent)
        assert the_source(toolkit).protected
        toolkit.batch.protect(root.parent, on=False)
        toolkit.batch.protect(root / "Pack 1")
        assert not the_source(toolkit).protected

    def test_no_such_source(self, toolkit: Toolkit) -> None:
        with pytest.raises(NotFound):
            toolkit.sources.protect(99)


@posix
def test_a_link_to_the_root_that_leads_elsewhere_now(home: Path, tmp_path: Path, root: Path) -> None:
    """What was behind it is what counts."""
    link = tmp_path / "link"
    link.symlink_to(root)
    scan(home, link)
    before = ids(home, link)
    other = stem(tmp_path / "Other" / "Pack 0" / "0.wav", 5).parent.parent
    link.unlink()
    link.symlink_to(other)
    report = scan(home)
    assert (report.unchanged, report.missing, report.added) == (12, 0, 0)
    assert ids(home, root) == before
