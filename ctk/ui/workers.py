"""Threads for work that the window must not wait for, in lanes: calls of one key run one after the other."""

import contextlib
import queue
import sys
import threading
import time
from collections.abc import Callable, Hashable
from typing import Any

WORKERS = 4
_M_ARENA_MAX = -8
"""Of ``mallopt`` of glibc: how many heaps there may be."""


class Call:
    """One call on its way: run by a worker, then answered or dropped."""

    def __init__(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None] | None,
        fail: Callable[[Exception], None],
        key: Hashable,
    ) -> None:
        self.work = work
        self.then = then
        self.fail = fail
        self.key = key
        self.dropped = False
        self.answered = False
        self.ended = threading.Event()
        self.result: Any = None
        self.error: Exception | None = None

    def run(self) -> None:
        """On a worker: do the work, unless nobody waits for it any more."""
        try:
            if not self.dropped:
                self.result = self.work()
        except Exception as exc:
            self.error = exc
        self.ended.set()


class Workers:
    """``begin`` a call on a thread; what is done waits in ``done``. Of those of a key that wait, the last one runs."""

    def __init__(self) -> None:
        _share_a_heap()
        self.done: queue.SimpleQueue[Call] = queue.SimpleQueue()
        self._todo: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._running: set[Hashable] = set()
        self._parked: dict[Hashable, Call] = {}

    def begin(self, call: Call, underway: int) -> None:
        """Queue ``call``; a thread more is started while fewer run than calls are ``underway``."""
        self._todo.put(call)
        if len(self._threads) < min(underway, WORKERS):
            thread = threading.Thread(target=self._serve, name=f"window-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def close(self, wait_s: float) -> None:
        """Take on nothing more, and give what runs ``wait_s`` seconds to end."""
        for _ in self._threads:
            self._todo.put(None)
        deadline = time.monotonic() + wait_s
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _serve(self) -> None:
        while (call := self._todo.get()) is not None:
            next_call = self._enter(call)
            while next_call is not None:
                next_call.run()
                self.done.put(next_call)
                next_call = self._leave(next_call.key)

    def _enter(self, call: Call) -> Call | None:
        """The call to run now; ``None`` when one of its key runs, which then goes on with the newest that waits."""
        if call.key is None:
            return call
        with self._lock:
            if call.key not in self._running:
                self._running.add(call.key)
                return call
            older = self._parked.pop(call.key, None)
            self._parked[call.key] = call
        if older is not None:
            self.done.put(older)
        return None

    def _leave(self, key: Hashable) -> Call | None:
        with self._lock:
            call = self._parked.pop(key, None)
            if call is None:
                self._running.discard(key)
            return call


def _share_a_heap() -> None:
    """With glibc each thread has a heap of its own, and what was freed there is of no use to the others: with a million
    sounds that is a sixth of all memory."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
