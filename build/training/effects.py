"""Effects: risers, falls, impacts, whooshes, zaps, glitches, vinyl, weather and other noises."""

import numpy as np

from training.dsp import (
    WAVES,
    Array,
    Chance,
    between,
    convolved,
    decay,
    driven,
    fade,
    filtered,
    frames,
    mixed,
    noise,
    one_of,
    pulse,
    resampled,
    room,
    saw,
    sine,
    times,
)


def riser(chance: Chance) -> Array:
    count = frames(between(chance, 1.0, 6))
    way = np.linspace(0, 1, count) ** between(chance, 0.6, 2.5)
    low, high = between(chance, 100, 600), between(chance, 2_000, 10_000)
    wave = noise(chance, count, chance.uniform(-3, 0)) * chance.uniform(0.2, 1)
    if chance.random() < 0.5:
        wave = wave * 0.5 + saw(between(chance, 80, 300) * 2 ** (way * chance.uniform(1, 3)), count)
    moved = filtered(wave, low * (high / low) ** way, chance.choice(("low", "band", "high")), 2, chance.uniform(0, 2))
    gate = 0.5 + 0.5 * np.sign(sine(between(chance, 4, 16), count)) if chance.random() < 0.15 else 1.0
    return moved * (0.05 + way) * gate * fade(count, 0.05, 0.02)


def fall(chance: Chance) -> Array:
    """Noise, or a tone, that closes and dies away."""
    count = frames(between(chance, 0.8, 5))
    way = np.linspace(0, 1, count) ** between(chance, 0.4, 1.5)
    wave = noise(chance, count, -2) + chance.choice((0.0, 1.0)) * saw(
        between(chance, 400, 2_000) * 2 ** (-way * chance.uniform(1, 4)), count
    )
    return (
        filtered(wave, between(chance, 3_000, 10_000) * 0.03**way, "low", 2, chance.uniform(0, 2))
        * (1.02 - way)
        * fade(count, 0.005, 0.1)
    )


def impact(chance: Chance) -> Array:
    """A boom with a long tail."""
    length = between(chance, 0.8, 3)
    count = frames(length)
    hz = between(chance, 28, 60) * (1 + chance.uniform(1, 8) * np.exp(-times(count) / between(chance, 0.02, 0.2)))
    boom = driven(sine(hz, count) * decay(count, length * 1.2), between(chance, 1, 6)) * chance.uniform(0.1, 1)
    crack = filtered(noise(chance, count, -3), between(chance, 400, 6_000), "low", 1) * decay(
        count, between(chance, 0.1, 1.2)
    )
    return room(chance, boom + crack * chance.uniform(0.3, 1.2), between(chance, 1.5, 5), chance.uniform(0.3, 0.8))


def sub_drop(chance: Chance) -> Array:
    count = frames(between(chance, 1.2, 5))
    hz = between(chance, 70, 250) * 2 ** (-np.linspace(0, 1, count) * chance.uniform(1.2, 3))
    return driven(sine(hz, count) * fade(count, 0.02, len(hz) / 22_050 * 0.6), between(chance, 0.5, 4))


def whoosh(chance: Chance) -> Array:
    """Noise that passes by."""
    length = between(chance, 0.3, 2.5)
    count = frames(length)
    top = chance.uniform(0.3, 0.8)
    way = np.linspace(0, 1, count)
    shape = np.exp(-(((way - top) / chance.uniform(0.1, 0.25)) ** 2))
    cut = between(chance, 300, 1_500) * 2 ** (shape * chance.uniform(0.5, 3))
    return (
        filtered(noise(chance, count, chance.uniform(-4, 0)), cut, "band", between(chance, 0.7, 3))
        * shape
        * fade(count, 0.02, 0.05)
    )


def zap(chance: Chance) -> Array:
    """A laser, an alarm, a warp: a tone with a wild pitch."""
    length = between(chance, 0.15, 2)
    count = frames(length)
    way = times(count) / length
    octaves = chance.uniform(1, 5) * (1 - way if chance.random() < 0.7 else way)
    octaves = octaves + chance.choice((0.0, chance.uniform(0.2, 1.5))) * sine(between(chance, 3, 40), count)
    kind = one_of(chance, (WAVES[2], WAVES[0], WAVES[1]))
    return kind(np.minimum(between(chance, 80, 400) * 2**octaves, 9_000), count) * fade(count, 0.002, length / 3)


