"""Real test sounds: ``make`` writes one of any kind, ``tree`` a believable sample library.

>>> make("wav_24", tmp_path / "kick.wav", seconds=0.5)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.writers import aiffs, ape, encoded, waves
from tests.writers.library import tree
from tests.writers.samples import Samples, lively, tone

Metadata = Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file and what is true of it. ``None`` for rate and channels: as asked for."""

    extension: str
    format: str
    codec: str
    bit_depth: int | None
    write: Callable[[Path, Samples, int, Metadata], None]
    rate_hz: int | None = None
    channels: int | None = None
    slack_s: float = 0.0
    """By how much encoders may lengthen the sound, because they fill whole frames."""
    tags: frozenset[str] = field(default_factory=frozenset)
    """The metadata that ``make`` stores in this kind of file."""
    sound: Callable[[float, int, int, float], Samples] = tone


def make(
    kind: str,
    path: Path,
    *,
    seconds: float = 1.0,
    rate: int = 44_100,
    channels: int = 2,
    freq: float = 440.0,
    metadata: Metadata = None,
) -> Path:
    """Write a sine (Monkey's Audio: silence) of this kind to ``path``, which may have any name."""
    entry = KINDS[kind]
    rate, channels = entry.rate_hz or rate, entry.channels or channels
    texts = {key: value for key, value in (metadata or {}).items() if key in entry.tags}
    entry.write(path, entry.sound(seconds, rate, channels, freq), rate, texts)
    return path


def _wav(bits: int, *, floating: bool = False, valid: int = 0) -> Callable[[Path, Samples, int, Metadata], None]:
    def write(path: Path, samples: Samples, rate: int, metadata: Metadata) -> None:
        path.write_bytes(waves.wav(samples, rate, bits, floating=floating, valid=valid, metadata=metadata))

    return write


def _rf64(bits: int, name: bytes) -> Callable[[Path, Samples, int, Metadata], None]:
    def write(path: Path, samples: Samples, rate: int, _: Metadata) -> None:
        path.write_bytes(waves.rf64(samples, rate, bits, name=name))

    return write


def _w64(bits: int, *, floating: bool = False) -> Callable[[Path, Samples, int, Metadata], None]:
    def write(path: Path, samples: Samples, rate: int, _: Metadata) -> None:
        path.write_bytes(waves.w64(samples, rate, bits, floating=floating))

    return write


def _aiff(bits: int, kind: bytes = b"") -> Callable[[Path, Samples, int, Metadata], None]:
    def write(path: Path, samples: Samples, rate: int, metadata: Metadata) -> None:
        path.write_bytes(aiffs.aiff(samples, rate, bits, kind=kind, metadata=metadata))

    return write


def _encoded(
    muxer: str,
    codec: str,
    sample_format: str,
    *,
    bit_rate: int = 0,
    muxer_options: Mapping[str, str] | None = None,
    **options: str,
) -> Callable[[Path, Samples, int, Metadata], None]:
    def write(path: Path, samples: Samples, rate: int, metadata: Metadata) -> None:
        encoded.write(
            path,
            samples,
            rate,
            muxer=muxer,
            codec=codec,
            sample_format=sample_format,
            bit_rate=bit_rate,
            options=options,
            muxer_options=muxer_options,
            metadata=metadata,
        )

    return write


def _ape(path: Path, samples: Samples, rate: int, _: Metadata) -> None:
    path.write_bytes(ape.silence(len(samples), rate, samples.shape[1]))


def _mp3(
    *,
    rate_hz: int | None = None,
    sound: Callable[[float, int, int, float], Samples] = tone,
    bit_rate: int = 0,
    muxer_options: Mapping[str, str] | None = None,
    **options: str,
) -> Kind:
    write = _encoded("mp3", "libmp3lame", "s16p", bit_rate=bit_rate, muxer_options=muxer_options, **options)
    return Kind("mp3", "mp3", "mp3", None, write, rate_hz=rate_hz, slack_s=0.12, tags=_INFO, sound=sound)


