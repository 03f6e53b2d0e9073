"""Samples straight from the bytes are those that the decoder gives, whatever kind of numbers they are."""

from pathlib import Path

import numpy as np
import pytest

from ctk.audio.decode.file import FileStream
from ctk.audio.decode.samples import Samples
from ctk.errors import CannotDecode
from ctk.waveforms import blocks
from ctk.waveforms.blocks import DecodedBlocks, PlainBlocks, open_blocks
from tests.audio.decode.test_pcm import PLAIN
from tests.sounds import KINDS, make
from tests.waveforms.reference import Values, decoded
from tests.writers import waves


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "sound")


def read(path: str, start: int = 0) -> Values:
    """What blocks hold, as floats."""
    with open_blocks(path) as opened:
        parts = [block.values.copy() for block in opened.read(start)]
        values = np.concatenate(parts).reshape(-1, opened.channels)
    return values / np.float32(32_768) if values.dtype.kind == "i" else values


def noisy(path: str, kind: str, channels: int) -> str:
    make(kind, Path(path), seconds=0.3, rate=22_050, channels=channels, freq=997.0)
    return path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("channels", [1, 2])
def test_the_decoder_agrees(kind: str, channels: int, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    noisy(path, kind, channels)
    monkeypatch.setattr(blocks, "SAMPLES", 2_000)
    with open_blocks(path) as opened:
        assert isinstance(opened, PlainBlocks if kind in PLAIN else DecodedBlocks)
    wanted: Samples = decoded(path)
    for start in (0, 1, 1_777):
        found = read(path, start)
        assert found.shape == wanted[start:].shape
        lost = wanted[start:] - found  # the top 16 bits of more are the next lower step
        assert float(lost.min()) > -1e-7
        assert float(lost.max()) < 1 / 32_768 + 1e-7


@pytest.mark.parametrize("kind", [kind for kind in PLAIN if kind != "wav_float64"])
def test_every_bit_when_asked_for(kind: str, path: str) -> None:
    noisy(path, kind, 2)
    with open_blocks(path) as opened:
        whole = np.concatenate([block.whole().copy() for block in opened.read(0)]).astype(np.float64)
    wanted = decoded(path).ravel().astype(np.float64)
    scale = np.abs(wanted).max() / np.abs(whole).max()
    assert np.allclose(whole * scale, wanted, atol=1e-7)
    assert np.log2(scale) == pytest.approx(round(np.log2(scale)), abs=1e-4)


def test_blocks_can_be_read_again(path: str) -> None:
    for kind in ("wav_24", "flac_16"):
        noisy(path, kind, 2)
        with open_blocks(path) as opened:
            first = [block.values.copy() for block in opened.read(0)]
            again = [block.values.copy() for block in opened.read(0)]
            assert opened.frames == 6_615
        assert np.array_equal(np.concatenate(first), np.concatenate(again))


def test_numbers_that_no_sound_has(path: str) -> None:
    samples = np.array([[0.5], [np.nan], [np.inf], [-np.inf], [2_000.0], [-0.25]])
    Path(path).write_bytes(waves.wav(samples, 8_000, 32, floating=True))
    assert read(path).ravel().tolist() == [0.5, 0.0, 1_000.0, -1_000.0, 1_000.0, -0.25]
    Path(path).write_bytes(waves.wav(samples, 8_000, 64, floating=True))
    assert read(path).ravel().tolist() == [0.5, 0.0, 1_000.0, -1_000.0, 1_000.0, -0.25]


def test_what_the_header_promises(path: str) -> None:
    data = waves.wav(np.zeros((1_000, 1)), 8_000, 16)
    for cut, promised in ((0, None), (64, None), (66, 1_000)):
        Path(path).write_bytes(data[: len(data) - cut])
        with open_blocks(path) as opened:
            assert opened.report().promised == promised
            assert opened.frames == 1_000 - cut // 2


def test_the_channel_for_low_effects(path: str) -> None:
    Path(path).write_bytes(waves.wav(np.zeros((10, 6)), 8_000, 16))
    with open_blocks(path) as opened:
        assert opened.bass == 3
    make("flac_16", Path(path), channels=6, seconds=0.1)
    with open_blocks(path) as opened:
        assert opened.bass == 3
    make("wav_16", Path(path), channels=2, seconds=0.1)
    with open_blocks(path) as opened:
        assert opened.bass is None


@pytest.mark.parametrize("content", [None, b"", b"no sound at all", b"RIFF\x10\0\0\0WAVEfmt "])
def test_what_cannot_be_read(content: bytes | None, path: str) -> None:
    if content is not None:
        Path(path).write_bytes(content)
    with pytest.raises(CannotDecode, match=r"sound.*\.$"):
        open_blocks(path)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CannotDecode, match="not a file"):
        open_blocks(str(tmp_path))


def test_a_decoder_is_let_go(path: str) -> None:
    noisy(path, "flac_16", 1)
    with DecodedBlocks(FileStream(path)) as opened:
        next(iter(opened.read(0)))
    assert not list(opened.read(opened._at))
