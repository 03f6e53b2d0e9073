"""Edit lists: rounded to milliseconds, meant to the frame."""

import io
import struct
from pathlib import Path

import pytest

from ctk.audio.decode.mp4 import edited_s
from tests.audio import signals


def edited(file: Path) -> float | None:
    with io.FileIO(file) as source:
        return edited_s(source, file.stat().st_size)


@pytest.mark.parametrize("frames", [1_000, 44_101, 66_666])
def test_the_length_before_encoding_is_found(frames: int, tmp_path: Path) -> None:
    file = signals.write("m4a_aac", tmp_path / "sound", signals.chirp(2, 44_100)[:frames])
    seconds = edited(file)
    assert seconds is not None
    assert round(seconds * 44_100) == frames


def test_an_edit_that_takes_off_more_is_left_to_ffmpeg(tmp_path: Path) -> None:
    file = signals.write("m4a_aac", tmp_path / "sound", signals.chirp(2, 44_100))
    data = bytearray(file.read_bytes())
    at = data.index(b"elst")
    data[at + 12 : at + 16] = struct.pack(">I", 1_500)
    file.write_bytes(data)
    assert edited(file) is None


@pytest.mark.parametrize("kind", ["m4a_fragments", "wav_16", "caf_16"])
def test_where_nothing_is_edited_nothing_is_said(kind: str, tmp_path: Path) -> None:
    assert edited(signals.write(kind, tmp_path / "sound", signals.chirp(1, 44_100))) is None


def test_every_cut_and_every_damaged_byte_is_survived(tmp_path: Path) -> None:
    file = signals.write("m4a_aac", tmp_path / "sound", signals.chirp(0.1, 44_100))
    data = file.read_bytes()
    for at in range(data.index(b"moov") - 8, len(data)):
        file.write_bytes(data[:at])
        edited(file)
        file.write_bytes(data[:at] + b"\xff" + data[at + 1 :])
        edited(file)
        file.write_bytes(data[:at] + b"\0" + data[at + 1 :])
        seconds = edited(file)
        assert seconds is None or -1e6 < seconds < 1e10
