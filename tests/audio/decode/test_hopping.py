"""Packets found by their headers: where listening finds them, and what is done when they cannot all be found."""

import random
from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from ctk.audio.decode import ways
from ctk.audio.decode.hopping import Adts, Hopper, Lost, Mpeg
from tests.audio import signals
from tests.sounds import KINDS

FRAME = 144 * 128_000 // 44_100
"""Bytes of an MP3 packet at 128 kbit/s that is not padded."""
HEAD = bytes.fromhex("fffb9000")


def written(kind: str, path: Path, seconds: float = 12) -> Path:
    rate = KINDS[kind].rate_hz or 44_100
    return signals.write(kind, path, signals.chirp(seconds, rate), rate)


def hopper(file: Path, count: int) -> Hopper:
    source = file.open("rb", buffering=0)
    return Hopper(source, Mpeg(HEAD), 0, file.stat().st_size, lead=1_105, total=count * 1_152 - 1_105, step=44_100)


@pytest.mark.parametrize(
    ("head", "frames", "size"),
    [
        ("fffb9000", 1_152, 417),
        ("fffb9200", 1_152, 418),
        ("fffa9000", 1_152, 417),
        ("fffbe400", 1_152, 960),
        ("fff38000", 576, 208),
        ("ffe31800", 576, 72),
        ("fffd8000", 1_152, 417),
        ("ffff9200", 384, 316),
    ],
)
def test_headers_tell_how_long_their_packets_are(head: str, frames: int, size: int) -> None:
    packet = bytes.fromhex(head) + bytes(size - 4)
    packets = Mpeg(packet)
    assert packets.frames == frames
    assert packets.hop(packet * 5, size, 3) == 4 * size


@pytest.mark.parametrize("head", ["00000000", "fffb9c00", "ffeb9000", "fff99000", "ffdb9000"])
def test_what_is_no_header_is_lost(head: str) -> None:
    with pytest.raises(Lost):
        Mpeg(bytes.fromhex(head))


def test_packets_that_are_not_there_are_not_passed() -> None:
    packets = Mpeg(HEAD)
    data = (HEAD + bytes(FRAME - 4)) * 3
    with pytest.raises(IndexError):
        packets.hop(data, 0, 4)
    with pytest.raises(Lost):
        packets.hop(data[:FRAME] + bytes(FRAME), 0, 2)
    for wrong in ("fffb0000", "fffbf000", "fff39000", "fffb9400"):
        with pytest.raises(Lost):
            packets.hop(bytes.fromhex(wrong) + data, 0, 1)
    packet = bytes.fromhex("fff150800c9ffc") + bytes(93)
    assert Adts(packet, 1_024).hop(packet * 4, 0, 4) == 400
    for wrong in ("fff1508000dffc", "fef150800c9ffc", "fff750800c9ffc"):
        with pytest.raises(Lost):
            Adts(packet, 1_024).hop(bytes.fromhex(wrong) + bytes(99), 0, 1)
    with pytest.raises(Lost):
        Adts(bytes.fromhex("fff150800c9ffd"), 1_024)


@pytest.mark.parametrize("kind", ["mp3_cbr_bare", "mp3_cbr", "mp3_vbr", "mp3_mpeg2", "mp2", "wav_mp3", "aac"])
def test_every_mark_is_where_listening_finds_it(kind: str, tmp_path: Path) -> None:
    file = written(kind, tmp_path / "sound")
    with decode.open(file) as stream:
        whole = stream.read(10**8)
    for second in range(1, 12):
        with decode.open(file) as stream:
            frame = second * stream.sample_rate_hz + 777
            stream.seek(frame)
            assert np.abs(stream.read(500) - whole[frame : frame + 500]).max() < (0.05 if kind == "aac" else 1e-4)


def test_each_second_is_looked_for_once(tmp_path: Path) -> None:
    file = tmp_path / "sound"
    file.write_bytes((HEAD + bytes(FRAME - 4)) * 10_000)
    hops = hopper(file, 10_000)
    assert hops.find(50_000, 10) is not None
    near = hops.find(2_000_000, 10)
    assert near is not None
    assert (near.exact, near.frame % 1_152, near.offset % FRAME) == (True, 47, 0)
    assert 0 <= 2_000_000 - near.frame < 45_000
    assert near.frame == near.offset // FRAME * 1_152 - 1_105
    assert hops.find(2_000_000, 0) == near
    assert hops.find(1_000, 10) is None


def test_what_takes_too_long_is_guessed_and_exact_where_packets_are_all_alike(tmp_path: Path) -> None:
    file = tmp_path / "sound"
    file.write_bytes((HEAD + bytes(FRAME - 4)) * 10_000)
    guess = hopper(file, 10_000).find(9_000_000, 0)
    assert guess is not None
    assert not guess.exact
    assert guess.frame == 7_813 * 1_152 - 1_105
    assert 7_812 * FRAME < guess.offset <= 7_813 * FRAME
    later = hopper(file, 10_000)
    for _ in range(300):
        found = later.find(9_000_000, 0.001)
    assert found is not None
    assert found.exact


def test_beyond_the_end_is_the_end_and_beyond_what_is_broken_is_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "sound"
    file.write_bytes((HEAD + bytes(FRAME - 4)) * 10_000)
    beyond = hopper(file, 10_000).find(10**9, 10)
    assert beyond is not None
    assert beyond.offset > 9_900 * FRAME
    file.write_bytes((HEAD + bytes(FRAME - 4)) * 1_000 + bytes(2_000_000))
    assert hopper(file, 1_000).find(5_000_000, 10) is None
    assert hopper(file, 1_000).find(1_000_000, 10) is not None


@pytest.mark.parametrize(("kind", "off_s"), [("mp3_cbr", 0), ("mp3_cbr_bare", 0), ("mp3_vbr", 4), ("aac", 1)])
def test_a_guess_is_close_and_teaches_nothing_wrong(
    kind: str, off_s: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "_PATIENCE_S", 0)
    file = written(kind, tmp_path / "sound")
    with decode.open(file) as stream:
        whole = stream.read(10**8)
    with decode.open(file) as stream:
        said = stream.frames
        stream.seek(8 * 44_100)
        block = stream.read(4_000)
        at = signals.locate(whole, block).at
        assert abs(at - 8 * 44_100) <= off_s * 44_100
        stream.read(10**8)
        assert off_s == 0 or stream.frames == said
        assert stream.index() is None


def test_junk_between_packets_leads_to_ffmpegs_way(tmp_path: Path) -> None:
    file = written("mp3_cbr_bare", tmp_path / "sound")
    data = file.read_bytes()
    file.write_bytes(data[:120_000] + random.Random(2).randbytes(3_000) + data[120_000:])
    with decode.open(file) as stream:
        whole = stream.read(10**8)
        stream.seek(10 * 44_100)
        at = signals.locate(whole, stream.read(4_000)).at
    assert abs(at - 10 * 44_100) <= 10 * 1_152
