"""Keeping the catalog up to date while the program runs: one thread that follows the sources and what eyes see there.

Sources on this computer's own drives are watched. Network drives tell nothing of what others do there, and of too many
folders the system does not let anybody watch all: those are looked through every so often. And because no eye sees
everything, each source is read to its end once a day, when nobody is at work.
"""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ctk.catalog import source_rows
from ctk.catalog.store import Store
from ctk.errors import Cancelled, CtkError
from ctk.events import Events, SourcesChanged
from ctk.jobs import Job, Jobs, Task
from ctk.sources.changes import Changes
from ctk.sources.watch.eye import Eye
from ctk.sources.watch.followed import Followed
from ctk.sources.watch.idle import Idle
from ctk.sources.watch.shut import Shut
from ctk.volumes.mount import Mount
from ctk.volumes.volumes import Volumes

log = logging.getLogger(__name__)

TITLE: Final = "Following changes"
TICK_S: Final = 2.0
"""How often to look whether drives came or went, and whether sources were added elsewhere."""
IDLE_S: Final = 60.0
"""Nobody is at work when nothing happened for so long."""
FULL_EVERY_S: Final = 24 * 3600.0
FULL_AGAIN_S: Final = 3600.0
"""After a full check that did not come to its end."""
NETWORK_EVERY_S: Final = 15 * 60.0
BLIND_EVERY_S: Final = 60.0
AGAIN_S: Final = 1.0
"""After somebody else's work came first."""
RETRY_S: Final = 30.0
"""After something went wrong."""
END_WAIT_S: Final = 1.5

Renew = Callable[[Task, Mapping[int, Changes]], None]
"""Brings the catalog up to date with changes, by the id of their source."""


def open_eye() -> Eye:
    """The eye of this system."""
    try:
        if sys.platform == "linux":
            from ctk.sources.watch.inotify import Inotify

            return Inotify()
        from ctk.sources.watch.observer import Observing

        return Observing()
    except (ImportError, OSError) as exc:
        log.warning("Folders cannot be watched, so they are looked through every minute: %s", exc)
        return Shut("this system lets no more programs watch folders")