def glitch(chance: Chance) -> Array:
    """Stutters, clicks and bursts of broken data."""
    parts, at = [], 0.0
    for _ in range(int(chance.integers(4, 24))):
        count = frames(between(chance, 0.005, 0.12))
        kind = chance.integers(4)
        if kind == 0:
            piece = noise(chance, count)
        elif kind == 1:
            piece = pulse(between(chance, 60, 6_000), count)
        elif kind == 2:
            piece = np.repeat(chance.uniform(-1, 1, count // 8 + 1), 8)[:count]
        else:
            piece = sine(between(chance, 200, 8_000) * np.linspace(1, chance.uniform(0.2, 4), count), count)
        for turn in range(int(chance.integers(1, 5))):
            parts.append((at + turn * count / 22_050, piece * chance.uniform(0.3, 1)))
        at += count / 22_050 * between(chance, 0.8, 6)
    return mixed(parts)


def vinyl(chance: Chance) -> Array:
    count = frames(between(chance, 1, 5))
    hiss = noise(chance, count, chance.uniform(-4, 0)) * between(chance, 0.02, 0.4)
    clicks = (
        (chance.random(count) < between(chance, 0.0002, 0.004)) * chance.standard_normal(count) * between(chance, 2, 20)
    )
    hum = sine(50, count) * chance.uniform(0, 0.1)
    return hiss + filtered(clicks, between(chance, 1_500, 7_000), "band", 1) + hum


def scratch(chance: Chance) -> Array:
    """A record moved by hand: noise and tone, forth and back."""
    count = frames(between(chance, 0.2, 1.5))
    speed = np.abs(sine(between(chance, 1.5, 8), count, chance.uniform())) ** 0.7
    base = filtered(noise(chance, 4 * count), between(chance, 500, 3_000), "band", 4) + saw(
        between(chance, 100, 600), 4 * count
    )
    places = np.cumsum(speed * chance.uniform(0.8, 3)) % (len(base) - 1)
    return np.asarray(np.interp(places, np.arange(len(base)), base) * (0.1 + speed))


def weather(chance: Chance) -> Array:
    """Wind, sea, rain, traffic, a room: noise that lives."""
    count = frames(between(chance, 2, 6))
    swell = 1 + chance.uniform(0.1, 0.9) * sine(between(chance, 0.1, 1), count, chance.uniform())
    cut = between(chance, 200, 3_000) * 2 ** (
        chance.uniform(0, 1) * sine(between(chance, 0.1, 0.8), count, chance.uniform())
    )
    bed = (
        filtered(
            noise(chance, count, chance.uniform(-6, 0)), cut, chance.choice(("low", "band")), between(chance, 1, 4)
        )
        * swell
    )
    drops = convolved(
        (chance.random(count) < between(chance, 0.0002, 0.01)).astype(float), decay(400, 0.02) * noise(chance, 400)
    )[:count]
    return np.asarray(
        (bed + drops * chance.choice((0.0, chance.uniform(0.3, 2)))) * fade(count, between(chance, 0.01, 0.5), 0.3)
    )


def machine(chance: Chance) -> Array:
    """Motors, alarms, horns, telephones: tones and noise switched on and off."""
    count = frames(between(chance, 0.6, 5))
    rate = between(chance, 1, 30)
    gate = sine(rate, count) > chance.uniform(-0.5, 0.5)
    one, two = between(chance, 100, 2_000), between(chance, 100, 2_000)
    tone = np.where(gate, pulse(one, count), chance.choice((0.0, 1.0)) * pulse(two, count))
    rumble = filtered(noise(chance, count, -4) * (0.5 + 0.5 * sine(rate, count)), between(chance, 200, 3_000), "low", 2)
    share = chance.uniform(0, 1)
    return driven(tone * share + rumble * (1 - share), between(chance, 0.5, 4)) * fade(count, 0.01, 0.05)


def reverse(chance: Chance) -> Array:
    """A hit with its tail, backwards."""
    count = frames(between(chance, 0.1, 0.5))
    hit = filtered(noise(chance, count), between(chance, 800, 6_000), chance.choice(("low", "high")), 2) * decay(
        count, between(chance, 0.1, 0.6)
    )
    return room(chance, hit, between(chance, 1, 4), 0.9)[::-1].copy()


def foley(chance: Chance) -> Array:
    """Doors, steps, things that fall: a few dull knocks with rattle, no two alike."""
    parts, at = [], 0.0
    for _ in range(int(chance.integers(2, 9))):
        count = frames(between(chance, 0.03, 0.4))
        knock = filtered(
            noise(chance, count, -3), between(chance, 100, 3_500), "band", between(chance, 0.7, 4)
        ) * decay(count, between(chance, 0.03, 0.4))
        creak = saw(between(chance, 60, 900) * np.linspace(1, chance.uniform(0.6, 1.6), count), count) * chance.choice(
            (0.0, 0.2)
        )
        parts.append((at, (knock + creak * fade(count, 0.01, 0.02)) * chance.uniform(0.2, 1)))
        at += between(chance, 0.04, 0.6)
    return room(chance, mixed(parts), between(chance, 0.2, 1.5), chance.uniform(0.1, 0.6))


def tape(chance: Chance) -> Array:
    """Any of these, stopped or wound by hand."""
    base = one_of(chance, (riser, zap, whoosh, machine, fall))(chance)
    way = np.linspace(0, 1, len(base))
    speed = (1 - way) ** between(chance, 0.4, 2) if chance.random() < 0.6 else 0.3 + 3 * way
    places = np.cumsum(speed)
    return resampled(np.interp(places[places < len(base) - 1], np.arange(len(base)), base), 1.0)


def crowd(chance: Chance) -> Array:
    """Applause or a shouting crowd: very many small bursts, each of its own colour."""
    count = frames(between(chance, 1.5, 5))
    low = chance.random() < 0.5
    bed = np.zeros(count)
    for middle in np.geomspace(300, 1_500, 5) if low else np.geomspace(900, 4_000, 5):
        bursts = (chance.random(count) < between(chance, 0.002, 0.02)) * chance.standard_normal(count)
        bed += filtered(
            convolved(bursts, decay(600, between(chance, 0.02, 0.1)))[:count], middle, "band", between(chance, 2, 6)
        )
    swell = 1 + 0.3 * sine(between(chance, 0.2, 2), count, chance.uniform())
    return room(chance, bed * swell * fade(count, between(chance, 0.01, 0.8), 0.5), between(chance, 0.5, 2), 0.4)


def chimes(chance: Chance) -> Array:
    """Wind chimes and sparkles: many small bells, no beat."""
    base, parts = between(chance, 1_200, 3_000), []
    for number in range(int(chance.integers(8, 40))):
        count = frames(between(chance, 0.3, 1.5))
        hz = base * 2 ** (number / 14 if chance.random() < 0.5 else chance.uniform(0, 1.5))
        parts.append(
            (
                chance.uniform(0, 2.5) if chance.random() < 0.7 else number * 0.06,
                sine(min(hz, 10_000), count) * decay(count, between(chance, 0.3, 1.5)) * chance.uniform(0.2, 1),
            )
        )
    return room(chance, mixed(parts), 1.5, 0.4)


def siren(chance: Chance) -> Array:
    count = frames(between(chance, 1, 5))
    rate, middle, reach = between(chance, 0.3, 6), between(chance, 300, 1_500), chance.uniform(0.2, 1)
    move = sine(rate, count) if chance.random() < 0.6 else np.sign(sine(rate, count))
    return room(
        chance,
        one_of(chance, (WAVES[2], WAVES[0], WAVES[1]))(middle * 2 ** (reach * move), count) * fade(count, 0.02, 0.1),
        1.0,
        chance.uniform(0, 0.5),
    )


def grains(chance: Chance) -> Array:
    """A texture of splinters of another effect."""
    base = one_of(chance, (zap, machine, whoosh, glitch, scratch))(chance)
    parts = []
    for _ in range(int(chance.integers(20, 120))):
        length = min(len(base), frames(between(chance, 0.01, 0.15)))
        start = int(chance.integers(0, len(base) - length + 1))
        parts.append(
            (chance.uniform(0, 2.5), base[start : start + length] * np.hanning(length) * chance.uniform(0.2, 1))
        )
    return room(chance, mixed(parts), between(chance, 0.5, 3), chance.uniform(0.1, 0.6))


FAMILIES = {
    "riser": riser,
    "fall": fall,
    "impact": impact,
    "sub drop": sub_drop,
    "whoosh": whoosh,
    "zap": zap,
    "glitch": glitch,
    "vinyl": vinyl,
    "scratch": scratch,
    "weather": weather,
    "machine": machine,
    "reverse": reverse,
    "foley": foley,
    "tape": tape,
    "crowd": crowd,
    "chimes": chimes,
    "siren": siren,
    "grains": grains,
}
