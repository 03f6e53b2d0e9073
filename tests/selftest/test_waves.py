"""WAV files made by hand are what any other program takes them for."""

import subprocess
import wave
from array import array
from pathlib import Path

import pytest

from ctk.selftest import waves
from ctk.selftest.tones import Tone

TONE = Tone(440, 44_100)


@pytest.mark.parametrize("bits", [8, 16, 24, 32])
def test_the_standard_library_reads_them(bits: int, tmp_path: Path) -> None:
    waves.write(tmp_path / "a.wav", TONE, bits)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (44_100, 1, bits // 8)
        assert file.getnframes() == TONE.frames
        assert len(file.readframes(TONE.frames)) == TONE.frames * bits // 8


@pytest.mark.parametrize(("bits", "kind"), [(32, "32-bit Floating Point PCM"), (64, "64-bit Floating Point PCM")])
def test_sox_reads_floating_point(bits: int, kind: str, tmp_path: Path) -> None:
    waves.write(tmp_path / "a.wav", TONE, bits, floating=True)
    said = subprocess.run(["soxi", str(tmp_path / "a.wav")], capture_output=True, text=True, check=True).stdout
    assert kind in said and "22050 samples" in said


def test_samples_are_packed_as_wav_has_them() -> None:
    samples = array("f", (0.0, 1.0, -1.0))
    assert waves.pack(samples, 8) == bytes((128, 255, 1))
    assert waves.pack(samples, 16) == b"\x00\x00\xff\x7f\x01\x80"
    assert waves.pack(samples, 24) == b"\x00\x00\x00\xff\xff\x7f\x01\x00\x80"
    assert waves.pack(samples, 32, floating=True) == b"\0\0\0\0\0\0\x80?\0\0\x80\xbf"
