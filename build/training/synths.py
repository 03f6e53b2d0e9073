"""Synthesisers: chords, pads, leads, plucks, bells, keys, arpeggios and stabs."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from training.dsp import (
    WAVES,
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
    one_of,
    pulse,
    room,
    saw,
    sine,
    times,
)

Voice = Callable[[Chance, float, float], Array]
CHORDS = ((0, 4, 7), (0, 3, 7), (0, 3, 7, 10), (0, 4, 7, 11), (0, 5, 7), (0, 7, 12), (0, 3, 7, 14))
EDGES: Final[tuple[Callable[[Array | float, int, float], Array], ...]] = (saw, pulse)
SCALES = ((0, 3, 5, 7, 10, 12), (0, 2, 4, 7, 9, 12), (0, 2, 3, 5, 7, 8, 10, 12), (0, 12, 7, 0))


def super_saw(chance: Chance, hz: float, seconds: float) -> Array:
    """Many saws, a little apart."""
    count = frames(seconds)
    spread = chance.uniform(0.002, 0.015)
    wave = layered(
        saw(hz * (1 + spread * side), count, chance.uniform())
        for side in np.linspace(-1, 1, int(chance.integers(3, 8)))
    )
    cut = between(chance, 1_000, 10_000) * np.exp(-times(count) * chance.choice((0.0, between(chance, 0.3, 6))))
    return filtered(wave, np.maximum(cut, 300), "low", 3, chance.uniform(0, 1)) * fade(
        count, between(chance, 0.002, 0.05), 0.05
    )


def pad(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(max(seconds, 2.0))
    kind = one_of(chance, WAVES)
    wave = layered(kind(hz * (1 + chance.uniform(-0.006, 0.006)), count) for _ in range(3))
    cut = between(chance, 400, 4_000) * 2 ** (
        chance.uniform(0, 1.5) * sine(between(chance, 0.05, 0.6), count, chance.uniform())
    )
    return filtered(wave, cut, "low", 3) * fade(count, between(chance, 0.1, 1.2), between(chance, 0.2, 1))


def lead(chance: Chance, hz: float, seconds: float) -> Array:
    """A saw or pulse for tunes, with glide and vibrato."""
    count = frames(seconds)
    vibrato = 1 + chance.choice((0.0, 0.006)) * sine(between(chance, 4, 7), count) * np.clip(times(count) * 3, 0, 1)
    glide = 2 ** (chance.choice((0.0, chance.uniform(-12, 12))) / 12 * np.exp(-times(count) / 0.03))
    wave = (
        saw(hz * vibrato * glide, count)
        if chance.random() < 0.5
        else pulse(hz * vibrato * glide, count, chance.uniform(0.1, 0.5))
    )
    wave = wave + chance.uniform(0, 0.8) * saw(hz * vibrato * chance.choice((1.007, 2.0, 0.5)), count)
    cut = between(chance, 1_000, 9_000)
    return driven(
        filtered(wave, cut, "low", 4, chance.uniform(0, 2)) * fade(count, 0.004, 0.04), between(chance, 0.3, 3)
    )


def pluck(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(max(seconds, 0.25))
    wave = saw(hz, count) + chance.uniform(0, 1) * pulse(hz * chance.choice((1, 1.004, 2)), count)
    cut = 150 + between(chance, 1_500, 9_000) * np.exp(-times(count) / between(chance, 0.03, 0.25))
    return filtered(wave, cut, "low", 3, chance.uniform(0, 1.5)) * decay(count, between(chance, 0.3, 1.5))


def bell(chance: Chance, hz: float, seconds: float) -> Array:
    """Frequency modulation with a ratio that rings."""
    count = frames(max(seconds, 0.5))
    ratio = chance.choice((1.4, 3.5, 2.76, 7.0, 3.0, 14.0, 5.4))
    depth = between(chance, 0.3, 4) * 10 ** (-times(count) / between(chance, 0.2, 1.5))
    turn = 2 * np.pi * hz * 2 * times(count)
    return np.asarray(np.sin(turn + depth * np.sin(ratio * turn)) * decay(count, between(chance, 0.6, 4)))


def keys(chance: Chance, hz: float, seconds: float) -> Array:
    """The glassy electric keys of FM and digital synthesisers, with a detuned layer."""
    count = frames(max(seconds, 0.4))
    turn = 2 * np.pi * hz * times(count)
    depth = between(chance, 0.5, 3) * 10 ** (-times(count) / between(chance, 0.2, 1))
    tone = np.sin(turn + depth * np.sin(turn)) + 0.4 * np.sin(turn * 1.003 + depth * np.sin(turn * 2))
    return tone * decay(count, between(chance, 1, 4)) + saw(hz, count) * chance.uniform(0, 0.15) * fade(
        count, 0.05, 0.1
    )


def chip(chance: Chance, hz: float, seconds: float) -> Array:
    """A game console: bare pulses and stairs, no filter."""
    count = frames(seconds)
    hops = np.array((0, *chance.choice((3, 4, 5, 7, 12), 2))) if chance.random() < 0.5 else np.zeros(3)
    notes = hops[(times(count) * 50 // 1).astype(int) % 3]
    wave = np.round(pulse(hz * 2 ** (notes / 12), count, chance.choice((0.125, 0.25, 0.5))) * 8) / 8
    return wave * (decay(count, seconds * 2) if chance.random() < 0.5 else fade(count, 0.001, 0.005))


def blip(chance: Chance, hz: float, seconds: float) -> Array:
    """A short clean tone: a ping, a beep."""
    count = frames(min(seconds, 0.5))
    tone = one_of(chance, (WAVES[2], WAVES[1], WAVES[2]))(hz * 2, count) + chance.uniform(0, 0.4) * sine(hz * 6, count)
    return tone * (decay(count, between(chance, 0.08, 0.6)) if chance.random() < 0.7 else fade(count, 0.003, 0.01))


def drone(chance: Chance, hz: float, seconds: float) -> Array:
    count = frames(max(seconds, 3.0))
    wave = np.zeros(count)
    for number in range(1, int(chance.integers(4, 12))):
        swell = 0.6 + 0.4 * sine(between(chance, 0.05, 1.5), count, chance.uniform())
        wave += sine(hz / 2 * number * (1 + chance.uniform(-0.004, 0.004)), count, chance.uniform()) * swell / number
    air = filtered(noise(chance, count, -3), hz * 4, "band", 2) * chance.uniform(0, 0.4)
    return driven((wave + air) * fade(count, between(chance, 0.05, 1), 0.5), between(chance, 0.3, 3))


def sync(chance: Chance, hz: float, seconds: float) -> Array:
    """A hard-edged, metallic lead: one oscillator restarts another."""
    count = frames(seconds)
    sweep = chance.uniform(1.2, 4) * 2 ** (chance.uniform(-1.5, 1.5) * times(count) / seconds)
    turn = np.cumsum(np.full(count, hz)) / 22_050 % 1.0
    wave = 2 * (turn * sweep % 1.0) - 1
    return filtered(wave * fade(count, 0.003, 0.03), between(chance, 2_000, 9_000), "low", 3)


def strings(chance: Chance, hz: float, seconds: float) -> Array:
    """A string machine: bright saws in an ensemble of slow and fast chorus."""
    count = frames(max(seconds, 1.0))
    wave = np.zeros(count)
    for _ in range(3):
        slow, fast = (
            sine(between(chance, 0.4, 0.8), count, chance.uniform()),
            sine(between(chance, 5, 7), count, chance.uniform()),
        )
        wave += saw(hz * (1 + 0.004 * slow + 0.0008 * fast), count, chance.uniform())
    octave = saw(hz * 2.003, count, chance.uniform()) * chance.uniform(0, 1)
    lean = filtered(wave + octave, between(chance, 120, 500), "high", 2)
    return filtered(lean, between(chance, 2_000, 8_000), "low", 2) * fade(
        count, between(chance, 0.03, 0.6), between(chance, 0.1, 0.8)
    )


def ambient(chance: Chance, hz: float, seconds: float) -> Array:
    """A cloud: short tones of a chord strewn in a large room."""
    count = frames(max(seconds, 2.5))
    parts = [(0.0, np.zeros(count))]
    for _ in range(int(chance.integers(8, 30))):
        length = frames(between(chance, 0.1, 1.2))
        tone = sine(hz * chance.choice((0.5, 1, 1.5, 2, 3, 4)) * (1 + chance.normal(0, 0.003)), length) * np.hanning(
            length
        )
        parts.append((chance.uniform(0, 0.8) * count / 22_050, tone * chance.uniform(0.2, 1)))
    return room(chance, mixed(parts), between(chance, 1, 5), 0.8) + 0.0


def hoover(chance: Chance, hz: float, seconds: float) -> Array:
    """A rave stab: wide, driven, bent up into the note, often a minor chord played by one key."""
    count = frames(min(max(seconds, 0.15), 1.5))
    bend = 2 ** (-chance.uniform(0, 8) / 12 * np.exp(-times(count) / between(chance, 0.02, 0.15)))
    ratios = (0.5, 1.0, 1.006, chance.choice((1.189, 1.498, 2.0)))
    wave = layered(one_of(chance, EDGES)(hz * ratio * bend, count, chance.uniform()) for ratio in ratios)
    return driven(filtered(wave, between(chance, 1_500, 8_000), "low", 3), between(chance, 0.7, 5)) * fade(
        count, 0.003, 0.05
    )


def brass(chance: Chance, hz: float, seconds: float) -> Array:
    """Analogue brass: saws behind a filter that opens and closes again a little."""
    count = frames(max(seconds, 0.2))
    opening = np.clip(times(count) / between(chance, 0.02, 0.15), 0, 1) * (0.5 + 0.5 * np.exp(-times(count) / 0.4))
    wave = saw(hz, count) + saw(hz * (1 + between(chance, 0.002, 0.01)), count, chance.uniform())
    return filtered(wave, 200 + between(chance, 1_500, 6_000) * opening, "low", 3, chance.uniform(0, 1)) * fade(
        count, 0.005, 0.08
    )


def beep(chance: Chance, hz: float, seconds: float) -> Array:
    """Pure tones with a soft ring of noise: clicks, pings and chimes of small electronics."""
    count = frames(between(chance, 0.05, 1.5))
    ratios = (1.0, *chance.uniform(1.2, 4.2, int(chance.integers(0, 4))))
    tone = layered(
        sine(2 * hz * ratio, count, chance.uniform()) * decay(count, between(chance, 0.1, 2) / ratio**0.5) / ratio
        for ratio in ratios
    )
    shake = 1 + chance.choice((0.0, 0.5)) * sine(between(chance, 3, 60), count)
    return np.asarray(tone * shake + noise(chance, count) * decay(count, 0.02) * chance.choice((0.0, 0.1)))


def phrase(chance: Chance, voice: Voice, low: int, high: int) -> Array:
    """A note, a chord, an arpeggio or a tune."""
    note, state = int(chance.integers(low, high)), int(chance.integers(1 << 31))

    def played(pitch: int, seconds: float) -> Array:
        return voice(np.random.default_rng(state), hertz(pitch), seconds)

    kind = chance.random()
    if kind < 0.4:
        return played(note, between(chance, 0.2, 3))
    if kind < 0.65:
        return _chords(chance, played, note)
    step = 60 / between(chance, 80, 160) / chance.choice((2, 4, 4))
    scale = chance.choice(len(SCALES))
    run = [SCALES[scale][number % len(SCALES[scale])] for number in range(16)]
    tune = run if kind < 0.82 else [int(pitch) for pitch in chance.choice(SCALES[scale], 16)]
    rest = 0.0 if kind < 0.82 else 0.35
    parts = [
        (at * step, played(note + up, step * 1.1)[: frames(4 * step)])
        for at, up in enumerate(tune)
        if chance.random() >= rest
    ]
    return mixed(parts or [(0.0, played(note, 1.0))])


def _chords(chance: Chance, played: Callable[[int, float], Array], root: int) -> Array:
    shape: Sequence[int] = CHORDS[chance.integers(len(CHORDS))]
    times_s = [0.0] if chance.random() < 0.6 else list(np.arange(4) * between(chance, 0.25, 0.9))
    long = between(chance, 0.3, 3) if len(times_s) == 1 else times_s[1]
    moves = chance.choice((0, 0, -2, 3, 5), len(times_s))
    return mixed(
        [(at, played(root + int(move) + up, long)) for at, move in zip(times_s, moves, strict=True) for up in shape]
    )


def _family(voice: Voice, low: int = 48, high: int = 80) -> Callable[[Chance], Array]:
    def make(chance: Chance) -> Array:
        made = phrase(chance, voice, low, high)
        return room(chance, made, between(chance, 0.5, 3), chance.uniform(0.1, 0.5)) if chance.random() < 0.4 else made

    return make


FAMILIES = {
    "super saw": _family(super_saw),
    "pad": _family(pad, 44, 72),
    "lead": _family(lead),
    "synth pluck": _family(pluck),
    "fm bell": _family(bell),
    "fm keys": _family(keys),
    "chip": _family(chip),
    "blip": _family(blip, 60, 96),
    "drone": _family(drone, 40, 64),
    "sync": _family(sync),
    "strings": _family(strings, 44, 80),
    "ambient": _family(ambient, 44, 76),
    "hoover": _family(hoover, 40, 68),
    "synth brass": _family(brass, 40, 74),
    "beep": _family(beep, 56, 92),
}
