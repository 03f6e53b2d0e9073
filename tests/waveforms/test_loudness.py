"""How loud a sound is does not depend on how long it is silent."""

import numpy as np
import pytest

from ctk.waveforms.loudness import loudness_db


def level(db: float, steps: int = 100) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.full(steps, 10 ** (db / 10))


def test_a_steady_sound_is_as_loud_as_it_is_strong() -> None:
    for steps, seconds in ((1, 0.01), (1024, 0.2), (1024, 5.0), (1024, 10_000.0)):
        assert loudness_db(level(-12.3, steps), seconds) == pytest.approx(-12.3)


def test_silence_around_it_and_quiet_parts_do_not_count() -> None:
    alone = loudness_db(level(-10), 1.0)
    assert loudness_db(np.concatenate([level(-120, 300), level(-10), level(-120, 600)]), 10.0) == pytest.approx(alone)
    assert loudness_db(np.concatenate([level(-10), level(-40)]), 2.0) == pytest.approx(alone)


def test_a_short_hit_is_as_loud_as_its_beginning() -> None:
    hit = 10 ** (-np.arange(1024) / 1024 * 6) * 0.1
    found = loudness_db(hit, 1.0)
    assert found is not None
    assert -18 < found < -10


def test_silence_has_none() -> None:
    assert loudness_db(np.zeros(100), 1.0) is None
    assert loudness_db(level(-75), 1.0) is None
    assert loudness_db(np.zeros(0), 0.0) is None
    assert loudness_db(level(-75), 0.0) is None
