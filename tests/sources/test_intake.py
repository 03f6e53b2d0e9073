"""What a scan keeps of each file beside its format: what is stated of it, and catalogs that never asked."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import ctk
from ctk.records import Row
from tests.sources.library import rows, scan, wav
from tests.writers import waves
from tests.writers.samples import tone


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    wav(folder / "Loops" / "growl 120bpm Am.wav", 1, frames=4 * 44100)
    wav(folder / "Drums" / "kick C2.wav", 2)
    wav(folder / "Drums" / "something.wav", 3)
    return folder


def stated(row: Row) -> tuple[float | None, str | None, str | None, str | None]:
    return row.bpm, row.key, row.type, row.note


def by_name(home: Path) -> dict[str, Row]:
    return {row.name: row for row in rows(home)}


def forget_what_is_stated(home: Path) -> None:
    """Make the catalog one that was written before anybody asked."""
    with closing(sqlite3.connect(home / "catalog.db")) as connection, connection:
        connection.execute(
            "UPDATE sounds SET bpm = NULL, musical_key = NULL, kind = NULL, note = NULL, said = NULL, claims = NULL"
        )
        connection.execute("UPDATE folders SET listing = NULL")


def test_a_scan_finds_what_names_state(home: Path, root: Path) -> None:
    scan(home, root)
    found = by_name(home)
    assert stated(found["growl 120bpm Am.wav"]) == (120.0, "Am", "loop", None)
    assert stated(found["kick C2.wav"])[2] == "one-shot"
    assert stated(found["something.wav"]) == (None, None, None, None)
    assert [row.name for row in rows(home, "bpm:120 key:Am type:loop")] == ["growl 120bpm Am.wav"]


def test_a_scan_finds_what_chunks_state(home: Path, root: Path) -> None:
    acid = bytes(4) + (60).to_bytes(2, "little") + bytes(6) + (8).to_bytes(4, "little") + bytes(4)
    acid += bytes.fromhex("0000f042")  # 120.0
    content = waves.wav(tone(4.0, 8000, 1, 440), 8000, 16, after=[(b"acid", acid)])
    (root / "noname.wav").write_bytes(content)
    scan(home, root)
    with ctk.open(home) as toolkit:
        (id,) = toolkit.catalog.ids("noname")
        sound = toolkit.catalog.get(id)
    assert [(fact.name, fact.value, fact.by) for fact in sound.facts] == [
        ("bpm", 120.0, "acid"),
        ("type", "loop", "acid"),
    ]


def test_a_catalog_made_before_is_read_once_more_and_counts_as_unchanged(
    home: Path, root: Path, opened: list[str]
) -> None:
    scan(home, root)
    before = by_name(home)
    forget_what_is_stated(home)
    opened.clear()
    report = scan(home)
    assert (report.files, report.unchanged, report.added, report.changed, report.moved) == (3, 3, 0, 0, 0)
    assert len(opened) == 3
    assert by_name(home) == before
    opened.clear()
    assert scan(home).unchanged == 3
    assert opened == []


def test_a_file_that_changed_meanwhile_counts_as_changed(home: Path, root: Path) -> None:
    scan(home, root)
    forget_what_is_stated(home)
    wav(root / "Drums" / "something.wav", 4, frames=3000)
    report = scan(home)
    assert (report.unchanged, report.changed) == (2, 1)


def test_a_sound_that_moved_has_the_facts_of_its_new_name(home: Path, root: Path) -> None:
    scan(home, root)
    before = by_name(home)["growl 120bpm Am.wav"]
    (root / "Loops" / "growl 120bpm Am.wav").rename(root / "Drums" / "growl 120bpm Dm.wav")
    assert scan(home).moved == 1
    now = by_name(home)["growl 120bpm Dm.wav"]
    assert (now.id, now.key) == (before.id, "Dm")


def test_a_folder_that_moved_has_the_facts_of_its_new_name(home: Path, root: Path) -> None:
    wav(root / "Bass Loops" / "growl.wav", 7, frames=44100)
    scan(home, root)
    assert by_name(home)["growl.wav"].type == "loop"
    (root / "Bass Loops").rename(root / "One Shots")
    assert scan(home).moved == 1
    assert by_name(home)["growl.wav"].type == "one-shot"
    assert [row.name for row in rows(home, "type:one-shot growl")] == ["growl.wav"]
