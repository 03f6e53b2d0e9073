"""One pass through a file: what it promises, where it ends, where it can be entered."""

import struct
from pathlib import Path

import numpy as np
import pytest

from ctk.audio.decode.decoder import Decoder
from ctk.audio.decode.lengths import Lengths
from ctk.audio.decode.reasons import NoSound
from ctk.audio.decode.seeking import SeekIndex
from tests import sounds
from tests.audio import signals


def decoder(file: Path) -> Decoder:
    return Decoder(file.open("rb", buffering=0), file.stat().st_size)


def test_facts_are_those_of_the_sound(tmp_path: Path) -> None:
    made = decoder(sounds.make("flac_24", tmp_path / "sound", seconds=0.5, rate=96_000, channels=1))
    assert (made.sample_rate_hz, made.channels) == (96_000, 1)
    assert made.lengths == Lengths(expected=48_000, promised=48_000, limit=None)
    made.close()


def test_padding_after_the_end_of_an_mp4_is_known(tmp_path: Path) -> None:
    made = decoder(sounds.make("m4a_aac", tmp_path / "sound", seconds=0.5))
    assert made.lengths == Lengths(expected=22_050, promised=22_050, limit=22_050)
    assert sum(map(len, made.blocks())) >= 22_050
    made.close()


def test_a_file_is_entered_at_a_frame_that_it_tells(tmp_path: Path) -> None:
    file = signals.write("mp3_cbr", tmp_path / "sound", signals.chirp(4, 44_100))
    made = decoder(file)
    everything = np.concatenate(list(made.blocks()))
    landed = made.enter(100_000)
    assert landed is not None
    assert 80_000 < landed <= 100_000
    after = np.concatenate(list(made.blocks()))
    assert made.limit == len(everything)
    assert np.abs(after[: made.limit - landed] - everything[landed:]).max() < 1e-5
    made.close()


@pytest.mark.parametrize("kind", ["mp3_cbr", "flac_16", "ogg_vorbis"])
def test_what_is_near_the_beginning_is_reached_from_there(kind: str, tmp_path: Path) -> None:
    made = decoder(signals.write(kind, tmp_path / "sound", signals.chirp(4, 44_100)))
    assert made.enter(5) is None
    made.close()


def test_an_index_that_leads_nowhere_is_dropped(tmp_path: Path) -> None:
    file = signals.write("mp3_cbr", tmp_path / "sound", signals.chirp(4, 44_100))
    true = decoder(file)
    total = sum(map(len, true.blocks()))
    true.learn(total)
    index = true.index
    assert index is not None
    wrong = SeekIndex(150_000, index.frames, [index.offsets[0], *(offset + 9 for offset in index.offsets[1:])])
    made = Decoder(file.open("rb", buffering=0), file.stat().st_size, wrong)
    assert (made.index, made.limit) == (wrong, 150_000)
    assert made.enter(3 * 44_100) is not None
    assert (made.index, made.limit) == (None, total)
    true.close()
    made.close()


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    file = signals.write("wav_16", tmp_path / "sound", np.zeros((0, 2)))
    with pytest.raises(NoSound):
        decoder(file)


def test_a_flipped_bit_does_not_end_a_sound(tmp_path: Path) -> None:
    file = signals.write("flac_16", tmp_path / "sound", signals.chirp(4, 44_100))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)
    made = decoder(file)
    assert sum(map(len, made.blocks())) > 3.7 * 44_100
    made.close()


def test_ogg_that_is_wrapped_in_a_wav_is_found(tmp_path: Path) -> None:
    inner = signals.write("ogg_vorbis", tmp_path / "plain", signals.chirp(0.5, 44_100)).read_bytes()
    form = struct.pack("<HHIIHH", 0x674F, 2, 44_100, 10_000, 1, 16)
    chunks = b"WAVE" + b"fmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(inner)) + inner
    (tmp_path / "wrapped").write_bytes(b"RIFF" + struct.pack("<I", len(chunks)) + chunks)
    plain, wrapped = decoder(tmp_path / "plain"), decoder(tmp_path / "wrapped")
    assert wrapped.lengths == plain.lengths
    assert np.array_equal(np.concatenate(list(wrapped.blocks())), np.concatenate(list(plain.blocks())))
    plain.close()
    wrapped.close()
