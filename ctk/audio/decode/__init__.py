"""Files to samples: any sound file as a stream of float32 frames, decoded as it is read, exact after every seek.

    with decode.open(path, rate=48_000, channels=2) as stream:
        while len(block := stream.read(4096)):
            ...

The content decides what a file is, never its name. Whatever the bytes are, the only error is ``CannotDecode``.
Opening the first one loads NumPy and FFmpeg. This module imports none of its own: threads that import a package and a
module in it at the same time may wait for one another.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctk.audio.decode.samples import Stream
    from ctk.audio.decode.seeking import SeekIndex

__all__ = ["open"]


def open(
    path: str | Path,
    *,
    start_s: float = 0.0,
    rate: int | None = None,
    channels: int | None = None,
    index: "SeekIndex | None" = None,
) -> "Stream":
    """A stream of the sound in ``path`` from ``start_s`` on; close it, or use it in a ``with`` statement.

    Without ``rate`` (Hz) and ``channels`` (1 or 2; 2 when only a rate is given) samples come as the file has them.
    An ``index`` that was learned when the file was read before (``Stream.index``) makes seeking exact and quick; one
    that does not fit the file is ignored. Raises ``CannotDecode``.
    """
    from ctk.audio.decode.convert import ConvertedStream
    from ctk.audio.decode.file import FileStream

    file = FileStream(os.path.abspath(path), index)
    stream: Stream = file
    if rate or channels:
        stream = ConvertedStream(file, rate or file.sample_rate_hz, channels or 2)
    if start_s > 0:
        stream.seek(round(start_s * stream.sample_rate_hz))
    return stream
