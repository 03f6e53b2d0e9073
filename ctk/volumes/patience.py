"""Asking drives that may not answer: each question on a thread of its own, all of them within a time.

A network drive whose server is gone lets a question wait for minutes or for ever, and nothing can take it back. So
the thread is left to itself, and until it has come back nobody asks there again.
"""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")

_LOOK_AGAIN_S = 0.05
_SILENT_AFTER_S = 1.0
"""A drive that let one question wait so long is not asked again before it has answered."""

_lock = threading.Lock()
_open: "dict[str, _Question[object]]" = {}
"""The last question about each place, while it is not answered."""


class _Question(Generic[T]):
    def __init__(self, place: str, ask: Callable[[], T], before: "_Question[object] | None") -> None:
        self.answers: list[T] = []
        self.error: BaseException | None = None
        self.over = threading.Event()
        self.since: float = before.since if before else time.monotonic()
        self._place = place
        self._ask = ask
        self._before = before

    def start(self) -> None:
        threading.Thread(target=self._run, name="drive", daemon=True).start()

    def _run(self) -> None:
        if self._before is not None:
            self._before.over.wait()
            self._before = None
        try:
            self.answers.append(self._ask())
        except BaseException as exc:  # it is for whoever asked
            self.error = exc
        with _lock:
            if _open.get(self._place) is self:
                del _open[self._place]
        self.over.set()


def within(
    seconds: float, questions: Mapping[str, Callable[[], T]], waiting: Callable[[], None] = lambda: None
) -> dict[str, T]:
    """The answers that came in time, by place; what a question raised is raised here. ``waiting`` is called now and
    then meanwhile and may raise to give up."""
    deadline = time.monotonic() + seconds
    asked = {place: question for place, ask in questions.items() if (question := _begun(place, ask))}
    for question in asked.values():
        while not question.over.wait(min(_LOOK_AGAIN_S, max(0.0, deadline - time.monotonic()))):
            if time.monotonic() >= deadline:
                break
            waiting()
    for question in asked.values():
        if question.error is not None:
            raise question.error
    return {place: question.answers[0] for place, question in asked.items() if question.answers}


def _begun(place: str, ask: Callable[[], T]) -> _Question[T] | None:
    """A question on its way; ``None`` where an earlier one still waits."""
    with _lock:
        before = _open.get(place)
        if before is not None and time.monotonic() - before.since > _SILENT_AFTER_S:
            return None
        question = _Question(place, ask, before)
        _open[place] = question  # type: ignore[assignment]  # only when it began and ended matters here
    question.start()
    return question
