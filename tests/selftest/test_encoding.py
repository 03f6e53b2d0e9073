"""FFmpeg's encoders make files that other programs read, and a missing one is told from a broken one."""

import subprocess
from pathlib import Path

import pytest

from ctk.selftest import encoding
from ctk.selftest.encoding import NoEncoder, Recipe
from ctk.selftest.tones import Tone

TONE = Tone(440, 44_100)


def test_another_program_reads_what_was_made(tmp_path: Path) -> None:
    encoding.write(tmp_path / "a.flac", TONE, Recipe("flac", "flac", "s16"))
    subprocess.run(["flac", "--test", "--silent", str(tmp_path / "a.flac")], check=True)
    said = subprocess.run(["soxi", "-s", str(tmp_path / "a.flac")], capture_output=True, text=True, check=True).stdout
    assert int(said) == TONE.frames


def test_two_channels_are_the_same(tmp_path: Path) -> None:
    encoding.write(tmp_path / "a.ogg", TONE, Recipe("ogg", "vorbis", "fltp", 2, options={"strict": "experimental"}))
    said = subprocess.run(["soxi", "-c", str(tmp_path / "a.ogg")], capture_output=True, text=True, check=True).stdout
    assert int(said) == 2


def test_an_encoder_that_is_not_here_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NoEncoder):
        encoding.write(tmp_path / "a.ape", TONE, Recipe("wav", "ape", "s16"))
    assert not (tmp_path / "a.ape").exists()


def test_what_can_be_read() -> None:
    assert encoding.can_decode("ape") and encoding.can_decode("pcm_s16le")
    assert not encoding.can_decode("no such codec")
