"""Outlines, health and hints as clients ask for them: from what is kept, or by decoding now."""

import math
import os
import shutil
from pathlib import Path

import pytest

from ctk import cloud
from ctk.errors import CannotDecode, NotFound, UsageError
from ctk.records import Peaks
from ctk.toolkit import Toolkit
from ctk.waveforms import waveforms
from tests.sounds import make
from tests.waveforms.conftest import FORMATS, ids
from tests.waveforms.reference import agrees, decoded
from tests.writers import waves
from tests.writers.samples import tone


def test_what_is_kept_is_what_decoding_gives(toolkit: Toolkit, samples: Path) -> None:
    fresh = {id: toolkit.waveforms.peaks(id, 256) for id in ids(toolkit).values()}
    assert toolkit.waveforms.kept(list(fresh)) == {}
    assert toolkit.waveforms.build().result(60) == len(FORMATS)
    for name, id in ids(toolkit).items():
        kept = toolkit.waveforms.peaks(id, 256)
        assert (kept.low, kept.high, kept.duration_s) == (fresh[id].low, fresh[id].high, fresh[id].duration_s)
        assert kept.rms == pytest.approx(fresh[id].rms, abs=1 / 32_768)
        heard = decoded(samples / name)
        assert agrees(kept, heard, 256)
        assert agrees(toolkit.waveforms.kept([id])[id], heard, 64)
        assert kept.end_s == kept.duration_s == len(heard) / kept.sample_rate_hz
        assert (kept.start_s, kept.channels) == (0.0, heard.shape[1])


