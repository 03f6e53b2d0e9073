"""CNN14 here is CNN14 as published: the same numbers for the same sound, whatever it is heard with."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ctk.classify.buckets import LENGTHS, Window, windows
from ctk.classify.worker import panns_missing
from tests import house
from tests.classify.conftest import noise

if missing := panns_missing():
    pytest.skip(missing, allow_module_level=True)

import torch

from ctk.classify import panns
from tests.classify import checkpoint as random


@pytest.fixture(scope="module")
def model(checkpoint: str) -> panns.Model:
    return panns.Model(checkpoint, "cpu", "fp32")


def heard_alone(model: Any, window: Window) -> tuple[Window, Window]:
    with torch.no_grad():
        heard = model(torch.from_numpy(window[None]), None)
    return heard["clipwise_output"].numpy()[0], heard["embedding"].numpy()[0]


def test_it_hears_what_the_published_model_hears(model: panns.Model, checkpoint: str) -> None:
    published = random.load(checkpoint)
    for length in LENGTHS[:2]:
        batch = [windows(noise(length / 32_000 * share, seed))[0] for seed, share in enumerate((0.9, 1.0, 0.6))]
        probabilities, embeddings = model.hear(np.stack(batch))
        assert probabilities.shape == (3, 527)
        assert embeddings.shape == (3, 2048)
        for row, window in enumerate(batch):
            wanted = heard_alone(published, window)
            assert np.abs(probabilities[row] - wanted[0]).max() < 1e-4
            assert np.abs(embeddings[row] - wanted[1]).max() < 1e-4
        assert np.abs(embeddings[0] - embeddings[1]).max() > 0.1


def test_a_sound_is_heard_the_same_alone_and_among_others(model: panns.Model) -> None:
    quiet, loud = np.zeros(32_000, np.float32), noise(1, 9) * 100
    one = noise(0.31, 3)
    alone = model.hear(np.stack(windows(one)))
    among = model.hear(np.stack([loud, quiet, *windows(one), *(noise(1, seed) for seed in range(5))]))
    assert np.abs(alone[0][0] - among[0][2]).max() < 1e-5
    assert np.abs(alone[1][0] - among[1][2]).max() < 1e-5


def test_it_bears_any_samples(model: panns.Model) -> None:
    odd = [np.zeros(0), np.zeros(5), np.full(9_919, np.nan), np.full(40, np.inf), noise(0.9) * 1e20, np.ones(32_000)]
    batch = np.stack([windows(samples.astype(np.float32))[0] for samples in odd])
    probabilities, embeddings = model.hear(batch)
    assert np.isfinite(probabilities).all()
    assert np.isfinite(embeddings).all()


def test_in_bf16_it_hears_nearly_the_same(model: panns.Model, checkpoint: str) -> None:
    batch = np.stack([noise(1, seed) for seed in range(4)])
    half = panns.Model(checkpoint, "cpu", "bf16")
    assert half.precision == "bf16"
    exact, near = model.hear(batch)[1], half.hear(batch)[1]
    likeness = (exact * near).sum(1) / np.linalg.norm(exact, axis=1) / np.linalg.norm(near, axis=1)
    assert likeness.min() > 0.999


@pytest.mark.parametrize("name", ["cuda:99", "tpu", "mps:3", "cpu:1"])
def test_a_device_that_is_not_here_is_refused(name: str, checkpoint: str) -> None:
    with pytest.raises(panns.Refused, match=r"no device .* there is cpu"):
        panns.Model(checkpoint, name)


@pytest.mark.parametrize(
    "content",
    [
        *({"other": 1}, {"model": 5}, {"model": {"fc1.weight": torch.zeros(3)}}, [1, 2], {"model": os.system}),
        *(b"", b"<html>", b"PK\x03\x04 no archive", os.urandom(5000)),
    ],
    ids=lambda content: type(content).__name__,
)
def test_a_file_with_something_else_is_refused(content: Any, tmp_path: Path) -> None:
    file = tmp_path / "weights.pth"
    if not isinstance(content, bytes):
        buffer = io.BytesIO()
        torch.save(content, buffer)
        content = buffer.getvalue()
    file.write_bytes(content)
    with pytest.raises(panns.Refused, match="does not hold what CNN14 learned"):
        panns.Model(str(file), "cpu")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(panns.Refused, match="cannot be read"):
        panns.Model(str(tmp_path / "none.pth"), "cpu")


def test_the_model_comes_without_what_its_package_would_do(tmp_path: Path) -> None:
    """No file in the user's home, no Matplotlib or librosa, and nothing left in the place of either."""
    code = (
        "import sys; from ctk.classify import panns; panns.cnn14(); "
        "print(*[name for name in ('librosa', 'matplotlib', 'panns_inference') if name in sys.modules])"
    )
    environ = os.environ | {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=house.ROOT, env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
    assert not (tmp_path / "panns_data").exists()
