"""Files in every other format, made by the encoders of FFmpeg that come with the program."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from ctk.selftest.tones import Tone

_LAYOUTS: Final = {1: "mono", 2: "stereo"}
_WHOLE: Final = {"s16": ("h", 2**15 - 1), "s32": ("i", 2**31 - 1)}
_BLOCK: Final = 4_096


class NoEncoder(Exception):
    """This FFmpeg can only read the format."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How FFmpeg makes a file: the kind of file, the codec, and how that wants its samples. Two channels only with
    samples that lie apart (``fltp``)."""

    muxer: str
    codec: str
    samples: str
    channels: int = 1
    bit_rate: int = 0
    options: Mapping[str, str] = field(default_factory=dict)
    muxer_options: Mapping[str, str] = field(default_factory=dict)


def write(path: Path, tone: Tone, recipe: Recipe) -> None:
    """Raises ``NoEncoder``, and what FFmpeg raises."""
    if not _has(recipe.codec, "w"):
        raise NoEncoder
    with av.open(str(path), "w", format=recipe.muxer, container_options=dict(recipe.muxer_options)) as container:
        stream = container.add_stream(recipe.codec, rate=tone.rate_hz, options=dict(recipe.options))
        assert isinstance(stream, AudioStream)
        stream.layout = _LAYOUTS[recipe.channels]
        stream.format = recipe.samples
        if recipe.bit_rate:
            stream.bit_rate = recipe.bit_rate
        stream.codec_context.open()
        block = stream.codec_context.frame_size or _BLOCK
        samples = tone.samples()
        for start in range(0, len(samples), block):
            frame = _frame(samples[start : start + block], recipe, tone.rate_hz)
            frame.pts = start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def can_decode(codec: str) -> bool:
    """Whether this FFmpeg can read what the codec made."""
    return _has(codec, "r")


def _has(codec: str, mode: str) -> bool:
    try:
        av.codec.Codec(codec, "w" if mode == "w" else "r")
    except av.codec.codec.UnknownCodecError:
        return False
    return True


def _frame(samples: "array[float]", recipe: Recipe, rate_hz: int) -> AudioFrame:
    frame = AudioFrame(format=recipe.samples, layout=_LAYOUTS[recipe.channels], samples=len(samples))
    frame.sample_rate = rate_hz
    kind = recipe.samples.removesuffix("p")
    if kind in _WHOLE:
        code, loudest = _WHOLE[kind]
        values = array(code, (round(value * loudest) for value in samples)).tobytes()
    else:
        values = samples.tobytes()
    for plane in frame.planes:
        plane.update(values)
    return frame