_INFO: Final = frozenset({"title", "artist", "album", "comment", "genre"})
_IFF: Final = frozenset({"title", "artist", "comment"})
_NO_XING: Final = {"write_xing": "0"}

KINDS: Final[dict[str, Kind]] = {
    "wav_8": Kind("wav", "wav", "pcm", 8, _wav(8), tags=_INFO),
    "wav_16": Kind("wav", "wav", "pcm", 16, _wav(16), tags=_INFO),
    "wav_24": Kind("wav", "wav", "pcm", 24, _wav(24), tags=_INFO),
    "wav_32": Kind("wav", "wav", "pcm", 32, _wav(32), tags=_INFO),
    "wav_float32": Kind("wav", "wav", "float", 32, _wav(32, floating=True), tags=_INFO),
    "wav_float64": Kind("wav", "wav", "float", 64, _wav(64, floating=True), tags=_INFO),
    "wav_extensible": Kind("wav", "wav", "pcm", 24, _wav(24, valid=24), tags=_INFO),
    "wav_20_in_24": Kind("wav", "wav", "pcm", 20, _wav(24, valid=20), tags=_INFO),
    "wav_adpcm_ms": Kind("wav", "wav", "adpcm_ms", None, _encoded("wav", "adpcm_ms", "s16"), slack_s=0.05),
    "wav_adpcm_ima": Kind("wav", "wav", "adpcm_ima", None, _encoded("wav", "adpcm_ima_wav", "s16p"), slack_s=0.05),
    "wav_alaw": Kind("wav", "wav", "alaw", None, _encoded("wav", "pcm_alaw", "s16")),
    "wav_mulaw": Kind("wav", "wav", "mulaw", None, _encoded("wav", "pcm_mulaw", "s16")),
    "wav_mp3": Kind("wav", "wav", "mp3", None, _encoded("wav", "libmp3lame", "s16p", bit_rate=128_000), slack_s=0.08),
    "rf64": Kind("wav", "rf64", "pcm", 24, _rf64(24, b"RF64")),
    "bw64": Kind("wav", "rf64", "pcm", 16, _rf64(16, b"BW64")),
    "w64": Kind("w64", "w64", "pcm", 16, _w64(16)),
    "w64_float32": Kind("w64", "w64", "float", 32, _w64(32, floating=True)),
    "aiff_8": Kind("aif", "aiff", "pcm", 8, _aiff(8), tags=_IFF),
    "aiff_16": Kind("aiff", "aiff", "pcm", 16, _aiff(16), tags=_IFF),
    "aiff_24": Kind("aif", "aiff", "pcm", 24, _aiff(24), tags=_IFF),
    "aiff_32": Kind("aiff", "aiff", "pcm", 32, _aiff(32), tags=_IFF),
    "aifc_sowt": Kind("aifc", "aifc", "pcm", 16, _aiff(16, b"sowt"), tags=_IFF),
    "aifc_in24": Kind("aifc", "aifc", "pcm", 24, _aiff(24, b"in24"), tags=_IFF),
    "aifc_fl32": Kind("aifc", "aifc", "float", 32, _aiff(32, b"fl32"), tags=_IFF),
    "aifc_fl64": Kind("aifc", "aifc", "float", 64, _aiff(64, b"fl64"), tags=_IFF),
    "aifc_mulaw": Kind("aifc", "aifc", "mulaw", None, _encoded("aiff", "pcm_mulaw", "s16")),
    "aifc_alaw": Kind("aifc", "aifc", "alaw", None, _encoded("aiff", "pcm_alaw", "s16")),
    "aifc_ima4": Kind("aifc", "aifc", "adpcm_ima", None, _encoded("aiff", "adpcm_ima_qt", "s16p"), slack_s=0.01),
    "flac_16": Kind("flac", "flac", "flac", 16, _encoded("flac", "flac", "s16"), tags=_INFO),
    "flac_24": Kind("flac", "flac", "flac", 24, _encoded("flac", "flac", "s32"), tags=_INFO),
    "ogg_vorbis": Kind(
        *("ogg", "ogg", "vorbis", None),
        _encoded("ogg", "vorbis", "fltp", strict="experimental"),
        channels=2,
        tags=_INFO,
        slack_s=0.05,
    ),
    "ogg_flac": Kind("oga", "ogg", "flac", 16, _encoded("oga", "flac", "s16"), tags=_INFO),
    "opus": Kind(
        "opus", "opus", "opus", None, _encoded("opus", "libopus", "flt"), rate_hz=48_000, tags=_INFO, slack_s=0.03
    ),
    "mp3_cbr": _mp3(bit_rate=192_000),
    "mp3_cbr_bare": _mp3(bit_rate=128_000, muxer_options=_NO_XING),
    "mp3_vbr": _mp3(sound=lively, flags="+qscale", global_quality="236"),
    "mp3_vbr_bare": _mp3(sound=lively, muxer_options=_NO_XING, flags="+qscale", global_quality="236"),
    "mp3_mpeg2": _mp3(rate_hz=22_050, bit_rate=64_000),
    "mp2": Kind("mp2", "mp2", "mp2", None, _encoded("mp2", "mp2", "s16", bit_rate=128_000), slack_s=0.05),
    "m4a_aac": Kind("m4a", "m4a", "aac", None, _encoded("ipod", "aac", "fltp"), tags=_INFO, slack_s=0.05),
    "m4a_alac": Kind("m4a", "m4a", "alac", 16, _encoded("ipod", "alac", "s16p"), tags=_INFO),
    "m4a_alac_24": Kind("m4a", "m4a", "alac", 24, _encoded("ipod", "alac", "s32p"), tags=_INFO),
    "m4a_fragments": Kind(
        *("m4a", "m4a", "aac", None),
        _encoded("mp4", "aac", "fltp", muxer_options={"movflags": "frag_keyframe+empty_moov"}),
        slack_s=0.05,
    ),
    "aac": Kind("aac", "aac", "aac", None, _encoded("adts", "aac", "fltp"), slack_s=0.08),
    "caf_16": Kind("caf", "caf", "pcm", 16, _encoded("caf", "pcm_s16be", "s16"), tags=_INFO),
    "caf_24": Kind("caf", "caf", "pcm", 24, _encoded("caf", "pcm_s24le", "s32"), tags=_INFO),
    "caf_float32": Kind("caf", "caf", "float", 32, _encoded("caf", "pcm_f32le", "flt")),
    "caf_alac": Kind("caf", "caf", "alac", 16, _encoded("caf", "alac", "s16p")),
    "caf_ima4": Kind("caf", "caf", "adpcm_ima", None, _encoded("caf", "adpcm_ima_qt", "s16p"), slack_s=0.01),
    "wma_1": Kind(
        "wma", "wma", "wmav1", None, _encoded("asf", "wmav1", "fltp", bit_rate=128_000), tags=_INFO, slack_s=0.12
    ),
    "wma": Kind(
        "wma", "wma", "wmav2", None, _encoded("asf", "wmav2", "fltp", bit_rate=128_000), tags=_INFO, slack_s=0.12
    ),
    "wv_16": Kind("wv", "wv", "wavpack", 16, _encoded("wv", "wavpack", "s16p"), tags=_INFO),
    "wv_32": Kind("wv", "wv", "wavpack", 32, _encoded("wv", "wavpack", "s32p")),
    "wv_float32": Kind("wv", "wv", "wavpack", 32, _encoded("wv", "wavpack", "fltp")),
    "tta_16": Kind("tta", "tta", "tta", 16, _encoded("tta", "tta", "s16"), tags=_INFO),
    "tta_24": Kind("tta", "tta", "tta", 24, _encoded("tta", "tta", "s32")),
    "ape": Kind("ape", "ape", "ape", 16, _ape),
}
"""Every kind of file by name."""

__all__ = ["KINDS", "Kind", "make", "tree"]
