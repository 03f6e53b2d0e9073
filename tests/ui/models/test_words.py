"""How facts read on screen."""

import datetime
import os

import pytest

from ctk.records import Problem, ScanReport
from ctk.ui.models import words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kick.wav", "kick.wav"),
        ("Für Elise 鼓 🥁.wav", "Für Elise 鼓 🥁.wav"),
        ("two\nlines\tand\x07bell", "two⏎lines and\N{REPLACEMENT CHARACTER}bell"),
        (os.fsdecode(b"caf\xe9.wav"), "caf\N{REPLACEMENT CHARACTER}.wav"),
        ("no\N{NO-BREAK SPACE}break", "no break"),
        ("evil\N{RIGHT-TO-LEFT OVERRIDE}vaw.exe", "evilvaw.exe"),
    ],
)
def test_names_are_safe_to_draw(text: str, shown: str) -> None:
    assert words.safe(text) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (None, ""),
        (0.0, "0.000 s"),
        (0.4126, "0.413 s"),
        (9.9994, "9.999 s"),
        (9.9996, "0:10"),
        (64, "1:04"),
        (3723, "1:02:03"),
    ],
)
def test_lengths(seconds: float | None, shown: str) -> None:
    assert words.length(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00.0"), (7.38, "0:07.3"), (59.999, "0:59.9"), (3600, "1:00:00.0")]
)
def test_moments(seconds: float, shown: str) -> None:
    assert words.moment(seconds) == shown


def test_moments_as_fine_as_wished() -> None:
    assert words.moment(7.3128, 3) == "0:07.312"
    assert words.moment(0.29, 2) == "0:00.29"
    assert words.moment(61.0, 2) == "1:01.00"


def test_days() -> None:
    noon = datetime.datetime(2026, 5, 7, 12).timestamp()
    assert words.day(noon) == "7 May 2026"
    assert words.day(1e18) == ""


def test_days_with_their_time() -> None:
    evening = datetime.datetime(2026, 5, 7, 20, 2)
    assert words.when(evening.timestamp()) == "7 May 2026 20:02"
    assert words.when(datetime.datetime.combine(datetime.date.today(), evening.time()).timestamp()) == "today 20:02"
    assert words.when(1e18) == ""


@pytest.mark.parametrize(("db", "shown"), [(-3.24, "-3.2 dB"), (0.0, "0.0 dB"), (-0.01, "0.0 dB"), (1.5, "1.5 dB")])
def test_levels(db: float, shown: str) -> None:
    assert words.level(db) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(12, "12 s"), (185, "3 min"), (5 * 3600 + 720, "5 h 12 min"), (76 * 3600, "3 days 4 h")]
)
def test_the_length_of_a_library(seconds: float, shown: str) -> None:
    assert words.long_time(seconds) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 KB"),
        (44_100, "44 KB"),
        (999_600, "1.0 MB"),
        (1_500_000, "1.5 MB"),
        (5 * 10**15, "5.0 PB"),
        (10**19, "10000 PB"),
    ],
)
def test_sizes(count: int, shown: str) -> None:
    assert words.size(count) == shown


def test_rates_channels_depths_and_counts() -> None:
    assert [words.rate(rate) for rate in (None, 44_100, 48_000, 11_025)] == ["", "44.1 kHz", "48 kHz", "11.03 kHz"]
    assert [words.channels(count) for count in (None, 1, 2, 6)] == ["", "mono", "stereo", "6"]
    assert [words.depth(bits) for bits in (None, 24)] == ["", "24 bit"]
    assert [words.sounds(count) for count in (0, 1, 20_770)] == ["0 sounds", "1 sound", "20,770 sounds"]


@pytest.mark.parametrize(
    ("db", "shown"), [(0.0, "0.0 dB"), (-0.04, "0.0 dB"), (-12.5, "-12.5 dB"), (6.0, "+6.0 dB"), (-60, "silent")]
)
def test_volumes(db: float, shown: str) -> None:
    assert words.volume(db) == shown


def test_folders_are_told_from_their_source() -> None:
    sep = os.sep
    root, inner = f"{sep}media{sep}Samples", f"{sep}media{sep}Samples{sep}Packs"
    sources = (inner, root)
    assert words.folder(sep.join((root, "Drums", "Kicks", "a.wav")), sources) == "Samples / Drums / Kicks"
    assert words.folder(sep.join((root, "a.wav")), sources) == "Samples"
    assert words.folder(sep.join((inner, "Old", "a.wav")), sources) == "Packs / Old"
    assert words.folder(f"{root} 2{sep}a.wav", sources) == f"{root} 2"
    assert words.folder(f"{sep}x{sep}a.wav", (sep,)) == f"{sep} / x"


def test_a_scan_in_words() -> None:
    assert words.scan_summary(ScanReport(files=5, unchanged=5)) == "Scanned 5 sounds: nothing has changed."
    report = ScanReport(
        files=1200,
        added=1000,
        moved=3,
        missing=2,
        problems=[Problem("a", "bad")],
        cloud=1500,
        offline=[f"{os.sep}media{os.sep}Drive"],
    )
    assert words.scan_summary(report) == (
        "Scanned 1,200 sounds: 1,000 new, 3 moved, 2 missing. One file cannot be read. 1,500 more are only online."
        " Not connected: Drive."
    )


def test_a_tempo_is_stated_or_heard() -> None:
    assert [words.tempo(120.0), words.tempo(87.5, 60.0), words.tempo(None, 123.6)] == ["120", "87.5", "~124"]
    assert words.tempo(None) == ""
