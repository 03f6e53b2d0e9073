"""The batch capability: plans of moves, renames and removals, carried out with a journal, and taken back."""

import logging
import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TypeVar

from ctk.batch import apply, empty, plan, undo
from ctk.batch.holding import Holding
from ctk.batch.presence import Presence
from ctk.batch.recover import recover
from ctk.batch.template import Template, Unknown
from ctk.batch.view import DiskView
from ctk.catalog import journal_rows, lookup, source_rows
from ctk.catalog.lock import exclusive
from ctk.catalog.store import Store
from ctk.errors import CtkError, NotFound, UsageError
from ctk.events import Events, SourcesChanged
from ctk.jobs import Job, Jobs, Task
from ctk.paths import os_path
from ctk.records import Held, Plan, Receipt, Refusal, Sound

log = logging.getLogger(__name__)
T = TypeVar("T")


class _Busy(Exception):
    """Another process is at work on the files of this home."""


class Batch:
    """See ``ctk.contract.Batch``. ``release`` makes a player let go of a file; ``unseen`` are names (lower case) of
    folders that no scan enters, so that nothing is moved there."""

    def __init__(
        self,
        store: Store,
        jobs: Jobs,
        events: Events,
        *,
        release: Callable[[str], None],
        unseen: frozenset[str] = frozenset(),
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._events = events
        self._release = release
        self._unseen = unseen
        self._recovered: list[Receipt] = []
        if self._half_done():
            with suppress(_Busy), self._alone(_give_up):
                self._put_right(Task(lambda progress: None))

    def plan_move(self, ids: Sequence[int], folder: str | Path) -> Plan:
        path = os.path.abspath(os.path.expanduser(os.fspath(folder)))
        self._check_folder(path)
        return plan.move(self._sounds(ids), path, self._view())

    def plan_rename(self, ids: Sequence[int], template: str) -> Plan:
        sounds = self._sounds(ids)
        parsed = Template(template, {key for sound in sounds for key in sound.metadata})
        named: list[tuple[Sound, str]] = []
        refused: list[Refusal] = []
        for number, sound in enumerate(sounds, 1):
            try:
                named.append((sound, parsed.name(sound, number)))
            except Unknown as exc:
                refused.append(Refusal(sound.id, sound.path, f"It is not known what this sound has for {exc}."))
        return plan.rename(named, self._view(), refused)

    def plan_remove(self, ids: Sequence[int]) -> Plan:
        view = self._view()
        return plan.remove(self._sounds(ids), self._holding(view), view)

    def plan_clean(self, pairs: Sequence[tuple[int, int]]) -> Plan:
        """Remove the first of each pair, of which the second is a copy that stays. Raises ``NotFound``."""
        view = self._view()
        spares = self._sounds([spare for spare, _ in pairs])
        kept = {sound.id: sound for sound in self._sounds([kept for _, kept in pairs])}
        keepers = dict(pairs)
        return plan.clean([(spare, kept[keepers[spare.id]]) for spare in spares], self._holding(view), view)

    def apply(self, plan: Plan) -> Job[Receipt]:
        if not plan.steps:
            raise UsageError("There is nothing to do in this plan.")
        return self._start(plan.title, lambda task: apply.apply(self._store, plan, task, self._release))

    def undo(self, receipt: int | None = None) -> Job[Receipt]:
        def work(task: Task) -> Receipt:
            chosen = journal_rows.newest_to_undo(self._store.read()) if receipt is None else receipt
            if chosen is None:
                raise NotFound("There is nothing to undo.")
            return undo.undo(self._store, chosen, task, self._release)

        return self._start("Undo", work)

    def history(self, *, limit: int = 50) -> Sequence[Receipt]:
        with self._store.snapshot() as connection:
            return journal_rows.receipts(connection, limit)

    def held(self) -> Sequence[Held]:
        with self._store.snapshot() as connection:
            return journal_rows.held(connection)

    def empty(self, *, permanently: bool = False) -> Job[int]:
        return self._start("Emptying", lambda task: empty.empty(self._store, task, permanently=permanently))

    def protect(self, folder: str | Path, *, on: bool = True) -> None:
        path = os.path.abspath(os.path.expanduser(os.fspath(folder)))
        if on and not os.path.isdir(os_path(path)):
            raise UsageError(f"There is no such folder: {path}")
        change = journal_rows.protect if on else journal_rows.unprotect
        self._store.write(lambda connection: change(connection, path)).result()

    def protected(self) -> Sequence[str]:
        with self._store.translated():
            return journal_rows.protected(self._store.read())

    def recovered(self) -> Sequence[Receipt]:
        return tuple(self._recovered)

    def _start(self, title: str, work: Callable[[Task], T]) -> Job[T]:
        def alone(task: Task) -> T:
            def waiting() -> None:
                task.check()
                task.report("Waiting for other work on the files to finish")

            with self._alone(waiting), self._store.translated():
                self._put_right(task)
                try:
                    return work(task)
                finally:
                    self._events.emit(SourcesChanged())

        return self._jobs.start(title, alone)

    def _alone(self, waiting: Callable[[], None]) -> AbstractContextManager[None]:
        return exclusive(self._store.file.with_name("scan.lock"), waiting)

    def _half_done(self) -> list[int]:
        with self._store.translated():
            return journal_rows.unfinished(self._store.read())

    def _put_right(self, task: Task) -> None:
        """Bring to an end what a crash left half done; what has to wait for a drive is tried again next time."""
        for id in self._half_done():
            try:
                receipt = recover(self._store, id, task)
            except (OSError, CtkError) as exc:
                log.warning("receipt %d could not be put right yet: %s", id, exc)
                continue
            if receipt is not None:
                self._recovered.append(receipt)

    def _sounds(self, ids: Sequence[int]) -> list[Sound]:
        """Each sound once, in the order given. Raises ``NotFound``."""
        wanted = list(dict.fromkeys(ids))
        with self._store.snapshot() as connection:
            found = lookup.sounds(connection, wanted)
        if len(found) < len(wanted):
            lost = set(wanted) - {sound.id for sound in found}
            raise NotFound(f"There is no sound with the number {min(lost)}.")
        return found

    def _view(self) -> DiskView:
        return DiskView(self.protected())

    def _holding(self, view: DiskView) -> Callable[[Sound], str]:
        holding = Holding(view)
        with self._store.translated():
            roots = {root.id: root.path for root in source_rows.roots(self._store.read())}
        return lambda sound: holding.place(sound.path, roots[sound.source_id])

    def _check_folder(self, path: str) -> None:
        """Raises ``UsageError`` for a folder where sounds would be lost from sight."""
        with self._store.translated():
            presence = Presence(self._store.read(), source_rows.roots(self._store.read()))
        inside = os.path.join(path, "")
        root = presence.root_of(inside)
        if root is None:
            raise UsageError(
                f"{path} is in none of your folders; add it first, or the sounds would be lost from sight."
            )
        if not presence.of(inside):
            raise UsageError(f"The drive of {path} is not here.")
        parts = inside[len(root.path) :].lower().split(os.sep)
        home = os.path.join(str(self._store.file.parent), "")
        if self._unseen.intersection(parts) or any(part.startswith(".trash-") for part in parts):
            raise UsageError(f"{path} is never looked at by a scan; the sounds would be lost from sight.")
        if inside.startswith(home):
            raise UsageError(f"{path} belongs to Creator's Toolkit itself; choose another folder.")
        if os.path.lexists(os_path(path)) and not os.path.isdir(os_path(path)):
            raise UsageError(f"That is a file, not a folder: {path}")


def _give_up() -> None:
    raise _Busy
