"""Events as Server-Sent Events: one hub listens to the core, each client has a stream that takes its own time.

Of what a client has not been sent yet only the newest of each subject is kept, so a slow one cannot hoard memory, and
nobody waits for it.
"""

import json
import threading
from collections.abc import Callable, Hashable
from typing import Final, get_args

from ctk.events import Event, Events, merged, subject
from ctk.remote.wire import dumper

PACE_S: Final = 0.03
"""What happens within this time of the last sending goes out together."""
MOST: Final = 2_000
"""A client that so many subjects wait for has stopped reading."""
ALIVE: Final = b": still here\n\n"


class Stream:
    """What one client has not been sent yet."""

    def __init__(self) -> None:
        self._news: dict[Hashable, Event] = {}
        self._change = threading.Condition()
        self._over = False

    def put(self, event: Event) -> None:
        with self._change:
            key = subject(event)
            self._news[key] = merged(self._news.pop(key, None), event)
            self._over = self._over or len(self._news) > MOST
            self._change.notify()

    def close(self) -> None:
        with self._change:
            self._over = True
            self._change.notify()

    def take(self, wait_s: float) -> list[Event] | None:
        """What came, maybe nothing after ``wait_s``; ``None`` when there will be no more."""
        with self._change:
            if not self._news and not self._over:
                self._change.wait(wait_s)
            if self._over:
                return None
            news, self._news = list(self._news.values()), {}
            return news


class Hub:
    """Any thread may call. ``close`` ends every stream."""

    def __init__(self, events: Events) -> None:
        self._lock = threading.Lock()
        self._streams: tuple[Stream, ...] = ()
        self._ends = [events.subscribe(kind, self._tell) for kind in get_args(Event)]

    @property
    def streams(self) -> int:
        return len(self._streams)

    def serve(self, send: Callable[[bytes], None], alive_s: float) -> None:
        """Send what happens until the hub closes, or ``send`` raises ``OSError``."""
        stream = Stream()
        with self._lock:
            self._streams += (stream,)
        pause = threading.Event()
        try:
            send(ALIVE)
            while (news := stream.take(alive_s)) is not None:
                send(b"".join(map(text, news)) or ALIVE)
                pause.wait(PACE_S)
        finally:
            with self._lock:
                self._streams = tuple(other for other in self._streams if other is not stream)

    def close(self) -> None:
        for end in self._ends:
            end()
        for stream in self._streams:
            stream.close()

    def _tell(self, event: Event) -> None:
        for stream in self._streams:
            stream.put(event)


def text(event: Event) -> bytes:
    """One event as it is sent."""
    kind = type(event)
    body = json.dumps({"type": kind.__name__, "record": dumper(kind)(event)}, allow_nan=False, separators=(",", ":"))
    return f"event: {kind.__name__}\ndata: {body}\n\n".encode("ascii")
