"""What may happen to a sound before somebody meets it: tuned, coloured, driven, crushed, cut, faded, in a room."""

from collections.abc import Callable

import numpy as np

from training.dsp import Array, Chance, between, driven, fade, filtered, frames, mixed, noise, resampled, room, shaped


def changed(chance: Chance, samples: Array, category: str) -> Array:
    """The sound after one to four of these; what it is stays what it was."""
    wave = np.asarray(samples, np.float64)[: frames(6.0)]
    wave = wave / (np.abs(wave).max() + 1e-9)
    for change, likely in CHANGES:
        if chance.random() < likely:
            wave = change(chance, wave, category)
    return wave


def _tuned(chance: Chance, wave: Array, category: str) -> Array:
    reach = 3.0 if category == "bass" else 4.0
    return resampled(wave, 2 ** (chance.uniform(-reach, reach) / 12))


def _coloured(chance: Chance, wave: Array, _: str) -> Array:
    low, middle, high = chance.normal(0, 3.5, 3)
    bump = between(chance, 150, 6_000)
    points = [(40, low), (bump / 1.6, middle / 3), (bump, middle * 1.5), (bump * 1.6, middle / 3), (10_000, high)]
    return shaped(wave, points)


def _dull(chance: Chance, wave: Array, category: str) -> Array:
    """A low rate, an old codec, a small loudspeaker, a wall."""
    if category != "bass" and chance.random() < 0.3:
        return filtered(wave, between(chance, 60, 300), "high", 2)
    return filtered(wave, between(chance, 2_500, 9_000), "low", between(chance, 3, 12))


def _driven(chance: Chance, wave: Array, _: str) -> Array:
    return driven(wave, between(chance, 0.7, 5))


def _crushed(chance: Chance, wave: Array, _: str) -> Array:
    steps = 2.0 ** chance.integers(4, 10)
    hold = int(chance.choice((1, 1, 2, 3)))
    held = np.repeat(wave[::hold], hold)[: len(wave)]
    return np.round(held * steps) / steps


def _cut(chance: Chance, wave: Array, _: str) -> Array:
    """Ended early."""
    length = max(frames(0.08), round(len(wave) * chance.uniform(0.25, 0.9)))
    return wave[:length] * fade(min(length, len(wave)), 0.0, between(chance, 0.005, 0.1))


def _faded(chance: Chance, wave: Array, _: str) -> Array:
    seconds = len(wave) / 22_050
    return wave * fade(len(wave), 0.0, seconds * chance.uniform(0.3, 1))


def _noisy(chance: Chance, wave: Array, _: str) -> Array:
    return wave + noise(chance, len(wave), chance.uniform(-5, 0)) * 10 ** (chance.uniform(-70, -35) / 20)


def _placed(chance: Chance, wave: Array, _: str) -> Array:
    return room(chance, wave, between(chance, 0.15, 2.5), chance.uniform(0.05, 0.5))


def _echoed(chance: Chance, wave: Array, _: str) -> Array:
    gap, left = between(chance, 0.08, 0.5), chance.uniform(0.2, 0.6)
    return mixed([(gap * turn, wave * left**turn) for turn in range(4)])


def _squeezed(chance: Chance, wave: Array, _: str) -> Array:
    """Compressed: what is soft comes up."""
    size = frames(0.02)
    level = np.sqrt(np.convolve(wave**2, np.ones(size) / size)[size // 2 :][: len(wave)]) + 1e-3
    return wave * level ** -chance.uniform(0.2, 0.6)


def _repeated(chance: Chance, wave: Array, _: str) -> Array:
    gap = between(chance, 0.12, 0.9)
    return mixed([(gap * turn, wave[: frames(gap * 1.5)]) for turn in range(int(chance.integers(2, 9)))])


CHANGES: tuple[tuple[Callable[[Chance, Array, str], Array], float], ...] = (
    (_repeated, 0.08), (_tuned, 0.5), (_coloured, 0.6), (_driven, 0.25), (_squeezed, 0.2), (_crushed, 0.08),
    (_cut, 0.25), (_faded, 0.15), (_dull, 0.2), (_echoed, 0.08), (_placed, 0.3), (_noisy, 0.2),
)  # fmt: skip
