"""An open home as any program would use it."""

import threading
from pathlib import Path

import pytest

import ctk
from ctk.errors import CatalogError, NotFound
from ctk.events import CatalogChanged, SourcesChanged
from tests.sources.library import wav


def test_scan_search_play(home: Path, tmp_path: Path) -> None:
    wav(tmp_path / "Samples" / "kick.wav", 1, frames=44100)
    changed = threading.Event()
    heard: list[object] = []
    with ctk.open() as toolkit:
        assert toolkit.home == home
        toolkit.events.subscribe(CatalogChanged, lambda _: changed.set())
        toolkit.events.subscribe(SourcesChanged, heard.append)
        report = toolkit.sources.scan([tmp_path / "Samples"]).result(30)
        assert report.added == 1
        assert changed.is_set()
        assert heard
        row = toolkit.catalog.search("kick").rows[0]
        toolkit.audio.play(row.id)
        assert toolkit.audio.now().path == row.path
        sound = toolkit.catalog.get(row.id)
        assert (sound.format, sound.fingerprint is not None, sound.source_id) == ("wav", True, 1)
        with pytest.raises(NotFound):
            toolkit.catalog.get(row.id + 1)
        with pytest.raises(NotFound):
            toolkit.audio.play(row.id + 1)
    toolkit.close()


def test_closing_ends_a_scan_and_keeps_the_catalog_whole(home: Path, tmp_path: Path) -> None:
    for number in range(300):
        wav(tmp_path / "Samples" / f"{number}.wav", number, frames=10)
    with ctk.open() as toolkit:
        toolkit.sources.scan([tmp_path / "Samples"])
    with ctk.open() as toolkit:
        assert toolkit.sources.scan().result(30).files == 300
        assert toolkit.catalog.search().total == 300


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CatalogError, match="cannot be used"):
        ctk.open(tmp_path / "file")


def test_another_process_sees_changes(home: Path, tmp_path: Path) -> None:
    wav(tmp_path / "Samples" / "kick.wav", 1)
    with ctk.open() as one, ctk.open() as other:
        assert other.catalog.search("kick").total == 0
        one.sources.scan([tmp_path / "Samples"]).result(30)
        assert other.catalog.search("kick").total == 1
        assert [source.files for source in other.sources.list()] == [1]
