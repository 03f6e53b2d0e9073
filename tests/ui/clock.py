"""A Tk-free stand-in for a window's ``after``: what is due runs when the test lets time pass."""

import heapq
import itertools
import time
from collections.abc import Callable

import pytest

LIMIT_S = 10.0


class Clock:
    """``after`` and ``after_cancel`` as Tk has them; ``run`` is the main loop."""

    def __init__(self) -> None:
        self._due: list[tuple[float, int, Callable[[], object]]] = []
        self._numbers = itertools.count()
        self._cancelled: set[str] = set()

    def after(self, ms: int, func: Callable[[], object], /) -> str:
        number = next(self._numbers)
        heapq.heappush(self._due, (time.monotonic() + ms / 1000, number, func))
        return str(number)

    def after_cancel(self, id: str, /) -> None:
        self._cancelled.add(id)

    @property
    def waiting(self) -> int:
        return sum(str(number) not in self._cancelled for _, number, _ in self._due)

    def run(self, until: Callable[[], object], what: str = "what was waited for") -> None:
        """Live until ``until()`` is true; fails the test when that takes too long."""
        deadline = time.monotonic() + LIMIT_S
        while not until():
            if time.monotonic() > deadline:
                pytest.fail(f"{what} did not happen within {LIMIT_S:.0f} s")
            self.step()

    def step(self) -> None:
        """Run what is due, or wait a little."""
        if not self._due or self._due[0][0] > time.monotonic():
            time.sleep(0.001)
            return
        _, number, func = heapq.heappop(self._due)
        if str(number) not in self._cancelled:
            func()
