"""Loops rendered from General MIDI: patterns of many styles, written as a MIDI file and played by FluidSynth."""

import random
import shutil
import struct
import subprocess
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pytest

import debian
from tests.writers.samples import Samples

RATE: Final = 44_100
_TICKS: Final = 480
_DRUMS: Final = 9
_KICK, _SNARE, _CLAP, _CLOSED, _OPEN = 36, 38, 39, 42, 46


@dataclass(frozen=True, slots=True)
class Note:
    """One note; times in beats."""

    at: float
    length: float
    key: int
    velocity: int
    drum: bool = True


@dataclass(frozen=True, slots=True)
class Loop:
    """What was rendered: ``beats`` quarter notes, or dotted quarters in 6/8, at ``bpm``."""

    style: str
    bpm: float
    beats: int
    samples: Samples


def loop(chance: random.Random, folder: Path, styles: Sequence[str] = ()) -> Loop:
    """A loop of random style, tempo and length, cut exactly; its samples are stereo."""
    style = chance.choice(styles or tuple(STYLES))
    low, high, bar, pattern = STYLES[style]
    bpm, bars = chance.uniform(low, high), chance.choice((1, 2, 2, 4, 4, 8))
    program = chance.choice(_PROGRAMS.get(style, (0,)))
    one_bar = pattern(chance)
    notes = [
        Note(note.at + bar * number, note.length, note.key, note.velocity, note.drum)
        for number in range(bars)
        for note in one_bar
    ]
    beats = bar * bars
    return Loop(style, bpm, beats, render(notes, bpm, program, round(beats * 60 / bpm * RATE), folder))


def render(notes: Sequence[Note], bpm: float, program: int, frames: int, folder: Path) -> Samples:
    """The notes as FluidSynth plays them, ``frames`` long. Skips the test where it is not here."""
    player = shutil.which("fluidsynth")
    if player is None or not debian.SOUND_FONT_FILE.exists():
        pytest.skip("needs FluidSynth and its General MIDI sounds, which build/test.py installs on Debian")
    score, sound = folder / "loop.mid", folder / "loop.wav"
    score.write_bytes(_smf(notes, bpm, program))
    command = [player, "-ni", "-g", "0.7", "-r", str(RATE), "-F", str(sound), str(debian.SOUND_FONT_FILE), str(score)]
    subprocess.run(command, check=True, capture_output=True)
    with wave.open(str(sound)) as file:
        played = np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 2)
    samples = np.zeros((frames, 2))
    samples[: min(frames, len(played))] = played[:frames] / 32_768
    return samples


def _smf(notes: Sequence[Note], bpm: float, program: int) -> bytes:
    events = [(0, 0, b"\xff\x51\x03" + round(60e6 / bpm).to_bytes(3, "big")), (0, 0, bytes((0xC0, program)))]
    for note in notes:
        channel = _DRUMS if note.drum else 0
        events.append((round(note.at * _TICKS), 2, bytes((0x90 | channel, note.key, note.velocity))))
        events.append((round((note.at + note.length) * _TICKS), 1, bytes((0x80 | channel, note.key, 0))))
    track, last = b"", 0
    for tick, _, message in sorted(events):
        track += _variable(tick - last) + message
        last = tick
    track += _variable(8 * _TICKS) + b"\xff\x2f\0"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, _TICKS) + b"MTrk" + struct.pack(">I", len(track)) + track


