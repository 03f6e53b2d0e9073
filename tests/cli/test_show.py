"""Everything known of one sound, by id and by path, as their user meets it."""

from pathlib import Path

import pytest

import ctk
from ctk.records import Sound
from tests.cli.test_main import ctk_, json_of
from tests.sounds import make


@pytest.fixture
def file(home: Path, tmp_path: Path) -> Path:
    path = tmp_path / "Drum Loops" / "break 120bpm Am.wav"
    path.parent.mkdir()
    make("wav_16", path, seconds=4.0, metadata={"artist": "Someone"})
    json_of(home, "scan", str(tmp_path))
    return path


def test_one_document_with_the_provenance_of_every_fact(home: Path, file: Path) -> None:
    shown = json_of(home, "show", str(file))
    assert shown == json_of(home, "show", str(shown["id"]))
    assert list(shown) == [*Sound.__dataclass_fields__, "health"]
    assert (shown["bpm"], shown["key"], shown["type"], shown["note"]) == (120.0, "Am", "loop", None)
    assert shown["facts"] == [
        {"name": "bpm", "value": 120.0, "by": "name", "said": "120bpm"},
        {"name": "key", "value": "Am", "by": "name", "said": "Am"},
        {"name": "type", "value": "loop", "by": "folder", "said": "Loops"},
    ]
    assert shown["metadata"] == {"artist": "Someone"}
    assert shown["health"] == {"checked": False, "ailments": [], "findings": [], "peak_db": None, "loudness_db": None}


def test_a_tempo_by_ear_is_an_estimate(home: Path, file: Path) -> None:
    with ctk.open(home) as toolkit:
        heard = "UPDATE sounds SET bpm = NULL, said = NULL, heard_bpm = 123.6, heard_sure = 0.9"
        toolkit._store.write(lambda catalog: catalog.execute(heard)).result()
    lines = ctk_(home, "show", str(file)).stdout.splitlines()
    (tempo,) = [line for line in lines if "about" in line]
    assert tempo.split(maxsplit=1)[0] == "tempo"
    assert "about 124 bpm  (heard, an estimate: " in tempo


def test_lines_for_people(home: Path, file: Path) -> None:
    lines = ctk_(home, "show", str(file)).stdout.splitlines()
    assert lines[0] == str(file)
    told = dict(line.split(maxsplit=1) for line in lines[1:])
    assert told["tempo"] == "120 bpm  (file name: 120bpm)"
    assert told["type"] == "loop  (folder name: Loops)"
    assert told["artist"] == "Someone  (metadata)"
    assert told["length"] == "4.000 s"
    assert "note" not in told and "root note" not in told and "stars" not in told and "peak" not in told


def test_what_is_not_in_the_catalog_is_said(home: Path, file: Path) -> None:
    for target, words in (
        ("999999", "no sound with the number"),
        (str(file.with_name("other.wav")), "not in the catalog"),
    ):
        done = ctk_(home, "show", target)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert words in done.stderr
