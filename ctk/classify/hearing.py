"""Decoding a sound as engines hear it: one channel of float32, and only as much of it as tells what it is."""

import os
import stat
from collections.abc import Sequence
from typing import Final

import numpy as np

from ctk import cloud
from ctk.audio import decode
from ctk.audio.decode.samples import Stream
from ctk.catalog.verdict_rows import Place
from ctk.classify.neighbours import Floats
from ctk.errors import CannotDecode
from ctk.paths import os_path

_BLOCK: Final = 32_768
_LEAST_S: Final = 10
"""So much is read also of what claims to be shorter: some files do not say how long they are."""


def beginning(path: str, rate_hz: int, seconds: float) -> Floats:
    """The first ``seconds`` of a sound at ``rate_hz``. Raises ``CannotDecode``."""
    with decode.open(path, rate=rate_hz, channels=1) as stream:
        return _some(_mixed(stream, round(seconds * rate_hz)))


def parts(path: str, rate_hz: int, spans: Sequence[tuple[int, int]]) -> list[Floats]:
    """The ``spans`` (frames from and to, at ``rate_hz``) of a sound; those it turns out not to have are left out, and
    a single one is the whole sound up to the longest span. Raises ``CannotDecode``."""
    with decode.open(path, rate=rate_hz, channels=1) as stream:
        found: list[Floats] = []
        for number, (start, end) in enumerate(spans):
            if number:
                stream.seek(start)
            part = _mixed(stream, max(end - start, _LEAST_S * rate_hz))
            if number and len(part) < (end - start) // 2:
                break
            found.append(part if number else _some(part))
    return found


def _some(samples: Floats) -> Floats:
    if not len(samples):
        raise CannotDecode("There is no sound in this file.")
    return samples


def _mixed(stream: Stream, frames: int) -> Floats:
    """At most ``frames``, all channels as one."""
    blocks: list[Floats] = []
    left = frames
    while left > 0 and len(block := stream.read(min(left, _BLOCK))):
        blocks.append(block.mean(axis=1, dtype=np.float32) if block.ndim > 1 else block)
        left -= len(block)
    if not blocks:
        return np.zeros(0, np.float32)
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
