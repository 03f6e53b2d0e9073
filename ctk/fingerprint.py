"""Fingerprints of files: quick (first and last 64 KB) to suggest that two are the same, full to prove it.

The quick one can only reject: stems with silent edges share it. For files up to 128 KB it covers every byte.
"""

import marshal
import os
from collections.abc import Callable, Iterable
from io import FileIO
from pathlib import Path

import xxhash

EDGE_BYTES = 65_536
WHOLE_BYTES = 2 * EDGE_BYTES
"""Up to this size the quick fingerprint is made from the whole content."""

_BLOCK_BYTES = 1 << 19
"""One buffer that is filled again and again stays in the processor's cache."""


def of_edges(head: bytes, tail: bytes) -> bytes:
    """xxh3-64 (8 bytes) of the first 64 KB and of the last 64 KB that do not overlap them."""
    return xxhash.xxh3_64_digest(head + tail)


def tail_start(size_bytes: int) -> int:
    """Where the tail begins: the last 64 KB, but never before the end of the head."""
    return max(min(size_bytes, EDGE_BYTES), size_bytes - EDGE_BYTES)


def of_edges_of(path: str | bytes | Path) -> bytes:
    """The same for a file. Raises ``OSError``."""
    with FileIO(path) as file:
        head = file.read(EDGE_BYTES)
        file.seek(tail_start(os.fstat(file.fileno()).st_size))
        return of_edges(head, file.read(EDGE_BYTES))


def of_listing(files: list[tuple[bytes, int, int]]) -> bytes:
    """xxh3-64 (8 bytes) of (name, size, mtime_ns) of a folder's files, sorted."""
    return xxhash.xxh3_64_digest(marshal.dumps(files, 2))


def number_of(text: bytes) -> int:
    """xxh3-64 of a short text as a number that SQLite can hold."""
    return int.from_bytes(xxhash.xxh3_64_digest(text), "big", signed=True)


def of_parts(parts: Iterable[bytes | memoryview]) -> bytes:
    """xxh3-128 (16 bytes) of everything that ``parts`` hold, one after another."""
    digest = xxhash.xxh3_128()
    for part in parts:
        digest.update(part)
    return digest.digest()


def of_content(file: FileIO, check: Callable[[int], None] = lambda size: None) -> bytes:
    """xxh3-128 (16 bytes) of everything from the start; ``check`` is told the size of each part that was read, and may
    raise to stop."""
    digest = xxhash.xxh3_128()
    buffer = memoryview(bytearray(_BLOCK_BYTES))
    file.seek(0)
    while size := file.readinto(buffer):
        check(size)
        digest.update(buffer[:size])
    return digest.digest()


def of_file(path: str | bytes | Path, check: Callable[[], None] = lambda: None) -> bytes:
    """xxh3-128 (16 bytes) of a whole file. Raises ``OSError``."""
    with FileIO(path) as file:
        return of_content(file, lambda size: check())
