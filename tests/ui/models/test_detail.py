"""Everything known of a sound in words: its facts, what it says of itself, what is wrong with it."""

import dataclasses
from pathlib import Path

import pytest

from ctk.records import Row
from ctk.ui.models.detail import Detail
from ctk.ui.models.library import Library
from tests.sounds import make
from tests.ui.models.conftest import Room


@pytest.fixture
def detail(room: Room) -> Detail:
    library = Library(room.toolkit.catalog, room.pump)
    library.count()
    room.run(lambda: library.stats)
    return Detail(room.toolkit.catalog, room.waveforms, library, room.pump)


def facts(detail: Detail) -> dict[str, str]:
    return {name: said for section in detail.sections for name, said in section.facts}


def sentences(detail: Detail) -> list[str]:
    return [sentence for section in detail.sections for sentence in section.sentences]


def test_what_the_row_knows_is_there_at_once_and_the_rest_comes(room: Room, detail: Detail) -> None:
    detail.show(room.row("snare"))
    assert detail.title == "snare tight.wav" and detail.folder == "Samples / Drums"
    known = facts(detail)
    assert (known["Format"], known["Length"], known["Rate"], known["Channels"], known["Depth"]) == (
        *("WAV, PCM", "0.250 s", "22.05 kHz", "mono", "16 bit"),
    )
    assert "Added" not in known
    room.run(lambda: "Added" in facts(detail), "the rest")


def test_what_is_stated_is_there_at_once_and_where_it_was_read_comes(
    room: Room, detail: Detail, tmp_path: Path
) -> None:
    (tmp_path / "Bass Loops").mkdir()
    make("wav_16", tmp_path / "Bass Loops" / "growl 120bpm Am.wav", seconds=4.0)
    room.toolkit.sources.scan([tmp_path]).result(30)
    detail.show(room.row("growl"))
    known = facts(detail)
    assert (known["Tempo"], known["Key"], known["Type"]) == ("120 BPM", "Am", "loop") and "Note" not in known
    room.run(lambda: "Added" in facts(detail), "the rest")
    known = facts(detail)
    assert known["Tempo"] == "120 BPM \N{EN DASH} file name: 120bpm"
    assert known["Key"] == "Am \N{EN DASH} file name: Am"
    assert known["Type"] == "loop \N{EN DASH} folder name: Loops"
    assert list(known).index("Type") < list(known).index("Format")


def test_a_tempo_by_ear_says_that_it_is_one(room: Room, detail: Detail) -> None:
    id = room.row("snare").id
    room.toolkit._store.write(
        lambda catalog: catalog.execute("UPDATE sounds SET heard_bpm = 124.2, heard_sure = 0.9 WHERE id = ?", (id,))
    ).result()
    detail.show(room.row("snare"))
    assert facts(detail)["Tempo"] == "about 124 BPM"
    room.run(lambda: "Added" in facts(detail), "the rest")
    assert facts(detail)["Tempo"].startswith("about 124 BPM \N{EN DASH} heard, an estimate: ")
    assert facts(detail)["Tempo"].endswith("could be 62.1 or 248.4")


def test_what_it_is_is_told_with_who_says_so(room: Room, detail: Detail) -> None:
    room.toolkit.classify.run(engine="names").result(30)
    detail.show(room.row("snare"))
    room.run(lambda: "Added" in facts(detail), "the rest")
    assert facts(detail)["What it is"].startswith("Drums, ") and "% sure" in facts(detail)["What it is"]
    assert "file name" in facts(detail)["What it is"]
    room.toolkit.classify.label([room.row("snare").id], "vocal")
    room.run(lambda: "your own word" in facts(detail)["What it is"], "the user's word")


def test_levels_are_told_once_somebody_listened(room: Room, detail: Detail) -> None:
    row = room.row("snare")
    detail.show(row)
    room.run(lambda: "Added" in facts(detail))
    assert "Peak" not in facts(detail)
    room.toolkit.waveforms.build([row.id]).result(30)
    room.run(lambda: "Peak" in facts(detail), "the level")
    assert facts(detail)["Peak"].endswith(" dB")


def test_what_the_file_says_of_itself_the_important_first(room: Room, detail: Detail, tmp_path: Path) -> None:
    make("flac_16", tmp_path / "said.flac", seconds=0.2, metadata={"artist": "Someone", "title": "Something"})
    room.toolkit.sources.scan([tmp_path]).result(30)
    detail.show(room.row("said"))
    room.run(lambda: "Title" in facts(detail))
    names = list(facts(detail))
    assert names.index("Title") < names.index("Artist")
    assert facts(detail)["Artist"] == "Someone"


def test_why_it_cannot_be_read_is_told_first(room: Room, detail: Detail) -> None:
    row = room.row("is:bad")
    detail.show(row)
    room.run(lambda: sentences(detail))
    assert room.toolkit.catalog.get(row.id).reason in sentences(detail)
    assert detail.sections[0].sentences


def test_what_a_scan_has_said_is_not_said_again(room: Room, detail: Detail, tmp_path: Path) -> None:
    cut = make("wav_16", tmp_path / "cut.wav", seconds=2.0)
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    room.toolkit.sources.scan([tmp_path]).result(30)
    row = room.row("cut")
    room.toolkit.waveforms.build([row.id]).result(30)
    detail.show(row)
    room.run(lambda: "Peak" in facts(detail))
    assert sentences(detail) == [room.toolkit.catalog.get(row.id).reason]


def test_what_listening_found_is_told(room: Room, detail: Detail, tmp_path: Path) -> None:
    silent = tmp_path / "hush.wav"
    make("wav_16", silent, seconds=0.5)
    data = silent.read_bytes()
    silent.write_bytes(data[:44] + bytes(len(data) - 44))
    room.toolkit.sources.scan([tmp_path]).result(30)
    row = room.row("hush")
    room.toolkit.waveforms.build([row.id]).result(30)
    detail.show(row)
    room.run(lambda: sentences(detail))
    assert sentences(detail) == list(room.toolkit.waveforms.health(row.id).findings)


@pytest.mark.parametrize("state", ["missing", "offline", "cloud", "held"])
def test_what_is_not_here_says_so(room: Room, detail: Detail, state: str) -> None:
    row: Row = dataclasses.replace(room.row("kick 1"), state=state)  # type: ignore[arg-type]
    detail.show(row)
    assert sentences(detail)


def test_nothing_in_focus_is_nothing_to_say(room: Room, detail: Detail) -> None:
    detail.show(room.row("kick 1"))
    detail.show(None)
    room.rest(120)
    assert detail.sections == () and detail.title == detail.folder == ""


def test_of_sounds_passed_on_the_way_nothing_is_looked_up(
    room: Room, detail: Detail, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = room.toolkit.catalog.get

    def get(id: int) -> object:
        asked.append(id)
        return real(id)

    monkeypatch.setattr(room.toolkit.catalog, "get", get)
    rows = room.toolkit.catalog.search("is:ok").rows
    for row in rows:
        detail.show(row)
        room.rest(10)
    room.run(lambda: "Added" in facts(detail))
    assert asked == [rows[-1].id]
