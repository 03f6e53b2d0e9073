"""Frames joined into blocks hold the same samples, in order, and what went wrong comes after them."""

from collections.abc import Iterator

import numpy as np
import pytest
from av.audio.frame import AudioFrame

from ctk.audio.decode.gathering import MOST_FRAMES, floats, gathered

KINDS = {"u8": "u1", "s16": "i2", "s32": "i4", "flt": "f4", "dbl": "f8"}


def frame(samples: int, kind: str = "fltp", *, first: int = 0, layout: str = "stereo") -> AudioFrame:
    """Channel ``c`` of sample ``n`` is ``(n + c / 2) / 2**20``, or that many units of a whole number."""
    channels = 1 if layout == "mono" else 2
    numbers = np.arange(first, first + samples)[:, None] + np.arange(channels) / 2
    dtype = np.dtype(KINDS[kind.removesuffix("p")])
    values = (numbers / 2**20 if dtype.kind == "f" else numbers).astype(dtype)
    array = np.ascontiguousarray(values.T) if kind.endswith("p") else values.reshape(1, -1)
    made = AudioFrame.from_ndarray(array, format=kind, layout=layout)
    made.sample_rate = 44_100
    made.pts = 7 * first
    return made


def frames(count: int, samples: int = 1_152, kind: str = "fltp") -> Iterator[AudioFrame]:
    return (frame(samples, kind, first=number * samples) for number in range(count))


def test_small_blocks_at_first_and_large_ones_soon() -> None:
    blocks = list(gathered(frames(200), 2))
    assert len(blocks[0]) == 1_152
    assert len(blocks[1]) <= 2 * 1_152
    assert max(map(len, blocks)) < MOST_FRAMES + 1_152
    assert len(blocks) < 40
    joined = np.concatenate(blocks) * 2**20
    assert joined.dtype == np.float32
    assert np.array_equal(joined, np.arange(200 * 1_152)[:, None] + [0.0, 0.5])


def test_nothing_is_decoded_that_was_not_asked_for() -> None:
    taken = []

    def source() -> Iterator[AudioFrame]:
        for number in range(1_000):
            taken.append(number)
            yield frame(1_152, first=number * 1_152)

    blocks = gathered(source(), 2)
    next(blocks)
    assert len(taken) <= 2


def test_what_went_wrong_comes_after_what_was_decoded() -> None:
    def source() -> Iterator[AudioFrame]:
        yield from frames(10)
        raise ValueError("broken")

    found = []
    with pytest.raises(ValueError, match="broken"):
        for block in gathered(source(), 2):
            found.append(block)
    assert sum(map(len, found)) == 11_520


def test_no_frames() -> None:
    assert list(gathered(iter([]), 2)) == []


def test_kinds_that_change_on_the_way() -> None:
    mixed = [frame(100, "s16"), frame(100, "s16", first=100), frame(100, "fltp"), frame(50, "dbl")]
    blocks = list(gathered(iter(mixed), 2))
    assert sum(map(len, blocks)) == 350


@pytest.mark.parametrize("kind", [kind + planar for kind in KINDS for planar in ("", "p")])
@pytest.mark.parametrize("layout", ["mono", "stereo"])
def test_every_kind_of_sample(kind: str, layout: str) -> None:
    found = floats(frame(200, kind, layout=layout), 1 if layout == "mono" else 2)
    dtype = np.dtype(KINDS[kind.removesuffix("p")])
    wanted = np.arange(200)[:, None] + np.arange(1 if layout == "mono" else 2) / 2
    if dtype.kind == "f":
        wanted = wanted / 2**20
    elif dtype.kind == "u":
        wanted = (np.floor(wanted) - 128) / 128
    else:
        wanted = np.floor(wanted) / 2.0 ** (8 * dtype.itemsize - 1)
    assert found.dtype == np.float32
    assert found == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("kind", ["flt", "fltp", "dbl", "dblp"])
@pytest.mark.parametrize("damage", [np.nan, np.inf, -np.inf, 1e30, -1e30, 1e300])
def test_samples_that_no_sound_has(kind: str, damage: float) -> None:
    dtype = np.dtype(KINDS[kind.removesuffix("p")])
    with np.errstate(over="ignore"):
        values = np.array([0.5, damage, -0.25, 3.0]).astype(dtype)
    broken = AudioFrame.from_ndarray(values.reshape(1, -1), format=kind, layout="mono")
    found = floats(broken, 1).ravel()
    assert found[[0, 2, 3]].tolist() == [0.5, -0.25, 3.0]
    assert found[1] == (0.0 if np.isnan(damage) else np.copysign(1_000.0, damage))
