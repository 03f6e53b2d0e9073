"""Only as much of a sound is decoded as is listened to, and only of the file that is meant."""

import os
from pathlib import Path

import numpy as np
import pytest

from ctk import cloud
from ctk.catalog.verdict_rows import Place
from ctk.classify import hearing
from ctk.errors import CannotDecode
from tests.audio import signals
from tests.sounds import make


def place(file: Path) -> Place:
    found = file.stat()
    return Place(1, str(file), found.st_size, found.st_mtime_ns, None)


@pytest.mark.parametrize("kind", ["wav_16", "aiff_24", "flac_16", "mp3_cbr", "opus"])
def test_the_beginning_of_any_format_is_one_channel(tmp_path: Path, kind: str) -> None:
    make(kind, tmp_path / "a", seconds=1.0)
    samples = hearing.beginning(str(tmp_path / "a"), 22_050, 0.5)
    assert (str(samples.dtype), samples.shape) == ("float32", (11_025,))
    samples = hearing.beginning(str(tmp_path / "a"), 22_050, 12.0)
    assert len(samples) / 22_050 == pytest.approx(1.0, abs=0.1)


def test_channels_are_mixed(tmp_path: Path) -> None:
    left = 0.5 * np.sin(2 * np.pi * 440 * np.arange(44_100) / 44_100)
    signals.write("wav_16", tmp_path / "a.wav", np.stack([left, -left], axis=1))
    samples = hearing.beginning(str(tmp_path / "a.wav"), 22_050, 1.0)
    assert np.abs(samples).max() < 1e-3


def test_parts_are_where_they_were_asked_for(tmp_path: Path) -> None:
    rate = 8000
    steps = np.repeat(np.arange(1, 41) / 100, rate)
    signals.write("wav_24", tmp_path / "a.wav", np.stack([steps, steps], axis=1), rate)
    spans = [(0, 10 * rate), (15 * rate, 25 * rate), (30 * rate, 40 * rate)]
    parts = hearing.parts(str(tmp_path / "a.wav"), rate, spans)
    assert [len(part) for part in parts] == [10 * rate] * 3
    middles = [float(part[5 * rate - rate // 2]) for part in parts]
    assert middles == pytest.approx([0.05, 0.20, 0.35], abs=0.005)


def test_what_a_file_turns_out_not_to_have_is_left_out(tmp_path: Path) -> None:
    make("wav_16", tmp_path / "a.wav", seconds=2.0)
    parts = hearing.parts(str(tmp_path / "a.wav"), 32_000, [(0, 320_000), (320_000, 640_000)])
    assert [len(part) / 32_000 for part in parts] == [pytest.approx(2.0, abs=0.01)]


@pytest.mark.parametrize("content", [b"", b"no sound at all, but a text that somebody gave the wrong name"])
def test_what_is_no_sound_cannot_be_decoded(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(CannotDecode):
        hearing.beginning(str(tmp_path / "a.wav"), 22_050, 1.0)


def test_a_file_without_a_single_sample_cannot_be_heard(tmp_path: Path) -> None:
    signals.write("wav_16", tmp_path / "a.wav", np.zeros((0, 2)))
    with pytest.raises(CannotDecode):
        hearing.beginning(str(tmp_path / "a.wav"), 22_050, 1.0)


def test_only_the_file_that_is_meant_is_as_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make("wav_16", tmp_path / "a.wav", seconds=0.2)
    meant = place(tmp_path / "a.wav")
    assert hearing.is_as_said(meant)
    assert not hearing.is_as_said(meant._replace(path=str(tmp_path)))
    assert not hearing.is_as_said(meant._replace(path=str(tmp_path / "b.wav")))
    assert not hearing.is_as_said(meant._replace(path="a\0b"))
    monkeypatch.setattr(cloud, "may_serve", lambda folder: True)
    monkeypatch.setattr(cloud, "is_hollow", lambda found: True)
    assert not hearing.is_as_said(meant)
    monkeypatch.undo()
    os.utime(tmp_path / "a.wav", ns=(1, 1))
    assert not hearing.is_as_said(meant)
