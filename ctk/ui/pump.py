"""The only bridge from threads to the window: work goes out to threads, answers and events come back in turns.

One ``after`` loop runs on the window's thread: every 16 ms while something is on its way, and at most 8 ms a turn. When
idle it looks every 100 ms and is woken by a bell; where there is none, every 40 ms, so that a second start of the
program sees the window soon. Events are coalesced: the newest of a kind wins, but those that name sounds are put
together. ``call`` may only be used on the window's thread; ``hand`` is for any thread, and events arrive from any.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, Protocol, TypeVar

from ctk.errors import CtkError
from ctk.events import Event, Events, merged, subject
from ctk.ui.workers import Call, Workers

log = logging.getLogger(__name__)
T = TypeVar("T")
E_ = TypeVar("E_")

OPEN_MS = 16
IDLE_MS = 100
ALERT_MS = 40
"""When idle and without a bell."""
TURN_S = 0.008
LINGER_S = 0.3
"""How long after the last event the loop stays quick: events come in bursts."""


class Clock(Protocol):
    """The two verbs of a Tk widget that the pump needs."""

    def after(self, ms: int, func: Callable[[], object], /) -> str: ...
    def after_cancel(self, id: str, /) -> None: ...


class Bell(Protocol):
    """Wakes the window's thread from any other."""

    def ring(self) -> None: ...
    def close(self) -> None: ...


HangBell = Callable[[Callable[[], object]], Bell | None]
"""Hangs a bell that runs what it is given on the window's thread."""


