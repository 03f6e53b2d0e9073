"""The kinds of files are those that the program knows."""

from pathlib import Path

from ctk.audio import decode
from ctk.selftest.kinds import KINDS
from ctk.selftest.tones import Tone
from ctk.sources.walk import AUDIO_EXTENSIONS
from tests.sounds import KINDS as KNOWN

SAME = {"bwf"}
"""A WAV file by another name."""


def test_every_ending_that_is_a_sound_is_made() -> None:
    assert {kind.extension for kind in KINDS} == AUDIO_EXTENSIONS - SAME


def test_every_format_that_is_known_is_made() -> None:
    assert {kind.format for kind in KINDS} == {kind.format for kind in KNOWN.values()}


def test_names_are_told_apart() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)


def test_the_one_that_is_kept_is_decoded_to_silence(tmp_path: Path) -> None:
    (kind,) = (kind for kind in KINDS if kind.silent)
    tone = Tone(0, kind.rate_hz)
    kind.write(tmp_path / "a.ape", tone)
    with decode.open(tmp_path / "a.ape") as stream:
        heard = stream.read(2 * tone.frames)
    assert len(heard) == tone.frames and not heard.any()
