"""Seeking to and fro in broken sounds: with the index that was learned from them, with lies, and with none."""

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ctk.audio import decode
from ctk.audio.decode.ahead import ahead
from ctk.audio.decode.samples import Stream
from ctk.audio.decode.seeking import SeekIndex
from ctk.errors import CannotDecode

HEAD_S = 1.2


def seeks(path: Path) -> str | None:
    """Whatever an index says, there are samples or there is an end, and at most one sentence why."""
    data = path.read_bytes()
    chance = random.Random(data)
    try:
        with decode.open(path) as stream:
            while len(stream.read(50_000)):
                pass
            length, true = stream.frames or 0, stream.index()
        for index in (None, true, *_lies(chance, len(data), true)):
            with decode.open(path, index=index) as stream:
                complaint = _to_and_fro(stream, chance, length)
            with ahead(str(path), HEAD_S).stream(index) as stream:
                complaint = complaint or _to_and_fro(stream, chance, length)
            if complaint is not None:
                return f"{complaint} with {index!r:.400}"
    except CannotDecode as exc:
        return None if str(exc).endswith(".") and len(str(exc)) < 200 else f"the reason is no sentence: {exc!r}"
    return None


def _to_and_fro(stream: Stream, chance: random.Random, length: int) -> str | None:
    for _ in range(4):
        target = chance.choice((0, length, chance.randrange(length + 1), chance.randrange(length + 1), 2 * length))
        stream.seek(target)
        for _ in range(2):
            block = stream.read(chance.choice((1, 3_000)))
            if block.dtype != "float32" or block.ndim != 2 or block.shape[1] != stream.channels or len(block) > 3_000:
                return f"a block of {block.dtype} at {target} has the shape {block.shape}"
            if not np.isfinite(block).all():
                return f"there are samples at {target} that are no numbers"
    if stream.error is not None and not stream.error.endswith("."):
        return f"the error is no sentence: {stream.error!r}"
    return None


def _lies(chance: random.Random, size_bytes: int, true: SeekIndex | None) -> Iterator[SeekIndex]:
    """Indexes that look as if they could belong to the file."""
    start = true.offsets[0] if true else chance.choice((0, 45, 10))
    count = chance.randint(1, 12)
    frames = sorted(chance.sample(range(1, 400_000), count))
    offsets = sorted(chance.sample(range(start + 1, max(size_bytes, start + count + 2)), count))
    yield SeekIndex(frames[-1] + chance.randrange(100_000), [0, *frames], [start, *offsets])
    if true is not None:
        places = true.offsets[1:]
        yield SeekIndex(
            true.total + chance.choice((-1, 1, 50_000)), [0, *frames[: len(places)]], true.offsets[: count + 1]
        )
        yield SeekIndex(true.total, true.frames, [start, *(place + chance.randint(-9, 9) for place in places)])
        yield SeekIndex(chance.randrange(1 << 40), true.frames, true.offsets)