class Pump:
    """``call`` work off the window's thread, ``listen`` to events on it, ``close`` in the end.

    ``trouble`` is told of errors that no ``fail`` was given for.
    """

    def __init__(
        self,
        clock: Clock,
        events: Events,
        trouble: Callable[[Exception], None],
        hang_bell: HangBell = lambda _: None,
    ) -> None:
        self._clock = clock
        self._events = events
        self._trouble = trouble
        self._workers = Workers()
        self._newest: dict[Hashable, Call] = {}
        self._underway = 0
        self._timers: dict[Hashable, tuple[str, Callable[[], None]]] = {}
        self._lock = threading.Lock()
        self._news: dict[Hashable, Event] = {}
        self._handlers: dict[type[Any], list[Callable[[Any], None]]] = {}
        self._unsubscribe: list[Callable[[], None]] = []
        self._handed: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self._quick_until = 0.0
        self._closed = False
        self._resting = False
        self._bell_lock = threading.Lock()
        self._timer: str | None = None
        self._bell = hang_bell(self._wake)
        self._rest()

    def call(
        self,
        fn: Callable[..., T],
        *args: object,
        then: Callable[[T], None] | None = None,
        fail: Callable[[Exception], None] | None = None,
        key: Hashable = None,
        wait_s: float = 0.0,
    ) -> None:
        """Run ``fn(*args)`` on a worker, then ``then(result)`` or ``fail(error)`` on the window's thread.

        Calls with one ``key`` run one after the other and only the newest is answered; an older one that has not
        begun never runs. An answer that comes within ``wait_s`` is delivered before ``call`` returns.
        """
        if self._closed:
            return
        call = Call(partial(fn, *args), then, fail or self._trouble, key)
        if key is not None:
            self.drop(key)
            self._newest[key] = call
        self._underway += 1
        self._workers.begin(call, self._underway)
        self._wait(OPEN_MS)
        if wait_s and call.ended.wait(wait_s):
            self._deliver(call)

    def wait(self, key: Hashable, wait_s: float) -> None:
        """Hold on until the call of this key is answered, but no longer than ``wait_s``."""
        call = self._newest.get(key)
        if call is not None and call.ended.wait(wait_s):
            self._deliver(call)

    def later(self, delay_ms: int, fn: Callable[[], object], *, key: Hashable) -> None:
        """Run ``fn`` on the window's thread after ``delay_ms``; a later one of the same key replaces it."""
        if self._closed:
            return
        if key in self._timers:
            self._clock.after_cancel(self._timers[key][0])

        def due() -> None:
            del self._timers[key]
            fn()

        self._timers[key] = (self._clock.after(delay_ms, due), due)

    def hurry(self, key: Hashable) -> bool:
        """Run what ``later`` holds for this key now; false when there is nothing."""
        if key not in self._timers:
            return False
        timer, due = self._timers[key]
        self._clock.after_cancel(timer)
        due()
        return True

    def drop(self, key: Hashable) -> None:
        """Forget the call of this key: it is not answered, and does not run if it has not begun."""
        call = self._newest.pop(key, None)
        if call is not None:
            call.dropped = True

    def hand(self, fn: Callable[[], object]) -> None:
        """From any thread: run ``fn`` on the window's thread in its next turn."""
        self._handed.put(fn)
        self._ring()

    def listen(self, kind: type[E_], handler: Callable[[E_], None]) -> None:
        """Call ``handler`` on the window's thread with the newest event of ``kind`` (of each job, for jobs)."""
        if kind not in self._handlers:
            self._handlers[kind] = []
            self._unsubscribe.append(self._events.subscribe(kind, self._receive))
        self._handlers[kind].append(handler)

    def close(self, wait_s: float = 1.0) -> None:
        """Deliver nothing more, and give the workers ``wait_s`` seconds to end; twice is fine."""
        if self._closed:
            return
        self._closed = True
        for end in self._unsubscribe:
            end()
        for timer in (self._timer, *(timer for timer, _ in self._timers.values())):
            if timer is not None:
                self._clock.after_cancel(timer)
        for key in list(self._newest):
            self.drop(key)
        with self._bell_lock:
            bell, self._bell = self._bell, None
        if bell is not None:
            bell.close()
        self._workers.close(wait_s)

    def _receive(self, event: Any) -> None:
        """On the emitting thread: keep the newest of its kind for the next turn."""
        key = subject(event)
        with self._lock:
            self._news[key] = merged(self._news.pop(key, None), event)
        self._ring()

    def _ring(self) -> None:
        """On any thread: end the rest."""
        if self._resting:
            with self._bell_lock:
                if self._bell is not None:
                    self._bell.ring()

    def _wake(self) -> None:
        if self._resting and not self._closed:
            self._wait(0)

    def _rest(self) -> None:
        self._wait(ALERT_MS if self._bell is None else IDLE_MS)
        self._resting = True
        if self._news or not self._handed.empty():  # it came too early to ring
            self._wait(OPEN_MS)

    def _wait(self, ms: int) -> None:
        self._resting = False
        if self._timer is not None:
            self._clock.after_cancel(self._timer)
        self._timer = self._clock.after(ms, self._turn)

    def _turn(self) -> None:
        self._timer = None
        deadline = time.monotonic() + TURN_S
        try:
            while time.monotonic() < deadline and self._next():
                pass
        finally:
            if not self._closed:
                busy = self._underway or time.monotonic() < self._quick_until
                if busy:
                    self._wait(OPEN_MS)
                else:
                    self._rest()

    def _next(self) -> bool:
        """Deliver one answer or event, or do what was handed over; false when there is nothing."""
        if not self._workers.done.empty():
            self._deliver(self._workers.done.get())
            return True
        if not self._handed.empty():
            self._handed.get()()
            return True
        with self._lock:
            if not self._news:
                return False
            event = self._news.pop(next(iter(self._news)))
        self._quick_until = time.monotonic() + LINGER_S
        for handler in self._handlers[type(event)]:
            handler(event)
        return True

    def _deliver(self, call: Call) -> None:
        if call.answered:
            return
        call.answered = True
        self._underway -= 1
        if self._newest.get(call.key) is call:
            del self._newest[call.key]
        if call.dropped or self._closed:
            return
        if call.error is None:
            if call.then is not None:
                call.then(call.result)
            return
        if not isinstance(call.error, CtkError):
            log.error("work for the window failed", exc_info=call.error)
        call.fail(call.error)
