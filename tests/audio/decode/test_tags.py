"""What MP3s say of their own length, as encoders write it and as others leave it."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from tests.audio import signals

FRAMES = 100_000


def encoded(path: Path, *words: str) -> bytes:
    """Made by the LAME program."""
    source = signals.write("wav_16", path / "source.wav", signals.chirp(3, 44_100)[:FRAMES])
    subprocess.run(["lame", "--quiet", *words, str(source), str(path / "made.mp3")], check=True)
    return (path / "made.mp3").read_bytes()


def length(path: Path, data: bytes) -> tuple[int | None, int | None, int]:
    """Promised, expected, and what there is."""
    (path / "sound").write_bytes(data)
    with decode.open(path / "sound") as stream:
        return stream.promised, stream.frames, len(stream.read(10**8))


@pytest.mark.parametrize("words", [("-b", "128"), ("-V", "4"), ("--abr", "140"), ("-b", "320", "-m", "s"), ("-m", "m")])
def test_lame_files_are_as_long_as_what_they_were_made_of(words: tuple[str, ...], tmp_path: Path) -> None:
    assert length(tmp_path, encoded(tmp_path, *words)) == (FRAMES, FRAMES, FRAMES)


def test_without_a_tag_nothing_is_promised_and_padding_is_heard(tmp_path: Path) -> None:
    promised, _, frames = length(tmp_path, encoded(tmp_path, "-t", "-b", "128"))
    assert promised is None
    assert FRAMES + 1_105 <= frames < FRAMES + 4 * 1_152


def test_a_tag_without_padding_promises_a_packet_less(tmp_path: Path) -> None:
    data = encoded(tmp_path, "-V", "4")
    promised, _, frames = length(tmp_path, data.replace(b"LAME", b"Some", 1))
    assert promised is not None
    assert frames - 2 * 1_152 <= promised <= frames


def test_padding_is_left_out_whatever_follows_the_sound(tmp_path: Path) -> None:
    data = encoded(tmp_path, "-b", "128")
    tag = b"APETAGEX" + bytes(24) + b"Cover Art (Front)\0" + bytes(range(250)) * 100
    assert length(tmp_path, data + tag) == (FRAMES, FRAMES, FRAMES)
    with decode.open(tmp_path / "sound") as stream:
        whole = stream.read(10**8)
        index = stream.index()
    with decode.open(tmp_path / "sound", index=index) as stream:
        stream.seek(FRAMES - 500)
        assert np.abs(stream.read(10_000) - whole[-500:]).max() < 1e-5


def test_a_sound_that_is_glued_on_is_heard(tmp_path: Path) -> None:
    data = encoded(tmp_path, "-b", "128")
    promised, _, frames = length(tmp_path, data + data)
    assert promised == FRAMES
    assert frames > 2 * FRAMES


def test_a_tag_that_says_too_much_is_cut_short(tmp_path: Path) -> None:
    data = bytearray(encoded(tmp_path, "-V", "4"))
    at = data.index(b"Xing") + 8
    data[at : at + 4] = (10**6).to_bytes(4, "big")
    promised, _, frames = length(tmp_path, bytes(data))
    assert promised is not None
    assert promised > 10**9
    assert frames < FRAMES + 3_000
