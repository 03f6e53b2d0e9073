"""Voices by formants: vowels sung and spoken, chops, choirs, breaths and vocoders."""

from collections.abc import Callable, Sequence

import numpy as np

from training.dsp import (
    Array,
    Chance,
    between,
    decay,
    driven,
    fade,
    filtered,
    frames,
    hertz,
    layered,
    mixed,
    noise,
    room,
    saw,
    sine,
    times,
)

VOWELS = (
    (730, 1_090, 2_440, 3_400),
    (270, 2_290, 3_010, 3_600),
    (300, 870, 2_240, 3_300),
    (530, 1_840, 2_480, 3_500),
    (570, 840, 2_410, 3_300),
    (660, 1_720, 2_410, 3_500),
    (440, 1_020, 2_240, 3_300),
    (490, 1_350, 1_690, 3_300),
)
"""The first four resonances (Hz) of a, i, u, e, o, ae, U and er, of men (Peterson and Barney 1952)."""


def glottis(chance: Chance, hz: Array, breath: float) -> Array:
    """The buzz of the vocal cords: a soft saw that trembles, with breath in it."""
    count = len(hz)
    shaky = hz * (1 + 0.004 * filtered(chance.standard_normal(count), 12, "low", 2))
    buzz = filtered(saw(shaky, count, chance.uniform()), between(chance, 500, 2_000), "low", 1)
    gate = 0.4 + 0.6 * np.clip(sine(shaky, count), 0, 1)
    return np.asarray(buzz / (buzz.std() + 1e-9) + noise(chance, count, -1) * gate * breath)


def mouth(wave: Array, path: Sequence[Sequence[float]], size: float) -> Array:
    """The wave through resonances that move along ``path`` in equal times; ``size`` scales them all."""
    count = len(wave)
    places = np.linspace(0, 1, max(len(path), 2))
    vowels = np.array(path if len(path) > 1 else [path[0], path[0]]) * size
    out = filtered(wave, 250, "low", 1) * 0.15
    for number, gain in enumerate((1.0, 0.6, 0.35, 0.2)):
        hz = np.interp(np.linspace(0, 1, count), places, vowels[:, number])
        out = out + gain * filtered(wave, hz, "band", (6, 9, 11, 12)[number])
    return out


def _line(chance: Chance, hz: float, count: int, vibrato: float) -> Array:
    """A pitch with scoop and vibrato."""
    time = times(count)
    bend = 2 ** (chance.choice((0.0, -1.0, -3.0, 2.0)) / 12 * np.exp(-time / 0.06))
    shake = 1 + vibrato * np.sin(2 * np.pi * between(chance, 4.5, 6.8) * time) * np.clip(time * 2 - 0.3, 0, 1)
    return np.asarray(hz * bend * shake)


def _pitch(chance: Chance) -> tuple[float, float]:
    """A note and the size of the head that sings it."""
    woman = chance.random() < 0.55
    note = chance.integers(52, 77) if woman else chance.integers(41, 65)
    return hertz(note), chance.uniform(1.08, 1.28) if woman else chance.uniform(0.9, 1.08)


def sung(chance: Chance) -> Array:
    hz, size = _pitch(chance)
    count = frames(between(chance, 0.4, 4))
    path = [VOWELS[number] for number in chance.integers(len(VOWELS), size=int(chance.integers(1, 4)))]
    source = glottis(chance, _line(chance, hz, count, chance.uniform(0.002, 0.012)), between(chance, 0.02, 0.4))
    return mouth(source, path, size) * fade(count, between(chance, 0.02, 0.2), between(chance, 0.05, 0.4))


def melody(chance: Chance) -> Array:
    """Syllables on the notes of a tune."""
    hz, size = _pitch(chance)
    parts, at = [], 0.0
    for _ in range(int(chance.integers(3, 9))):
        length = between(chance, 0.15, 0.7)
        count = frames(length)
        note = hz * 2 ** (chance.choice((-5, -3, 0, 0, 2, 4, 5, 7)) / 12)
        path = [VOWELS[number] for number in chance.integers(len(VOWELS), size=2)]
        voice = mouth(glottis(chance, _line(chance, note, count, 0.005), 0.08), path, size) * fade(count, 0.03, 0.06)
        parts.extend([(at, _consonant(chance) * np.abs(voice).max()), (at + 0.03, voice)])
        at += length * chance.uniform(0.9, 1.3)
    return mixed(parts)


