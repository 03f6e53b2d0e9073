"""The bytes of one file as header readers see them: both edges in memory, what lies between read on request."""

import io
import time
from collections.abc import Callable

from ctk import fingerprint

READ_LIMIT = 16 * 1024 * 1024
"""No single request returns more; no header is that long."""
PATIENCE_S = 1.2
"""How long all reading of one file may take; after that, only what is in memory."""
GRACE_S = 0.3
"""What a library still gets when that time is used up."""


class TooSlow(Exception):
    """Reading between the edges has taken longer than one file may."""


class Content:
    """One file's bytes; ``head`` and ``tail`` are those that make its fingerprint."""

    __slots__ = ("_deadline", "_read", "head", "size_bytes", "tail", "tail_at")

    def __init__(self, head: bytes, tail: bytes, size_bytes: int, read: Callable[[int, int], bytes]) -> None:
        """``read(offset, count)`` fetches what neither edge holds. Sizes follow the bytes that were really there."""
        self.head = head
        self.tail = tail
        self.size_bytes = size_bytes
        self.tail_at = size_bytes - len(tail)
        self._read = read
        self._deadline = time.monotonic() + PATIENCE_S

    @classmethod
    def of_bytes(cls, data: bytes) -> "Content":
        """The same view of bytes that are all in memory."""
        tail_at = fingerprint.tail_start(len(data))
        head, tail = data[: fingerprint.EDGE_BYTES], data[tail_at:]
        return cls(head, tail, len(data), lambda offset, count: data[offset : offset + count])

    def at(self, offset: int, count: int) -> bytes:
        """Up to ``count`` bytes from ``offset``; fewer at the end of the file. May raise ``TooSlow`` or ``OSError``."""
        end = offset + count
        if end <= len(self.head):
            return self.head[offset:end]
        if offset >= self.tail_at:
            return self.tail[offset - self.tail_at : end - self.tail_at]
        end = min(end, self.size_bytes, offset + READ_LIMIT)
        if self.tail_at <= len(self.head):
            return self.head[offset:] + self.tail[: end - self.tail_at]
        return self._fetch(offset, end - offset)

    def ending(self, start: int) -> bytes:
        """What follows ``start``, but no more than the last 64 KB."""
        at = max(start, self.size_bytes - fingerprint.EDGE_BYTES, 0)
        return self.at(at, self.size_bytes - at)

    def after(self, offset: int) -> "Content":
        """What follows ``offset``, as if the file began there."""

        def read(start: int, count: int) -> bytes:
            return self.at(offset + start, count)

        size = max(self.size_bytes - offset, 0)
        head = self.at(offset, min(size, fingerprint.EDGE_BYTES))
        tail_at = max(self.tail_at, min(offset + len(head), self.size_bytes))
        rest = Content(head, self.tail[tail_at - self.tail_at :], size, read)
        rest._deadline = self._deadline
        return rest

    def file(self) -> "ContentFile":
        """A file object over these bytes, for libraries that want one."""
        return ContentFile(self, max(self._deadline, time.monotonic() + GRACE_S))

    def _fetch(self, offset: int, count: int) -> bytes:
        if time.monotonic() > self._deadline:
            raise TooSlow
        return self._read(offset, count)


class ContentFile:
    """Read-only file object that raises ``TooSlow`` from ``deadline`` on."""

    def __init__(self, content: Content, deadline: float) -> None:
        self._content = content
        self._at = 0
        self._deadline = deadline

    def read(self, count: int = -1) -> bytes:
        if time.monotonic() > self._deadline:
            raise TooSlow
        left = max(self._content.size_bytes - self._at, 0)
        data = self._content.at(self._at, left if count < 0 else min(count, left))
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._content.size_bytes}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def tell(self) -> int:
        return self._at
