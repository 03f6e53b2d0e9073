"""Where is my audio? Looks at the places where it usually is and counts it by names alone; no file is opened.

Each place is counted on a thread of its own, one after the other: threads share one interpreter, so that side by side
they are slower. One that waits for its drive lets the next begin, and one that shows no sign of life is given up, so
that a network drive whose server is gone holds up nothing. A file counts for the deepest place around it.
"""

import os
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from ctk.catalog.source_rows import Root
from ctk.jobs import Task
from ctk.paths import os_path
from ctk.records import Place
from ctk.sources.census import Census, key
from ctk.sources.landmarks import Candidate
from ctk.sources.spots import Spot, spots, usual

SLOW_S: Final = 0.3
"""A place without a sign of life for so long lets the next begin beside it."""
PATIENCE_S: Final = 5.0
"""A place without a sign of life for so long is given up; what was counted in it stays."""
LONGEST_S: Final = 60.0
"""So long a place may take; what was counted by then stays."""
TELL_EVERY_S: Final = 0.25
LOOK_AGAIN_S: Final = 0.05


def discover(
    roots: Sequence[Root],
    avoid: Sequence[str],
    task: Task,
    tell: Callable[[Sequence[Place]], None],
    wanted: Sequence[Candidate] | None = None,
) -> Sequence[Place]:
    """The places with audio, the most first. ``tell`` hears of them meanwhile; ``avoid`` are folders never entered.

    ``wanted`` are the folders to look at, those of this system when ``None``.
    """
    task.report("Looking where audio usually is")
    there = spots(usual() if wanted is None else wanted, roots, task.check)
    apart = frozenset(key(os_path(path)) for path in (*(spot.real for spot in there), *map(os.path.realpath, avoid)))
    errands = [_Errand(spot, apart) for spot in there]
    _run(errands, task, tell)
    return _found(errands)


class _Enough(Exception):
    """This place takes too long."""


class _Errand:
    """Counting one place, on a thread that may never come back."""

    def __init__(self, spot: Spot, apart: frozenset[bytes]) -> None:
        self.over = False
        self.error: Exception | None = None
        self._spot = spot
        self._census = Census(os_path(spot.real), apart, self._sign)
        self._begun_s = self._sign_s = 0.0
        self._given_up = False

    @property
    def name(self) -> str:
        return self._spot.candidate.name

    @property
    def files(self) -> int:
        """How many were counted so far."""
        return self._census.files

    @property
    def silent_s(self) -> float:
        """How long there was no sign of life."""
        return time.monotonic() - self._sign_s

    def start(self, done: "queue.SimpleQueue[_Errand]") -> None:
        """Count, and put this into ``done`` in the end."""
        self._begun_s = self._sign_s = time.monotonic()
        threading.Thread(target=self._run, args=(done,), name="discover", daemon=True).start()

    def give_up(self) -> None:
        self._given_up = True

    def place(self) -> Place:
        """What was found so far."""
        census, spot, called = self._census, self._spot, self._spot.candidate
        files = census.files
        online = min(census.online, files)
        return Place(called.path, called.name, called.kind, files, census.bytes, online, spot.source_id)

    def _run(self, done: "queue.SimpleQueue[_Errand]") -> None:
        try:
            self._census.run()
        except _Enough:
            self._given_up = True
        except Exception as exc:  # it is for whoever waits
            self.error = exc
        self.over = True
        done.put(self)

    def _sign(self) -> None:
        self._sign_s = time.monotonic()
        if self._given_up or self._sign_s - self._begun_s > LONGEST_S:
            raise _Enough


def _run(errands: Sequence[_Errand], task: Task, tell: Callable[[Sequence[Place]], None]) -> None:
    """Run all errands to their ends, or until they are given up."""
    waiting, running = deque(errands), list[_Errand]()
    done: queue.SimpleQueue[_Errand] = queue.SimpleQueue()
    told_s = time.monotonic()
    try:
        while waiting or running:
            if waiting and all(errand.silent_s > SLOW_S for errand in running):
                running.append(waiting.popleft())
                running[-1].start(done)
            _wait(done)
            task.check()
            running = [errand for errand in running if not errand.over and errand.silent_s < PATIENCE_S]
            if running:
                task.report(_words(running[-1].name, files := sum(errand.files for errand in errands)), files)
            if time.monotonic() - told_s > TELL_EVERY_S:
                told_s = time.monotonic()
                tell(_found(errands))
    finally:
        for errand in errands:
            errand.give_up()


def _wait(done: "queue.SimpleQueue[_Errand]") -> None:
    """Wait until an errand is over, but not long."""
    try:
        ended = done.get(timeout=LOOK_AGAIN_S)
    except queue.Empty:
        return
    if ended.error is not None:
        raise ended.error


def _words(name: str, files: int) -> str:
    return f"Looking in {name}: {files:,} sounds so far" if files else f"Looking in {name}"


def _found(errands: Sequence[_Errand]) -> list[Place]:
    places = [errand.place() for errand in errands if errand.files]
    return sorted(places, key=lambda place: (-place.files, place.path))
