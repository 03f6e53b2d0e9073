"""What several tests of this room need: CNN14 that nobody taught, and sounds to hear."""

from collections.abc import Iterator

import numpy as np
import pytest

from ctk.classify.buckets import RATE_HZ, Window
from ctk.classify.worker import panns_missing


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """327 MB, for as long as the tests take."""
    if missing := panns_missing():
        pytest.skip(missing)
    from tests.classify import checkpoint as random

    file = tmp_path_factory.mktemp("checkpoint") / "random.pth"
    random.write(file)
    yield str(file)
    file.unlink()


def noise(seconds: float, seed: int = 1) -> Window:
    """A decaying burst over a tone: each seed sounds different."""
    random = np.random.default_rng(seed)
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    tone = np.sin(2 * np.pi * random.uniform(60, 6000) * time)
    burst = random.normal(0, 1, len(time)) * np.exp(-time * random.uniform(1, 30))
    sound: Window = (0.3 * tone * random.uniform() + 0.3 * burst).astype(np.float32)
    return sound
