"""MP4, WMA, CAF, WavPack, True Audio and Monkey's Audio: where they are cut, and what they leave open."""

import struct
from pathlib import Path

import pytest

from ctk.sources.headers import libav
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import Header
from ctk.sources.headers.reading import describe
from tests.sounds import KINDS, make

CUT = ["m4a_aac", "caf_16", "caf_alac", "caf_ima4", "wma", "wv_16", "wv_float32", "tta_16"]


def read(data: bytes) -> Header:
    return describe(Content.of_bytes(data))


def sound(kind: str, folder: Path, seconds: float = 8.0) -> bytes:
    return make(kind, folder / "sound", seconds=seconds, metadata={"title": "Tïtle"}).read_bytes()


@pytest.mark.parametrize("kind", CUT)
def test_a_cut_file_says_so(kind: str, tmp_path: Path) -> None:
    data = sound(kind, tmp_path)
    header = read(data[: len(data) * 2 // 3])
    assert header.reason is not None
    assert header.reason.startswith("The file is cut off")
    if header.duration_s is not None:
        assert header.duration_s == pytest.approx(8.0 * 2 / 3, abs=1.5)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].format in "m4a caf wma wv tta ape".split()])
@pytest.mark.parametrize("length", [16, 40, 100])
def test_a_stump_is_bad_and_says_why(kind: str, length: int, tmp_path: Path) -> None:
    header = read(sound(kind, tmp_path)[:length])
    assert header.reason
    assert (header.duration_s or 0.0) < 0.5


def test_an_index_at_the_front_shows_how_much_sound_is_missing(tmp_path: Path) -> None:
    data = sound("m4a_aac", tmp_path)
    sizes, at = {}, 0
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        sizes[name] = data[at : at + size]
        at += size
    front = sizes[b"ftyp"] + sizes[b"moov"] + sizes[b"mdat"]
    assert (read(front).duration_s, read(front).reason) == (8.0, None)
    cut = read(front[: len(front) - len(sizes[b"mdat"]) // 2])
    assert cut.reason == "The file is cut off: 4.0 s of 8.0 s are there."
    assert cut.metadata["title"] == "Tïtle"


def test_a_caf_recording_that_was_not_closed_lasts_to_the_end(tmp_path: Path) -> None:
    data = sound("caf_16", tmp_path)
    at = data.index(b"data") + 4
    assert read(data[:at] + b"\xff" * 8 + data[at + 8 :]).duration_s == pytest.approx(8.0, abs=0.01)


def test_a_wavpack_stream_of_unknown_length_is_measured_by_its_last_block(tmp_path: Path) -> None:
    data = sound("wv_16", tmp_path)
    assert read(data[:12] + b"\xff" * 4 + data[16:]).duration_s == 8.0


def test_a_cut_monkey_says_so(tmp_path: Path) -> None:
    data = sound("ape", tmp_path, 100.0)
    assert read(data).duration_s == 100.0
    assert str(read(data[:-600]).reason).endswith(" s of 1:40 min are there.")


@pytest.mark.parametrize(
    ("version", "level", "blocks"), [(3_970, 2_000, 294_912), (3_900, 2_000, 73_728), (3_700, 2_000, 9_216)]
)
def test_old_monkeys(version: int, level: int, blocks: int) -> None:
    data = struct.pack("<4sHHHHIIIII", b"MAC ", version, level, 0, 2, 44_100, 44, 0, 3, 1_000).ljust(300_000, b"\1")
    header = read(data)
    assert (header.codec, header.bit_depth, header.channels) == ("ape", 16, 2)
    assert header.duration_s == (2 * blocks + 1_000) / 44_100


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].format in libav._DEMUXERS])
def test_the_general_reader_tells_the_same(kind: str, tmp_path: Path) -> None:
    content = Content.of_bytes(sound(kind, tmp_path, 3.0))
    ours, general = describe(content), libav.read(content, KINDS[kind].format)
    assert general is not None
    assert (general.codec, general.sample_rate_hz, general.channels) == (
        ours.codec,
        ours.sample_rate_hz,
        ours.channels,
    )
    if kind not in ("aac", "mp3_vbr_bare"):  # of these it only guesses the length
        assert general.duration_s == pytest.approx(ours.duration_s, abs=0.08)


def test_the_general_reader_gives_up_quietly(capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("m4a", "mp3", "wma", "ogg", "caf", None):
        header = libav.read(Content.of_bytes(b"\x01\x80" * 50_000), name)
        assert header is None or not header.believable(100_000)
    assert capfd.readouterr() == ("", "")


def test_a_playlist_opens_nothing(tmp_path: Path) -> None:
    other = make("mp3_cbr", tmp_path / "other.mp3")
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://{other}\n".encode()
    assert read(playlist).reason == "This is not a sound file: it looks like plain text."
    assert libav.read(Content.of_bytes(playlist), "m4a") is None
