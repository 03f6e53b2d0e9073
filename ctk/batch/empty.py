"""Emptying the holding folders: what was removed goes for good."""

import os
from collections.abc import Sequence
from itertools import groupby

from ctk.batch import holding
from ctk.batch.journal import Journal
from ctk.batch.presence import Presence
from ctk.batch.trouble import Refused
from ctk.catalog import journal_rows, source_rows
from ctk.catalog.journal_rows import Entry
from ctk.catalog.store import Store
from ctk.errors import CtkError
from ctk.jobs import Task
from ctk.paths import os_path
from ctk.records import Receipt

_NOT_HERE = "The drive this removed file waits on is not here."
_GONE = "This removed file was no longer in its holding folder."


def empty(store: Store, task: Task, *, permanently: bool) -> int:
    """Send every held file to the system's trash, or delete it; the bytes that frees.

    What could not go stays held, and its receipt says why. Raises ``CtkError`` when nothing could go.
    """
    with store.translated():
        waiting = journal_rows.held_entries(store.read())
        roots = source_rows.roots(store.read())
    presence = Presence(store.read(), roots)
    receipt_ids = {receipt_id for receipt_id, _ in waiting}
    store.write(lambda connection: journal_rows.begin_empty(connection, receipt_ids)).result()
    freed, went, troubles = 0, 0, []
    for receipt_id, group in groupby(waiting, key=lambda item: item[0]):
        journal = Journal(store, receipt_id)
        files = [entry for _, entry in group]
        for entry in files:
            if task.stopping:
                break
            task.report(f"Emptying {os.path.basename(entry.path)}", went, len(waiting))
            try:
                freed += _dispose(entry, presence, journal, permanently=permanently)
                went += 1
            except Refused as exc:
                troubles.append(str(exc))
                journal.mark(entry.position, "done", reason=str(exc))
        _close(store, journal, files)
    task.check()
    if troubles and not went:
        raise CtkError(f"Nothing could be emptied. {troubles[0]}")
    return freed


def finish(store: Store, receipt_id: int) -> Receipt:
    """After a crash: what is gone from the holding folders has been emptied; the rest still waits."""
    with store.translated():
        roots = source_rows.roots(store.read())
        files = [entry for entry in journal_rows.entries(store.read(), receipt_id) if entry.action == "remove"]
    presence = Presence(store.read(), roots)
    journal = Journal(store, receipt_id)
    for entry in files:
        if entry.state == "done" and presence.of(entry.target) and not os.path.lexists(os_path(entry.target)):
            journal.mark(entry.position, "emptied", gone=entry.sound_id)
    _close(store, journal, files)
    return journal_rows.receipt(store.read(), receipt_id)


def _close(store: Store, journal: Journal, files: Sequence[Entry]) -> None:
    journal.flush()
    holding.tidy(entry.target for entry in files)
    store.write(lambda connection: journal_rows.close(connection, journal.receipt_id)).result()


def _dispose(entry: Entry, presence: Presence, journal: Journal, *, permanently: bool) -> int:
    if not presence.of(entry.target):
        raise Refused(_NOT_HERE)
    there = os.path.lexists(os_path(entry.target))
    freed = holding.dispose(entry.target, entry.size_bytes, permanently=permanently)
    journal.mark(entry.position, "emptied", reason=None if there else _GONE, gone=entry.sound_id)
    return freed
