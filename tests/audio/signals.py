"""Sounds that are known exactly, and measurements of what became of them."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from tests.sounds import KINDS
from tests.writers.samples import Samples as Written

Samples = npt.NDArray[np.float32]

LOSSLESS: Final = frozenset(
    "wav_16 wav_24 wav_32 wav_float32 wav_float64 wav_extensible wav_20_in_24 rf64 bw64 w64 w64_float32 aiff_16 "
    "aiff_24 aiff_32 aifc_sowt aifc_in24 aifc_fl32 aifc_fl64 flac_16 flac_24 ogg_flac m4a_alac m4a_alac_24 caf_16 "
    "caf_24 caf_float32 caf_alac wv_16 wv_32 wv_float32 tta_16 tta_24".split()
)


def chirp(seconds: float, rate: int, number: int = 0) -> Written:
    """A sweep that is nowhere like itself, another on each side, and others again for each ``number``."""
    times = np.arange(round(seconds * rate)) / rate
    low, high = 200 + 61 * number, 1_500 + 97 * number
    rise = (high - low) / (2 * seconds)
    left = 0.5 * np.sin(2 * np.pi * (low + rise * times) * times)
    right = 0.4 * np.sin(2 * np.pi * (high - rise * times) * times)
    return np.stack([left, right], axis=1)


def sine(seconds: float, rate: int, freq: float, level: float = 0.5) -> Written:
    wave = level * np.sin(2 * np.pi * freq * np.arange(round(seconds * rate)) / rate)
    return np.stack([wave, wave], axis=1)


def write(kind: str, path: Path, samples: Written, rate: int = 44_100) -> Path:
    KINDS[kind].write(path, samples, rate, {})
    return path


def two_hours(path: Path) -> Path:
    """A WAV of 2 hours, 1.3 GB, that takes no room: all silence is a hole in the file."""
    size = 7_200 * 44_100 * 4
    header = write("wav_16", path, np.zeros((1, 2))).read_bytes()[:44]
    path.write_bytes(header[:4] + (size + 36).to_bytes(4, "little") + header[8:40] + size.to_bytes(4, "little"))
    os.truncate(path, 44 + size)
    return path


@dataclass(frozen=True)
class Match:
    """Where ``expected`` begins in what was heard, how alike they are (1: the same shape), and how loud it was."""

    at: int
    likeness: float
    gain: float


def reference(file: Path, rate: int = 48_000, skip: int = 0) -> Samples:
    """What the ffmpeg program makes of ``file``, in stereo, without the first ``skip`` frames."""
    trim = ["-af", f"atrim=start_sample={skip}"] if skip else []
    words = ["ffmpeg", "-v", "error", "-i", str(file), *trim, "-ac", "2", "-ar", str(rate), "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(words, check=True, capture_output=True).stdout, np.float32).reshape(-1, 2)


def locate(heard: npt.ArrayLike, expected: npt.ArrayLike) -> Match:
    """Find ``expected`` (frames x 2) in ``heard``, both sides at the same place."""
    sound, wanted = np.asarray(heard, np.float64), np.asarray(expected, np.float64)
    assert len(sound) >= len(wanted), f"only {len(sound)} frames to find {len(wanted)} in"
    size = 1 << (len(sound) + len(wanted)).bit_length()
    spectrum = np.fft.rfft(sound, size, axis=0) * np.conj(np.fft.rfft(wanted, size, axis=0))
    alike = np.fft.irfft(spectrum, size, axis=0).sum(axis=1)[: len(sound) - len(wanted) + 1]
    at = int(alike.argmax())
    part = sound[at : at + len(wanted)]
    product, energy = float((part * wanted).sum()), float((wanted**2).sum())
    return Match(at, product / max(1e-12, float(np.sqrt((part**2).sum() * energy))), product / energy)


def steepest(samples: npt.ArrayLike) -> float:
    """The largest step from one frame to the next: clicks stand out from low tones."""
    return float(np.abs(np.diff(np.asarray(samples, np.float64), axis=0)).max())


def clicks(samples: npt.ArrayLike, above: float = 6_000, rate: int = 48_000) -> float:
    """The highest of what remains without the low tones: a step of 1 leaves about a half. Not in the outer 20 ms."""
    sound = np.array(samples, np.float64)
    rise = np.hanning(2 * rate // 50)[: rate // 50, np.newaxis]
    sound[: len(rise)] *= rise
    sound[-len(rise) :] *= rise[::-1]
    spectrum = np.fft.rfft(sound, axis=0)
    spectrum[: round(above * len(sound) / rate)] = 0
    return float(np.abs(np.fft.irfft(spectrum, len(sound), axis=0)).max())


def strength(samples: npt.ArrayLike, freq: float, rate: int = 48_000) -> float:
    """How much of a sine of ``freq`` is in the left side: its level."""
    left = np.asarray(samples, np.float64)[:, 0]
    window = np.hanning(len(left))
    turns = np.exp(-2j * np.pi * freq * np.arange(len(left)) / rate)
    return float(2 * np.abs((left * window * turns).sum()) / window.sum())


def first_sound(samples: npt.ArrayLike, level: float = 1e-4) -> int:
    """The first frame that is not silent."""
    return int((np.abs(np.asarray(samples)).max(axis=1) > level).argmax())


def fitted(samples: npt.ArrayLike, freq: float, rate: int = 48_000) -> Written:
    """The one steady sine of ``freq`` that fits ``samples`` best."""
    sound = np.asarray(samples, np.float64)
    turns = 2 * np.pi * freq * np.arange(len(sound)) / rate
    basis = np.stack([np.sin(turns), np.cos(turns)], axis=1)
    return np.asarray(basis @ np.linalg.lstsq(basis, sound, rcond=None)[0], np.float64)
