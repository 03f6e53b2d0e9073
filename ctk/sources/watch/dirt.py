"""What was seen to happen in one source, gathered until it is quiet.

Thousands of files that arrive together so become a few scans of the folders they are in. Files that are still being
written wait until they are closed, or, where the system does not tell that, until nothing was written for a while.
"""

import threading
import time
from collections.abc import Callable
from typing import Final

from ctk.sources.changes import Changes

QUIET_S: Final = 0.4
"""So long after the last change it is looked at ..."""
LONGEST_S: Final = 1.0
"""... but no later than this after the first."""
WRITING_S: Final = 0.8
"""A file that was not written to for so long counts as finished."""


class Dirt:
    """Eyes tell it what happens, on any thread; ``wake()`` is called when there is something to wait for again."""

    def __init__(self, wake: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._wake = wake
        self._clock = clock
        self._lock = threading.Lock()
        self._folders: set[str] = set()
        self._trees: set[str] = set()
        self._writing: dict[tuple[str, str], float] = {}
        self._doubtful = False
        self._whole = False
        self._first: float | None = None
        self._last = 0.0
        self._not_before = 0.0

    def writing(self, folder: str, name: str) -> None:
        """A file is there, or is written to, and may not be whole yet."""
        with self._lock:
            fresh = self._is_clean()
            self._writing.pop((folder, name), None)  # the longest unwritten stay in front
            self._writing[folder, name] = self._clock()
        if fresh:
            self._wake()

    def changed(self, folder: str, name: str = "") -> None:
        """Something came, went or was finished in a folder: the file ``name`` where that is known."""
        with self._lock:
            fresh = self._is_clean()
            self._writing.pop((folder, name), None)
            self._folders.add(folder)
            self._note(self._clock())
        if fresh:
            self._wake()

    def came(self, folder: str) -> None:
        """A folder is there that was not, perhaps with much in it."""
        with self._lock:
            fresh = self._is_clean()
            self._trees.add(folder)
            self._note(self._clock())
        if fresh:
            self._wake()

    def doubt(self) -> None:
        """Something may have happened that nobody saw; the times of folders tell."""
        self._suspect(whole=False)

    def lost(self) -> None:
        """Much may have happened that nobody saw: everything has to be looked at."""
        self._suspect(whole=True)

    def wait_s(self) -> float | None:
        """How long until there is something to take, ``None`` while there is nothing."""
        with self._lock:
            now = self._clock()
            self._finish_writing(now)
            if self._first is not None:
                due = max(min(self._last + QUIET_S, self._first + LONGEST_S), self._not_before)
                return max(0.0, due - now)
            if self._writing:
                return max(0.0, next(iter(self._writing.values())) + WRITING_S - now)
            return None

    def take(self) -> Changes:
        """Everything so far; gathering begins anew."""
        with self._lock:
            self._finish_writing(self._clock())
            writing = frozenset(self._writing)
            taken = Changes(frozenset(self._folders), frozenset(self._trees), writing, self._doubtful, self._whole)
            self._folders.clear()
            self._trees.clear()
            self._doubtful = self._whole = False
            self._first = None
            return taken

    def put_back(self, changes: Changes, wait_s: float) -> None:
        """These could not be looked at: they are due again, ``wait_s`` from now."""
        with self._lock:
            now = self._clock()
            self._folders |= changes.folders
            self._trees |= changes.trees
            self._doubtful |= changes.doubtful
            self._whole |= changes.whole
            self._not_before = now + wait_s
            self._note(now)
        self._wake()

    def _suspect(self, *, whole: bool) -> None:
        with self._lock:
            self._doubtful |= not whole
            self._whole |= whole
            self._note(self._clock())
        self._wake()

    def _note(self, when: float) -> None:
        self._last = max(self._last, when)
        if self._first is None:
            self._first = when

    def _is_clean(self) -> bool:
        return self._first is None and not self._writing

    def _finish_writing(self, now: float) -> None:
        while self._writing:
            (folder, name), last = next(iter(self._writing.items()))
            if now < last + WRITING_S:
                return
            del self._writing[folder, name]
            self._folders.add(folder)
            self._note(last)
