"""General MIDI, played by FluidSynth: each program in notes, chords and tunes; each drum kit in hits and patterns."""

import struct
import subprocess
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from ctk.classify.features import RATE
from training.dsp import Array, Chance, between
from training.sounds import Sound
from training.synths import CHORDS, SCALES

SLOT_S: Final = 5.0
HIT_S: Final = 2.0
PHRASES: Final = 16
KITS: Final = (0, 8, 16, 24, 25, 32, 40)
DRUM_KEYS: Final = range(35, 82)

_PARTS: Final = (
    (0, 47, "other"), (47, 48, "drums"), (48, 50, "other"), (50, 52, "synth"), (56, 62, "other"), (62, 64, "synth"),
    (64, 80, "other"), (80, 85, "synth"), (86, 91, "synth"), (92, 104, "synth"), (104, 112, "other"),
    (112, 119, "drums"), (119, 128, "fx"),
)  # fmt: skip
_OVER: Final = (
    (24, 32, "guitar"), (32, 40, "bass"), (52, 55, "vocal"), (85, 86, "vocal"), (91, 92, "vocal"), (114, 115, "other"),
)  # fmt: skip
_RANGES: Final = {"bass": (26, 46), "guitar": (40, 74), "vocal": (48, 76), "fx": (40, 76), "drums": (45, 72)}
_TICKS: Final = 480
_DRUMS: Final = 9


@dataclass(frozen=True, slots=True)
class Note:
    """One note; times in seconds."""

    at: float
    length: float
    key: int
    velocity: int


def category(program: int) -> str | None:
    """What a General MIDI program is taken for; none for what is neither one thing nor another."""
    named = [name for start, end, name in (*_PARTS, *_OVER) if start <= program < end]
    return named[-1] if named else None


def sounds(font: Path, folder: Path) -> Iterator[Sound]:
    """All programs, all kits, and once more the programs of categories that have few."""
    for program in range(128):
        yield from _program(font, folder, program, 7)
    for kit in KITS:
        yield from _kit(font, folder, kit)
    for program in range(128):
        if category(program) != "other":
            yield from _program(font, folder, program, 8)


def _program(font: Path, folder: Path, program: int, seed: int) -> Iterator[Sound]:
    """Some of them with the room and the chorus of FluidSynth."""
    if kind := category(program):
        chance = np.random.default_rng((seed, program))
        phrases = [_phrase(chance, *_RANGES.get(kind, (38, 84)), kind) for _ in range(PHRASES)]
        played = _play(font, folder, phrases, SLOT_S, program, 0, (program + seed) % 2 == 0)
        for made in _slots(played, len(phrases), SLOT_S):
            yield Sound(kind, f"gm {program // 4}", f"gm {program}", made)


def _kit(font: Path, folder: Path, kit: int) -> Iterator[Sound]:
    chance, wet = np.random.default_rng((7, 1_000 + kit)), kit % 3 == 1
    hits = [[Note(0.0, 0.5, key, int(chance.integers(50, 127)))] for key in DRUM_KEYS]
    for made in _slots(_play(font, folder, hits, HIT_S, kit, _DRUMS, wet), len(hits), HIT_S):
        yield Sound("drums", "gm kits", f"gm kit {kit}", made)
    loops = [_pattern(chance) for _ in range(PHRASES)]
    for made in _slots(_play(font, folder, loops, SLOT_S, kit, _DRUMS, wet), len(loops), SLOT_S):
        yield Sound("drums", "gm loops", f"gm loop {kit}", made)