def _variable(number: int) -> bytes:
    """A length in groups of seven bits."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))


def _hits(key: int, times: Sequence[float], velocity: int = 100) -> list[Note]:
    return [Note(at, 0.1, key, velocity) for at in times]


def _steps(count: float, step: float = 1.0, start: float = 0.0) -> list[float]:
    return [start + step * number for number in range(round(count))]


def _house(chance: random.Random) -> list[Note]:
    hats = [Note(at, 0.1, chance.choice((_CLOSED, _OPEN)), 80) for at in _steps(4, start=0.5)]
    return _hits(_KICK, _steps(4), 110) + _hits(_CLAP, (1, 3)) + hats


def _rock(chance: random.Random) -> list[Note]:
    kicks = (0, 2, 2.5) if chance.random() < 0.5 else (0, 2)
    return _hits(_KICK, kicks) + _hits(_SNARE, (1, 3)) + _hits(_CLOSED, _steps(8, 0.5), 70)


def _hiphop(chance: random.Random) -> list[Note]:
    kicks = chance.choice(((0, 1.75, 2.5), (0, 0.75, 2.5), (0, 2.25, 2.5)))
    return _hits(_KICK, kicks) + _hits(_SNARE, (1, 3)) + _hits(_CLOSED, _steps(8, 0.5), 65)


def _drum_and_bass(chance: random.Random) -> list[Note]:
    ghost = _hits(_SNARE, (1.75,), 50) if chance.random() < 0.7 else []
    return _hits(_KICK, (0, 2.5)) + _hits(_SNARE, (1, 3)) + ghost + _hits(_CLOSED, _steps(8, 0.5), 70)


def _trap(chance: random.Random) -> list[Note]:
    hats = [Note(at, 0.1, _CLOSED, 60 + chance.randrange(30)) for at in _steps(16, 0.25)]
    return _hits(_KICK, (0, 0.75, 2.5)) + _hits(_CLAP, (2,)) + hats


def _reggaeton(_: random.Random) -> list[Note]:
    return _hits(_KICK, _steps(4)) + _hits(_SNARE, (0.75, 1.5, 2.75, 3.5))


def _shuffle(_: random.Random) -> list[Note]:
    hats = _hits(_CLOSED, _steps(4), 80) + _hits(_CLOSED, _steps(4, start=2 / 3), 60)
    return _hits(_KICK, (0, 2)) + _hits(_SNARE, (1, 3)) + hats


def _triplets(_: random.Random) -> list[Note]:
    return _hits(_KICK, (0, 2)) + _hits(_SNARE, (1, 3)) + _hits(_CLOSED, _steps(12, 1 / 3), 70)


def _waltz(chance: random.Random) -> list[Note]:
    hats = _hits(_CLOSED, _steps(6, 0.5), 60) if chance.random() < 0.5 else []
    return _hits(_KICK, (0,), 110) + _hits(_SNARE, (1, 2), 70) + hats


def _six_eight(_: random.Random) -> list[Note]:
    """Two dotted quarters of three eighths each."""
    return _hits(_KICK, (0,), 110) + _hits(_SNARE, (1,)) + _hits(_CLOSED, _steps(6, 1 / 3), 70)


def _arpeggio(chance: random.Random) -> list[Note]:
    root, chord, count = chance.randrange(48, 72), (0, 3, 7, 12, 7, 3, 12, 15), chance.choice((8, 16))
    step = 4 / count
    return [
        Note(at, step * 0.9, root + chord[round(at / step) % 8], 80 + 10 * (at == 0), False)
        for at in _steps(count, step)
    ]


def _bass(chance: random.Random) -> list[Note]:
    root = chance.randrange(28, 48)
    times = [at for at in _steps(16, 0.25) if chance.random() < 0.4] or [0.0]
    return [Note(at, 0.22, root + chance.choice((0, 0, 0, 3, 7)), 100, False) for at in times]


def _chords(chance: random.Random) -> list[Note]:
    root = chance.randrange(48, 72)
    times = chance.choice(((0, 2), (0, 1.5, 3), (0, 1, 2, 3), (0, 0.75, 1.5, 2.5)))
    return [Note(at, 0.4, root + interval, 90, False) for at in times for interval in (0, 3, 7)]


def _pad(chance: random.Random) -> list[Note]:
    root = chance.randrange(48, 60)
    return [Note(0, 3.9, root + interval, 80, False) for interval in (0, 3, 7, 12)]


STYLES: Final[dict[str, tuple[float, float, int, Callable[[random.Random], list[Note]]]]] = {
    "house": (115, 132, 4, _house),
    "rock": (90, 150, 4, _rock),
    "hiphop": (75, 105, 4, _hiphop),
    "drum and bass": (160, 178, 4, _drum_and_bass),
    "trap": (130, 160, 4, _trap),
    "reggaeton": (85, 105, 4, _reggaeton),
    "shuffle": (80, 130, 4, _shuffle),
    "triplets": (80, 130, 4, _triplets),
    "waltz": (80, 150, 3, _waltz),
    "six eight": (60, 100, 2, _six_eight),
    "arpeggio": (90, 140, 4, _arpeggio),
    "bass": (90, 140, 4, _bass),
    "chords": (75, 130, 4, _chords),
}
"""Of each style: the tempos it is played in, the beats of a bar, and what a bar holds."""

PAD: Final = (60.0, 140.0, 4, _pad)
_PROGRAMS: Final = {"arpeggio": (0, 4, 24, 80, 81), "bass": (33, 36, 38), "chords": (0, 4, 16, 48, 89)}
