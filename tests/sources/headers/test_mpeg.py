"""MP3, MP2 and raw AAC: lengths with and without headers, tags of any size, junk, cut files."""

import shutil
import struct
import subprocess
from pathlib import Path

import miniaudio
import pytest

from ctk.sources.headers import frames, mpeg
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import Header
from ctk.sources.headers.reading import describe
from tests.sounds import make

FOLLOWED_BY_SOUND = b"ID3\x03\0\0\0\0\0\0"


def read(data: bytes) -> Header:
    return describe(Content.of_bytes(data))


def sound(kind: str, folder: Path, seconds: float = 20.0) -> bytes:
    return make(kind, folder / "sound", seconds=seconds).read_bytes()


def tag(size: int, text: str = "Big Cover") -> bytes:
    """An ID3v2.3 tag with a title and a picture that fills it up."""
    title = b"TIT2" + struct.pack(">IH", len(text) + 1, 0) + b"\0" + text.encode()
    picture = b"APIC" + struct.pack(">IH", size - len(title) - 10, 0)
    body = (title + picture).ljust(size, b"\xff")
    length = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + length + body


@pytest.mark.parametrize("kind", ["mp3_cbr", "mp3_cbr_bare", "mp3_vbr", "mp3_vbr_bare"])
def test_length_is_what_a_decoder_gives(kind: str, tmp_path: Path) -> None:
    data = sound(kind, tmp_path)
    decoded = miniaudio.mp3_read_s16(data)
    assert read(data).duration_s == pytest.approx(decoded.num_frames / decoded.sample_rate, abs=0.03)


def test_variable_rates_without_a_header_are_counted_not_guessed(tmp_path: Path) -> None:
    data = sound("mp3_vbr_bare", tmp_path)
    assert b"Xing" not in data[:4_000]
    found = frames.first(Content.of_bytes(data), 0, len(data), mpeg.frame_at)
    assert found is not None
    walk = frames.walk(Content.of_bytes(data), found[0], len(data), mpeg.frame_at, found[1].kind)
    assert len(walk.bit_rates) > 2
    assert read(data).duration_s == walk.samples / 44_100


@pytest.mark.parametrize("kind", ["mp3_cbr", "mp3_vbr_bare", "aac"])
@pytest.mark.parametrize("size", [100, 70_000, 1_500_000])
def test_tags_of_any_size_are_skipped(kind: str, size: int, tmp_path: Path) -> None:
    data = sound(kind, tmp_path, 3.0)
    bare = data[10 + int.from_bytes(data[8:10], "big") :] if data.startswith(b"ID3") else data
    header = read(tag(size) + bare)
    assert header.duration_s == pytest.approx(3.0, abs=0.1)
    assert header.metadata["title"] == "Big Cover"


def test_a_tag_that_lies_about_its_size_hides_nothing(tmp_path: Path) -> None:
    data = sound("mp3_cbr_bare", tmp_path, 3.0)
    lying = b"ID3\x03\0\0\x7f\x7f\x7f\x7f" + data[10 + data[9] :]
    assert read(lying).duration_s == pytest.approx(3.0, abs=0.1)


def test_tags_at_the_end_are_no_sound(tmp_path: Path) -> None:
    data = sound("mp3_cbr_bare", tmp_path, 3.0)
    item = struct.pack("<II", 5, 0) + b"Genre\0House"
    size = len(item) + 32
    ape = item + struct.pack("<8sIIII8x", b"APETAGEX", 2_000, size, 1, 0)
    old = b"TAG" + b"Old Title".ljust(30, b"\0") + bytes(94) + b"\xff"
    header = read(data + ape + old)
    assert header.duration_s == read(data).duration_s
    assert (header.metadata["genre"], header.metadata["title"]) == ("House", "Old Title")


