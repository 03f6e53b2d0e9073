"""From one file to its facts: a single open and at most two reads of 64 KB, more only where those do not suffice."""

import errno
import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ctk import fingerprint
from ctk.facts.stated import NO_CLAIMS, Claims
from ctk.paths import os_path
from ctk.sources.headers import reading
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import Header

AHEAD: Final = 8
"""Files opened and asked for before their turn; measured best on a cold cache on Linux."""

EMPTY: Final = "The file is empty."
FORBIDDEN: Final = (
    "Another program has locked this file, or you do not have permission to read it."
    if sys.platform == "win32"
    else "You do not have permission to read this file."
)
NO_FILE: Final = "This is not a file but a folder or a device."
UNREADABLE: Final = "The drive failed while this file was read."

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_GONE: Final = (errno.ENOENT, errno.ENOTDIR)
_EDGE: Final = fingerprint.EDGE_BYTES
_CAN_ADVISE: Final = hasattr(os, "posix_fadvise")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file is and says. ``reason`` is ``None`` for a good file, else the sentence that says what is wrong.

    ``device`` and ``inode`` are signed 64-bit numbers; ``fingerprint`` is ``None`` only when nothing could be read.
    """

    size_bytes: int
    mtime_ns: int
    device: int | None
    inode: int | None
    links: int
    fingerprint: bytes | None
    format: str | None
    codec: str | None
    duration_s: float | None
    sample_rate_hz: int | None
    channels: int | None
    bit_depth: int | None
    metadata: dict[str, str]
    reason: str | None
    claims: Claims = NO_CLAIMS


@dataclass(frozen=True, slots=True)
class _Open:
    """A file that was opened and not read yet."""

    descriptor: int
    status: os.stat_result


def probe(path: str) -> Facts | None:
    """The facts of one file; ``None`` when it vanished. Raises nothing, whatever the bytes."""
    opened = _open(path)
    return _read_and_close(opened) if isinstance(opened, _Open) else opened


def probe_many(paths: Sequence[str], stop: Callable[[], bool] = lambda: False) -> Iterator[Facts | None]:
    """The facts of each file in order, while the next ones are already being fetched; ends early on ``stop()``."""
    ahead = AHEAD if _CAN_ADVISE else 1
    waiting: deque[_Open | Facts | None] = deque()
    rest = iter(paths)
    try:
        while not stop():
            while len(waiting) < ahead and (path := next(rest, None)) is not None:
                waiting.append(_open(path))
                _advise(waiting[-1])
            if not waiting:
                return
            opened = waiting.popleft()
            yield _read_and_close(opened) if isinstance(opened, _Open) else opened
    finally:
        for opened in waiting:
            if isinstance(opened, _Open):
                os.close(opened.descriptor)


def _open(path: str) -> _Open | Facts | None:
    try:
        descriptor = os.open(os_path(path), _FLAGS)
    except OSError as error:
        return None if error.errno in _GONE else _closed(path, _reason(error))
    except ValueError:  # a NUL in the path: no such file can exist
        return None
    try:
        return _Open(descriptor, os.fstat(descriptor))
    except OSError as error:
        os.close(descriptor)
        return _closed(path, _reason(error))


def _closed(path: str, reason: str) -> Facts | None:
    """The facts of a file that cannot be opened: what its folder says of it."""
    try:
        status = os.stat(os_path(path))
    except OSError as error:
        if error.errno in _GONE:
            return None
        return Facts(0, 0, None, None, 1, None, None, None, None, None, None, None, {}, reason)
    return _facts(status, None, Header(None, reason=reason if stat.S_ISREG(status.st_mode) else NO_FILE))


def _advise(opened: _Open | Facts | None) -> None:
    """Ask the system to fetch both edges; on systems without such advice nothing is lost but time."""
    if sys.platform == "win32" or sys.platform == "darwin" or not isinstance(opened, _Open):
        return
    descriptor, size = opened.descriptor, opened.status.st_size
    try:
        os.posix_fadvise(descriptor, 0, _EDGE, os.POSIX_FADV_WILLNEED)
        if size > _EDGE:
            os.posix_fadvise(descriptor, fingerprint.tail_start(size), _EDGE, os.POSIX_FADV_WILLNEED)
    except OSError:  # it is only advice, and pipes take none
        return


def _read_and_close(opened: _Open) -> Facts:
    descriptor, status = opened.descriptor, opened.status
    try:
        if not stat.S_ISREG(status.st_mode):
            return _facts(status, None, Header(None, reason=NO_FILE))
        return _read(descriptor, status)
    except OSError as error:
        return _facts(status, None, Header(None, reason=_reason(error)))
    finally:
        os.close(descriptor)


def _read(descriptor: int, status: os.stat_result) -> Facts:
    size = status.st_size
    head = _read_at(descriptor, 0, min(size, _EDGE))
    tail = b""
    if size > _EDGE:
        tail_at = fingerprint.tail_start(size)
        tail = _read_at(descriptor, tail_at, size - tail_at)
        size = tail_at + len(tail)  # it may be shrinking meanwhile
    mark = fingerprint.of_edges(head, tail)
    if not head:
        return _facts(status, mark, Header(None, reason=EMPTY))
    content = Content(head, tail, size, lambda offset, count: _read_at(descriptor, offset, count))
    return _facts(status, mark, reading.describe(content))


def _facts(status: os.stat_result, mark: bytes | None, header: Header) -> Facts:
    return Facts(
        status.st_size,
        status.st_mtime_ns,
        _signed(status.st_dev),
        _signed(status.st_ino),
        status.st_nlink,
        mark,
        header.format,
        header.codec,
        header.duration_s,
        header.sample_rate_hz,
        header.channels,
        header.bit_depth,
        header.metadata,
        header.reason,
        header.claims,
    )


def _read_at(descriptor: int, offset: int, count: int) -> bytes:
    data = _read_some(descriptor, count, offset)
    while len(data) < count:
        more = _read_some(descriptor, count - len(data), offset + len(data))
        if not more:
            break
        data += more
    return data


if sys.platform == "win32":

    def _read_some(descriptor: int, count: int, offset: int) -> bytes:
        os.lseek(descriptor, offset, os.SEEK_SET)
        return os.read(descriptor, count)

else:
    _read_some = os.pread


def _signed(number: int) -> int:
    """The lower 64 bits as SQLite takes them; some systems number files with more."""
    return (number + (1 << 63)) % (1 << 64) - (1 << 63)


def _reason(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return FORBIDDEN
    if error.errno == errno.EIO:
        return UNREADABLE
    return f"The system could not read this file: {error.strerror or 'unknown error'}."
