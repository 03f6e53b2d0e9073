"""Breaking sounds the way disks, downloads and sloppy programs do, and worse; the same seed breaks the same way."""

import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.sounds import KINDS, make

TEXTS = {"title": "Tïtle", "artist": "Artist", "comment": "Comment", "genre": "House"}
_EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFF, 1 << 62)
_HEADER_BYTES = 256


@cache
def corpus(seconds: float = 0.12) -> Sequence[bytes]:
    """One short sound of every kind."""
    with TemporaryDirectory(prefix="ctk-fuzz-") as folder:
        path = Path(folder) / "sound"
        return [make(kind, path, seconds=seconds, rate=22_050, metadata=TEXTS).read_bytes() for kind in KINDS]


def broken(seed: int, index: int, seconds: float = 0.12) -> bytes:
    """The ``index``-th broken sound of ``seed``, out of sounds of so many seconds."""
    chance = random.Random(f"{seed}:{index}")
    data = bytearray(chance.choice(corpus(seconds)))
    for _ in range(chance.randint(1, 6)):
        chance.choice(_WAYS)(data, chance)
    return bytes(data)


def _place(data: bytearray, chance: random.Random) -> int:
    """Somewhere, mostly near the start, where the header is, or near the end."""
    if not data:
        return 0
    roll = chance.random()
    if roll < 0.7:
        return chance.randrange(min(len(data), _HEADER_BYTES))
    if roll < 0.8:
        return max(len(data) - 1 - chance.randrange(_HEADER_BYTES), 0)
    return chance.randrange(len(data))


def _number(data: bytearray, chance: random.Random) -> None:
    size = chance.choice((1, 2, 4, 4, 8))
    value = chance.choice((*_EXTREMES, len(data), chance.getrandbits(64))) % (1 << 8 * size)
    at = _place(data, chance)
    data[at : at + size] = value.to_bytes(size, chance.choice(("little", "big")))


def _bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        if data:
            data[_place(data, chance)] ^= 1 << chance.randrange(8)


def _noise(data: bytearray, chance: random.Random) -> None:
    at, size = _place(data, chance), chance.randint(1, 64)
    data[at : at + size] = chance.randbytes(size)


def _fill(data: bytearray, chance: random.Random) -> None:
    at, size = _place(data, chance), chance.choice((4, 16, 100, 5_000))
    data[at : at + size] = bytes((chance.choice((0, 0xFF, 0x20)),)) * size


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[_place(data, chance) + chance.randrange(_HEADER_BYTES) :]


def _lose(data: bytearray, chance: random.Random) -> None:
    at = _place(data, chance)
    del data[at : at + chance.choice((1, 2, 4, 30, 500))]


def _repeat(data: bytearray, chance: random.Random) -> None:
    at, size = _place(data, chance), chance.choice((1, 4, 8, 30, 300))
    data[at:at] = bytes(data[at : at + size]) * chance.choice((1, 2, 50))


def _splice(data: bytearray, chance: random.Random) -> None:
    other = chance.choice(corpus())
    at, start = _place(data, chance), chance.randrange(len(other))
    data[at:at] = other[start : start + chance.choice((12, 100, 2_000))]


def _grow(data: bytearray, chance: random.Random) -> None:
    """Push the sound past what two reads cover."""
    at = _place(data, chance)
    data[at:at] = bytes(chance.choice((65_536, 140_000)))


_WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(_number,) * 8,
    *(_bits,) * 3,
    *(_noise,) * 2,
    _fill,
    *(_cut,) * 2,
    _lose,
    _repeat,
    _splice,
    _grow,
)
