"""Guitars: strummed, picked, muted, clean, driven; as notes, chords and riffs."""

from collections.abc import Callable

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
    shaped,
    sine,
    string,
    times,
)

OPEN = (40, 45, 50, 55, 59, 64)
SHAPES = (
    (0, 2, 2, 1, 0, 0),
    (0, 2, 2, 0, 0, 0),
    (None, 0, 2, 2, 2, 0),
    (None, 0, 2, 2, 1, 0),
    (None, 3, 2, 0, 1, 0),
    (3, 2, 0, 0, 0, 3),
    (None, None, 0, 2, 3, 2),
    (None, None, 0, 2, 3, 1),
    (1, 3, 3, 2, 1, 1),
    (1, 3, 3, 1, 1, 1),
    (None, 2, 4, 4, 4, 2),
    (None, 2, 4, 4, 3, 2),
    (None, 2, 3, 2, 3, None),
)
"""Frets of six strings; ``None`` is not played."""


def _strum(chance: Chance, seconds: float, shape: int, up: bool, bright: float, damp: float) -> Array:
    frets = SHAPES[shape]
    fret = int(chance.integers(0, 6)) if shape >= 8 else 0
    played = [(number, OPEN[number] + at + fret) for number, at in enumerate(frets) if at is not None]
    gap = between(chance, 0.004, 0.03)
    parts = []
    for place, (number, note) in enumerate(reversed(played) if up else played):
        made = string(
            chance,
            hertz(note) * 2 ** (chance.normal(0, 3) / 1_200),
            seconds,
            bright,
            damp ** (note / 52),
            chance.uniform(0.1, 0.25),
        )
        parts.append((place * gap, made * chance.uniform(0.5, 1) * (1 - 0.05 * number)))
    scrape = filtered(noise(chance, frames(0.05)), between(chance, 2_500, 6_000), "band", 1) * decay(frames(0.05), 0.04)
    return mixed([*parts, (0.0, scrape * chance.uniform(0, 0.3))])


def _body(chance: Chance, wave: Array) -> Array:
    """The box of an acoustic guitar: a few resonances, a soft top."""
    low = chance.uniform(90, 120)
    points = [
        (30, -24),
        (low * 0.8, -6),
        (low, 6),
        (low * 1.3, 0),
        (200, 4),
        (300, -2),
        (420, 3),
        (800, 0),
        (2_000, chance.uniform(-6, 2)),
        (5_000, chance.uniform(-14, 0)),
        (10_000, chance.uniform(-30, -6)),
    ]
    return room(chance, shaped(wave, points), between(chance, 0.1, 0.6), chance.uniform(0.05, 0.3))


def _cabinet(chance: Chance, wave: Array) -> Array:
    top = between(chance, 3_000, 5_500)
    return shaped(
        wave,
        [(40, -24), (90, 0), (400, chance.uniform(-6, 0)), (2_500, chance.uniform(0, 6)), (top, 0), (top * 1.6, -24)],
    )


def strum(chance: Chance) -> Array:
    """A chord of an acoustic guitar, once."""
    shape = int(chance.integers(len(SHAPES)))
    return _body(
        chance,
        _strum(
            chance,
            between(chance, 0.5, 4),
            shape,
            chance.random() < 0.4,
            chance.uniform(0.4, 0.95),
            chance.uniform(0.99, 0.999),
        ),
    )


def muted_strum(chance: Chance) -> Array:
    made = _strum(
        chance,
        between(chance, 0.15, 0.6),
        int(chance.integers(len(SHAPES))),
        chance.random() < 0.4,
        chance.uniform(0.3, 0.8),
        chance.uniform(0.9, 0.98),
    )
    return _body(chance, made * decay(len(made), between(chance, 0.15, 0.8)))


