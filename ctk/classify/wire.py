"""What goes through the pipes between the program and its worker: a kind, a length, and so many bytes."""

import struct
from collections.abc import Sequence
from typing import IO, Final

READY: Final = b"r"
"""The model is there; JSON says what it runs on."""
REFUSED: Final = b"n"
"""The model cannot be had; a sentence says why, and trying again will not help."""
RUN: Final = b"w"
"""The length of a window in samples, then windows."""
HEARD: Final = b"h"
"""Probabilities of all windows, then their embeddings."""
MEMORY: Final = b"m"
"""There was not enough memory for that many windows; the worker goes on."""
FAILED: Final = b"f"
"""What went wrong, in words for the log; the worker ends."""

LENGTH: Final = struct.Struct("<I")
_HEAD: Final = struct.Struct("<cQ")
_MOST_BYTES: Final = 1 << 32


def send(stream: IO[bytes], kind: bytes, parts: Sequence[bytes | memoryview]) -> None:
    """Raises ``OSError`` when the other side is gone."""
    stream.write(_HEAD.pack(kind, sum(memoryview(part).nbytes for part in parts)))
    for part in parts:
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytearray] | None:
    """The next message, ``None`` when the other side is gone. Raises ``OSError``, ``ValueError`` for what is none."""
    head = _exactly(stream, _HEAD.size)
    if head is None:
        return None
    kind, size = _HEAD.unpack(head)
    if size > _MOST_BYTES:
        raise ValueError("this is no message")
    content = _exactly(stream, size)
    return None if content is None else (kind, content)


def _exactly(stream: IO[bytes], size: int) -> bytearray | None:
    content = bytearray(size)
    rest = memoryview(content)
    while rest:
        got = stream.readinto(rest)  # type: ignore[attr-defined]  # of every stream that reads bytes
        if not got:
            return None
        rest = rest[got:]
    return content
