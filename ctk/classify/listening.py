"""Listening with the built-in model: a few sounds side by side, and nothing but NumPy."""

import json
import logging
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Final

from ctk.catalog.vector_rows import Heard
from ctk.catalog.verdict_rows import Place
from ctk.classify import builtin, features, hearing
from ctk.classify.keeper import Keeper
from ctk.classify.vectors import packed
from ctk.errors import CannotDecode
from ctk.jobs import Task

log = logging.getLogger(__name__)

VERSION: Final = str(features.VERSION)

_WORKERS: Final = 2
_CHUNK: Final = 8
_WAIT_S: Final = 0.2


def listen(keeper: Keeper, task: Task) -> None:
    """Hear the sounds of ``keeper``; what was heard is with it also when the job is cancelled. Raises ``Cancelled``."""
    places = keeper.places()
    pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="classify")
    waiting: set[Future[None]] = set()
    try:
        while not task.stopping:
            while len(waiting) <= _WORKERS and (part := list(islice(places, _CHUNK))):
                waiting.add(pool.submit(_hear_some, part, keeper, task))
            if not waiting:
                break
            done, waiting = wait(waiting, _WAIT_S, FIRST_COMPLETED)
            for future in done:
                future.result()
            keeper.keep()
    finally:
        pool.shutdown(cancel_futures=True)
        keeper.keep(0)
    task.check()


def _hear_some(places: Sequence[Place], keeper: Keeper, task: Task) -> None:
    """On a thread of the pool."""
    for place in places:
        if task.breathe():
            return
        hear(place, keeper)


def hear(place: Place, keeper: Keeper) -> None:
    """One sound; one that cannot be heard is a problem, and no more than that."""
    if not hearing.is_as_said(place):
        keeper.fail(None)
        return
    try:
        found = features.of(hearing.beginning(place.path, features.RATE, features.LISTEN_S), features.RATE)
    except CannotDecode as exc:
        log.info("%s", exc)
        keeper.fail(f"{place.path}: {exc}")
        return
    except Exception:  # one file that nobody expected must not end the work on all others
        log.warning("%s could not be listened to", place.path, exc_info=True)
        keeper.fail(f"{place.path}: it could not be listened to.")
        return
    beliefs = builtin.Model.load().probabilities(found[None, :])[0]
    heard = json.dumps([[round(float(belief), 4) for belief in beliefs], "sounds like it"])
    if hearing.is_as_said(place):
        keeper.add(Heard(place.id, *place.stamp, heard, packed(found)))
    else:
        keeper.fail(None)