def strumming(chance: Chance) -> Array:
    """A pattern of down and up strokes over a chord or two."""
    step = 60 / between(chance, 70, 150) / 2
    bright, damp = chance.uniform(0.4, 0.9), chance.uniform(0.99, 0.998)
    shapes = chance.choice(len(SHAPES), 2)
    parts = []
    for place in range(8):
        if place % 2 == 0 or chance.random() < 0.6:
            made = _strum(chance, step * 1.5, int(shapes[place // 4]), place % 2 == 1, bright, damp)
            parts.append((place * step, made * chance.uniform(0.5, 1)))
    return _body(chance, mixed(parts))


def picked(chance: Chance) -> Array:
    """Single notes of an acoustic or nylon guitar, as one, a run, or a broken chord."""
    bright, damp = chance.uniform(0.2, 0.9), chance.uniform(0.992, 0.999)
    if chance.random() < 0.35:
        return _body(chance, string(chance, hertz(chance.integers(40, 77)), between(chance, 0.4, 3), bright, damp))
    step = 60 / between(chance, 60, 140) / chance.choice((2, 4))
    shape = SHAPES[chance.integers(len(SHAPES))]
    notes = [OPEN[number] + at for number, at in enumerate(shape) if at is not None]
    parts = [
        (place * step, string(chance, hertz(chance.choice(notes)), step * 3, bright, damp))
        for place in range(int(chance.integers(4, 13)))
    ]
    return _body(chance, mixed(parts))


def clean(chance: Chance) -> Array:
    """An electric guitar through a clean amplifier: notes, double stops, chords."""
    bright = chance.uniform(0.3, 0.9)
    if chance.random() < 0.5:
        made = _strum(
            chance,
            between(chance, 0.5, 3),
            int(chance.integers(len(SHAPES))),
            False,
            bright,
            chance.uniform(0.994, 0.9995),
        )
    else:
        note, step = int(chance.integers(45, 77)), 60 / between(chance, 70, 140) / 2
        ups = chance.choice((0, 2, 3, 5, 7, 10, 12), int(chance.integers(1, 9)))
        made = mixed(
            [
                (
                    at * step,
                    _bent(chance, string(chance, hertz(note + up), step * 2.5, bright, chance.uniform(0.994, 0.999))),
                )
                for at, up in enumerate(ups)
            ]
        )
    moved = made * (1 + chance.choice((0.0, 0.4)) * sine(between(chance, 3, 8), len(made)))
    return room(
        chance,
        driven(_cabinet(chance, moved), between(chance, 0.3, 2)),
        between(chance, 0.3, 2),
        chance.uniform(0, 0.4),
    )


def _bent(chance: Chance, wave: Array) -> Array:
    """A finger that bends or shakes the string."""
    if chance.random() < 0.6:
        return wave
    time = times(len(wave))
    speed = 1 + chance.choice((0.0, 0.008)) * np.sin(2 * np.pi * between(chance, 4, 7) * time)
    speed = speed * 2 ** (chance.choice((-2, 1, 2)) / 12 * np.exp(-time / between(chance, 0.05, 0.3)))
    return np.asarray(np.interp(np.cumsum(speed), np.arange(len(wave)), wave, right=0.0))


def power_chord(chance: Chance) -> Array:
    """Fifths with much gain; open or damped by the hand, once or as a riff."""
    note, state = int(chance.integers(38, 54)), int(chance.integers(1 << 31))
    amount, step = between(chance, 4, 40), 60 / between(chance, 80, 180) / 2
    riff = [0] if chance.random() < 0.4 else list(chance.choice((0, 0, 0, 3, 5, -2, 7), int(chance.integers(4, 9))))
    parts = []
    for place, up in enumerate(riff):
        palm = chance.random() < 0.4
        seconds = between(chance, 0.8, 4) if len(riff) == 1 else step * 1.05
        same = np.random.default_rng(state + place)
        tones = [
            (gap * 0.005, string(same, hertz(note + up + gap), seconds, 0.7, 0.95 if palm else 0.9985))
            for gap in (0, 7, 12)
        ]
        parts.append((place * step, mixed(tones)[: frames(seconds)]))
    return _amplified(chance, mixed(parts), amount)


def solo(chance: Chance) -> Array:
    """A driven melody with bends."""
    note, step = int(chance.integers(52, 80)), 60 / between(chance, 70, 150) / chance.choice((1, 2, 4))
    ups = chance.choice((0, 3, 5, 7, 10, 12), int(chance.integers(1, 9)))
    parts = [
        (at * step, _bent(chance, string(chance, hertz(note + up), step * 1.1, 0.7, 0.999)))
        for at, up in enumerate(ups)
    ]
    return _amplified(chance, mixed(parts), between(chance, 4, 40))


def _amplified(chance: Chance, wave: Array, amount: float) -> Array:
    """Through a driven amplifier and its box, with a little noise of its own."""
    pushed = driven(filtered(wave, between(chance, 80, 250), "high", 2), amount)
    hum = noise(chance, len(pushed), -3) * between(chance, 0.0005, 0.01)
    cab = _cabinet(chance, pushed + hum) * fade(len(pushed), 0.0, 0.03)
    return room(chance, cab, between(chance, 0.2, 1.5), chance.uniform(0, 0.3))


def funk(chance: Chance) -> Array:
    """Short strokes high on the neck, half of them dead, perhaps through a wah."""
    step, bright = 60 / between(chance, 85, 130) / 4, chance.uniform(0.6, 0.95)
    shape, parts = int(chance.integers(8, len(SHAPES))), []
    for place in range(int(chance.integers(4, 17))):
        if chance.random() < 0.7:
            made = _strum(chance, step * 1.3, shape, place % 2 == 1, bright, 0.9 if chance.random() < 0.4 else 0.996)
            parts.append((place * step, made * chance.uniform(0.5, 1)))
    whole = mixed(parts, 4_000)
    if chance.random() < 0.4:
        wah = between(chance, 600, 1_100) * 2 ** (0.8 * sine(between(chance, 1, 5), len(whole)))
        whole = whole * 0.3 + filtered(whole, wah, "band", 3) * 2
    return driven(_cabinet(chance, whole), between(chance, 0.3, 2))


def slide(chance: Chance) -> Array:
    """One or two strings under a bottle or a bar, from note to note without steps."""
    count = frames(between(chance, 1, 4))
    note = hertz(chance.integers(45, 70))
    stops = chance.choice((-5, -2, 0, 3, 5, 7), int(chance.integers(2, 5)))
    way = np.interp(np.linspace(0, len(stops) - 1, count), np.arange(len(stops)), stops)
    plain = string(chance, note, count / 22_050 * 1.9, chance.uniform(0.5, 0.9), 0.9992)
    moved = np.interp(np.cumsum(2 ** (way / 12)), np.arange(len(plain)), plain, right=0.0)
    return _amplified(chance, moved, between(chance, 1, 12)) if chance.random() < 0.6 else _body(chance, moved)


def harmonic(chance: Chance) -> Array:
    """Flageolets: a touch on the string leaves only high partials."""
    parts = []
    for at in range(int(chance.integers(1, 5))):
        count = frames(between(chance, 1, 3))
        hz = hertz(chance.choice(OPEN)) * chance.choice((2, 3, 4))
        tone = layered(sine(hz * number, count) * decay(count, 3 / number) / number**1.5 for number in (1, 2, 3))
        parts.append((at * 0.3, tone + noise(chance, count) * decay(count, 0.02) * 0.2))
    return room(chance, mixed(parts), 1.0, 0.3)


FAMILIES: dict[str, Callable[[Chance], Array]] = {
    "strum": strum,
    "muted strum": muted_strum,
    "strumming": strumming,
    "picked": picked,
    "clean guitar": clean,
    "power chord": power_chord,
    "solo": solo,
    "harmonic": harmonic,
    "funk": funk,
    "slide": slide,
}
