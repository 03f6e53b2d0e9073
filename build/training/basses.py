"""Basses: subs, 808s, reeses, acid, FM, plucks and wobbles, as single notes and as lines."""

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
    pulse,
    saw,
    sine,
    string,
    times,
)

Voice = Callable[[Chance, float, float], Array]


def sub(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(seconds)
    tone = (
        sine(hz, count) + chance.uniform(0, 0.3) * sine(2 * hz, count) + chance.uniform(0, 0.15) * sine(3 * hz, count)
    )
    return driven(tone * fade(count, between(chance, 0.002, 0.03), min(0.1, seconds / 3)), between(chance, 0.3, 2))


def eight(chance: Chance, hz: float, seconds: float) -> Array:
    """An 808: a kick that goes on as a note."""
    seconds = max(seconds, 0.7) * chance.uniform(1, 1.8)
    count = frames(seconds)
    drop = chance.uniform(0.5, 6) * np.exp(-times(count) / between(chance, 0.008, 0.04))
    slide = (
        2 ** (chance.uniform(-7, 7) / 12 * np.clip(times(count) / seconds * 3 - 1, 0, 1))
        if chance.random() < 0.25
        else 1
    )
    body = sine(hz * (1 + drop) * slide, count) * decay(count, seconds * chance.uniform(1.2, 3))
    return driven(body, between(chance, 0.5, 12))


def reese(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(max(seconds, 0.5))
    wave = layered(
        saw(hz * (1 + chance.uniform(-0.012, 0.012)), count, chance.uniform())
        for _ in range(int(chance.integers(2, 6)))
    )
    cut = between(chance, 150, 2_000) * 2 ** (chance.uniform(0, 1.5) * sine(between(chance, 0.1, 4), count))
    low = filtered(wave, cut, "low", 3, chance.uniform(0, 1)) + sine(hz, count) * chance.uniform(0, 1.5)
    return driven(low * fade(count, 0.01, 0.06), between(chance, 0.5, 6))


def acid(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(seconds)
    wave = saw(hz, count) if chance.random() < 0.6 else pulse(hz, count)
    top = between(chance, 500, 4_000)
    cut = 120 + top * np.exp(-times(count) / between(chance, 0.05, 0.4))
    return driven(
        filtered(wave, cut, "low", 4, chance.uniform(1, 5)) * fade(count, 0.003, 0.02), between(chance, 0.5, 6)
    )


def fm(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(seconds)
    depth = between(chance, 0.5, 6) * 10 ** (-times(count) / between(chance, 0.1, 1.5))
    ratio = chance.choice((0.5, 1, 1, 2, 3))
    turn = 2 * np.pi * hz * times(count)
    wave = np.sin(turn + depth * np.sin(ratio * turn))
    return np.asarray(wave * decay(count, between(chance, 0.8, 4) * seconds) * fade(count, 0.002, 0.02))


def pluck(chance: Chance, hz: float, seconds: float) -> Array:
    """A bass guitar: a thick string, picked, slapped or with fingers."""
    made = string(
        chance,
        hz,
        max(seconds, 0.3),
        chance.uniform(0.3, 0.85),
        chance.uniform(0.985, 0.999),
        chance.uniform(0.08, 0.3),
    )
    low = filtered(made, between(chance, 500, 3_500), "low", 2)
    return driven(
        low + 0.3 * sine(hz, len(low)) * np.abs(low).max() * decay(len(low), seconds), between(chance, 0.3, 3)
    )


def wobble(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(max(seconds, 1.0))
    wave = saw(hz, count) + pulse(hz * (1 + chance.uniform(-0.01, 0.01)), count, 0.4) + sine(hz, count)
    depth = between(chance, 1, 4)
    cut = between(chance, 200, 900) * 2 ** (depth * sine(between(chance, 1, 10), count, chance.uniform()))
    return driven(filtered(wave, cut, "low", 4, chance.uniform(0, 4)) * fade(count, 0.01, 0.05), between(chance, 1, 8))


def square(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(seconds)
    wave = pulse(hz, count, chance.uniform(0.2, 0.5)) + chance.uniform(0, 1) * saw(
        hz * chance.choice((1.0, 0.5, 1.005)), count
    )
    shape = decay(count, seconds * between(chance, 0.6, 4)) * fade(count, 0.002, 0.02)
    return np.asarray(filtered(wave, between(chance, 200, 2_500), "low", 3, chance.uniform(0, 1.5)) * shape)


def growl(chance: Chance, hz: float, seconds: float) -> Array:
    """Two formants that move over a driven saw: the bass of dubstep."""
    count = frames(max(seconds, 0.5))
    wave = driven(saw(hz, count) + sine(hz / 2, count), between(chance, 2, 8))
    rate = between(chance, 0.5, 6)
    mouths = layered(
        filtered(wave, middle * 2 ** (0.7 * sine(rate, count, chance.uniform())), "band", 3)
        for middle in (between(chance, 250, 700), between(chance, 800, 2_200))
    )
    return driven(mouths + filtered(wave, 150, "low", 3) * chance.uniform(0.5, 1.5), between(chance, 1, 5)) * fade(
        count, 0.01, 0.04
    )


def rave(chance: Chance, hz: float, seconds: float) -> Array:
    """A short, hard, hollow stab with a click, as in early rave."""
    count = frames(min(seconds, 0.6))
    wave = saw(hz, count) + pulse(hz * chance.choice((1.0, 2.0, 1.5)), count, 0.3) + sine(hz, count)
    cut = 150 + between(chance, 600, 4_000) * np.exp(-times(count) / between(chance, 0.03, 0.2))
    return driven(
        filtered(wave, cut, "low", 3, chance.uniform(0, 2)) * decay(count, between(chance, 0.3, 3)),
        between(chance, 1, 10),
    )


def _family(voice: Voice) -> Callable[[Chance], Array]:
    def make(chance: Chance) -> Array:
        note = chance.integers(24, 46)
        if chance.random() < 0.6:
            return voice(chance, hertz(note), between(chance, 0.15, 2.5))
        step = 60 / between(chance, 80, 175) / chance.choice((2, 4))
        scale = (0, 0, 0, 3, 5, 7, 10, 12)
        state = chance.integers(1 << 31)
        parts = []
        for place in range(int(chance.choice((8, 16)))):
            if chance.random() < 0.65:
                same = np.random.default_rng(state)  # every note with the settings of the first
                parts.append(
                    (
                        place * step,
                        voice(same, hertz(note + chance.choice(scale)), step * chance.uniform(0.6, 1.1))[
                            : frames(2 * step)
                        ],
                    )
                )
        return mixed(parts or [(0.0, voice(chance, hertz(note), 1.0))])

    return make


FAMILIES = {
    "sub bass": _family(sub),
    "808 bass": _family(eight),
    "reese": _family(reese),
    "acid bass": _family(acid),
    "fm bass": _family(fm),
    "plucked bass": _family(pluck),
    "wobble": _family(wobble),
    "square bass": _family(square),
    "growl": _family(growl),
    "rave bass": _family(rave),
}
