"""An open toolkit with a few real sounds, none of them listened to yet."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import ctk
from ctk.toolkit import Toolkit
from tests.sounds import make

FORMATS = {"kick.wav": "wav_16", "snare.aif": "aiff_24", "hat.flac": "flac_16", "pad.mp3": "mp3_cbr", "vox.ogg": "opus"}


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A folder of sounds of some kinds, half a second each."""
    folder = tmp_path / "Samples"
    folder.mkdir()
    for name, kind in FORMATS.items():
        make(kind, folder / name, seconds=0.5)
    return folder


@pytest.fixture
def toolkit(home: Path, samples: Path) -> Iterator[Toolkit]:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([samples]).result(60)
        yield toolkit


def ids(toolkit: Toolkit) -> dict[str, int]:
    """The sounds by name."""
    return {os.path.basename(row.path): row.id for row in toolkit.catalog.search(limit=10_000).rows}