class Watch:
    """``start`` and ``close`` it once; all its work is done on threads of its own."""

    def __init__(
        self, store: Store, jobs: Jobs, events: Events, renew: Renew, eye: Callable[[], Eye] = open_eye
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._renew = renew
        self._open_eye = eye
        self._eye: Eye | None = None
        self._closing = threading.Event()
        self._wake = threading.Event()
        self._idle = Idle(events, TITLE, self._give_way)
        self._end = events.subscribe(SourcesChanged, lambda _: self._hurry())
        self._followed: dict[int, Followed] = {}
        self._mounts: list[Mount] = []
        self._tick_s = 0.0
        self._job: Job[None] | None = None
        self._taken: Mapping[int, Changes] = {}
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Stop following; what was seen and is not in the catalog yet is found when following begins again."""
        self._closing.set()
        self._end()
        self._idle.close()
        self._wake.set()
        deadline = time.monotonic() + END_WAIT_S
        if (job := self._job) is not None:
            job.cancel()
            job.wait(END_WAIT_S)
        self._thread.join(max(0.0, deadline - time.monotonic()))

    def unwatched(self) -> dict[str, str]:
        """The folders of sources that should be watched and cannot be, and why."""
        why = {} if self._eye is None else dict(self._eye.blind)
        return {one.root.path: why[id] for id, one in list(self._followed.items()) if id in why}

    def _run(self) -> None:
        eye = self._eye = self._open_eye()
        try:
            while not self._closing.is_set():
                self._turn(eye)
                self._wake.wait(self._wait_s())
                self._wake.clear()
        finally:
            eye.close()

    def _turn(self, eye: Eye) -> None:
        try:
            if time.monotonic() >= self._tick_s:
                self._tick_s = time.monotonic() + TICK_S
                self._follow(eye)
                self._suspect(eye)
            self._end_job()
            self._begin_job(eye)
        except CtkError as exc:
            log.warning("The sources could not be followed for a moment: %s", exc)
        except Exception:  # whatever it is, it must not be the end of following
            log.exception("following the sources failed")

    def _wait_s(self) -> float:
        tick_s = max(0.0, self._tick_s - time.monotonic())
        if self._job is not None and not self._job.done:
            return tick_s
        waits = [wait_s for one in self._followed.values() if (wait_s := one.dirt.wait_s()) is not None]
        return min([tick_s, *waits])

    def _hurry(self) -> None:
        self._tick_s = 0.0
        self._wake.set()

    def _follow(self, eye: Eye) -> None:
        """Take note of sources and drives that came, went or are elsewhere."""
        with self._store.translated():
            roots = {root.id: root for root in source_rows.roots(self._store.read())}
        volumes = Volumes()
        before = {id: one.root.path for id, one in self._followed.items()}
        now = {id: root.path for id, root in roots.items()}
        other = {path for id, path in before.items() ^ now.items()}
        for id, path in before.items():
            if path != now.get(id):
                eye.leave(id)
                del self._followed[id]
                for one in self._followed.values():
                    if _is_inside(path, one.root.path):
                        one.dirt.lost()  # what was in it belongs to the source around it now
        for id, root in roots.items():
            one = self._followed.get(id) or Followed(root, self._wake.set)
            self._followed[id] = one
            one.root = root
            one.is_network = volumes.is_network(root.path)
            one.look()
            if any(_is_inside(root.path, path) or _is_inside(path, root.path) for path in other):
                one.disturb()
        if self._mounts != (mounts := volumes.mounts()):
            self._mounts = mounts
            for one in self._followed.values():
                if one.root.state == "offline":
                    one.dirt.doubt()

    def _suspect(self, eye: Eye) -> None:
        """Doubt what no eye sees, and what was not checked for long."""
        now, idle = time.monotonic(), self._idle.for_s() > IDLE_S
        for id, one in self._followed.items():
            why = eye.blind.get(id)
            if why != one.why_blind:
                one.why_blind = why
                if why:
                    log.warning("%s is looked through every minute instead of being watched: %s.", one.root.path, why)
            if now < one.look_through_s or not (why or one.is_pullable or (one.is_network and idle)):
                continue
            one.look_through_s = now + (NETWORK_EVERY_S if one.is_network else BLIND_EVERY_S)
            one.dirt.doubt()
        if not idle:
            return
        with self._store.translated():
            scanned = source_rows.scanned(self._store.read())
        for id, one in self._followed.items():
            old = time.time() - (scanned.get(id) or 0.0) > FULL_EVERY_S
            if old and one.root.state == "ok" and now >= one.check_s:
                one.check_s = now + FULL_AGAIN_S
                one.dirt.lost()
                return

    def _begin_job(self, eye: Eye) -> None:
        if self._job is not None or self._closing.is_set():
            return
        due = [one for one in self._followed.values() if one.dirt.wait_s() == 0]
        if not due:
            return
        self._taken = taken = {one.root.id: one.dirt.take() for one in due}
        roots = [one.root.path for one in self._followed.values() if not one.is_network]

        def work(task: Task) -> None:
            try:
                for one in due:
                    self._set_eye(eye, one, roots, task)
                self._renew(task, taken)
            finally:
                self._wake.set()

        self._job = self._jobs.start(TITLE, work, background=True)

    def _set_eye(self, eye: Eye, one: Followed, roots: Sequence[str], task: Task) -> None:
        if not one.to_watch:
            return
        one.to_watch = False
        if one.is_watchable:
            eye.watch(one.tree(roots, [str(self._store.file.parent)], self._check), task.check)
        else:
            eye.leave(one.root.id)

    def _end_job(self) -> None:
        """Once it is over: what it did not come to is due again."""
        if self._job is None or not self._job.done:
            return
        status, self._job = self._job.status, None
        if status.state == "done":
            return
        if status.state == "failed":
            log.warning("Changes could not be followed and are looked at again soon: %s", status.error)
        for id, changes in self._taken.items():
            if id in self._followed:
                wait_s = RETRY_S if status.state == "failed" else IDLE_S if changes.whole else AGAIN_S
                self._followed[id].dirt.put_back(changes, wait_s)

    def _give_way(self) -> None:
        """Somebody else wants to work on the files: long work of ours can wait."""
        job = self._job
        if job is not None and any(changes.whole for changes in self._taken.values()):
            job.cancel()

    def _check(self) -> None:
        if self._closing.is_set():
            raise Cancelled("Stopped.")


def _is_inside(path: str, folder: str) -> bool:
    return os.path.normcase(path).startswith(os.path.join(os.path.normcase(folder), ""))
