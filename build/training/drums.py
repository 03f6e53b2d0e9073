"""Drum machines, skins, metal and wood, and loops built of them."""

import numpy as np

from training.dsp import (
    Array,
    Chance,
    between,
    decay,
    driven,
    filtered,
    frames,
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


def kick(chance: Chance) -> Array:
    """A sine that falls fast, with a click."""
    length = between(chance, 0.12, 0.9)
    count = frames(length)
    time = times(count)
    low, top = between(chance, 38, 70), between(chance, 120, 900)
    hz = low + (top - low) * np.exp(-time / between(chance, 0.006, 0.05))
    body = sine(hz, count) * decay(count, length * chance.uniform(0.8, 1.6))
    click = filtered(noise(chance, count), between(chance, 900, 6_000), "low", 2) * decay(
        count, between(chance, 0.01, 0.08)
    )
    return driven(body + click * chance.uniform(0, 0.5), between(chance, 0.5, 6))


def snare(chance: Chance) -> Array:
    """Two modes of a skin, and wires."""
    length = between(chance, 0.12, 0.6)
    count = frames(length)
    base = between(chance, 140, 300)
    skin = layered(
        sine(base * ratio * (1 + 0.4 * np.exp(-times(count) / 0.01)), count) for ratio in (1, chance.uniform(1.5, 1.9))
    )
    wires = filtered(noise(chance, count), between(chance, 600, 2_500), "high", 2)
    return driven(
        skin * decay(count, between(chance, 0.06, 0.3)) * chance.uniform(0.1, 1) + wires * decay(count, length) * 0.7,
        between(chance, 0.5, 4),
    )


def hat(chance: Chance) -> Array:
    length = between(chance, 0.04, 0.7)
    count = frames(length)
    base = between(chance, 250, 500)
    metal = layered(pulse(base * ratio, count) for ratio in (1.0, 1.34, 1.62, 1.93, 2.5, 2.66)) / 6
    mix = chance.uniform(0, 1)
    hiss = filtered(metal * mix + noise(chance, count) * (1 - mix), between(chance, 3_500, 8_000), "high", 4)
    return hiss * decay(count, length, 0.0005)


def cymbal(chance: Chance) -> Array:
    length = between(chance, 0.8, 4)
    count = frames(length)
    tones = layered(sine(between(chance, 300, 9_000), count, chance.uniform()) for _ in range(24)) / 12
    hiss = filtered(noise(chance, count), between(chance, 1_500, 5_000), "high", 2)
    wash = (tones * chance.uniform(0.1, 1) + hiss) * decay(
        count, length * chance.uniform(0.8, 1.5), between(chance, 0.0005, 0.02)
    )
    stick = filtered(noise(chance, count), 6_000, "band", 1) * decay(count, 0.06)
    return wash + stick * chance.uniform(0, 1.5)


def clap(chance: Chance) -> Array:
    """A few hands that are not quite together."""
    length = between(chance, 0.15, 0.6)
    hands = int(chance.integers(1, 6))
    parts = []
    for hand in range(hands):
        count = frames(length if hand == hands - 1 else 0.03)
        parts.append(
            (
                hand * chance.uniform(0.006, 0.016),
                noise(chance, count) * decay(count, length if hand == hands - 1 else 0.03),
            )
        )
    return filtered(mixed(parts), between(chance, 800, 2_200), "band", between(chance, 0.6, 2))


def tom(chance: Chance) -> Array:
    """The modes of a skin, the first ones bent by the stroke."""
    length = between(chance, 0.2, 1.2)
    count = frames(length)
    base = between(chance, 60, 260)
    hz = base * (1 + chance.uniform(0.1, 0.9) * np.exp(-times(count) / between(chance, 0.02, 0.12)))
    modes = layered(
        sine(hz * ratio, count) * decay(count, length / ratio**1.5) / ratio for ratio in (1, 1.59, 2.14, 2.3)
    )
    stick = filtered(noise(chance, count), between(chance, 1_000, 5_000), "low", 2) * decay(
        count, between(chance, 0.01, 0.08)
    )
    return driven(modes + stick * chance.uniform(0, 0.8), between(chance, 0.5, 3))


def wood(chance: Chance) -> Array:
    """Claves, rims, blocks, cowbells, triangles: a few tones that die away fast, or ring as metal does."""
    metal = chance.random() < 0.35
    length = between(chance, 0.2, 1.5) if metal else between(chance, 0.04, 0.25)
    count = frames(length)
    base = between(chance, 400, 5_000 if metal else 2_500)
    ratios = [1.0, *chance.uniform(1.3, 4.5, int(chance.integers(1, 4)))]
    kind = pulse if metal and chance.random() < 0.4 else sine
    ring = layered(kind(base * ratio, count) * decay(count, length / ratio**0.5) / ratio for ratio in ratios)
    stick = noise(chance, count) * decay(count, between(chance, 0.004, 0.03))
    return ring + stick * chance.uniform(0, 0.8)


def shaker(chance: Chance) -> Array:
    length = between(chance, 0.06, 0.4)
    count = frames(length)
    grain = noise(chance, count) * (chance.random(count) < chance.uniform(0.1, 1))
    rise = (times(count) / length) ** chance.uniform(0.2, 2)
    shape = rise * (1 - times(count) / length) ** chance.uniform(0.5, 3)
    return filtered(grain, between(chance, 3_000, 8_000), "high", 3) * shape


def hand(chance: Chance) -> Array:
    """Congas, bongos, tablas, djembes: a skin with a slap."""
    length = between(chance, 0.1, 0.7)
    count = frames(length)
    base = between(chance, 90, 500)
    bend = 1 + chance.uniform(-0.25, 0.25) * np.exp(-times(count) / between(chance, 0.03, 0.2))
    skin = layered(
        sine(base * ratio * bend, count) * decay(count, length / ratio) / ratio for ratio in (1, 1.5, 2.0, 2.44, 3.0)
    )
    slap = filtered(noise(chance, count), between(chance, 800, 4_000), "band", 1) * decay(
        count, between(chance, 0.01, 0.1)
    )
    return skin * chance.uniform(0.2, 1) + slap * chance.uniform(0.1, 1.5)


def electro(chance: Chance) -> Array:
    """Zaps and blips of drum synthesisers: a tone that falls, with noise."""
    length = between(chance, 0.05, 0.35)
    count = frames(length)
    low, top = between(chance, 80, 600), between(chance, 600, 5_000)
    hz = low + (top - low) * np.exp(-times(count) / between(chance, 0.005, 0.04))
    tone = (saw if chance.random() < 0.3 else sine)(hz, count) * decay(count, length)
    return driven(
        tone + noise(chance, count) * decay(count, length / 2) * chance.uniform(0, 1), between(chance, 0.5, 5)
    )


KICKS, SNARES, HATS = (kick, tom), (snare, clap, snare), (hat, shaker, hat)


def loop(chance: Chance) -> Array:
    """A pattern of one to four bars, straight or swung, of three to five voices of one kit."""
    step = 60 / between(chance, 75, 178) / 4
    bars = int(chance.choice((1, 1, 2)))
    swing = chance.choice((0.0, 0.0, chance.uniform(0.1, 0.33)))
    kit = [
        (one_of(chance, KICKS)(chance), (0.9, 0.05, 0.5, 0.15), 1.0),
        (one_of(chance, SNARES)(chance), (0.05, 0.05, 0.1, 0.08), 0.8),
        (one_of(chance, HATS)(chance), (0.9, 0.4, 0.9, 0.4), 0.35),
        (one_of(chance, (wood, hand, cymbal, electro, shaker))(chance), (0.1, 0.15, 0.15, 0.15), 0.4),
    ]
    if chance.random() < 0.3:
        kit = [kit[number] for number in chance.choice(4, 2, replace=False)]
    backbeat = chance.random() < 0.8
    parts = []
    for voice, (raw, chances, level) in enumerate(kit):
        sound = raw / (np.abs(raw).max() + 1e-9)
        bar = [chance.random() < chances[place % 4] for place in range(16)]
        if voice == 1 and backbeat and len(kit) == 4:
            bar[4] = bar[12] = True
        for place in range(16 * bars):
            if bar[place % 16]:
                at = (place + swing * (place % 2)) * step
                parts.append((at, sound * level * chance.uniform(0.7, 1)))
    made = mixed(parts, 100)[: frames(16 * bars * step)]
    return driven(made, between(chance, 0.3, 4)) if chance.random() < 0.5 else made


def roll(chance: Chance) -> Array:
    """One drum again and again, faster or louder."""
    sound = one_of(chance, (snare, tom, hat, hand, clap))(chance)
    at, parts, gap = 0.0, [], between(chance, 0.05, 0.25)
    for number in range(int(chance.integers(4, 16))):
        parts.append((at, sound * (0.4 + 0.05 * number) * chance.uniform(0.8, 1)))
        at += gap
        gap *= chance.uniform(0.9, 1.02)
    return room(chance, mixed(parts), 0.4, 0.2)


FAMILIES = {
    "kick": kick,
    "snare": snare,
    "hat": hat,
    "cymbal": cymbal,
    "clap": clap,
    "tom": tom,
    "wood": wood,
    "shaker": shaker,
    "hand": hand,
    "electro": electro,
    "drum loop": loop,
    "drum loop 2": loop,
    "roll": roll,
}
