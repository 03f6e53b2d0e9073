"""Voices that speak (eSpeak NG and Festival), and what producers make of them: chops, held notes, stacks."""

import subprocess
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from ctk.classify.features import RATE
from training.dsp import Array, Chance, between, fade, frames, mixed, one_of, resampled
from training.sounds import Sound

LANGUAGES: Final = (
    "en-us", "en-gb", "de", "fr", "es", "it", "pt-br", "ru", "pl", "tr", "hi", "ja", "sv", "nl", "el", "fi", "id", "sw",
)  # fmt: skip
VARIANTS: Final = (
    "m1", "m2", "m3", "m4", "m5", "m7", "f1", "f2", "f3", "f4", "f5", "croak", "whisper", "whisperf", "klatt2",
    "klatt4", "Annie", "Andy", "Gene", "Storm", "anika", "belinda", "steph", "victor",
)  # fmt: skip
WORDS: Final = (
    "hey", "yeah", "oh", "ah ah", "let's go", "come on", "one two three four", "baby", "turn it up", "drop the bass",
    "hands in the air", "la la la la", "na na na", "I can feel it", "all night long", "stop", "ready", "feel the music",
    "love", "tonight", "are you ready for this", "welcome to the show", "ooh", "whoa", "can you hear me now", "again",
    "take me higher", "don't let me go", "what", "listen", "this is how we do it", "the night is young and so are we",
)  # fmt: skip
FESTIVAL: Final = (
    "cmu_us_slt_arctic_hts", "kal_diphone", "ked_diphone", "czech_dita", "czech_krb", "czech_machac",
    "hy_fi_mv_diphone", "suo_fi_lj_diphone", "lp_diphone",
)  # fmt: skip
SPOKEN: Final = 480
_PLAIN: Final = str.maketrans("", "", "'")


def espeak(folder: Path, seed: int = 11) -> Iterator[Sound]:
    chance = np.random.default_rng(seed)
    file = folder / "voice.wav"
    for number in range(SPOKEN):
        voice = f"{LANGUAGES[number % len(LANGUAGES)]}+{VARIANTS[chance.integers(len(VARIANTS))]}"
        words = WORDS[number % len(WORDS)]
        pitch, speed = str(chance.integers(10, 90)), str(round(between(chance, 80, 260)))
        command = ["espeak-ng", "-v", voice, "-p", pitch, "-s", speed, "-w", str(file), words]
        subprocess.run(command, check=True, capture_output=True)
        yield from _made(chance, _read(file), f"espeak {words}", "espeak")


def festival(folder: Path, seed: int = 12) -> Iterator[Sound]:
    """Each voice says all words; those that are not installed say nothing."""
    chance = np.random.default_rng(seed)
    for voice in FESTIVAL:
        files = [folder / f"{voice}{number}.wav" for number in range(len(WORDS))]
        lines = [f"(voice_{voice})"]
        for words, file in zip(WORDS, files, strict=True):
            lines.append(f'(utt.save.wave (utt.synth (Utterance Text "{words.translate(_PLAIN)}")) "{file}" \'riff)')
        script = folder / "say.scm"
        script.write_text("\n".join(lines))
        subprocess.run(["festival", "-b", str(script)], check=False, capture_output=True)
        for file in files:
            if file.exists():
                yield from _made(chance, _read(file), f"festival {voice}", "festival")


def _made(chance: Chance, spoken: Array, group: str, family: str) -> Iterator[Sound]:
    """The words as they are, and one thing made of them."""
    if len(spoken) < frames(0.05) or not np.abs(spoken).max():
        return
    yield Sound("vocal", family, group, spoken)
    way = one_of(chance, (_chopped, _held, _stacked, _tuned))
    yield Sound("vocal", family + " made", group, way(chance, spoken))


def _chopped(chance: Chance, spoken: Array) -> Array:
    length = min(len(spoken), frames(between(chance, 0.08, 0.5)))
    start = int(chance.integers(0, len(spoken) - length + 1))
    piece = spoken[start : start + length] * fade(length, 0.003, 0.02)
    if np.abs(piece).max() < 0.1 * np.abs(spoken).max() or chance.random() < 0.3:
        return spoken[: frames(0.6)]
    step = 60 / between(chance, 90, 150) / 2
    return mixed(
        [
            (at * step, resampled(piece, 2 ** (chance.choice((0, 0, 3, 5, -4)) / 12)))
            for at in range(6)
            if chance.random() < 0.75
        ]
        or [(0.0, piece)]
    )


def _held(chance: Chance, spoken: Array) -> Array:
    """The loudest moment held as a sung note: periods of it laid over each other, with vibrato."""
    size = frames(0.06)
    power = np.convolve(spoken**2, np.ones(size), "valid")
    start = int(power.argmax()) if len(power) else 0
    grain = spoken[max(0, start - size // 2) : start + size + size // 2]
    if len(grain) < size:
        return spoken
    repeat = np.correlate(grain, grain, "full")[len(grain) - 1 :]
    period = 44 + int(repeat[44 : min(300, len(repeat))].argmax())
    turns = max(2, len(grain) // period // 2)
    block = grain[: turns * period + period]
    weight = np.minimum(1, np.arange(len(block)) / period) * np.minimum(1, np.arange(len(block))[::-1] / period)
    count = frames(between(chance, 0.5, 3))
    step = turns * period
    wave = mixed([(at / RATE, block * weight) for at in range(0, count, step)])
    speed = 2 ** (chance.uniform(-6, 8) / 12) * (1 + 0.008 * np.sin(2 * np.pi * 5.5 * np.arange(len(wave)) / RATE))
    places = np.cumsum(speed)
    held = np.interp(places[places < len(wave) - 1], np.arange(len(wave)), wave)
    return held * fade(len(held), between(chance, 0.01, 0.2), 0.15)


def _stacked(chance: Chance, spoken: Array) -> Array:
    """The same words a few times, apart in pitch: a crowd or a harmony."""
    return mixed(
        [
            (chance.uniform(0, 0.06), resampled(spoken, 2 ** (shift / 12)))
            for shift in chance.choice((-12, -5, 0, 0.2, 3, 4, 7), 4)
        ]
    )


def _tuned(chance: Chance, spoken: Array) -> Array:
    return resampled(spoken, 2 ** (chance.uniform(-7, 9) / 12))


def _read(file: Path) -> Array:
    with wave.open(str(file)) as sound:
        rate, channels = sound.getframerate(), sound.getnchannels()
        samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16).reshape(-1, channels)[:, 0] / 32_768
    heard = np.flatnonzero(np.abs(samples) > 0.01)
    samples = samples[heard[0] : heard[-1] + 1] if len(heard) else samples[:0]
    return (
        np.interp(np.arange(0, len(samples), rate / RATE), np.arange(len(samples)), samples)
        if len(samples)
        else samples
    )
