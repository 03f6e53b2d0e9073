"""A bell that any thread may ring to wake the window's thread at once: a pipe that Tk watches.

Tk cannot watch one on Windows, and its own way from thread to thread makes the ringing thread wait for the window.
"""

import contextlib
import os
import sys
import tkinter as tk
from collections.abc import Callable
from typing import Any


class Bell:
    """Hung on the window's thread, where ``answer`` runs; it must not raise. ``close`` takes it down, twice is fine.

    ``app`` is ``root.tk``, which has verbs for files where the system does.
    """

    def __init__(self, app: Any, answer: Callable[[], object]) -> None:
        self._answer = answer
        self._app = app
        self._ear, self._rope = os.pipe()
        for end in (self._ear, self._rope):
            os.set_blocking(end, False)
        self._app.createfilehandler(self._ear, tk.READABLE, self._heard)

    def ring(self) -> None:
        """From any thread; never waits."""
        with contextlib.suppress(BlockingIOError):  # it rings already
            os.write(self._rope, b"!")

    def close(self) -> None:
        """When nobody rings any more."""
        if self._ear >= 0:
            self._app.deletefilehandler(self._ear)
            for end in (self._ear, self._rope):
                os.close(end)
            self._ear = self._rope = -1

    def _heard(self, ear: int, _: int) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(ear, 4096)
        self._answer()


def hang(root: tk.Misc, answer: Callable[[], object]) -> Bell | None:
    """A bell, where this system has them."""
    return None if sys.platform == "win32" else Bell(root.tk, answer)
