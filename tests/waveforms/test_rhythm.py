"""Tempo by ear in the background: of loops whose tempo nobody states, once, and only where it is sure."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

import ctk
from ctk.catalog.waveform_rows import NOT_HEARD, HeardTempo, Place
from ctk.events import CatalogChanged
from ctk.records import Row
from ctk.toolkit import Toolkit
from ctk.waveforms import build, listening, rhythm
from ctk.waveforms.health import Numbers
from tests.writers import waves

RATE = 22_050
HEARD = HeardTempo(120.0, 0.99)


def place(bpm: float | None, kind: str | None, seconds: float | None, heard: HeardTempo = NOT_HEARD) -> Place:
    return Place(1, "/s", "/s/x.wav", 9, 9, 0, True, bpm, kind, seconds, heard)


def numbers(bpm: float, sure: float | None, seconds: float = 8.0) -> Numbers:
    return Numbers(frames=round(seconds * RATE), sample_rate_hz=RATE, channels=1, bpm=bpm, sure=sure)


@pytest.mark.parametrize(
    ("bpm", "kind", "seconds", "expected"),
    [
        (None, "loop", 8.0, True),
        (None, "loop", 1.0, True),
        (None, None, 8.0, True),
        (None, "loop", 60.0, True),
        (120.0, "loop", 8.0, False),
        (None, "one-shot", 8.0, False),
        (None, None, 1.4, False),
        (None, "loop", 0.5, False),
        (None, "loop", 61.0, False),
        (None, "loop", None, False),
    ],
)
def test_what_may_have_a_tempo(bpm: float | None, kind: str | None, seconds: float | None, expected: bool) -> None:
    assert rhythm.may_have(place(bpm, kind, seconds)) is expected


@pytest.mark.parametrize(
    ("kind", "bpm", "sure", "seconds", "kept"),
    [
        ("loop", 120.0, 0.8, 8.0, True),
        ("loop", 120.0, 0.8, 8.3, True),
        ("loop", 120.0, 0.6, 8.0, False),
        (None, 120.0, 0.95, 8.0, True),
        (None, 120.0, 0.8, 8.0, False),
        (None, 120.0, 0.95, 8.3, False),
        (None, 120.0, 0.95, 12.0, False),
        ("loop", 0.0, 0.0, 8.0, False),
        ("one-shot", 120.0, 1.0, 8.0, False),
    ],
)
def test_what_is_believed(kind: str | None, bpm: float, sure: float, seconds: float, kept: bool) -> None:
    found = rhythm.kept(place(None, kind, seconds), numbers(bpm, sure, seconds))
    assert found == (HeardTempo(bpm, sure) if kept else NOT_HEARD)


def test_what_is_stated_takes_its_place() -> None:
    assert rhythm.kept(place(90.0, "loop", 8.0, HEARD), numbers(120.0, 0.99)) == NOT_HEARD
    assert rhythm.kept(place(None, "one-shot", 8.0, HEARD), None) == NOT_HEARD
    assert rhythm.kept(place(None, "loop", 8.0, HEARD), None) == HEARD


def beat(path: Path, bpm: float, seconds: float) -> None:
    """Short noises, one a beat."""
    samples = np.zeros((round(seconds * RATE), 1))
    hit = np.random.default_rng(3).normal(0, 0.3, 1_000) * np.exp(-np.arange(1_000) / 200)
    for start in range(0, len(samples), round(60 / bpm * RATE)):
        samples[start : start + 1_000, 0] += hit[: len(samples) - start]
    path.write_bytes(waves.wav(samples, RATE, 16))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "Samples"
    found.mkdir()
    beat(found / "dusty loop.wav", 120.0, 8.0)
    beat(found / "stated loop 120bpm.wav", 120.0, 8.0)
    beat(found / "one shot.wav", 120.0, 8.0)
    times = np.arange(8 * RATE)[:, None] / RATE
    (found / "warm pad.wav").write_bytes(waves.wav(0.3 * np.sin(691 * times) + 0.3 * np.sin(694 * times), RATE, 16))
    (found / "quiet loop.wav").write_bytes(waves.wav(np.zeros((8 * RATE, 1)), RATE, 16))
    return found


@pytest.fixture
def toolkit(home: Path, folder: Path) -> Iterator[Toolkit]:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([folder]).result(60)
        yield toolkit


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which files were listened to once more, for their tempo only."""
    opened: list[str] = []

    def listen_again(path: str, known: Numbers, check: listening.Check) -> Numbers:
        opened.append(os.path.basename(path))
        return listening.listen_again(path, known, check)

    monkeypatch.setattr(build, "listen_again", listen_again)
    return opened


def rows(toolkit: Toolkit, query: str = "") -> dict[str, Row]:
    return {row.name: row for row in toolkit.catalog.search(query).rows}


def tempos(toolkit: Toolkit) -> dict[str, float]:
    return {name: row.heard_bpm for name, row in rows(toolkit).items() if row.heard_bpm is not None}


