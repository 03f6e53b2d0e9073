"""A worker that goes on: what fails is tried again in halves, then on the processor, then alone; then it is told."""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final, NamedTuple

from ctk.classify.buckets import Window
from ctk.classify.worker import About, Answer, OutOfMemory, Worker, WorkerLost, wait
from ctk.errors import CtkError

log = logging.getLogger(__name__)

Check = Callable[[], None]

AHEAD: Final = 2
"""Batches under way at a time: one is computed while the next is passed on."""
_TRIES: Final = 2
"""A sound that the worker ended at, alone and on the processor, gets another: the reason may have been outside."""
_MOST_FAILURES: Final = 5
"""In succession; then it is not the sounds."""


class Piece(NamedTuple):
    """A window of a sound: ``key`` is the caller's, ``name`` is for the sentence when it cannot be heard."""

    key: int
    name: str
    window: Window


Batch = Sequence[Piece]
"""All windows are of one length."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in ``pieces``, row by row; or the ``trouble`` with the only one of them."""

    pieces: Batch
    answer: Answer | None
    trouble: CtkError | None = None


class Steady:
    """A worker and its successors. ``program`` is as in ``Worker``."""

    def __init__(
        self, checkpoint: str, device: str = "auto", precision: str = "auto", *, program: Sequence[str] | None = None
    ) -> None:
        self._checkpoint = checkpoint
        self._precision = precision
        self._program = program
        self._failures = 0
        self._trials: Counter[int] = Counter()
        self._most: dict[int, int] = {}
        self._device = device
        self._worker = self._start()

    def about(self, check: Check = lambda: None) -> About:
        """Waits until the worker is ready, the one on the processor when the other cannot be. Raises ``CtkError``."""
        while True:
            try:
                about = wait(self._worker.ready, check)
            except WorkerLost as exc:
                log.warning("the worker on %s could not start: %s", self._device, exc)
                if self._device == "cpu":
                    raise CtkError(f"CNN14 could not be started; the log says why ({exc}).") from exc
                self._restart("cpu")
            else:
                self._device = "cpu" if about.kind == "cpu" else self._device
                return about

    def each(self, batches: Iterable[Batch], check: Check = lambda: None) -> Iterator[Heard]:
        """What is heard in ``batches``, as it comes: in pieces where a batch was too much. ``check`` may raise to stop.
        Raises ``CtkError`` when the worker fails again and again."""
        source = iter(batches)
        again: deque[Batch] = deque()
        under_way: deque[tuple[Batch, Future[Answer]]] = deque()
        while True:
            self.about(check)
            while len(under_way) < AHEAD and (batch := self._next(again, source)):
                under_way.append((batch, self._worker.submit([piece.window for piece in batch])))
            if not under_way:
                return
            batch, future = under_way.popleft()
            try:
                answer = wait(future, check)
            except (OutOfMemory, WorkerLost) as exc:
                log.warning("%d sounds at once failed on %s: %s", len(batch), self._device, exc)
                lost = isinstance(exc, WorkerLost)
                if lost or (len(batch) == 1 and self._device != "cpu"):  # there will be another worker
                    again.extendleft(other for other, _ in reversed(under_way))
                    under_way.clear()
                if trouble := self._retry(batch, again, lost=lost):
                    yield trouble
            else:
                self._failures = 0
                yield Heard(batch, answer)

    def close(self) -> None:
        self._worker.close()

    def __enter__(self) -> "Steady":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _next(self, again: deque[Batch], source: Iterator[Batch]) -> Batch | None:
        """The next batch, or as much of it as the device can take."""
        batch = again.popleft() if again else next(filter(None, source), None)
        if batch is None:
            return None
        most = self._most.get(len(batch[0].window), len(batch))
        if len(batch) > most:
            again.appendleft(batch[most:])
        return batch[:most]

    def _retry(self, batch: Batch, again: deque[Batch], *, lost: bool) -> Heard | None:
        """Arrange for ``batch`` to be tried again with better chances, or tell that there are none."""
        device, told = self._device, None
        if len(batch) > 1:
            middle = len(batch) // 2
            again.extendleft((batch[middle:], batch[:middle]))
            if not lost:
                self._most[len(batch[0].window)] = middle
        elif device != "cpu":
            again.appendleft(batch)
            device = "cpu"
        else:
            self._trials[batch[0].key] += 1
            if self._trials[batch[0].key] < _TRIES:
                again.appendleft(batch)
            else:
                told = self._give_up(batch, lost=lost)
        if lost or device != self._device:
            self._restart(device)
        return told

    def _give_up(self, batch: Batch, *, lost: bool) -> Heard:
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            raise CtkError("CNN14 failed again and again, whatever the sound; the log says why.")
        why = "CNN14 ended while listening to it" if lost else "there is not enough memory for CNN14 to listen to it"
        return Heard(batch, None, CtkError(f"{batch[0].name}: {why}."))

    def _restart(self, device: str) -> None:
        self._worker.close()
        if device != self._device:
            self._most.clear()
        self._device = device
        self._worker = self._start()

    def _start(self) -> Worker:
        return Worker(self._checkpoint, self._device, self._precision, program=self._program)
