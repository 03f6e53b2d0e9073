"""Every kind of file as samples: the right ones, from any place, whatever the file is called or how it is broken."""

import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from ctk.audio.decode.samples import Samples, Stream
from ctk.errors import CannotDecode
from tests import sounds
from tests.audio import signals
from tests.house import ROOT
from tests.sounds import KINDS

SEEKABLE = [kind for kind in KINDS if kind != "ape"]
PACKED = {".flac", ".ogg", ".wav"}
COARSE = {
    "aac": 0.05,
    "m4a_aac": 0.05,
    "m4a_fragments": 0.05,
    "mp2": 1e-4,
    "opus": 0.01,
    "aifc_ima4": 0.01,
    "caf_ima4": 0.01,
}
"""What decodes a little differently after a seek: noise that the decoder invents, rounding, a codec's memory."""


def whole(stream: Stream, step: int = 4_096) -> Samples:
    parts = []
    while len(block := stream.read(step)):
        parts.append(block)
    return np.concatenate(parts)


@pytest.mark.parametrize("kind", SEEKABLE)
def test_every_kind_is_decoded_and_sought_exactly(kind: str, tmp_path: Path) -> None:
    entry = KINDS[kind]
    rate = entry.rate_hz or 44_100
    file = signals.write(kind, tmp_path / "no extension", signals.chirp(1.5, rate), rate)
    with decode.open(file) as stream:
        assert (stream.sample_rate_hz, stream.channels, stream.error) == (rate, 2, None)
        samples = whole(stream)
        assert (stream.frames, stream.duration_s) == (len(samples), len(samples) / rate)
        assert len(samples) == pytest.approx(1.5 * rate, abs=max(entry.slack_s, 1e-9) * rate + 1)
        if kind in signals.LOSSLESS:
            assert np.abs(samples - signals.chirp(1.5, rate)).max() < 1e-3
        places = random.Random(kind)
        for frame in (0, 1, len(samples) - 1, len(samples), *(places.randrange(len(samples)) for _ in range(8))):
            stream.seek(frame)
            block, expected = stream.read(2_000), samples[frame : frame + 2_000]
            assert block.shape == expected.shape
            assert not len(block) or np.abs(block - expected).max() <= COARSE.get(kind, 1e-5)


