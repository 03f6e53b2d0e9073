"""By which way a file is entered: by bytes, by time, or from its beginning."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from ctk.audio.decode.decoder import Decoder
from ctk.audio.decode.ways import needs_index
from tests.audio import signals
from tests.sounds import KINDS

BY_BYTES = {"wav_adpcm_ms", "wav_adpcm_ima", "aifc_ima4", "caf_ima4", "wav_mp3", "mp2", "aac"} | {
    kind for kind in KINDS if kind.startswith("mp3")
}


@pytest.mark.parametrize(
    ("kind", "codec", "needs"),
    [
        ("mp3", "mp3float", True),
        ("mp3", "mp2float", True),
        ("aac", "aac", True),
        ("ac3", "ac3", True),
        ("wv", "wavpack", True),
        ("ogg", "flac", True),
        ("wav", "mp3float", True),
        ("ogg", "vorbis", False),
        ("mov", "aac", False),
        ("wav", "pcm_s16le", False),
        ("flac", "flac", False),
    ],
)
def test_bare_packets_need_an_index(kind: str, codec: str, needs: bool) -> None:
    assert needs_index(kind, codec) is needs


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"ape"}))
def test_every_kind_is_entered_shortly_before_the_target(kind: str, tmp_path: Path) -> None:
    rate = KINDS[kind].rate_hz or 44_100
    file = signals.write(kind, tmp_path / "sound", signals.chirp(9, rate), rate)
    decoder = Decoder(file.open("rb", buffering=0), file.stat().st_size)
    landed = decoder.enter(4 * rate)
    assert landed is not None
    assert 0 <= 4 * rate - landed < 4 * rate
    assert not decoder.guessed
    decoder.close()


@pytest.mark.parametrize("kind", sorted(BY_BYTES))
def test_where_packets_can_be_found_few_bytes_are_read(kind: str, tmp_path: Path) -> None:
    """Entered at the packet that holds the target, or in its second."""
    rate = KINDS[kind].rate_hz or 44_100
    file = signals.write(kind, tmp_path / "sound", signals.chirp(9, rate), rate)
    decoder = Decoder(file.open("rb", buffering=0), file.stat().st_size)
    landed = decoder.enter(4 * rate)
    assert landed is not None
    assert 0 <= 4 * rate - landed < 1.1 * rate
    decoder.close()


@pytest.mark.parametrize("muxer", ["matroska", "asf", "ac3", "eac3"])
def test_formats_with_coarse_times_are_exact(muxer: str, tmp_path: Path) -> None:
    codec = {"matroska": "aac", "asf": "wmav2"}.get(muxer, muxer)
    source = signals.write("wav_16", tmp_path / "source.wav", signals.chirp(70, 44_100))
    words = ["ffmpeg", "-v", "error", "-i", str(source), "-c:a", codec, "-b:a", "128k", "-f", muxer]
    subprocess.run([*words, str(tmp_path / "sound")], check=True)
    with decode.open(tmp_path / "sound") as stream:
        whole = stream.read(10**8)
    for second in (10, 35, 61, 69):
        with decode.open(tmp_path / "sound", start_s=second) as stream:
            block = stream.read(1_000)
        expected = whole[second * 44_100 :][:1_000]
        assert np.abs(block - expected).max() < 0.05