def _phrase(chance: Chance, low: int, high: int, kind: str) -> list[Note]:
    key, loud = int(chance.integers(low, high)), int(chance.integers(60, 127))
    way = chance.random()
    if way < 0.45:
        return [Note(0.0, between(chance, 0.1, 3.5), key, loud)]
    if way < 0.7 and kind != "bass":
        shape = CHORDS[chance.integers(len(CHORDS))]
        gap = chance.choice((0.0, between(chance, 0.005, 0.03)))
        starts = [0.0] if chance.random() < 0.6 else [place * between(chance, 0.4, 0.9) for place in range(4)]
        long = between(chance, 0.2, 3.5 / len(starts))
        return [Note(at + gap * number, long, key + up, loud) for at in starts for number, up in enumerate(shape)]
    step = 60 / between(chance, 70, 160) / chance.choice((1, 2, 4))
    scale = SCALES[chance.integers(len(SCALES))]
    count = min(16, int(3.8 / step))
    ups = [scale[place % len(scale)] for place in range(count)] if way < 0.8 else chance.choice(scale, count)
    long = step * chance.uniform(0.4, 1.2)
    rest = chance.choice((0.0, 0.3))
    return [
        Note(at * step, long, key + int(up), loud) for at, up in enumerate(ups) if at == 0 or chance.random() >= rest
    ]


def _pattern(chance: Chance) -> list[Note]:
    """Four seconds of drums."""
    step = 60 / between(chance, 75, 175) / 4
    voices = [
        (chance.choice((35, 36)), (0.8, 0.05, 0.4, 0.15)), (chance.choice((38, 40, 39)), (0.1, 0.05, 0.1, 0.1)),
        (chance.choice((42, 44, 46, 51)), (1, 0.4, 0.9, 0.4)), (chance.integers(45, 82), (0.15, 0.15, 0.2, 0.15)),
    ]  # fmt: skip
    if chance.random() < 0.3:
        voices = voices[1:] if chance.random() < 0.5 else voices[2:]
    bars = [[chance.random() < chances[place % 4] for place in range(16)] for _, chances in voices]
    bars[0][0] = True
    return [
        Note(place * step, step, int(key), int(chance.integers(60, 120)))
        for (key, _), bar in zip(voices, bars, strict=True)
        for place in range(int(4 / step))
        if bar[place % 16] or (key in {38, 39, 40} and place % 8 == 4)
    ]


def _play(
    font: Path, folder: Path, phrases: Sequence[Sequence[Note]], slot_s: float, program: int, channel: int, wet: bool
) -> Array:
    score, sound = folder / "score.mid", folder / "score.wav"
    score.write_bytes(_midi(phrases, slot_s, program, channel))
    room = ["-R", "1" if wet else "0", "-C", "1" if wet else "0"]
    command = ["fluidsynth", "-ni", "-g", "0.6", *room, "-r", str(RATE), "-F", str(sound), str(font), str(score)]
    subprocess.run(command, check=True, capture_output=True)
    with wave.open(str(sound)) as file:
        played = np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 2)
    return np.asarray(played.mean(axis=1) / 32_768)


def _slots(played: Array, count: int, slot_s: float) -> Iterator[Array]:
    """Each phrase without the silence after it; none for those that nothing was heard of."""
    for number in range(count):
        part = played[round(number * slot_s * RATE) : round(((number + 1) * slot_s - 0.05) * RATE)]
        heard = np.flatnonzero(np.abs(part) > 0.003)
        if len(heard) > 100:
            yield part[: heard[-1] + 1]


def _midi(phrases: Sequence[Sequence[Note]], slot_s: float, program: int, channel: int) -> bytes:
    """A MIDI file at 120 beats a minute; each phrase starts in its slot and ends in it."""
    events = [(0, 0, bytes((0xC0 | channel, program)))]
    for number, phrase in enumerate(phrases):
        for note in phrase:
            end = min(note.at + note.length, slot_s - 0.6)
            key = min(max(note.key, 0), 127)
            events.append((_tick(number * slot_s + note.at), 2, bytes((0x90 | channel, key, note.velocity))))
            events.append((_tick(number * slot_s + max(end, note.at + 0.02)), 1, bytes((0x80 | channel, key, 0))))
        stop = bytes((0xB0 | channel, 120, 0))
        events.append((_tick((number + 1) * slot_s - 0.04), 3, stop))
    track, last = b"", 0
    for tick, _, message in sorted(events):
        track += _variable(tick - last) + message
        last = tick
    track += _variable(_TICKS) + b"\xff\x2f\0"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, _TICKS) + b"MTrk" + struct.pack(">I", len(track)) + track


def _tick(seconds: float) -> int:
    return round(seconds * 2 * _TICKS)


def _variable(number: int) -> bytes:
    """A length in groups of seven bits."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))
