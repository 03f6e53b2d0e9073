"""Hearing sounds, outlines and the health of the library, as their user meets them: real processes."""

import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ctk.cli import drawing, words
from ctk.records import Device, LibraryHealth, Peaks, SoundHealth
from tests.cli.test_main import ctk_, json_of
from tests.sounds import make
from tests.sources.library import wav

NULL = "NULL Playback Device"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    folder.mkdir()
    make("wav_16", folder / "tone.wav", seconds=1.0, rate=22_050, channels=2)
    return folder


def cut(file: Path) -> Path:
    """A sound of which the second half is missing."""
    make("wav_16", file, seconds=1.0, rate=22_050, channels=1)
    os.truncate(file, file.stat().st_size // 2)
    return file


def test_peaks_of_a_file_and_of_a_catalogued_sound(home: Path, root: Path) -> None:
    json_of(home, "scan", str(root))
    row = json_of(home, "search", "tone")["rows"][0]
    by_id = json_of(home, "peaks", str(row["id"]), "--points", "50")
    keys = ["path", "duration_s", "sample_rate_hz", "channels", "points", "start_s", "end_s", "min", "max", "rms"]
    assert list(by_id) == keys
    assert (by_id["path"], by_id["points"], by_id["channels"]) == (row["path"], 50, 2)
    assert (by_id["start_s"], by_id["end_s"]) == (0.0, pytest.approx(1.0, abs=1e-3))
    assert all(low <= 0 <= high and rms <= max(-low, high) for low, high, rms in columns(by_id))
    by_path = json_of(home, "peaks", str(root / "tone.wav"), "--points", "50")
    assert by_path == by_id
    part = json_of(home, "peaks", str(row["id"]), "--start", "0.25", "--end", "0.5")
    assert (part["points"], part["start_s"], part["end_s"]) == (1024, pytest.approx(0.25, abs=1e-3), 0.5)


def columns(peaks: dict[str, Any]) -> list[tuple[float, float, float]]:
    assert len(peaks["min"]) == len(peaks["max"]) == len(peaks["rms"]) == peaks["points"]
    return list(zip(peaks["min"], peaks["max"], peaks["rms"], strict=True))


def test_peaks_are_drawn_for_people(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "41")
    drawn = ctk_(home, "peaks", "tone.wav", cwd=root, env={**os.environ, "PYTHONPATH": os.getcwd()})
    assert drawn.returncode == 0, drawn.stderr
    *lines, facts = drawn.stdout.splitlines()
    assert len(lines) == 2 * drawing.LINES and max(map(len, lines)) == 40
    assert facts.startswith(f"{root / 'tone.wav'}  (1.000 s, 22.05 kHz, 2 ch, peak -")


def test_a_drawing_is_as_high_as_its_sound() -> None:
    waves = [math.sin(step / 5) * step / 50 for step in range(51)]
    peaks = Peaks(0, 1, 1, 44100, 1, [-abs(wave) for wave in waves], [abs(wave) for wave in waves], waves)
    for encoding in ("utf-8", "ascii", None, "nonsense"):
        drawn = drawing.outline(peaks, encoding)
        assert drawn.count("\n") == 2 * drawing.LINES - 1
        assert drawn.isascii() == (encoding != "utf-8")
    full = drawing.outline(Peaks(0, 1, 1, 44100, 1, [-1.0] * 3, [2.0] * 3, [1.0] * 3), "utf-8")
    assert full == "\n".join(["███"] * 6)
    silent = Peaks(0, 1, 1, 44100, 1, [0.0], [0.0], [0.0])
    assert drawing.outline(silent, "utf-8").strip() == ""
    assert words.outline("/a\n.wav", silent) == "/a\N{REPLACEMENT CHARACTER}.wav  (1.000 s, 44.1 kHz, 1 ch, silent)"


def test_the_library_is_listened_to_and_what_is_unwell_listed(home: Path, root: Path) -> None:
    cut(root / "cut.wav")
    wav(root / "well.wav", 3, frames=44_100)
    json_of(home, "scan", str(root))
    found = json_of(home, "doctor", "--library")
    assert list(found) == ["checked", "unchecked", "sounds"]
    assert (found["checked"], found["unchecked"]) == (3, 0)
    unwell = {os.path.basename(sound["path"]): sound for sound in found["sounds"]}
    assert list(unwell["cut.wav"]) == ["id", "path", "ailments", "findings", "peak_db", "loudness_db"]
    assert "truncated" in unwell["cut.wav"]["ailments"] and "tone.wav" not in unwell
    assert json_of(home, "search", "is:truncated")["total"] == 1
    told = ctk_(home, "doctor", "--library")
    assert told.returncode == 0
    assert told.stdout.startswith("3 sounds listened to: ")
    assert "Cut off before the end (is:truncated): 1\n" in told.stdout
    assert str(root / "cut.wav") in told.stdout


@pytest.mark.skipif(os.name == "nt", reason="SIGINT to a child needs POSIX")
def test_ctrl_c_keeps_what_was_heard(home: Path, root: Path) -> None:
    wav(root / "0.wav", 1, frames=400_000)
    for number in range(1, 600):
        shutil.copy(root / "0.wav", root / f"{number}.wav")
        with open(root / f"{number}.wav", "r+b") as file:
            file.seek(200_000)
            file.write(str(number).encode() * 20)
    json_of(home, "scan", str(root))
    command = [sys.executable, "-m", "ctk", "--home", str(home), "doctor", "--library", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not (home / "derived.db").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    said, complaint = process.communicate(timeout=30)
    assert (process.returncode, complaint) == (1, "ctk: Stopped; this is what was found so far.\n")
    found = json.loads(said)
    assert found["checked"] + found["unchecked"] == 601 and found["checked"] > 0


def test_devices_and_how_one_is_named(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CTK_AUDIO_BACKEND", "null")
    (device,) = json_of(home, "devices")["devices"]
    assert (device["name"], device["default"]) == (NULL, True)
    assert ctk_(home, "devices").stdout == f"* {NULL}\n"
    tone = str(root / "tone.wav")
    done = ctk_(home, "play", tone, "--device", "null play", "--start", "0.8")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = ctk_(home, "play", tone, "--device", "Speaker")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert NULL in done.stderr and "“Speaker”" in done.stderr


def test_a_loop_ends_when_it_is_told_to(home: Path, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.setenv("CTK_AUDIO_BACKEND", "null")
    started = time.monotonic()
    done = ctk_(home, "play", str(root / "tone.wav"), "--loop", "--seconds", "2.5", "--start", "0.9")
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - started >= 2.5


def test_lists_stay_short_and_name_what_is_wrong() -> None:
    sick = [SoundHealth(id, f"/{id}.wav", True, ("clipped",), ("Clipped 9 times.",), 0.0, -3.0) for id in range(50)]
    both = SoundHealth(99, "/both.wav", True, ("truncated", "clipped"), ("Ends early.", "Clipped."), 0.0, -3.0)
    told = words.library(LibraryHealth(1000, 7, [both, *sick]))
    assert "1,000 sounds listened to: 949 well, 51 not." in told
    assert "7 sounds not listened to yet" in told
    assert "(is:truncated): 1\n       99  /both.wav: Ends early." in told
    assert "Clipped (is:clipped): 51" in told and "... and 31 more" in told
    assert "(is:silent)" not in told


def test_devices_in_words() -> None:
    assert words.devices([]) == "No sound device."
    assert words.devices([Device("1", "A", False), Device("2", "B", True)]) == "  A\n* B"
