"""The general reader, asked last: FFmpeg through PyAV. It takes milliseconds where ours take microseconds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ctk.sources.headers.content import Content, TooSlow
from ctk.sources.headers.header import Header
from ctk.sources.headers.metadata import add

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_DEMUXERS: Final = {
    "wav": "wav",
    "rf64": "wav",
    "w64": "w64",
    "aiff": "aiff",
    "aifc": "aiff",
    "flac": "flac",
    "mp3": "mp3",
    "mp2": "mp3",
    "ogg": "ogg",
    "opus": "ogg",
    "m4a": "mov",
    "aac": "aac",
    "caf": "caf",
    "wma": "asf",
    "wv": "wv",
    "tta": "tta",
    "ape": "ape",
}
_CODECS: Final = {
    "mp3float": "mp3",
    "mp2float": "mp2",
    "mp1float": "mp1",
    "aac_latm": "aac",
    "libopus": "opus",
    "libvorbis": "vorbis",
    "libspeex": "speex",
    "pcm_alaw": "alaw",
    "pcm_mulaw": "mulaw",
    "adpcm_ima_wav": "adpcm_ima",
    "adpcm_ima_qt": "adpcm_ima",
}
_OPTIONS: Final = {"probesize": "1000000", "analyzeduration": "2000000"}
_PCM_DEPTHS: Final = {"8": 8, "16": 16, "24": 24, "32": 32, "64": 64}


def read(content: Content, name: str | None) -> Header | None:
    """What FFmpeg says of a file in format ``name``; ``None`` where it gives up.

    The demuxer is named and the bytes come from memory, so that nothing in the file, such as a playlist,
    can make FFmpeg open anything else.
    """
    demuxer = _DEMUXERS.get(name or "")
    if demuxer is None:
        return None
    import av
    import av.logging

    av.logging.set_level(None)
    av.logging.set_libav_level(av.logging.PANIC)
    try:
        with av.open(
            content.file(), "r", format=demuxer, container_options=_OPTIONS, metadata_errors="replace"
        ) as container:
            return _header(container, name)
    # On broken files PyAV raises, besides its own errors, what its conversions run into.
    except (av.FFmpegError, ValueError, LookupError, ArithmeticError, OSError, MemoryError, TooSlow):
        return None


def _header(container: InputContainer, name: str | None) -> Header | None:
    if not container.streams.audio:
        return None
    stream = container.streams.audio[0]
    context = stream.codec_context
    if context is None:  # no codec of that name, which PyAV's types do not foresee
        return None
    codec = _CODECS.get(context.name, context.name)
    depth = None
    if codec.startswith("pcm_"):
        depth = _PCM_DEPTHS.get("".join(filter(str.isdigit, codec)))
        codec = "float" if codec.startswith("pcm_f") else "pcm"
    header = Header(name, codec, _duration_s(container, stream), context.sample_rate, context.channels, depth)
    for texts in (container.metadata, stream.metadata):
        for key, value in texts.items():
            add(header.metadata, key, value)
    return header


def _duration_s(container: InputContainer, stream: AudioStream) -> float | None:
    seconds: float | None = None
    if stream.duration is not None and stream.time_base is not None:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration is not None:
        seconds = container.duration / 1_000_000
    return seconds if seconds is not None and math.isfinite(seconds) and seconds >= 0 else None
