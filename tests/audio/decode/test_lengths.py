"""What headers promise, also when the file holds less; and where padding begins."""

import os
import struct
from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from tests import sounds
from tests.audio import signals
from tests.sounds import KINDS

SILENT_ABOUT_IT = {"ogg_vorbis", "ogg_flac", "opus", "mp3_cbr_bare", "mp3_vbr_bare", "mp2", "aac"}
GONE_WITH_THEIR_END = {"ape", "caf_alac", "m4a_aac", "m4a_alac", "m4a_alac_24"}
"""Their table of contents is at the end, or all of the sound is one packet."""


def box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def read(file: Path) -> tuple[int | None, int, int]:
    """What was promised, what is there, and what was broken."""
    with decode.open(file) as stream:
        promised, frames = stream.promised, 0
        while len(block := stream.read(65_536)):
            frames += len(block)
        return promised, frames, stream.broken


@pytest.mark.parametrize("kind", KINDS)
def test_a_healthy_file_keeps_its_promise_and_one_cut_short_does_not(kind: str, tmp_path: Path) -> None:
    file = sounds.make(kind, tmp_path / "sound", seconds=3)
    promised, frames, broken = read(file)
    assert broken == 0
    assert (promised is None) == (kind in SILENT_ABOUT_IT)
    assert promised is None or frames - 0.12 * 48_000 < promised <= frames
    if kind not in GONE_WITH_THEIR_END:
        os.truncate(file, file.stat().st_size * 6 // 10)
        again, held, _ = read(file)
        assert again == promised
        assert held < 0.75 * frames


@pytest.mark.parametrize("size", [0, 0x7FFF_FFFF, 0xFFFF_FFFF])
def test_a_recorder_that_never_finished_promised_nothing_false(size: int, tmp_path: Path) -> None:
    file = signals.write("wav_16", tmp_path / "sound", signals.chirp(1, 44_100))
    data = bytearray(file.read_bytes())
    at = data.index(b"data")
    data[at + 4 : at + 8] = size.to_bytes(4, "little")
    file.write_bytes(data)
    promised, frames, _ = read(file)
    assert frames == 44_100
    assert promised is None or promised <= frames


def test_a_long_preamble_hides_no_promise(tmp_path: Path) -> None:
    file = signals.write("wav_24", tmp_path / "sound", signals.chirp(1, 44_100))
    data = file.read_bytes()
    at = data.index(b"data")
    junk = b"JUNK" + struct.pack("<I", 70_000) + bytes(70_000)
    file.write_bytes(data[:at] + junk + data[at : at + 100_000])
    assert read(file) == (44_100, 99_992 // 6, 0)


TAGS = {
    "ID3v1": b"TAG" + b"title".ljust(125, b"\0"),
    "APE": b"APETAGEX" + struct.pack("<IIII", 2_000, 64, 1, 0x8000_0000) + bytes(8),
    "zeros": bytes(5_000),
    "junk": bytes(range(1, 200)) * 30,
}


@pytest.mark.parametrize("kind", ["mp3_cbr", "mp3_vbr_bare", "aac"])
@pytest.mark.parametrize("tag", TAGS)
def test_what_comes_after_a_sound_is_no_damage(kind: str, tag: str, tmp_path: Path) -> None:
    file = sounds.make(kind, tmp_path / "sound")
    promised, frames, _ = read(file)
    with file.open("ab") as out:
        out.write(TAGS[tag])
    assert read(file) == (promised, frames, 0)


def test_damage_is_counted(tmp_path: Path) -> None:
    file = signals.write("aac", tmp_path / "sound", signals.chirp(3, 44_100))
    data = bytearray(file.read_bytes())
    for at in range(20_000, 22_000):
        data[at] = at * 31 % 251
    file.write_bytes(data)
    assert 0 < read(file)[2] < 20


@pytest.mark.parametrize("kind", ["mp3_cbr", "mp3_vbr", "mp3_mpeg2", "m4a_aac", "ogg_vorbis", "opus"])
@pytest.mark.parametrize("frames", [1_500, 44_101, 66_666])
def test_encoded_sounds_are_as_long_as_before_where_the_format_can_say_so(
    kind: str, frames: int, tmp_path: Path
) -> None:
    """A loop stays in time: neither the encoder's padding nor the decoder's delay is heard."""
    rate = KINDS[kind].rate_hz or 44_100
    # Noise, for it is like itself at one place only.
    original = 0.1 * np.random.default_rng(frames).standard_normal((frames, 2))
    file = signals.write(kind, tmp_path / "sound", original, rate)
    slack = 64 if kind == "ogg_vorbis" else 0  # FFmpeg's own encoder fills its last packet
    with decode.open(file) as stream:
        assert stream.frames is not None
        assert 0 <= stream.frames - frames <= slack
        samples = stream.read(10**7)
        assert 0 <= len(samples) - frames <= slack
    # The right side of FFmpeg's own Vorbis encoder is hardly like the original.
    assert signals.locate(samples[:, :1], original[300:-200, :1]).at == 300


@pytest.mark.parametrize("edited", [False, True])
def test_itunes_tells_where_the_sound_is(edited: bool, tmp_path: Path) -> None:
    """As iTunes writes it: in a text, with an edit list or without one."""
    original = signals.chirp(1, 44_100)
    file = signals.write("m4a_aac", tmp_path / "sound", original)
    data = bytearray(file.read_bytes())
    if not edited:
        data[data.index(b"edts") :][:4] = data[data.index(b"edts") : data.index(b"edts") + 4] = b"free"
    at = data.index(b"moov") - 4
    if b"udta" in data:
        data[data.index(b"udta") : data.index(b"udta") + 4] = b"free"
    packets = -(-44_100 // 1_024) + 1
    text = f" 00000000 {1_024:08X} {(packets - 1) * 1_024 - 44_100:08X} {44_100:016X} 00000000 00000000".encode()
    item = box(
        *(b"----", box(b"mean", bytes(4), b"com.apple.iTunes"), box(b"name", bytes(4), b"iTunSMPB")),
        box(b"data", struct.pack(">II", 1, 0), text),
    )
    kept = box(b"udta", box(b"meta", bytes(4), box(b"hdlr", bytes(8), b"mdirappl", bytes(9)), box(b"ilst", item)))
    data += kept
    data[at : at + 4] = struct.pack(">I", len(data) - at)
    file.write_bytes(data)
    with decode.open(file) as stream:
        assert stream.frames == 44_100
        samples = stream.read(10**7)
        assert len(samples) == 44_100
        assert signals.locate(samples, original[3_000:9_000]).at == 3_000