def listen_all(toolkit: Toolkit) -> int:
    return toolkit.waveforms.build().result(60)


def test_loops_without_a_tempo_get_one_and_nothing_else_does(toolkit: Toolkit) -> None:
    revisions: list[int] = []
    toolkit.events.subscribe(CatalogChanged, lambda event: revisions.append(event.revision))
    assert listen_all(toolkit) == 5
    assert tempos(toolkit) == {"dusty loop.wav": pytest.approx(120, rel=0.01)}
    assert 1 <= len(revisions) <= 2
    (fact,) = [
        fact for fact in toolkit.catalog.get(rows(toolkit)["dusty loop.wav"].id).facts if fact.name == "heard_bpm"
    ]
    assert fact.by == "ear"
    assert list(rows(toolkit, "heard:118-122")) == ["dusty loop.wav"]
    assert listen_all(toolkit) == 0


def lose_tempo(toolkit: Toolkit) -> None:
    toolkit._store.write(
        lambda catalog: catalog.execute("UPDATE sounds SET heard_bpm = NULL, heard_sure = NULL, revision = 0")
    ).result()


def forget_tempo(home: Path) -> None:
    """As what was listened to before there were tempos."""
    with closing(sqlite3.connect(home / "derived.db")) as derived:
        derived.execute("UPDATE waveforms SET numbers = json_remove(numbers, '$[#-1]', '$[#-1]')")
        derived.commit()


def test_what_was_listened_to_before_is_listened_to_once_more(toolkit: Toolkit, home: Path, again: list[str]) -> None:
    listen_all(toolkit)
    forget_tempo(home)
    lose_tempo(toolkit)
    pictures = toolkit.waveforms.kept([row.id for row in rows(toolkit).values()])
    with closing(sqlite3.connect(home / "derived.db")) as derived:
        made = derived.execute("SELECT sound_id, made_s FROM waveform_outlines").fetchall()
        assert listen_all(toolkit) == 3
        assert derived.execute("SELECT sound_id, made_s FROM waveform_outlines").fetchall() == made
    assert sorted(again) == ["dusty loop.wav", "quiet loop.wav", "warm pad.wav"]
    assert tempos(toolkit).keys() == {"dusty loop.wav"}
    assert toolkit.waveforms.kept([row.id for row in rows(toolkit).values()]) == pictures
    assert listen_all(toolkit) == 0


def test_what_cannot_be_decoded_any_more_is_not_tried_for_ever(
    toolkit: Toolkit, home: Path, again: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listen_all(toolkit)
    forget_tempo(home)
    lose_tempo(toolkit)
    refused: list[str] = []

    def refuse(path: str, *args: object) -> Numbers:
        refused.append(path)
        raise ctk.errors.CannotDecode("Broken.")

    monkeypatch.setattr(build, "listen_again", refuse)
    assert (listen_all(toolkit), len(refused)) == (3, 3)
    assert (listen_all(toolkit), len(refused)) == (0, 3)
    assert tempos(toolkit) == {}


def test_a_tempo_that_the_catalog_lost_is_put_right(toolkit: Toolkit, again: list[str]) -> None:
    listen_all(toolkit)
    before = tempos(toolkit)
    lose_tempo(toolkit)
    assert listen_all(toolkit) == 0
    assert (tempos(toolkit), again) == (before, [])


def test_another_content_has_another_tempo(toolkit: Toolkit, folder: Path) -> None:
    listen_all(toolkit)
    beat(folder / "dusty loop.wav", 100.0, 9.6)
    toolkit.sources.scan().result(60)
    assert tempos(toolkit) == {}
    assert listen_all(toolkit) == 1
    assert tempos(toolkit) == {"dusty loop.wav": pytest.approx(100, rel=0.01)}


def test_a_name_with_a_tempo_goes_before_and_without_one_it_comes_back(
    toolkit: Toolkit, folder: Path, again: list[str]
) -> None:
    listen_all(toolkit)
    before = tempos(toolkit)["dusty loop.wav"]
    for name, heard in (("dusty loop 122bpm.wav", None), ("dusty one shot.wav", None), ("dusty loop.wav", before)):
        (old,) = folder.glob("dusty*")
        old.rename(folder / name)
        toolkit.sources.scan().result(60)
        assert heard or rows(toolkit)[name].heard_bpm is None
        assert listen_all(toolkit) == 0
        assert rows(toolkit)[name].heard_bpm == heard
    assert again == []


def test_a_sound_that_turns_out_to_be_a_loop_is_listened_to_then(
    toolkit: Toolkit, folder: Path, again: list[str]
) -> None:
    listen_all(toolkit)
    (folder / "one shot.wav").rename(folder / "no longer single loop.wav")
    toolkit.sources.scan().result(60)
    assert listen_all(toolkit) == 1
    assert again == ["no longer single loop.wav"]
    assert rows(toolkit)["no longer single loop.wav"].heard_bpm == pytest.approx(120, rel=0.01)
