"""The kinds of files that the self-test makes: one of every format that the program plays, and more of those that have
several ways to hold a sound."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from ctk.selftest import waves
from ctk.selftest.tones import Tone

Write = Callable[[Path, Tone], None]
CD_HZ: Final = 44_100
_OPUS_HZ: Final = 48_000

_APE: Final = (
    "TUFDIJYPAAA0AAAAGAAAAAQAAAAAAAAAEAAAAAAAAAAAAAAA2sKqp/QojUH/+QQj7zWyHugDIAAAIAEAIlYAAAEAAAAQAAEARKwAAFAAAACOAniB"
    "AQAAAAAAAAAAAAAA"
)
"""A whole file of Monkey's Audio, which nobody but its author's program can make: half a second of silence."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file. ``format`` is what the catalog calls it, ``slack_s`` by how much a file may be longer than the
    sound, where it is made of whole frames. ``silent`` ones hold no tone."""

    name: str
    extension: str
    format: str
    codec: str
    write: Write
    rate_hz: int = CD_HZ
    channels: int = 1
    slack_s: float = 0.0
    silent: bool = False


def _wav(bits: int, *, floating: bool = False) -> Kind:
    name = f"WAV, {bits} bits{', floating point' if floating else ''}"
    codec = f"pcm_{'f' if floating else 'u' if bits == 8 else 's'}{bits}{'' if bits == 8 else 'le'}"
    return Kind(name, "wav", "wav", codec, partial(waves.write, bits=bits, floating=floating))


def _made(
    muxer: str,
    codec: str,
    samples: str,
    *,
    channels: int = 1,
    bit_rate: int = 0,
    muxer_options: dict[str, str] | None = None,
    **options: str,
) -> Write:
    def write(path: Path, tone: Tone) -> None:
        from ctk.selftest import encoding

        recipe = encoding.Recipe(muxer, codec, samples, channels, bit_rate, options, muxer_options or {})
        encoding.write(path, tone, recipe)

    return write


def _ape(path: Path, tone: Tone) -> None:
    path.write_bytes(base64.b64decode(_APE))


KINDS: Final = (
    _wav(8),
    _wav(16),
    _wav(24),
    _wav(32),
    _wav(32, floating=True),
    _wav(64, floating=True),
    Kind("RF64", "rf64", "rf64", "pcm_s16le", _made("wav", "pcm_s16le", "s16", muxer_options={"rf64": "always"})),
    Kind("Wave64", "w64", "w64", "pcm_s16le", _made("w64", "pcm_s16le", "s16"), slack_s=0.0001),
    Kind("AIFF, 16 bits", "aif", "aiff", "pcm_s16be", _made("aiff", "pcm_s16be", "s16")),
    Kind("AIFF, 24 bits", "aiff", "aiff", "pcm_s24be", _made("aiff", "pcm_s24be", "s32")),
    Kind("AIFC", "aifc", "aifc", "pcm_s16le", _made("aiff", "pcm_s16le", "s16")),
    Kind("CAF", "caf", "caf", "pcm_s24le", _made("caf", "pcm_s24le", "s32")),
    Kind("FLAC, 16 bits", "flac", "flac", "flac", _made("flac", "flac", "s16")),
    Kind("FLAC, 24 bits", "flac", "flac", "flac", _made("flac", "flac", "s32")),
    Kind("Ogg FLAC", "oga", "ogg", "flac", _made("oga", "flac", "s16")),
    Kind(
        *("Ogg Vorbis", "ogg", "ogg", "vorbis"),
        _made("ogg", "vorbis", "fltp", channels=2, strict="experimental"),
        channels=2,
        slack_s=0.05,
    ),
    Kind("Opus", "opus", "opus", "opus", _made("opus", "libopus", "flt"), rate_hz=_OPUS_HZ, slack_s=0.03),
    Kind("MP3", "mp3", "mp3", "mp3", _made("mp3", "libmp3lame", "s16p", bit_rate=128_000), slack_s=0.12),
    Kind("MP2", "mp2", "mp2", "mp2", _made("mp2", "mp2", "s16", bit_rate=128_000), slack_s=0.05),
    Kind("AAC in M4A", "m4a", "m4a", "aac", _made("ipod", "aac", "fltp"), slack_s=0.05),
    Kind("ALAC in M4A", "m4a", "m4a", "alac", _made("ipod", "alac", "s16p")),
    Kind("AAC", "aac", "aac", "aac", _made("adts", "aac", "fltp"), slack_s=0.08),
    Kind("Windows Media Audio", "wma", "wma", "wmav2", _made("asf", "wmav2", "fltp", bit_rate=128_000), slack_s=0.12),
    Kind("WavPack", "wv", "wv", "wavpack", _made("wv", "wavpack", "s16p")),
    Kind("True Audio", "tta", "tta", "tta", _made("tta", "tta", "s16")),
    Kind("Monkey's Audio", "ape", "ape", "ape", _ape, silent=True),
)
