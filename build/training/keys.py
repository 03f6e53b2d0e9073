"""The rest of an orchestra, roughly: struck strings, bowed strings, winds and organs."""

from collections.abc import Callable

import numpy as np

from training.dsp import Array, Chance, between, decay, fade, filtered, frames, layered, noise, room, saw, sine, times
from training.synths import phrase


def piano(chance: Chance, hz: float, seconds: float) -> Array:
    """Partials a little sharp, each string of a note a little off, a hammer."""
    count = frames(max(seconds, 0.4))
    stiff = between(chance, 0.0001, 0.0008)
    out = np.zeros(count)
    for number in range(1, min(16, int(9_000 / hz)) + 1):
        partial = hz * number * np.sqrt(1 + stiff * number**2)
        tone = sine(partial, count, chance.uniform()) + 0.7 * sine(partial * 1.0008, count, chance.uniform())
        out += (
            tone
            * decay(count, between(chance, 2, 6) * (220 / hz) ** 0.4 / number**0.6)
            / number ** chance.uniform(0.8, 1.6)
        )
    return out + filtered(noise(chance, count), between(chance, 300, 2_000), "low", 2) * decay(count, 0.05) * 0.2


def bowed(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(max(seconds, 0.3))
    shake = 1 + 0.006 * sine(between(chance, 4.5, 6.5), count) * np.clip(times(count) * 3, 0, 1)
    wave = filtered(saw(hz * shake, count), between(chance, 1_500, 6_000), "low", 2)
    return (wave + noise(chance, count, -2) * 0.03) * fade(count, between(chance, 0.03, 0.3), 0.1)


def wind(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(max(seconds, 0.3))
    shake = 1 + chance.uniform(0, 0.006) * sine(between(chance, 4, 6), count)
    odd = chance.random() < 0.4
    tone = layered(
        sine(hz * number * shake, count) / number ** chance.uniform(1, 2.5) for number in range(1, 8, 1 + odd)
    )
    air = filtered(noise(chance, count), hz * 2, "band", 2) * chance.uniform(0, 0.2)
    return (tone + air) * fade(count, between(chance, 0.02, 0.12), 0.08)


def brass(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(max(seconds, 0.25))
    swell = np.clip(times(count) / between(chance, 0.03, 0.2), 0, 1)
    cut = hz * 1.5 + between(chance, 800, 4_000) * swell
    return filtered(saw(hz * (1 + 0.02 * np.exp(-times(count) / 0.03)), count), cut, "low", 2) * fade(count, 0.03, 0.08)


def organ(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(max(seconds, 0.4))
    bars = chance.random(8) ** 2
    tone = layered(bar * sine(hz * ratio, count) for bar, ratio in zip(bars, (0.5, 1.5, 1, 2, 3, 4, 5, 6), strict=True))
    return tone * (1 + 0.15 * sine(between(chance, 0.6, 7), count)) * fade(count, 0.008, 0.03)


def _family(voice: Callable[[Chance, float, float], Array], low: int, high: int) -> Callable[[Chance], Array]:
    def make(chance: Chance) -> Array:
        return room(chance, phrase(chance, voice, low, high), between(chance, 0.4, 2.5), chance.uniform(0.05, 0.4))

    return make


FAMILIES = {
    "piano": _family(piano, 36, 84),
    "bowed": _family(bowed, 43, 84),
    "wind": _family(wind, 55, 88),
    "brass": _family(brass, 43, 79),
    "organ": _family(organ, 36, 79),
}