def test_junk_before_and_between_frames_is_stepped_over(tmp_path: Path) -> None:
    data = sound("mp3_vbr_bare", tmp_path, 3.0)
    middle = data.index(b"\xff\xfb", len(data) // 2)
    broken = bytes(3_000) + data[:middle] + b"\xff\xfb\x90 junk" * 9 + data[middle:]
    assert read(broken).duration_s == pytest.approx(float(read(data).duration_s or 0), abs=0.1)


def test_a_cut_file_with_a_header_says_how_much_is_there(tmp_path: Path) -> None:
    data = sound("mp3_vbr", tmp_path)
    header = read(data[: len(data) // 2])
    assert header.reason is not None
    assert header.reason.endswith(" of 20.0 s are there.")
    decoded = miniaudio.mp3_read_s16(data[: len(data) // 2])
    assert header.duration_s == pytest.approx(decoded.num_frames / 44_100, abs=0.1)


def test_two_sounds_in_one_file_count_as_both(tmp_path: Path) -> None:
    data = sound("mp3_cbr", tmp_path, 5.0)
    assert read(data + data).duration_s == pytest.approx(10.0, abs=0.2)


def test_a_vbri_header_is_read(tmp_path: Path) -> None:
    data = sound("mp3_cbr", tmp_path, 5.0)
    start = data.index(b"\xff\xfb")
    length = data.index(b"\xff\xfb", start + 100) - start
    count = struct.pack(">4sHHHII", b"VBRI", 1, 0, 75, len(data) - start, 192)
    first = data[start : start + 4] + bytes(32) + count
    vbri = first.ljust(length, b"\0") + data[start + length :]
    assert read(vbri).duration_s == pytest.approx(192 * 1_152 / 44_100)


def test_a_single_frame_is_a_sound_but_noise_is_not(tmp_path: Path) -> None:
    data = sound("mp3_cbr_bare", tmp_path, 0.01)
    start = data.index(b"\xff\xfb")
    frame = mpeg.frame_at(data, start)
    assert frame is not None
    assert read(data[start : start + frame.length]).duration_s == 1_152 / 44_100
    assert read(b"\xff\xfb\x90\x00" + b"\xff" * 50_000).format is None


def test_free_format_is_measured(tmp_path: Path) -> None:
    lame = shutil.which("lame")
    if lame is None:
        pytest.skip("lame is not installed")
    make("wav_16", tmp_path / "a.wav", seconds=2.0)
    command = [lame, "--quiet", "--freeformat", "-b", "400", str(tmp_path / "a.wav"), str(tmp_path / "a.mp3")]
    subprocess.run(command, check=True)
    header = read((tmp_path / "a.mp3").read_bytes())
    assert (header.format, header.duration_s, header.reason) == ("mp3", 2.0, None)


def test_every_header_agrees_with_the_standard() -> None:
    table = mpeg._table()
    assert table[0xFB90].length == 417
    assert table[0xFB92].length == 418
    assert (table[0xF380].length, table[0xF380].samples, table[0xF380].rate_hz) == (208, 576, 22_050)
    assert (table[0xFDA4].length, table[0xFDA4].samples, table[0xFDA4].bits_per_s) == (576, 1_152, 192_000)
    assert (table[0xFF10].length, table[0xFF10].samples) == (32, 384)
    assert all(frame.length > 20 for frame in table.values())
    assert 0xEB90 not in table
    assert 0xFBF0 not in table


def test_counting_stops_when_time_runs_out_and_takes_the_rest_as_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sound("mp3_cbr_bare", tmp_path, 60.0)
    whole = Content.of_bytes(data)
    found = frames.first(whole, 0, len(data), mpeg.frame_at)
    assert found is not None
    ticks = iter(range(1_000))
    monkeypatch.setattr("ctk.sources.headers.content.time.monotonic", lambda: next(ticks) * 0.7)
    monkeypatch.setattr(frames, "_BLOCK_BYTES", 100_000)
    walk = frames.walk(whole, found[0], len(data), mpeg.frame_at, found[1].kind)
    assert walk.samples / 44_100 == pytest.approx(60.0, abs=0.5)
    assert next(ticks) < 10
