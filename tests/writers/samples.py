"""Sounds as arrays (frames x channels, float64 in -1..1), and their packing into PCM bytes."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]


def tone(seconds: float, rate: int, channels: int, freq: float) -> Samples:
    """A sine at half level, the same in all channels."""
    times = np.arange(round(seconds * rate)) / rate
    return np.repeat(0.5 * np.sin(2 * np.pi * freq * times)[:, None], channels, axis=1)


def lively(seconds: float, rate: int, channels: int, freq: float) -> Samples:
    """A tone that changes between silence, sine and noise, so that encoders have reason to vary their bit rate."""
    sound = tone(seconds, rate, channels, freq)
    noise = np.random.default_rng(7).uniform(-0.5, 0.5, sound.shape)
    part = np.arange(len(sound)) * 6 // max(len(sound), 1) % 3
    sound[part == 0] = 0.0
    sound[part == 2] = noise[part == 2]
    return sound


def pack(samples: Samples, bits: int, *, floating: bool = False, big: bool = False, unsigned: bool = False) -> bytes:
    """Interleaved PCM bytes of the given depth."""
    order = ">" if big else "<"
    if floating:
        return bytes(samples.astype(f"{order}f{bits // 8}").tobytes())
    whole = np.round(samples * (2 ** (bits - 1) - 1)).astype(np.int64)
    if bits == 8:
        return bytes((whole + 128).astype("u1") if unsigned else whole.astype("i1"))
    if bits == 24:
        raw = whole.astype(f"{order}i4").view("u1").reshape(-1, 4)
        return bytes((raw[:, 1:] if big else raw[:, :3]).tobytes())
    return bytes(whole.astype(f"{order}i{bits // 8}").tobytes())