def test_what_is_kept_opens_no_file(toolkit: Toolkit, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toolkit.waveforms.build().result(60)
    everything = list(ids(toolkit).values())

    def refuse(*args: object, **named: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr(waveforms, "part", refuse)
    for points in (1, 2, 32, 64, 128, 512, 1_024):
        assert toolkit.waveforms.kept(everything, points).keys() == set(everything)
        assert len(toolkit.waveforms.peaks(everything[0], points).low) == points
    assert toolkit.waveforms.kept(everything, 100) == {}
    with pytest.raises(AssertionError, match="opened"):
        toolkit.waveforms.peaks(everything[0], 100)


def test_a_path_is_decoded_now(toolkit: Toolkit, tmp_path: Path) -> None:
    for target in (make("flac_24", tmp_path / "other.flac", seconds=0.3), str(make("wav_8", tmp_path / "other.wav"))):
        assert agrees(toolkit.waveforms.peaks(target, 333), decoded(target), 333)


def test_a_part(toolkit: Toolkit, samples: Path) -> None:
    id = ids(toolkit)["kick.wav"]
    whole = decoded(samples / "kick.wav")
    for _ in ("decoded", "kept"):
        found = toolkit.waveforms.peaks(id, 40, start_s=0.1, end_s=0.2)
        assert (found.start_s, found.end_s, found.duration_s) == (0.1, 0.2, 0.5)
        assert agrees(found, whole[4_410:8_820], 40)
        rest = toolkit.waveforms.peaks(id, 40, start_s=0.4)
        assert (rest.start_s, rest.end_s) == (0.4, 0.5)
        assert toolkit.waveforms.peaks(id, 40, end_s=77.0).end_s == 0.5
        toolkit.waveforms.build().result(60)


def test_a_very_short_sound_fills_any_number_of_points(toolkit: Toolkit, samples: Path) -> None:
    (samples / "click.wav").write_bytes(waves.wav(tone(0.0005, 44_100, 1, 900.0), 44_100, 16))
    toolkit.sources.scan().result(60)
    id = ids(toolkit)["click.wav"]
    toolkit.waveforms.build([id]).result(60)
    for points in (1, 7, 22, 64, 100, 1_024):
        assert agrees(toolkit.waveforms.kept([id], points)[id], decoded(samples / "click.wav"), points)


@pytest.mark.parametrize(
    ("points", "start_s", "end_s"),
    [
        (0, 0.0, None),
        (-1, 0.0, None),
        (100_001, 0.0, None),
        (10, -1.0, None),
        (10, math.nan, None),
        (10, math.inf, None),
        (10, 0.0, 0.0),
        (10, 0.4, 0.3),
        (10, 0.0, math.nan),
        (10, 99.0, None),
    ],
)
def test_what_makes_no_sense(toolkit: Toolkit, points: int, start_s: float, end_s: float | None) -> None:
    for target in (ids(toolkit)["kick.wav"], toolkit.catalog.get(ids(toolkit)["kick.wav"]).path):
        with pytest.raises(UsageError, match=r"\.$"):
            toolkit.waveforms.peaks(target, points, start_s=start_s, end_s=end_s)


def test_the_most_points(toolkit: Toolkit) -> None:
    found = toolkit.waveforms.peaks(ids(toolkit)["kick.wav"], 100_000)
    assert len(found.low) == len(found.high) == len(found.rms) == 100_000
    with pytest.raises(UsageError):
        toolkit.waveforms.kept([1], 0)


def test_what_is_not_there(toolkit: Toolkit, samples: Path, tmp_path: Path) -> None:
    for ask in (toolkit.waveforms.peaks, toolkit.waveforms.health, toolkit.waveforms.hints):
        with pytest.raises(NotFound, match="no sound with the number 999"):
            ask(999)
    assert toolkit.waveforms.kept([999, -5]) == {}
    assert toolkit.waveforms.build([999, -5]).result(60) == 0
    for target in (tmp_path / "none.wav", tmp_path, samples / "notes.txt"):
        (samples / "notes.txt").write_text("no sound")
        with pytest.raises(CannotDecode, match=r"\.$"):
            toolkit.waveforms.peaks(target)
    (samples / "kick.wav").unlink()
    with pytest.raises(CannotDecode, match=r"kick\.wav is not there\."):
        toolkit.waveforms.peaks(ids(toolkit)["kick.wav"])


def test_what_is_only_online_is_not_opened(
    toolkit: Toolkit, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cloud, "is_only_online", lambda path: path.endswith("kick.wav"))
    for target in (ids(toolkit)["kick.wav"], samples / "kick.wav"):
        with pytest.raises(CannotDecode, match=r"^kick\.wav is only online\.$"):
            toolkit.waveforms.peaks(target)
    assert toolkit.waveforms.peaks(ids(toolkit)["hat.flac"], 5)


def test_a_changed_file_is_not_shown_as_it_was(toolkit: Toolkit, samples: Path) -> None:
    id = ids(toolkit)["kick.wav"]
    toolkit.waveforms.build().result(60)
    make("wav_16", samples / "kick.wav", seconds=0.25, freq=999.0)
    toolkit.sources.scan().result(60)
    assert toolkit.waveforms.kept([id]) == {}
    assert not toolkit.waveforms.health(id).checked
    assert toolkit.waveforms.hints(id).peak_db is None
    assert toolkit.waveforms.peaks(id, 64).duration_s == 0.25
    assert toolkit.waveforms.build().result(60) == 1
    assert toolkit.waveforms.kept([id])[id].duration_s == 0.25


def test_a_moved_file_keeps_what_is_known(toolkit: Toolkit, samples: Path) -> None:
    id = ids(toolkit)["hat.flac"]
    toolkit.waveforms.build().result(60)
    (samples / "Hats").mkdir()
    os.rename(samples / "hat.flac", samples / "Hats" / "closed.flac")
    toolkit.sources.scan().result(60)
    assert ids(toolkit)["closed.flac"] == id
    assert toolkit.waveforms.kept([id])
    assert toolkit.waveforms.health(id).path == str(samples / "Hats" / "closed.flac")
    assert toolkit.waveforms.build().result(60) == 0


def test_health_and_hints(toolkit: Toolkit, samples: Path) -> None:
    silence = tone(0.5, 44_100, 2, 440.0)
    silence[:, 1] = 0.0
    (samples / "left.wav").write_bytes(waves.wav(silence, 44_100, 24))
    toolkit.sources.scan().result(60)
    left, kick = ids(toolkit)["left.wav"], ids(toolkit)["kick.wav"]
    unknown = toolkit.waveforms.health(left)
    assert (unknown.checked, unknown.ailments, unknown.peak_db) == (False, (), None)
    assert unknown.path == str(samples / "left.wav")
    toolkit.waveforms.build().result(60)
    known = toolkit.waveforms.health(left)
    assert (known.checked, known.ailments) == (True, ("dead-channel",))
    assert known.findings == ("The right channel is silent.",)
    assert known.peak_db == pytest.approx(-6.02, abs=0.01)
    assert known.loudness_db == pytest.approx(-12.04, abs=0.1)
    assert toolkit.waveforms.health(kick).ailments == ()
    hints = toolkit.waveforms.hints(left)
    assert (hints.peak_db, hints.loudness_db) == (known.peak_db, known.loudness_db)


def test_ailments_can_be_searched_for(toolkit: Toolkit, samples: Path) -> None:
    loud = (3 * tone(0.5, 44_100, 1, 440.0)).clip(-1, 1)
    (samples / "loud.wav").write_bytes(waves.wav(loud, 44_100, 16))
    (samples / "nothing.wav").write_bytes(waves.wav(0 * loud, 44_100, 16))
    (samples / "off.wav").write_bytes(waves.wav(0.2 * loud + 0.1, 44_100, 16))
    (samples / "cut.wav").write_bytes(waves.wav(0.2 * loud, 44_100, 16)[:-20_000])
    toolkit.sources.scan().result(60)
    before = toolkit.catalog.search("is:silent").total
    toolkit.waveforms.build().result(60)
    for query, names in {
        "is:clipped": ["loud.wav"],
        "is:silent": ["nothing.wav"],
        "is:offset": ["off.wav"],
        "is:dc": ["off.wav"],
        "is:truncated": ["cut.wav"],
        "is:bad is:truncated": ["cut.wav"],
        "is:silent,clipped": ["loud.wav", "nothing.wav"],
        "is:damaged": [],
        "is:dead-channel": [],
    }.items():
        assert [row.name for row in toolkit.catalog.search(query).rows] == names, query
    assert before == 0
    (samples / "nothing.wav").write_bytes(waves.wav(0.2 * loud, 44_100, 16))
    os.utime(samples / "nothing.wav", ns=(1, 1))
    toolkit.sources.scan().result(60)
    assert toolkit.catalog.search("is:silent").total == 0


def test_the_library(toolkit: Toolkit, samples: Path) -> None:
    assert toolkit.waveforms.unwell().unchecked == len(FORMATS)
    (samples / "nothing.wav").write_bytes(waves.wav(0 * tone(0.5, 44_100, 1, 440.0), 44_100, 16))
    toolkit.sources.scan().result(60)
    toolkit.waveforms.build([ids(toolkit)["nothing.wav"], ids(toolkit)["kick.wav"]]).result(60)
    found = toolkit.waveforms.unwell()
    assert (found.checked, found.unchecked) == (2, len(FORMATS) - 1)
    assert [(os.path.basename(sound.path), sound.findings) for sound in found.sounds] == [
        ("nothing.wav", ("Nothing but silence.",))
    ]
    (samples / "nothing.wav").unlink()
    toolkit.sources.scan().result(60)
    assert toolkit.waveforms.unwell().checked == 1


def test_another_catalog_in_the_same_home_sees_nothing(toolkit: Toolkit, home: Path, samples: Path) -> None:
    import ctk

    toolkit.waveforms.build().result(60)
    everything = list(ids(toolkit).values())
    assert len(toolkit.waveforms.kept(everything)) == len(FORMATS)
    toolkit.close()
    for name in ("catalog.db", "catalog.db-wal", "catalog.db-shm"):
        (home / name).unlink(missing_ok=True)
    with ctk.open(home) as other:
        other.sources.scan([samples]).result(60)
        assert sorted(ids(other).values()) == sorted(everything)
        assert other.waveforms.kept(everything) == {}
        assert other.waveforms.build().result(60) == len(FORMATS)


def test_a_copied_home_keeps_everything(toolkit: Toolkit, home: Path, tmp_path: Path) -> None:
    import ctk

    toolkit.waveforms.build().result(60)
    everything = list(ids(toolkit).values())
    toolkit.close()
    shutil.copytree(home, tmp_path / "copy")
    with ctk.open(tmp_path / "copy") as copy:
        assert len(copy.waveforms.kept(everything)) == len(FORMATS)
        assert copy.waveforms.build().result(60) == 0


def test_a_closed_toolkit_lets_go_of_everything(toolkit: Toolkit, home: Path) -> None:
    toolkit.waveforms.build().result(60)
    toolkit.close()
    assert [path.name for path in home.iterdir() if path.name.startswith("derived")] == ["derived.db"]


@pytest.mark.parametrize("damage", ["gone", "no database", "cut short", "scribbled over"])
def test_damage_is_made_good(toolkit: Toolkit, home: Path, damage: str) -> None:
    import ctk

    toolkit.waveforms.build().result(60)
    everything = list(ids(toolkit).values())
    toolkit.close()
    file = home / "derived.db"
    content = file.read_bytes()
    middle = len(content) // 2
    file.write_bytes(
        {
            "gone": b"",
            "no database": b"x" * 9_000,
            "cut short": content[:middle],
            "scribbled over": content[:5_000] + bytes(len(content) - 5_000),
        }[damage]
    )
    if damage == "gone":
        file.unlink()
    with ctk.open(home) as again:
        assert len(again.waveforms.kept(everything)) in (0, len(FORMATS))
        assert isinstance(again.waveforms.peaks(everything[0], 64), Peaks)
        again.waveforms.build().result(60)
        again.waveforms.build().result(60)
        assert len(again.waveforms.kept(everything)) == len(FORMATS)
