"""Listening with CNN14: sounds are decoded ahead in threads, cut to windows, and heard in batches by a worker process.

While a batch is heard, the next ones are decoded and the last is written down, so that the model never waits.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from ctk.catalog.vector_rows import Heard
from ctk.catalog.verdict_rows import Place
from ctk.classify import audioset, buckets, hearing, weights
from ctk.classify.buckets import Window
from ctk.classify.keeper import Keeper
from ctk.classify.steady import Batch, Piece, Steady
from ctk.classify.vectors import packed
from ctk.classify.worker import About, Answer
from ctk.errors import CannotDecode, CtkError
from ctk.jobs import Task

log = logging.getLogger(__name__)

_DECODERS: Final = 2
_AHEAD: Final = 32
"""Sounds that are decoded, or about to be, before the model wants them."""
_WAIT_S: Final = 0.2


def ear(home: Path, device: str) -> Steady:
    """A worker that starts. Raises ``CtkError`` where there is nothing to start it with."""
    checkpoint = weights.find(home)
    if checkpoint is None:
        raise CtkError("CNN14 is not trained yet: fetch what it learned first.")
    return Steady(str(checkpoint), device)


def listen(steady: Steady, keeper: Keeper, task: Task) -> None:
    """Hear the sounds of ``keeper``; what was heard is with it also when the job is cancelled. Raises ``Cancelled``,
    and ``CtkError`` where the worker fails again and again."""
    pending: dict[int, _Pending] = {}
    pool = ThreadPoolExecutor(_DECODERS, thread_name_prefix="classify")
    try:
        about = steady.about(task.check)
        decoded = _decoded(pool, keeper, task)
        for heard in steady.each(_batches(decoded, pending, about), task.check):
            for number, piece in enumerate(heard.pieces):
                _finish(pending, piece.key, number, heard.answer, heard.trouble, keeper)
            keeper.keep()
    finally:
        pool.shutdown(cancel_futures=True)
        keeper.keep(0)


@dataclass(slots=True)
class _Pending:
    """A sound of which ``left`` windows are still to be heard."""

    place: Place
    left: int
    probabilities: list[Window] = field(default_factory=list)
    embeddings: list[Window] = field(default_factory=list)
    trouble: str | None = None


def _decoded(pool: ThreadPoolExecutor, keeper: Keeper, task: Task) -> Iterator[tuple[Place, list[Window]]]:
    """Sounds and their windows, as they are ready."""
    left = keeper.places()
    waiting: set[Future[tuple[Place, list[Window]] | None]] = set()
    while True:
        while len(waiting) < _AHEAD and (place := next(left, None)):
            waiting.add(pool.submit(_windows, place, keeper, task))
        if not waiting:
            return
        done, waiting = wait(waiting, _WAIT_S, FIRST_COMPLETED)
        task.check()
        keeper.keep()
        for future in done:
            if found := future.result():
                yield found


def _windows(place: Place, keeper: Keeper, task: Task) -> tuple[Place, list[Window]] | None:
    """On a thread of the pool."""
    if task.breathe() or not hearing.is_as_said(place):
        keeper.fail(None)
        return None
    try:
        spans = buckets.spans(round((place.duration_s or 0) * buckets.RATE_HZ))
        parts = hearing.parts(place.path, buckets.RATE_HZ, spans)
    except CannotDecode as exc:
        log.info("%s", exc)
        keeper.fail(f"{place.path}: {exc}")
        return None
    except Exception:  # one file that nobody expected must not end the work on all others
        log.warning("%s could not be listened to", place.path, exc_info=True)
        keeper.fail(f"{place.path}: it could not be listened to.")
        return None
    return place, [window for part in parts for window in buckets.windows(part)]


def _batches(
    decoded: Iterator[tuple[Place, list[Window]]], pending: dict[int, _Pending], about: About
) -> Iterator[Batch]:
    """Windows of one length together, as many as the device takes at once; the rest at the end."""
    waiting: defaultdict[int, list[Piece]] = defaultdict(list)
    for place, windows in decoded:
        pending[place.id] = _Pending(place, len(windows))
        for window in windows:
            some = waiting[len(window)]
            some.append(Piece(place.id, place.path, window))
            if len(some) >= about.batch_of(len(window)):
                yield waiting.pop(len(window))
    yield from waiting.values()


def _finish(
    pending: dict[int, _Pending], key: int, number: int, answer: Answer | None, trouble: CtkError | None, keeper: Keeper
) -> None:
    """Note what was heard in a window; with its last one, the sound is heard."""
    sound = pending[key]
    sound.left -= 1
    if answer is None:
        sound.trouble = str(trouble)
    else:
        sound.probabilities.append(answer[0][number])
        sound.embeddings.append(answer[1][number])
    if sound.left:
        return
    del pending[key]
    if sound.trouble or not hearing.is_as_said(sound.place):
        keeper.fail(sound.trouble)
        return
    probabilities = np.mean(sound.probabilities, axis=0)
    beliefs = audioset.beliefs(probabilities)
    because = audioset.category(probabilities)[2]
    top = [(name, round(share, 4)) for name, share in audioset.top(probabilities)]
    heard = json.dumps([[round(belief, 4) for belief in beliefs], because, top])
    place = sound.place
    keeper.add(Heard(place.id, *place.stamp, heard, packed(np.mean(sound.embeddings, axis=0))))
