"""The parts sounds are made of: oscillators, noise, envelopes, filters, strings and rooms. All at ``RATE``."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from ctk.classify.features import RATE

Array = NDArray[Any]
Chance = np.random.Generator
_T = TypeVar("_T")

_FRAME: Final = 1_024
_STEP: Final = 256


def frames(seconds: float) -> int:
    return max(1, round(seconds * RATE))


def times(count: int) -> Array:
    return np.arange(count) / RATE


def between(chance: Chance, low: float, high: float) -> float:
    """A number between two, each octave as likely."""
    return float(np.exp(chance.uniform(np.log(low), np.log(high))))


def one_of(chance: Chance, things: Sequence[_T]) -> _T:
    return things[int(chance.integers(len(things)))]


def layered(waves: Iterable[Array]) -> Array:
    """Waves of one length as one."""
    return np.asarray(np.sum(list(waves), axis=0))


def hertz(note: float | np.integer[Any]) -> float:
    """The frequency of a MIDI note."""
    return float(440 * 2 ** ((note - 69) / 12))


def phase(hz: Array | float, count: int, start: float = 0.0) -> Array:
    """Turns of an oscillator whose frequency may change."""
    return start + np.cumsum(np.broadcast_to(np.asarray(hz, np.float64), count)) / RATE


def sine(hz: Array | float, count: int, start: float = 0.0) -> Array:
    return np.sin(2 * np.pi * phase(hz, count, start))


def saw(hz: Array | float, count: int, start: float = 0.0) -> Array:
    """A saw whose edges are rounded, so that it hardly folds."""
    turn = phase(hz, count, start) % 1.0
    step = np.broadcast_to(np.asarray(hz, np.float64), count) / RATE
    wave = 2 * turn - 1
    early, late = turn < step, turn > 1 - step
    low, high = turn / step, (turn - 1) / step
    return wave - early * (2 * low - low**2 - 1) - late * (high**2 + 2 * high + 1)


def pulse(hz: Array | float, count: int, width: float = 0.5, start: float = 0.0) -> Array:
    return (saw(hz, count, start) - saw(hz, count, start + width)) / 2


WAVES: Final[tuple[Callable[[Array | float, int], Array], ...]] = (saw, pulse, sine)


def noise(chance: Chance, count: int, tilt_db: float = 0.0) -> Array:
    """Noise that falls or rises by ``tilt_db`` an octave: 0 is white, -3 pink, -6 brown."""
    white = chance.standard_normal(count)
    if tilt_db == 0 or count < 4:
        return white
    octaves = np.log2(np.maximum(np.fft.rfftfreq(count, 1 / RATE), 20) / 1_000)
    made = np.fft.irfft(np.fft.rfft(white) * 10 ** (tilt_db * octaves / 20), count)
    return np.asarray(made / (made.std() + 1e-12))


def fade(count: int, attack_s: float, release_s: float) -> Array:
    """A ramp up, a plateau, and a ramp down."""
    shape = np.ones(count)
    up, down = min(count, frames(attack_s)), min(count, frames(release_s))
    shape[:up] *= np.linspace(0, 1, up)
    shape[count - down :] *= np.linspace(1, 0, down)
    return shape


def decay(count: int, seconds: float, attack_s: float = 0.001) -> Array:
    """A fast start, then down by 60 dB in ``seconds``."""
    return fade(count, attack_s, 0.003) * 10 ** (-3 * times(count) / max(seconds, 1e-3))


def filtered(wave: Array, cut_hz: Array | float, kind: str = "low", slope: float = 4.0, peak: float = 0.0) -> Array:
    """A filter that may move: ``low``, ``high`` or ``band``; ``peak`` is a resonance at the cut."""
    count = len(wave)
    padded = np.concatenate([np.zeros(_FRAME), wave, np.zeros(_FRAME)])
    cut = np.pad(np.broadcast_to(np.asarray(cut_hz, np.float64), count), _FRAME, mode="edge")
    window = np.hanning(_FRAME + 1)[:-1]
    pieces = np.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::_STEP]
    middle = cut[_FRAME // 2 :: _STEP][: len(pieces)]
    hz = np.maximum(np.fft.rfftfreq(_FRAME, 1 / RATE), 5.0)
    ratio = hz[None, :] / np.maximum(middle[:, None], 10.0)
    gain = _gain(ratio, kind, slope)
    gain += peak * np.exp(-((np.log2(ratio) * 6) ** 2))
    made = np.fft.irfft(np.fft.rfft(pieces * window) * gain, _FRAME) * window / 1.5
    out = np.zeros(len(padded) + _FRAME)
    for offset in range(4):
        some = made[offset::4].reshape(-1)
        out[offset * _STEP : offset * _STEP + len(some)] += some
    return out[_FRAME : _FRAME + count]


def _gain(ratio: Array, kind: str, slope: float) -> Array:
    if kind == "low":
        return np.asarray(1 / np.sqrt(1 + ratio ** (2 * slope)))
    if kind == "high":
        return np.asarray(1 / np.sqrt(1 + ratio ** (-2 * slope)))
    return np.asarray(1 / (1 + (slope * np.log2(ratio)) ** 2))


def shaped(wave: Array, points: Sequence[tuple[float, float]]) -> Array:
    """The sound through an equaliser given as (frequency, dB) points."""
    hz, gains = np.array(points).T
    bins = np.log2(np.maximum(np.fft.rfftfreq(len(wave), 1 / RATE), 20))
    gain = 10 ** (np.interp(bins, np.log2(hz), gains) / 20)
    return np.asarray(np.fft.irfft(np.fft.rfft(wave) * gain, len(wave)))


def convolved(wave: Array, answer: Array) -> Array:
    count = len(wave) + len(answer) - 1
    size = 1 << (count - 1).bit_length()
    return np.asarray(np.fft.irfft(np.fft.rfft(wave, size) * np.fft.rfft(answer, size), size)[:count])


def room(chance: Chance, wave: Array, seconds: float, wet: float) -> Array:
    """The sound in a room that rings for ``seconds``."""
    length = frames(seconds)
    tail = noise(chance, length, chance.uniform(-6, -1)) * decay(length, seconds) * (times(length) > 0.003)
    back = convolved(wave, tail)
    back *= wet * np.abs(wave).max() / (np.abs(back).max() + 1e-9)
    back[: len(wave)] += wave * (1 - wet / 2)
    return back


def string(chance: Chance, hz: float, seconds: float, bright: float, damp: float, place: float = 0.2) -> Array:
    """A plucked string (Karplus and Strong): ``bright`` 0 to 1 for the pick, ``damp`` is what each turn loses."""
    count, length = frames(seconds), max(2, round(RATE / hz))
    excited = chance.uniform(-1, 1, length)
    for _ in range(round((1 - bright) * 6)):
        excited = (excited + np.roll(excited, 1)) / 2
    excited -= np.roll(excited, max(1, round(place * length)))
    turns = [excited - excited.mean()]
    for _ in range(count // length + 1):
        last = turns[-1]
        turns.append(damp * (0.5 + 0.5 * bright) * last + damp * (0.5 - 0.5 * bright) * np.roll(last, 1))
    made = np.concatenate(turns)[:count]
    exact = np.arange(count) * (hz * length / RATE)
    return np.asarray(np.interp(exact, np.arange(count), made) * fade(count, 0.0, min(0.05, seconds / 4)))


def driven(wave: Array, amount: float) -> Array:
    """Saturation: 1 is warm, 10 is fuzz."""
    level = np.abs(wave).max() + 1e-12
    return np.asarray(np.tanh(wave / level * amount) / np.tanh(amount))


def mixed(parts: Sequence[tuple[float, Array]], least: int = 1) -> Array:
    """Sounds laid over each other, each from its second on."""
    ends = [frames(at) + len(wave) for at, wave in parts]
    out = np.zeros(max([least, *ends]))
    for at, wave in parts:
        start = round(at * RATE)
        out[start : start + len(wave)] += wave
    return out


def resampled(wave: Array, ratio: float) -> Array:
    """Faster and higher by ``ratio``."""
    places = np.arange(0, len(wave) - 1, ratio)
    smooth = filtered(wave, 0.45 * RATE / ratio, "low", 12) if ratio > 1.05 and len(wave) > 64 else wave
    return np.asarray(np.interp(places, np.arange(len(wave)), smooth))
