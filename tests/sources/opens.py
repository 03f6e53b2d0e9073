"""Who opened what: the kernel tells of every file in a folder that is opened, by whatever program and call."""

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_OPEN = 0x20
_FOLDER = 0x40000000
_HEAD = struct.Struct("iIII")


@contextmanager
def watched(top: Path) -> Iterator[set[str]]:
    """The names of files below ``top`` that were opened meanwhile; filled in at the end."""
    if sys.platform != "linux":
        pytest.skip("only on Linux does the kernel tell of files that are opened")
    libc = ctypes.CDLL(None, use_errno=True)
    queue = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    opened: set[str] = set()
    try:
        for folder in (top, *(path for path in top.rglob("*") if path.is_dir())):
            assert libc.inotify_add_watch(queue, os.fsencode(folder), _OPEN) >= 0, os.strerror(ctypes.get_errno())
        yield opened
        opened |= set(_names(queue))
    finally:
        os.close(queue)


def _names(queue: int) -> Iterator[str]:
    while True:
        try:
            events = os.read(queue, 1 << 16)
        except BlockingIOError:
            return
        at = 0
        while at < len(events):
            _, mask, _, length = _HEAD.unpack_from(events, at)
            at += _HEAD.size
            if not mask & _FOLDER:
                yield os.fsdecode(events[at : at + length].rstrip(b"\0"))
            at += length
