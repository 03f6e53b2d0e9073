"""Bringing the catalog up to date with changes that were seen."""

import threading
from pathlib import Path

import pytest

import ctk
from ctk.catalog import source_rows
from ctk.catalog.lock import exclusive
from ctk.errors import Cancelled
from ctk.events import FilesVanished, SourcesChanged
from ctk.jobs import Task
from ctk.sources.changes import Changes
from ctk.sources.watch.renewal import renew
from ctk.toolkit import Toolkit
from tests.sources.library import states, wav


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(60):
        wav(tmp_path / "Samples" / "Pack" / f"{number}.wav", number, frames=20)
    wav(tmp_path / "Samples" / "Bass" / "sub.wav", 100)
    return tmp_path / "Samples"


def renewed(toolkit: Toolkit, *changes: Changes) -> list[object]:
    """What was told of."""
    told: list[object] = []
    ends = [toolkit.events.subscribe(kind, told.append) for kind in (SourcesChanged, FilesVanished)]
    renew(toolkit._store, toolkit.events, Task(lambda progress: None), dict(enumerate(changes, 1)))
    for end in ends:
        end()
    return told


def test_some_folders_and_whole_sources(home: Path, root: Path, tmp_path: Path) -> None:
    other = wav(tmp_path / "Other" / "Deep" / "one.wav", 200).parent.parent
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root, other]).result(30)
        wav(root / "Bass" / "new.wav", 101)
        wav(root / "Pack" / "unseen.wav", 102)
        wav(other / "Deep" / "two.wav", 201)
        told = renewed(toolkit, Changes(folders=frozenset({"Bass"})), Changes(whole=True))
        assert told == [SourcesChanged()]
        assert {"new.wav", "two.wav"} <= states(toolkit).keys()
        assert "unseen.wav" not in states(toolkit)


def test_links_make_it_a_whole_source(home: Path, root: Path, tmp_path: Path) -> None:
    wav(tmp_path / "Outside" / "far.wav", 200)
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(30)
        (root / "Bass" / "linked").symlink_to(tmp_path / "Outside")
        renewed(toolkit, Changes(folders=frozenset({"Bass"})))
        assert states(toolkit)["far.wav"] == "ok"


def test_a_source_that_is_not_here(home: Path, root: Path, tmp_path: Path) -> None:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(30)
        (tmp_path / "drawer").mkdir()
        root.rename(tmp_path / "drawer" / "drawer")
        assert renewed(toolkit, Changes(whole=True, folders=frozenset({"Pack"}))) == [SourcesChanged()]
        assert set(states(toolkit).values()) == {"offline"}
        (tmp_path / "drawer" / "drawer").rename(root)
        assert renewed(toolkit, Changes(doubtful=True)) == [SourcesChanged()]
        assert set(states(toolkit).values()) == {"ok"}


def test_a_source_that_was_removed_meanwhile(home: Path, root: Path) -> None:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(30)
        toolkit.sources.remove(source_rows.roots(toolkit._store.read())[0].id)
        assert renewed(toolkit, Changes(whole=True)) == []


def test_very_many_files_gone_are_told_of(home: Path, root: Path, tmp_path: Path) -> None:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(30)
        (root / "Pack").rename(tmp_path / "elsewhere")
        (told,) = renewed(toolkit, Changes(folders=frozenset({""})))
        assert isinstance(told, FilesVanished)
        assert told.vanished[0].gone == 60
        (_, again) = renewed(toolkit, Changes(whole=True))
        assert again == told


def test_waiting_for_others_ends_when_asked(home: Path, root: Path) -> None:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([root]).result(30)
        words: list[str] = []
        task = Task(lambda progress: words.append(progress.words))
        with exclusive(home / "scan.lock", lambda: None):
            threading.Timer(0.3, task.stop).start()
            with pytest.raises(Cancelled):
                renew(toolkit._store, toolkit.events, task, {1: Changes(whole=True)})
        assert words[0].startswith("Waiting")
