"""Encoded files, written by FFmpeg's encoders through PyAV."""

from collections.abc import Mapping
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from tests.writers.samples import Samples

_LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1"}
_TYPES = {"u8": "u1", "s16": "i2", "s32": "i4", "flt": "f4", "dbl": "f8"}
_BLOCK = 4_096


def write(
    path: Path,
    samples: Samples,
    rate: int,
    *,
    muxer: str,
    codec: str,
    sample_format: str,
    bit_rate: int = 0,
    options: Mapping[str, str] | None = None,
    muxer_options: Mapping[str, str] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Encode ``samples`` with ``codec`` into a file of type ``muxer``."""
    with av.open(str(path), "w", format=muxer, container_options=dict(muxer_options or {})) as container:
        container.metadata.update(metadata or {})
        stream = container.add_stream(codec, rate=rate, options=dict(options or {}))
        assert isinstance(stream, AudioStream)
        stream.layout = _LAYOUTS[samples.shape[1]]
        stream.format = sample_format
        if bit_rate:
            stream.bit_rate = bit_rate
        stream.codec_context.open()
        block = stream.codec_context.frame_size or _BLOCK
        for start in range(0, len(samples), block):
            frame = _frame(samples[start : start + block], sample_format, rate)
            frame.pts = start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _frame(samples: Samples, sample_format: str, rate: int) -> AudioFrame:
    planar = sample_format.endswith("p")
    kind = _TYPES[sample_format.removesuffix("p")]
    if kind[0] == "f":
        values = samples.astype(kind)
    elif kind == "u1":
        values = (samples * 127 + 128).astype(kind)
    else:
        values = np.round(samples * (2 ** (8 * int(kind[1]) - 1) - 1)).astype(kind)
    array = np.ascontiguousarray(values.T) if planar else values.reshape(1, -1)
    frame = AudioFrame.from_ndarray(array, format=sample_format, layout=_LAYOUTS[samples.shape[1]])
    frame.sample_rate = rate
    return frame
