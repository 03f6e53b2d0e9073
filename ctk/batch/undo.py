"""A receipt taken back: every file returns to where it was, unless the world has changed meanwhile."""

from collections.abc import Mapping, Sequence

from ctk.batch import holding
from ctk.batch.apply import Release, unmake_folders
from ctk.batch.carrier import Carrier
from ctk.batch.copying import sync_folder
from ctk.batch.journal import Journal
from ctk.batch.order import flipped
from ctk.batch.presence import Presence
from ctk.batch.run import BACK, Run, folders, owners
from ctk.catalog import journal_rows, relocation, source_rows
from ctk.catalog.journal_rows import Entry
from ctk.catalog.protection import Protected
from ctk.catalog.store import Store
from ctk.errors import Cancelled, NotFound, UsageError
from ctk.jobs import Task
from ctk.records import Receipt

_ELSEWHERE = "This sound was moved or removed again since; take that back first."
_NO_SOURCE = "The folder it came from is no longer among your folders; add it again, then undo."
_NOT_HERE = "The drive it came from is not here."


def undo(store: Store, receipt_id: int, task: Task, release: Release) -> Receipt:
    """Take back what is done of a receipt. Raises ``NotFound``, ``UsageError``."""
    with store.translated():
        state = journal_rows.state(store.read(), receipt_id)
        if state is None:
            raise NotFound(f"There is no receipt with the number {receipt_id}.")
        if state in ("applying", "undoing"):
            raise UsageError(f"Receipt {receipt_id} waits for a drive to come back before it can be undone.")
        states = {entry.state for entry in journal_rows.entries(store.read(), receipt_id) if entry.action != "make"}
    if "done" not in states:
        why = (
            "its files were emptied from the holding folders"
            if "emptied" in states
            else "it has been undone"
            if state == "undone"
            else "nothing of it was done"
        )
        raise UsageError(f"Receipt {receipt_id} cannot be undone: {why}.")
    store.write(lambda connection: journal_rows.begin_undo(connection, receipt_id), durable=True).result()
    return resume(store, receipt_id, task, release)


def resume(store: Store, receipt_id: int, task: Task, release: Release, *, may_copy: bool = True) -> Receipt:
    """Bring back everything that the journal has as about to be brought back."""
    with store.translated():
        entries = journal_rows.entries(store.read(), receipt_id)
        roots = source_rows.roots(store.read())
        protected = Protected(journal_rows.protected(store.read()))
    journal = Journal(store, receipt_id)
    back = [flipped(entry) for entry in entries if entry.state == "undoing" and entry.action != "make"]
    owned = owners(entries)
    todo = _possible(store, back, owned, Presence(store.read(), roots), journal)
    carrier = Carrier(receipt_id, protected, release, task.check, back=True, may_copy=may_copy)
    touched = folders(todo)
    carrier.note_volumes(touched)
    run = Run(todo, owned, BACK, carrier, journal, task)
    run.all()
    unmake_folders([entry for entry in entries if entry.state == "undoing" and entry.action == "make"], journal)
    holding.tidy(entry.path for entry in todo if entry.action == "remove")
    for folder in touched:
        sync_folder(folder)
    if not run.stuck:
        store.write(lambda connection: journal_rows.close(connection, receipt_id)).result()
    if run.stopped:
        raise Cancelled("Stopped; what was not brought back yet can still be undone.")
    return journal_rows.receipt(store.read(), receipt_id)


def _possible(
    store: Store, back: Sequence[Entry], owned: Mapping[int, int], presence: Presence, journal: Journal
) -> list[Entry]:
    """Those that have a place to go back to; the others are marked."""
    places = relocation.places(store.read(), [entry.sound_id for entry in back if entry.sound_id is not None])
    later: set[int] | None = None
    refused: set[int] = set()
    for entry in back:
        if owned.get(entry.position) in refused:
            refused.add(entry.position)
            journal.mark(entry.position, "done")
            continue
        place = None if entry.sound_id is None else places.get(entry.sound_id)
        reason = _objection(entry, place, presence)
        if entry.sound_id is not None and place is not None and place[0] != entry.path:
            later = journal_rows.moved_later(store.read(), journal.receipt_id) if later is None else later
            reason = _ELSEWHERE if entry.sound_id in later else reason
        if reason is not None:
            refused.add(entry.position)
            journal.mark(entry.position, "done", reason=reason)
    journal.flush()
    return [entry for entry in back if entry.position not in refused]


def _objection(entry: Entry, place: tuple[str, str] | None, presence: Presence) -> str | None:
    if presence.root_of(entry.target) is None:
        return None if place is None else _NO_SOURCE
    return None if presence.of(entry.target) else _NOT_HERE
