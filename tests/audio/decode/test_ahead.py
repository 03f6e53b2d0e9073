"""Beginnings held in memory: the same sound as the file's, whatever happens to the file meanwhile."""

import os
import threading
from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from ctk.audio.decode.ahead import ahead
from ctk.audio.decode.samples import HeldStream, Samples, Stream
from ctk.errors import CannotDecode
from tests.audio import signals
from tests.sounds import KINDS


def make(kind: str, path: Path, seconds: float = 4) -> str:
    rate = KINDS[kind].rate_hz or 44_100
    return str(signals.write(kind, path, signals.chirp(seconds, rate), rate))


def whole(stream: Stream, step: int = 3_000) -> Samples:
    parts = []
    while len(block := stream.read(step)):
        parts.append(block)
    return np.concatenate(parts)


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"ape"}))
def test_a_sound_goes_on_from_its_beginning_without_a_seam(kind: str, tmp_path: Path) -> None:
    file = make(kind, tmp_path / "sound")
    with decode.open(file) as stream:
        expected = whole(stream)
    made = ahead(file, 1.0)
    with made.stream() as stream:
        said = stream.frames
        samples = whole(stream)
        assert samples.shape == expected.shape
        assert np.array_equal(samples, expected)
        assert (stream.error, stream.broken, stream.frames) == (None, 0, len(expected))
        assert (stream.promised, said) == (made.promised, made.frames)
        for frame in (0, len(made.head) - 1, len(made.head), 2 * len(made.head), len(expected) - 10, len(expected)):
            stream.seek(frame)
            block = stream.read(500)
            assert block.shape == expected[frame : frame + 500].shape
            assert not len(block) or np.abs(block - expected[frame : frame + 500]).max() < 0.05


def test_a_short_sound_is_whole_and_needs_its_file_no_more(tmp_path: Path) -> None:
    file = make("mp3_cbr", tmp_path / "sound", 0.5)
    made = ahead(file, 1.0)
    assert (made.whole, made.frames, made.nbytes) == (True, 22_050, 22_050 * 2 * 4)
    os.remove(file)
    stream = made.stream()
    assert isinstance(stream, HeldStream)
    assert len(whole(stream)) == 22_050
    assert stream.duration_s == 0.5


def test_memory_is_for_the_beginning_only(tmp_path: Path) -> None:
    made = ahead(make("wav_24", tmp_path / "sound", 8), 1.5)
    assert (made.whole, made.nbytes) == (False, 66_150 * 2 * 4)
    assert made.head.base is None


def test_streams_are_independent_and_cannot_change_what_is_held(tmp_path: Path) -> None:
    made = ahead(make("wav_16", tmp_path / "sound"), 1.0)
    first, second = made.stream(), made.stream()
    block = first.read(1_000)
    with pytest.raises(ValueError):
        block *= 2
    first.close()
    assert not len(first.read(10))
    assert np.array_equal(second.read(1_000), block)
    second.seek(90_000)
    assert len(second.read(10)) == 10
    second.close()
    second.close()
    assert not len(second.read(10))


def test_the_file_is_opened_where_it_is_needed_and_closed_in_the_end(tmp_path: Path) -> None:
    made = ahead(make("flac_16", tmp_path / "sound"), 1.0)
    before = opened_files()
    stream = made.stream()
    stream.read(44_100)
    stream.seek(100_000)
    assert opened_files() == before
    reading = threading.Thread(target=stream.read, args=[10])
    reading.start()
    reading.join()
    assert opened_files() == before + 1
    stream.close()
    assert opened_files() == before


def opened_files() -> int:
    """0 where they cannot be counted."""
    return len(os.listdir("/dev/fd")) if os.path.isdir("/dev/fd") else 0


def test_an_index_serves_what_is_not_in_memory(tmp_path: Path) -> None:
    file = make("mp3_vbr_bare", tmp_path / "sound", 9)
    with decode.open(file) as stream:
        expected = whole(stream)
        index = stream.index()
    assert index is not None
    for stream in (ahead(file, 1.0, index=index).stream(), ahead(file, 1.0).stream(index)):
        assert stream.index() is index
        stream.seek(300_000)
        assert np.abs(stream.read(500) - expected[300_000:300_500]).max() < 1e-5
        assert stream.frames == len(expected)
        stream.close()


def test_a_file_that_is_gone_or_another_ends_the_sound_with_a_sentence(tmp_path: Path) -> None:
    file = make("wav_16", tmp_path / "kick.wav")
    made = ahead(file, 1.0)
    assert made.fresh()
    os.utime(file, (1, 1))
    assert not made.fresh()
    changed = made.stream()
    assert len(changed.read(50_000)) == 44_100
    assert changed.error == "kick.wav was changed while it was played."
    os.remove(file)
    assert not made.fresh()
    gone = made.stream()
    assert len(gone.read(50_000)) == 44_100
    assert gone.error == "kick.wav is not there."
    gone.seek(0)
    assert len(gone.read(100)) == 100


def test_what_cannot_be_decoded_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(CannotDecode, match="is not there"):
        ahead(str(tmp_path / "gone.wav"), 1.0)
    (tmp_path / "text.wav").write_text("no sound")
    with pytest.raises(CannotDecode, match="is not a sound file"):
        ahead(str(tmp_path / "text.wav"), 1.0)
