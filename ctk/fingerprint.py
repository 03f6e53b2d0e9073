"""Fingerprints of files: quick (first and last 64 KB) to suggest that two are the same, full to prove it.

The quick one can only reject: stems with silent edges share it. For files up to 128 KB it covers every byte.
"""

import marshal
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import xxhash

EDGE_BYTES = 65_536
WHOLE_BYTES = 2 * EDGE_BYTES
"""Up to this size the quick fingerprint is made from the whole content."""


def of_edges(head: bytes, tail: bytes) -> bytes:
    """xxh3-64 (8 bytes) of the first 64 KB and of the last 64 KB that do not overlap them."""
    return xxhash.xxh3_64_digest(head + tail)


def tail_start(size_bytes: int) -> int:
    """Where the tail begins: the last 64 KB, but never before the end of the head."""
    return max(min(size_bytes, EDGE_BYTES), size_bytes - EDGE_BYTES)


def of_listing(files: list[tuple[bytes, int, int]]) -> bytes:
    """xxh3-64 (8 bytes) of (name, size, mtime_ns) of a folder's files, sorted."""
    return xxhash.xxh3_64_digest(marshal.dumps(files, 2))


def of_content(file: BinaryIO, check: Callable[[], None] = lambda: None) -> bytes:
    """xxh3-128 (16 bytes) of everything from the start; ``check`` is called each MB and may raise to stop."""
    digest = xxhash.xxh3_128()
    file.seek(0)
    while block := file.read(1 << 20):
        check()
        digest.update(block)
    return digest.digest()


def of_file(path: str | bytes | Path, check: Callable[[], None] = lambda: None) -> bytes:
    """xxh3-128 (16 bytes) of a whole file. Raises ``OSError``."""
    with open(path, "rb", buffering=0) as file:
        return of_content(file, check)