def test_real_packs_are_as_long_as_they_promise(sonic_pi: Path, lmms: Path) -> None:
    files = [file for pack in (sonic_pi, lmms) for file in sorted(pack.rglob("*.*")) if file.suffix in PACKED]
    for file in files:
        with decode.open(file) as stream:
            promised, samples = stream.frames, whole(stream)
            assert (file, len(samples)) == (file, promised)
            stream.seek(len(samples) // 2)
            assert np.abs(stream.read(500) - samples[len(samples) // 2 :][:500]).max() < 1e-3
    assert len(files) > 380


def test_monkeys_audio_is_decoded(tmp_path: Path) -> None:
    with decode.open(sounds.make("ape", tmp_path / "silence")) as stream:
        assert not whole(stream).any()
        assert stream.frames == 44_100


def test_depths_are_exact(tmp_path: Path) -> None:
    """Silence is zero and full scale is full scale, also in 8 bits."""
    levels = np.array([[0.0], [-1.0], [127 / 128], [0.5]])
    for kind, bits in (("wav_8", 8), ("wav_16", 16), ("wav_24", 24), ("aiff_8", 8), ("wav_float64", 64)):
        file = tmp_path / kind
        KINDS[kind].write(file, levels, 8_000, {})
        with decode.open(file) as stream:
            assert np.abs(whole(stream) - levels).max() < 2.0 ** (2 - min(bits, 16))
            stream.seek(0)
            assert stream.read(1)[0, 0] == 0


def test_numbers_that_are_none_stay_harmless(tmp_path: Path) -> None:
    bad = np.array([[np.nan], [np.inf], [-np.inf], [1e300], [0.25]])
    KINDS["wav_float64"].write(tmp_path / "bad", bad, 8_000, {})
    with decode.open(tmp_path / "bad", rate=48_000, channels=2) as stream:
        samples = whole(stream)
    assert len(samples) == 30
    assert np.isfinite(samples).all()


@pytest.mark.parametrize("kind", ["wav_16", "mp3_cbr", "flac_16", "m4a_aac"])
def test_a_file_that_breaks_off_is_decoded_up_to_there(kind: str, tmp_path: Path) -> None:
    file = signals.write(kind, tmp_path / "half", signals.chirp(2, 44_100))
    data = bytearray(file.read_bytes())
    if kind == "m4a_aac":  # has its table of contents at the end: cut short, it holds nothing
        data[len(data) // 3 : len(data) // 3 + 2_000] = random.Random(1).randbytes(2_000)
    else:
        del data[len(data) // 2 :]
    file.write_bytes(data)
    with decode.open(file) as stream:
        samples = whole(stream)
        assert stream.frames == len(samples)
        assert 0.8 * 44_100 < len(samples) <= 88_200
        assert signals.locate(samples, signals.chirp(2, 44_100)[1_000:20_000]).likeness > 0.98
        assert not len(stream.read(10))


def test_a_header_that_promises_too_much_is_not_believed(tmp_path: Path) -> None:
    file = signals.write("wav_16", tmp_path / "cut", signals.chirp(2, 44_100))
    file.write_bytes(file.read_bytes()[:100_044])
    with decode.open(file) as stream:
        assert stream.frames == pytest.approx(25_000, abs=20)


def test_an_unfinished_recording_is_played(tmp_path: Path) -> None:
    """A recorder that crashed left a length of zero in the header."""
    file = signals.write("wav_16", tmp_path / "crashed", signals.chirp(1, 44_100))
    data = bytearray(file.read_bytes())
    at = data.index(b"data")
    data[at + 4 : at + 8] = bytes(4)
    data[4:8] = bytes(4)
    file.write_bytes(data)
    with decode.open(file) as stream:
        assert len(whole(stream)) == 44_100


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on Linux: other systems allow no such names")
def test_names_may_be_any_bytes(tmp_path: Path) -> None:
    for name in (b"\xff\xfe kick \xe9.wav", "e\u0301\U0001f941 100% \n.wav".encode(), b"k" * 250):
        path = os.fsdecode(os.path.join(os.fsencode(tmp_path), name))
        signals.write("wav_16", tmp_path / "sound", signals.chirp(0.1, 44_100))
        os.rename(tmp_path / "sound", path)
        with decode.open(path) as stream:
            assert len(whole(stream)) == 4_410


def test_the_name_has_no_say_in_the_format(tmp_path: Path) -> None:
    for extension in ("wav", "mp3", "aac", "txt", "m3u8"):
        file = signals.write("flac_16", tmp_path / f"sound.{extension}", signals.chirp(0.2, 44_100))
        with decode.open(file) as stream:
            assert len(whole(stream)) == 8_820


@pytest.mark.skipif(sys.platform == "win32", reason="only on Linux and macOS: /dev/fd counts open files")
def test_nothing_stays_open(tmp_path: Path) -> None:
    good = signals.write("mp3_cbr", tmp_path / "good", signals.chirp(0.3, 44_100))
    bad = tmp_path / "bad"
    bad.write_bytes(b"fLaC" + bytes(300))
    before = len(os.listdir("/dev/fd"))
    for _ in range(20):
        with decode.open(good, start_s=0.1) as stream:
            stream.read(100)
            stream.seek(10)
        stream.close()
        with pytest.raises(CannotDecode):
            decode.open(bad)
    assert len(os.listdir("/dev/fd")) == before


@pytest.mark.parametrize(
    "kind", ["wav_8", "wav_16", "aiff_24", "w64", "rf64", "flac_16", "caf_alac", "wv_16", "opus", "mp3_cbr"]
)
@pytest.mark.parametrize("frames", [1, 10])
def test_the_shortest_sounds_are_all_there(kind: str, frames: int, tmp_path: Path) -> None:
    rate = KINDS[kind].rate_hz or 44_100
    file = signals.write(kind, tmp_path / "sound", signals.chirp(1, rate)[:frames], rate)
    with decode.open(file) as stream:
        samples = whole(stream)
        assert len(samples) == frames + (
            47 - frames if kind == "mp3_cbr" else 0
        )  # LAME pads to more than it may take off
        for frame in (0, frames - 1, frames, 1_000_000):
            stream.seek(frame)
            assert np.array_equal(stream.read(100), samples[frame:])
        assert stream.frames == len(samples)


@pytest.mark.parametrize("kind", ["wav_16", "wav_float64", "aiff_16", "rf64", "flac_16"])
def test_a_sound_without_length_says_so(kind: str, tmp_path: Path) -> None:
    file = signals.write(kind, tmp_path / "empty.wav", np.zeros((0, 2)))
    with pytest.raises(CannotDecode, match=r"^empty.wav has no sound in it\.$"):
        decode.open(file)


def test_packets_too_few_for_ffmpeg_to_see_what_they_are_are_decoded(tmp_path: Path) -> None:
    noise = 0.1 * np.random.default_rng(1_500).standard_normal((1_500, 2))
    with decode.open(signals.write("mp3_cbr", tmp_path / "sound", noise)) as stream:
        assert len(whole(stream)) == 1_500


STREAMING = """
import sys
from ctk.audio import decode

def most_memory():
    return int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])

with decode.open(sys.argv[1], rate=48_000, channels=2) as stream:
    stream.read(48_000)
    before = most_memory()
    for second in (10_790, 5_400, 1, 3_600):
        stream.seek(second * 48_000)
        assert len(stream.read(48_000)) == 48_000, second
    for _ in range(int(sys.argv[2])):
        assert len(stream.read(48_000)) == 48_000
    print(most_memory() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: it tells how much memory a process used at most")
@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        ("wav", 300),
        ("mp3", 60),
        pytest.param("wav", 7_000, marks=pytest.mark.long),
        pytest.param("mp3", 7_000, marks=pytest.mark.long),
    ],
)
def test_three_hours_take_little_memory(kind: str, seconds: int, tmp_path: Path) -> None:
    """In a process of its own, that never held anything else."""
    file = three_hours_of_silence(tmp_path / "long") if kind == "wav" else three_hours_of_mp3(tmp_path / "long")
    words = [sys.executable, "-c", STREAMING, str(file), str(seconds)]
    grown = int(subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    assert grown * 1_024 < 50e6


def three_hours_of_silence(path: Path) -> Path:
    """A WAV of 1.9 GB that takes no room: all silence is a hole in the file."""
    size = 3 * 3_600 * 44_100 * 4
    header = signals.write("wav_16", path, np.zeros((1, 2))).read_bytes()[:44]
    path.write_bytes(header[:4] + (size + 36).to_bytes(4, "little") + header[8:40] + size.to_bytes(4, "little"))
    os.truncate(path, 44 + size)
    return path


def three_hours_of_mp3(path: Path) -> Path:
    """The same 20 seconds again and again."""
    signals.write("mp3_mpeg2", path, signals.chirp(20, 22_050), 22_050)
    data = path.read_bytes()
    again = data[data.index(b"Info") + 195 :]
    with path.open("wb") as out:
        for _ in range(541):
            out.write(again)
    return path
