"""Decoding a sound as engines hear it: one channel of float32, and only as much of it as tells what it is."""

import os
import stat
from typing import Final

import numpy as np

from ctk import cloud
from ctk.audio import decode
from ctk.audio.decode.samples import Stream
from ctk.catalog.vector_rows import Place
from ctk.classify.neighbours import Floats
from ctk.errors import CannotDecode
from ctk.paths import os_path

_BLOCK: Final = 32_768


def beginning(path: str, seconds: float) -> tuple[Floats, int]:
    """The first ``seconds`` of a sound at its own rate, and that rate. Raises ``CannotDecode``."""
    with decode.open(path) as stream:
        rate = stream.sample_rate_hz
        return _mixed(stream, round(seconds * rate)), rate


def parts(path: str, rate_hz: int, seconds: float, most: int, duration_s: float | None) -> list[Floats]:
    """A sound at ``rate_hz``, whole where it is no longer than ``seconds``, else up to ``most`` parts of that length
    from its beginning, its middle and its end. Raises ``CannotDecode``."""
    wanted = round(seconds * rate_hz)
    with decode.open(path, rate=rate_hz, channels=1) as stream:
        found = [_mixed(stream, wanted)]
        length_s = duration_s or 0.0
        count = min(most, int(length_s // seconds)) if len(found[0]) == wanted else 1
        for number in range(1, count):
            stream.seek(round((length_s - seconds) * number / (count - 1) * rate_hz))
            part = _mixed(stream, wanted)
            if len(part) < wanted // 2:  # it is not as long as it promises
                break
            found.append(part)
    return found


def _mixed(stream: Stream, frames: int) -> Floats:
    """At most ``frames``, all channels as one. Raises ``CannotDecode`` where there is nothing."""
    blocks: list[Floats] = []
    left = frames
    while left > 0 and len(block := stream.read(min(left, _BLOCK))):
        blocks.append(block.mean(axis=1, dtype=np.float32) if block.ndim > 1 else block)
        left -= len(block)
    if not blocks:
        raise CannotDecode("There is no sound in this file.")
    mixed: Floats = np.concatenate(blocks)
    return mixed


def is_as_said(place: Place) -> bool:
    """Whether the file is there, on the disk, and still what the catalog says. Opens nothing."""
    try:
        found = os.stat(os_path(place.path))
    except (OSError, ValueError):
        return False
    if cloud.may_serve(os.path.dirname(place.path)) and cloud.is_hollow(found):
        return False
    return stat.S_ISREG(found.st_mode) and (found.st_size, found.st_mtime_ns) == place.stamp
