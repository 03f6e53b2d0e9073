"""What is known of a sound from listening to it once, if it can be told in time: playing never waits for more."""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ctk.audio.decode.seeking import Hints

log = logging.getLogger(__name__)

WAIT_S: Final = 0.01
"""Measured: 0.3 ms are usual; the first answer, for which much has to be loaded, takes far longer."""


class Advice:
    """Asks ``hints(id)`` on a thread of its own. Any thread may call."""

    def __init__(self, hints: "Callable[[int], Hints] | None") -> None:
        self._hints = hints
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._asked: queue.SimpleQueue[tuple[int, Future[Hints]] | None] = queue.SimpleQueue()

    def of(self, id: int | None, wait_s: float = WAIT_S) -> "Hints":
        """What is known, or nothing when that is not told within ``wait_s``."""
        from ctk.audio.decode.seeking import Hints

        if id is None or self._hints is None:
            return Hints()
        answer: Future[Hints] = Future()
        self._start()
        self._asked.put((id, answer))
        try:
            return answer.result(wait_s)
        except TimeoutError:
            answer.cancel()
            return Hints()

    def close(self) -> None:
        self._asked.put(None)

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._answer, name="audio-advice", daemon=True)
                self._thread.start()

    def _answer(self) -> None:
        from ctk.audio.decode.seeking import Hints

        while (item := self._asked.get()) is not None:
            id, answer = item
            if self._hints is None or not answer.set_running_or_notify_cancel():
                continue
            try:
                known = self._hints(id)
            except Exception as exc:
                # Whatever fails there, the sound plays all the same.
                log.warning("what is known of sound %d cannot be told: %s", id, exc)
                known = Hints()
            answer.set_result(known)
