"""Sounds of every depth, rate and number of channels: as the ffmpeg program decodes them, from every place."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from ctk.audio.decode.samples import Samples, Stream
from tests.audio import signals
from tests.sounds import KINDS
from tests.writers import waves
from tests.writers.samples import Samples as Written

SECONDS = 3.6


@dataclass(frozen=True)
class Variant:
    """What ffmpeg is told, or the kind that is written; ``frame`` is how long the codec's packets are, 0 if lossless;
    ``coarse`` is how much decoding differs after a seek: noise that the decoder adds, predictions that wander."""

    how: str
    rate: int
    channels: int
    frame: int = 0
    coarse: float = 1e-5

    def __str__(self) -> str:
        return f"{self.how.replace(' ', '_')}-{self.rate}-{self.channels}"


VARIANTS = [
    Variant("wav_8", 8_000, 1),
    Variant("wav_8", 44_100, 2),
    Variant("wav_16", 192_000, 2),
    Variant("wav_24", 96_000, 6),
    Variant("wav_16", 48_000, 8),
    Variant("wav_float32", 44_100, 16),
    Variant("wav_float64", 192_000, 1),
    Variant("aiff_24", 192_000, 6),
    Variant("w64", 8_000, 8),
    Variant("rf64", 44_100, 16),
    Variant("flac_24", 192_000, 6),
    Variant("flac_16", 8_000, 1),
    Variant("-c:a flac -f flac", 48_000, 8),
    Variant("-c:a flac -f ogg", 44_100, 6),
    Variant("-c:a flac -f matroska", 44_100, 2),
    Variant("-c:a alac -f ipod", 96_000, 6),
    Variant("-c:a wavpack -f wv", 48_000, 6),
    Variant("-c:a tta -f tta", 8_000, 1),
    Variant("-c:a pcm_f64be -f caf", 192_000, 2),
    Variant("-c:a pcm_s16be -f au", 44_100, 1),
    Variant("-c:a pcm_u8 -f voc", 20_000, 1),
    Variant("-c:a libmp3lame -b:a 64k -f mp3", 8_000, 1, 576),
    Variant("-c:a libmp3lame -q:a 6 -f mp3", 48_000, 1, 1_152),
    Variant("-c:a libmp3lame -b:a 128k -id3v2_version 3 -metadata title=x -f mp3", 44_100, 2, 1_152),
    Variant("-c:a libmp3lame -b:a 128k -f wav", 44_100, 2, 1_152),
    Variant("-c:a mp2 -b:a 128k -f mp2", 48_000, 2, 1_152, 1e-4),
    Variant("-c:a libvorbis -q:a 3 -f ogg", 44_100, 6, 8_192),
    Variant("-c:a libvorbis -q:a 3 -f ogg", 22_050, 1, 8_192),
    Variant("-c:a libopus -b:a 48k -f opus", 48_000, 1, 960, 0.01),
    Variant("-c:a libopus -mapping_family 1 -b:a 256k -f opus", 48_000, 6, 960, 0.02),
    Variant("-c:a aac -b:a 96k -f adts", 48_000, 2, 1_024, 0.05),
    Variant("-c:a aac -b:a 24k -f adts", 8_000, 1, 1_024, 0.1),
    Variant("-c:a aac -b:a 256k -f adts", 44_100, 6, 1_024, 0.1),
    Variant("-c:a aac -b:a 96k -f ipod", 44_100, 8, 1_024, 0.1),
    Variant("-c:a aac -b:a 96k -f matroska", 44_100, 2, 1_024, 0.05),
    Variant("-c:a ac3 -b:a 384k -f ac3", 44_100, 6, 1_536, 0.05),
    Variant("-c:a eac3 -b:a 192k -f eac3", 48_000, 2, 1_536, 0.05),
    Variant("-c:a dca -strict experimental -b:a 500k -f dts", 48_000, 2, 512, 1e-4),
    Variant("-c:a wmav2 -b:a 64k -f asf", 22_050, 1, 2_048),
    Variant("-c:a adpcm_ms -f wav", 22_050, 1, 1_024),
    Variant("-c:a adpcm_ima_wav -f wav", 11_025, 1, 1_024),
    Variant("-c:a adpcm_ima_qt -f aiff", 44_100, 1, 64, 0.01),
    Variant("-c:a adpcm_ima_qt -f caf", 22_050, 2, 64, 0.01),
]


def sound(rate: int, channels: int) -> Written:
    """A sweep, softer in each further pair of channels."""
    pair = signals.chirp(SECONDS, rate)
    return np.concatenate([pair * 0.9**number for number in range((channels + 1) // 2)], axis=1)[:, :channels]


def make(variant: Variant, path: Path) -> Path:
    samples = sound(variant.rate, variant.channels)
    if variant.how in KINDS:
        return signals.write(variant.how, path, samples, variant.rate)
    source = path.with_name("source.wav")
    bits = 24 if variant.frame == 0 else 16
    source.write_bytes(waves.wav(samples, variant.rate, bits, valid=bits))
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-i", str(source), *variant.how.split(), str(path)], check=True, timeout=60
    )
    return path


def reference(file: Path, channels: int) -> Samples:
    words = ["ffmpeg", "-v", "error", "-i", str(file), "-f", "f32le", "-"]
    raw = subprocess.run(words, check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.float32).reshape(-1, channels)


def points(frames: int) -> list[int]:
    return [0, 1, frames // 10, frames // 2, frames - frames // 20, frames - 1, frames, frames + 5_000, 10 * frames]


def check_places(stream: Stream, whole: Samples, coarse: float) -> None:
    for frame in [*points(len(whole)), *reversed(points(len(whole)))]:
        stream.seek(frame)
        expected, block = whole[frame : frame + 1_500], stream.read(1_500)
        assert (frame, block.shape) == (frame, expected.shape)
        assert not len(block) or np.abs(block - expected).max() <= coarse, frame


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_every_variant_is_decoded_and_sought_as_ffmpeg_decodes_it(variant: Variant, tmp_path: Path) -> None:
    file = make(variant, tmp_path / "sound")
    expected = reference(file, variant.channels)
    with decode.open(file) as stream:
        assert (stream.sample_rate_hz, stream.channels) == (variant.rate, variant.channels)
        whole = stream.read(10**8)
        index = stream.index()
        assert (stream.broken, stream.error, stream.frames) == (0, None, len(whole))
        assert stream.promised is None or stream.promised <= len(whole)
        check_places(stream, whole, variant.coarse)
    if variant.frame:
        assert abs(len(whole) - len(expected)) <= variant.frame
        assert abs(signals.locate(expected[:, :1], whole[20_000:24_000, :1]).at - 20_000) <= variant.frame
    else:
        assert whole.shape == expected.shape
        assert np.abs(whole - expected).max() < 1e-6
    with decode.open(file, index=index) as stream:
        check_places(stream, whole, variant.coarse)
    for frame in (1, len(whole) // 2, len(whole), 2 * len(whole)):
        with decode.open(file, start_s=frame / variant.rate) as stream:
            assert len(stream.read(700)) == min(700, max(0, len(whole) - frame))
