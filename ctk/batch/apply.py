"""A plan put into effect: every intent on the disk before the first file moves, every step checked just before."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from ctk.batch import holding
from ctk.batch.carrier import Carrier
from ctk.batch.copying import sync_folder
from ctk.batch.journal import Journal
from ctk.batch.presence import Presence
from ctk.batch.run import FORTH, Run, folders, owners
from ctk.batch.same import status
from ctk.batch.view import SIDE_ENDINGS
from ctk.catalog import journal_rows, relocation, source_rows
from ctk.catalog.journal_rows import Entry
from ctk.catalog.protection import Protected
from ctk.catalog.store import Store
from ctk.errors import Cancelled
from ctk.jobs import Task
from ctk.paths import os_path
from ctk.records import Plan, Receipt, Step

Release = Callable[[str], None]
CONTRADICTS = "The plan contradicts itself; make a new one."
_ACTIONS = {"move": "move", "rename": "rename", "remove": "remove", "clean": "remove"}


def apply(store: Store, plan: Plan, task: Task, release: Release) -> Receipt:
    """Do what ``plan`` says. Whatever stops it, the journal knows of everything that was done."""
    with store.translated():
        roots = source_rows.roots(store.read())
        protected = Protected(journal_rows.protected(store.read()))
        places = relocation.places(store.read(), [step.sound_id for step in plan.steps])
    entries = _Entries(plan, Presence(store.read(), roots), places).all()
    receipt_id = store.write(
        lambda connection: journal_rows.begin(connection, plan.kind, plan.title, entries), durable=True
    ).result()
    planned = [entry for entry in entries if entry.state == "planned"]
    leaving = frozenset(entry.path for entry in planned)
    carrier = Carrier(receipt_id, protected, release, task.check, leaving=leaving)
    journal = Journal(store, receipt_id)
    files = [entry for entry in planned if entry.action != "make"]
    touched = folders(files)
    carrier.note_volumes(touched)
    make_folders([entry for entry in planned if entry.action == "make"], journal)
    run = Run(files, owners(entries), FORTH, carrier, journal, task)
    run.all()
    holding.tidy(entry.target for entry in files if entry.position in run.failed)
    for folder in touched:
        sync_folder(folder)
    if not run.stuck:
        store.write(lambda connection: journal_rows.close(connection, receipt_id)).result()
    receipt = journal_rows.receipt(store.read(), receipt_id)
    if run.stopped:
        raise Cancelled(f"Stopped after {receipt.done:,} of {receipt.steps:,}; undo takes these back.")
    return receipt


def make_folders(entries: Iterable[Entry], journal: Journal) -> None:
    """Make the folders that a move needs; those are noted, so that undo can remove them again."""
    for entry in entries:
        try:
            os.mkdir(os_path(entry.path))
        except OSError:  # if it is needed and still not there, the files that want it say so
            journal.mark(entry.position, "failed")
        else:
            journal.mark(entry.position, "done")
    journal.flush()


def unmake_folders(entries: Sequence[Entry], journal: Journal) -> None:
    """Remove folders that were made, where nothing is in them."""
    for entry in reversed(entries):
        with suppress(OSError):
            os.rmdir(os_path(entry.path))
        gone = not os.path.lexists(os_path(entry.path))
        journal.mark(entry.position, "undone" if gone else "done")
    journal.flush()


class _Entries:
    """The entries of a plan; steps that cannot be are among them, as failed."""

    def __init__(self, plan: Plan, presence: Presence, places: Mapping[int, tuple[str, str]]) -> None:
        self._plan = plan
        self._presence = presence
        self._places = places
        self._leaving = {step.path for step in plan.steps}
        self._troubles: dict[tuple[str, str], str | None] = {}
        self._found: list[Entry] = []

    def all(self) -> list[Entry]:
        """Folders to be made, then each step with its side files."""
        found, steps = self._found, self._plan.steps
        reasons = [self._objection(step) for step in steps]
        moves = (step for step, reason in zip(steps, reasons, strict=True) if step.action == "move" and not reason)
        for folder in dict.fromkeys(_missing(sorted({os.path.dirname(step.target) for step in moves}))):
            found.append(Entry(len(found), None, "make", folder, ""))
        for step, reason in zip(steps, reasons, strict=True):
            state = "failed" if reason else "planned"
            facts = (step.size_bytes, step.mtime_ns, step.twin, state, reason)
            found.append(Entry(len(found), step.sound_id, step.action, step.path, step.target, *facts))
            if step.side_files and not reason:
                self._add_side_files(step)
        return found

    def _add_side_files(self, step: Step) -> None:
        for path, target in step.side_files:
            ending = path[len(step.path) :]
            if (path, target) != (step.path + ending, step.target + ending) or ending.lower() not in SIDE_ENDINGS:
                continue
            with suppress(OSError):
                if found := status(path):
                    facts = (found.st_size, found.st_mtime_ns)
                    self._found.append(Entry(len(self._found), None, step.action, path, target, *facts))

    def _objection(self, step: Step) -> str | None:
        """Why the engine will not even try a step, whoever made the plan."""
        path, state = self._places.get(step.sound_id, ("", ""))
        if path != step.path or state in ("held", "missing"):
            return "This sound is no longer where the plan says; make a new plan."
        twin = step.twin
        if self._plan.kind == "clean" and (twin is None or twin in self._leaving or holding.is_inside(twin)):
            return "The copy that should stay is to be removed itself."
        folder, name = os.path.split(step.target)
        if step.target == path or (step.action != "rename" and not path.endswith(os.sep + name)):
            return CONTRADICTS
        key = (folder, step.action)
        if key not in self._troubles:
            self._troubles[key] = self._trouble(step)
        return self._troubles[key]

    def _trouble(self, step: Step) -> str | None:
        """Why nothing can go to the folder of a step's target."""
        if step.action != _ACTIONS[self._plan.kind] or holding.is_inside(step.target) != (step.action == "remove"):
            return CONTRADICTS
        if os.path.normpath(step.target) != step.target:
            return CONTRADICTS
        if self._presence.root_of(step.target) is None or not self._presence.of(step.target):
            return "The folder it should go to is not among your folders, or its drive is not here."
        return None


def _missing(folders: Iterable[str]) -> Iterator[str]:
    """The folders that are not there, each after the one it lies in."""
    for folder in folders:
        above = []
        while not os.path.lexists(os_path(folder)):
            above.append(folder)
            folder = os.path.dirname(folder)  # noqa: PLW2901  # climbs
        yield from reversed(above)
