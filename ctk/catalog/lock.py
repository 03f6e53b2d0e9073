"""One writer of files at a time among all processes of a home: an OS file lock that a crash lets go of."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def exclusive(file: Path, waiting: Callable[[], None], poll_s: float = 0.1) -> Iterator[None]:
    """Hold ``file`` locked; while another holds it, ``waiting`` is called every ``poll_s`` and may raise to give up."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        while True:
            try:
                _try_lock(descriptor)
                break
            except OSError:
                waiting()
                time.sleep(poll_s)
        yield
    finally:
        os.close(descriptor)
