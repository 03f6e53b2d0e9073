"""Scans of some folders: what they look at, what they leave alone, and what is too much for them."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ctk.catalog import folder_times, rows, source_rows
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Store, revision_of
from ctk.jobs import Task
from ctk.records import ScanReport
from ctk.sources import partial
from ctk.sources.changes import Changes
from ctk.sources.partial import scan_some
from ctk.sources.scan import close_books, scan
from tests.sources.library import stem, wav
from tests.sources.test_freshness import age


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "catalog.db")
    yield store
    store.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    wav(folder / "Drums" / "kick.wav", 1)
    wav(folder / "Drums" / "Loops" / "loop.wav", 2)
    wav(folder / "Bass" / "sub.wav", 3)
    age(folder)
    return folder


@pytest.fixture
def source(store: Store, root: Path) -> Root:
    """Scanned once."""
    return scanned(store, root)


def scanned(store: Store, root: Path) -> Root:
    source = added(store, root)
    scan(store, [source], source_rows.roots(store.read()), task(), full=False, workers=1)
    return added(store, root)


def added(store: Store, root: Path) -> Root:
    source_id = store.write(lambda connection: source_rows.add(connection, str(root))).result()
    return next(source for source in source_rows.roots(store.read()) if source.id == source_id)


def task() -> Task:
    return Task(lambda progress: None)


def look(store: Store, source: Root, changes: Changes) -> ScanReport:
    outcome = scan_some(store, {source: changes}, source_rows.roots(store.read()), task(), workers=1)
    assert not outcome.unclear
    return outcome.report


def folders(*names: str) -> Changes:
    return Changes(folders=frozenset(names))


def states(store: Store) -> dict[str, str]:
    found = store.read().execute("SELECT f.path, s.name, s.state FROM sounds s JOIN folders f ON f.id = s.folder_id")
    return {os.fsdecode(os.path.join(folder, name)): state for folder, name, state in found}


def counts(report: ScanReport) -> tuple[int, int, int, int, int]:
    return report.added, report.changed, report.moved, report.unchanged, report.missing


def test_only_the_folders_that_changed_are_looked_at(store: Store, root: Path, source: Root) -> None:
    wav(root / "Drums" / "snare.wav", 4)
    wav(root / "Bass" / "unseen.wav", 5)
    assert counts(look(store, source, folders("Drums"))) == (1, 0, 0, 1, 0)
    assert states(store).keys() == {"Drums/kick.wav", "Drums/snare.wav", "Drums/Loops/loop.wav", "Bass/sub.wav"}


def test_a_file_that_is_gone_from_its_folder(store: Store, root: Path, source: Root) -> None:
    (root / "Drums" / "kick.wav").unlink()
    (root / "Bass" / "sub.wav").unlink()
    assert counts(look(store, source, folders("Drums"))) == (0, 0, 0, 0, 1)
    assert states(store) == {"Drums/kick.wav": "missing", "Drums/Loops/loop.wav": "ok", "Bass/sub.wav": "ok"}


def test_a_folder_that_is_gone_with_all_in_it(store: Store, root: Path, source: Root) -> None:
    shutil.rmtree(root / "Drums")
    assert counts(look(store, source, folders("Drums"))) == (0, 0, 0, 0, 2)
    (root / "Bass").rename(root.with_name("elsewhere"))
    (root / "notes.txt").write_text("not empty")
    assert counts(look(store, source, folders(""))) == (0, 0, 0, 0, 1)
    assert folder_times.of(store.read(), source.id).keys() == {b""}


def test_a_file_in_the_place_of_a_folder(store: Store, root: Path, source: Root) -> None:
    shutil.rmtree(root / "Drums" / "Loops")
    (root / "Drums" / "Loops").write_text("a file")
    assert counts(look(store, source, folders("Drums/Loops"))) == (0, 0, 0, 0, 1)


def test_a_new_folder_is_looked_into_wherever_it_is_met(store: Store, root: Path, source: Root) -> None:
    wav(root / "New" / "a" / "deep.wav", 4)
    assert counts(look(store, source, folders(""))) == (1, 0, 0, 0, 0)
    wav(root / "Newer" / "a" / "deep.wav", 5)
    assert counts(look(store, source, Changes(trees=frozenset({"Newer", "Newer/a"})))) == (1, 0, 0, 0, 0)
    assert counts(look(store, source, folders("", "New", "New/a"))) == (0, 0, 0, 1, 0)


def test_a_folder_that_moves_is_recognised(store: Store, root: Path, source: Root) -> None:
    (root / "Drums").rename(root / "Bass" / "Percussion")
    report = look(store, source, Changes(frozenset({"", "Bass"}), frozenset({"Bass/Percussion"})))
    assert counts(report) == (0, 0, 2, 1, 0)
    assert states(store).keys() == {"Bass/Percussion/kick.wav", "Bass/Percussion/Loops/loop.wav", "Bass/sub.wav"}


def test_a_file_that_is_being_written_is_left_alone(store: Store, root: Path, source: Root) -> None:
    wav(root / "Drums" / "kick.wav", 4, frames=50)
    wav(root / "Drums" / "new.wav", 5)
    writing = frozenset({("Drums", "kick.wav"), ("Drums", "new.wav")})
    assert counts(look(store, source, replace(folders("Drums"), writing=writing))) == (0, 0, 0, 0, 0)
    assert states(store)["Drums/kick.wav"] == "ok"
    age(root)
    assert counts(look(store, source, replace(folders("Drums"), writing=writing))) == (0, 0, 0, 0, 0)
    assert counts(look(store, source, Changes(doubtful=True))) == (1, 1, 0, 0, 0)  # its time alone would not tell


def test_in_doubt_the_times_of_folders_tell(store: Store, root: Path, source: Root) -> None:
    wav(root / "Drums" / "snare.wav", 4)
    wav(root / "New" / "new.wav", 5)
    shutil.rmtree(root / "Bass")
    assert counts(look(store, source, Changes(doubtful=True))) == (2, 0, 0, 1, 1)


def test_in_doubt_about_a_source_that_was_never_read_nothing_is_done(store: Store, root: Path) -> None:
    assert counts(look(store, added(store, root), Changes(doubtful=True))) == (0, 0, 0, 0, 0)


def test_links_are_too_much(store: Store, root: Path, source: Root, tmp_path: Path) -> None:
    wav(tmp_path / "Outside" / "far.wav", 4)
    (root / "Drums" / "linked").symlink_to(tmp_path / "Outside")
    wav(root / "Drums" / "snare.wav", 5)
    for changes in (folders("Drums"), folders("Drums/linked"), Changes(trees=frozenset({"Drums"}))):
        outcome = scan_some(store, {source: changes}, [source], task(), workers=1)
        assert outcome.unclear == [source]
    assert "missing" not in states(store).values()


def test_a_source_inside_keeps_its_own(store: Store, root: Path) -> None:
    inner = scanned(store, root / "Drums")
    outer = scanned(store, root)
    wav(root / "Drums" / "snare.wav", 4)
    assert counts(look(store, outer, folders("", "Drums"))) == (0, 0, 0, 0, 0)
    assert counts(look(store, outer, Changes(trees=frozenset({"Drums"})))) == (0, 0, 0, 0, 0)
    assert counts(look(store, inner, folders(""))) == (1, 0, 0, 1, 0)


def test_a_source_that_left_is_offline(store: Store, root: Path, source: Root) -> None:
    root.rename(root.with_name("elsewhere"))
    report = look(store, source, folders("Drums"))
    assert (report.offline, report.missing) == ((str(root),), 0)
    assert source_rows.roots(store.read())[0].state == "offline"
    assert set(states(store).values()) == {"ok"}


def test_very_many_files_gone_at_once_are_only_reported(store: Store, root: Path) -> None:
    for number in range(60):
        wav(root / "Pack" / f"{number}.wav", 100 + number, frames=20)
    age(root)
    source = scanned(store, root)
    shutil.rmtree(root / "Pack")
    report = look(store, source, folders(""))
    assert (report.missing, report.vanished[0].gone) == (0, 60)
    assert look(store, source, Changes(doubtful=True)).vanished  # it is asked again


def test_a_copy_whose_original_goes_later_has_moved(
    store: Store, root: Path, source: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    stem(root / "Drums" / "long.wav", 1)
    look(store, source, folders("Drums"))
    first = _id(store, b"long.wav")
    shutil.copy(root / "Drums" / "long.wav", root / "Bass" / "copied.wav")
    assert counts(look(store, source, folders("Bass")))[:3] == (1, 0, 0)
    (root / "Drums" / "long.wav").unlink()
    assert counts(look(store, source, folders("Drums")))[2:] == (1, 1, 0)
    assert _id(store, b"copied.wav") == first
    monkeypatch.setattr(partial, "OPEN_S", -1.0)
    shutil.copy(root / "Bass" / "copied.wav", root / "again.wav")
    look(store, source, folders(""))
    assert not store.read().execute("SELECT count(*) FROM sounds WHERE settled = 0").fetchone()[0]


def test_a_file_that_moves_on_while_it_is_met(
    store: Store, root: Path, source: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _id(store, b"kick.wav")

    def late(*args: Any, **options: Any) -> None:
        (root / "Bass" / "kick.wav").rename(root / "kick.wav")
        close_books(*args, **options)

    (root / "Drums" / "kick.wav").rename(root / "Bass" / "kick.wav")
    with monkeypatch.context() as patch:
        patch.setattr(partial, "close_books", late)
        assert counts(look(store, source, folders("Drums", "Bass"))) == (0, 0, 0, 1, 1)
    assert states(store) == {"Drums/kick.wav": "missing", "Drums/Loops/loop.wav": "ok", "Bass/sub.wav": "ok"}
    look(store, source, folders("", "Bass"))
    assert states(store) == {"kick.wav": "ok", "Drums/Loops/loop.wav": "ok", "Bass/sub.wav": "ok"}
    assert _id(store, b"kick.wav") == first


def _id(store: Store, name: bytes) -> int:
    return int(store.read().execute("SELECT id FROM sounds WHERE name = ?", (name,)).fetchone()[0])


def test_a_folder_in_which_nothing_happened_costs_no_row(store: Store, root: Path, source: Root) -> None:
    before = revision_of(store.read())
    assert counts(look(store, source, folders("", "Drums", "Bass"))) == (0, 0, 0, 2, 0)
    assert revision_of(store.read()) == before
    assert rows.unsettled_groups(store.read()) == []