def _consonant(chance: Chance) -> Array:
    count = frames(between(chance, 0.01, 0.12))
    hiss = filtered(noise(chance, count), between(chance, 1_500, 7_000), "band", 2)
    return np.asarray(hiss / (np.abs(hiss).max() + 1e-9) * fade(count, 0.004, 0.01) * chance.choice((0.0, 0.2, 0.6)))


def talk(chance: Chance) -> Array:
    """Speech without words: vowels and hisses, four or five a second, the pitch never still."""
    hz, size = _pitch(chance)
    hz *= 0.75
    parts, at = [], 0.0
    for _ in range(int(chance.integers(2, 16))):
        length = between(chance, 0.06, 0.25)
        count = frames(length)
        fall = np.linspace(chance.uniform(0.95, 1.25), chance.uniform(0.8, 1.1), count)
        path = [VOWELS[number] for number in chance.integers(len(VOWELS), size=2)]
        voice = mouth(glottis(chance, hz * fall, 0.1), path, size) * fade(count, 0.02, 0.04) * chance.uniform(0.4, 1)
        parts.extend([(at, _consonant(chance) * np.abs(voice).max()), (at + chance.uniform(0, 0.06), voice)])
        at += length + chance.choice((0.01, 0.05, 0.12))
    return mixed(parts)


def chop(chance: Chance) -> Array:
    """A short piece of a sung note, once or as a rhythm, tuned up or down."""
    base = sung(chance)
    start = int(chance.integers(0, max(1, len(base) // 2)))
    piece = base[start : start + frames(between(chance, 0.08, 0.5))]
    piece = piece * fade(len(piece), 0.003, 0.02)
    if chance.random() < 0.4:
        return piece
    step = 60 / between(chance, 90, 150) / chance.choice((2, 4))
    places = [place for place in range(12) if chance.random() < 0.6] or [0]
    parts = []
    for place in places:
        ratio = 2 ** (chance.choice((0, 0, 3, 5, 7, -5)) / 12)
        parts.append((place * step, np.interp(np.arange(0, len(piece) - 1, ratio), np.arange(len(piece)), piece)))
    return mixed(parts)


def choir(chance: Chance) -> Array:
    """Four parts of two singers each, in a hall."""
    seconds = between(chance, 1.2, 4)
    count = frames(seconds)
    path = [VOWELS[number] for number in chance.choice((0, 2, 4, 6), int(chance.integers(1, 3)))]
    root = chance.integers(48, 62)
    out = np.zeros(count)
    for up in (0, 7, *chance.choice((3, 4, 12, 16), 2)):
        lines = [_line(chance, hertz(root + up) * (1 + chance.normal(0, 0.004)), count, 0.006) for _ in range(2)]
        throats = layered(glottis(chance, line, 0.15) for line in lines)
        out += mouth(throats, path, chance.uniform(0.95, 1.2)) * fade(count, between(chance, 0.05, 0.5), 0.3)
    return room(chance, out, between(chance, 1, 4), chance.uniform(0.2, 0.6))


def breath(chance: Chance) -> Array:
    """Breath, whisper, sigh."""
    count = frames(between(chance, 0.25, 1.5))
    path = [VOWELS[number] for number in chance.integers(len(VOWELS), size=int(chance.integers(1, 6)))]
    pulse = 0.5 + 0.5 * np.abs(sine(between(chance, 0.5, 5), count, chance.uniform()))
    return mouth(noise(chance, count, -2) * pulse, path, chance.uniform(0.9, 1.3)) * fade(
        count, between(chance, 0.02, 0.3), 0.1
    )


def shout(chance: Chance) -> Array:
    """Hey, yeah, ha: one loud syllable that falls."""
    hz, size = _pitch(chance)
    count = frames(between(chance, 0.15, 0.8))
    line = hz * 1.4 * 2 ** (np.linspace(chance.uniform(0, 3), chance.uniform(-7, 1), count) / 12)
    path = [VOWELS[number] for number in chance.choice((0, 3, 5, 1), int(chance.integers(1, 3)))]
    voice = mouth(driven(glottis(chance, line, 0.3), between(chance, 1, 4)), path, size)
    return voice * decay(count, between(chance, 0.5, 3), 0.02)


FAMILIES: dict[str, Callable[[Chance], Array]] = {
    "sung": sung,
    "melody": melody,
    "talk": talk,
    "vocal chop": chop,
    "choir": choir,
    "breath": breath,
    "shout": shout,
}
