"""After a crash: what the disk says became of each entry of a half done receipt, and the end of it.

Entries are judged from the last to the first, in the order they would have been carried: what a later one has done is
taken back in thought, so that a name means the same as when the earlier one was carried. A batch ends where it broke
off; an undo is carried on.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum

from ctk.batch import empty, undo
from ctk.batch.apply import unmake_folders
from ctk.batch.carrier import Carrier
from ctk.batch.copying import discard, sync_folder
from ctk.batch.journal import Journal
from ctk.batch.order import Hop, flipped, groups
from ctk.batch.presence import Presence
from ctk.batch.run import BACK, FORTH, Way, owners
from ctk.batch.same import are_two_names, bytes_agree, is_as_kept, is_spelling, is_there, status
from ctk.batch.trouble import Refused
from ctk.batch.view import volume
from ctk.catalog import journal_rows, source_rows
from ctk.catalog.journal_rows import Entry
from ctk.catalog.protection import Protected
from ctk.catalog.relocation import Arrival
from ctk.catalog.store import Store
from ctk.jobs import Task
from ctk.paths import os_path
from ctk.records import Receipt

_NOT_BEGUN = "The program ended before this file's turn; it is where it was."
_NOWHERE = "This file is neither where it was nor where it should go; nothing was done with it."
_PARKED = "This file waits under the name {}, because both its places are taken."


class Verdict(Enum):
    """Where a file is."""

    THERE = 1
    NOT_THERE = 2
    PARKED = 3
    NOWHERE = 4
    UNKNOWN = 5
    """Its drive is not here."""


def recover(store: Store, receipt_id: int, task: Task) -> Receipt | None:
    """Bring one receipt to an end; ``None`` when that has to wait for a drive."""
    if journal_rows.state(store.read(), receipt_id) == "emptying":
        return empty.finish(store, receipt_id)
    return _Recovery(store, receipt_id, task).end()


class _Recovery:
    def __init__(self, store: Store, receipt_id: int, task: Task) -> None:
        self._store = store
        self._task = task
        self._id = receipt_id
        with store.translated():
            roots = source_rows.roots(store.read())
            state = journal_rows.state(store.read(), receipt_id)
            self._entries = journal_rows.entries(store.read(), receipt_id)
        self._way: Way = FORTH if state == "applying" else BACK
        self._presence = Presence(store.read(), roots)
        self._journal = Journal(store, receipt_id)
        self._carrier = Carrier(
            receipt_id, Protected(()), lambda path: None, task.check, back=self._way.back, may_copy=False
        )
        self._present: dict[str, bool] = {}

    def end(self) -> Receipt | None:
        open_states = {self._way.planned, self._way.parked, self._way.there}
        entries = [entry for entry in self._entries if entry.state in open_states and entry.action != "make"]
        if self._way.back:
            entries = [flipped(entry) for entry in entries]
        verdicts = self._judge(entries)
        if not self._way.back:
            self._bring_side_files(entries, verdicts)
        for entry in entries:
            self._note(entry, verdicts[entry.position])
        self._journal.flush()
        undecided = (Verdict.UNKNOWN, Verdict.PARKED)
        if any(verdicts[entry.position] in undecided for entry in entries if entry.state != self._way.there):
            return None
        if self._way.back:
            return undo.resume(self._store, self._id, self._task, lambda path: None, may_copy=False)
        return self._close(verdicts)

    def _close(self, verdicts: dict[int, Verdict]) -> Receipt:
        makes = [entry for entry in self._entries if entry.action == "make" and entry.state in ("planned", "done")]
        if Verdict.THERE in verdicts.values():
            for entry in makes:
                self._journal.mark(entry.position, "done" if os.path.isdir(os_path(entry.path)) else "failed")
            self._journal.flush()
        else:
            unmake_folders(makes, self._journal)
        self._store.write(lambda connection: journal_rows.close(connection, self._id)).result()
        return journal_rows.receipt(self._store.read(), self._id)

    def _judge(self, entries: Sequence[Entry]) -> dict[int, Verdict]:
        verdicts: dict[int, Verdict] = {}
        for group in reversed(groups(entries)):
            for hop in reversed(group):
                try:
                    if hop.kind != "park":
                        verdicts[hop.entry.position] = self._verdict(hop)
                except OSError:
                    verdicts[hop.entry.position] = Verdict.UNKNOWN
                if verdicts[hop.entry.position] is Verdict.THERE:
                    path, target = self._carrier.ends(hop)
                    self._present |= {target: False, path: True}
            if verdicts[group[0].entry.position] is Verdict.PARKED:
                verdicts |= self._break_ring(group, verdicts)
        return verdicts

    def _verdict(self, hop: Hop) -> Verdict:
        return self._last_of_ring(hop) if hop.kind == "unpark" else self._whole(hop.entry)

    def _last_of_ring(self, hop: Hop) -> Verdict:
        """The file that makes room for a ring: aside, or where the journal says once it no longer is."""
        entry = hop.entry
        aside, _ = self._carrier.ends(hop)
        if status(aside) is not None:
            return Verdict.PARKED
        if entry.state == self._way.planned:
            return Verdict.NOT_THERE
        if self._is_kept(status(entry.target), entry):
            return Verdict.THERE
        return Verdict.NOWHERE if self._presence.of(entry.path) else Verdict.UNKNOWN

    def _break_ring(self, group: Sequence[Hop], verdicts: dict[int, Verdict]) -> dict[int, Verdict]:
        """A ring that is not closed is taken back, from its last rename to the parking of its first file."""
        park, *others = group
        done = [hop for hop in others if hop.kind == "whole" and verdicts[hop.entry.position] is Verdict.THERE]
        try:
            for hop in reversed(done):
                self._carrier.turn_back(hop)
            self._journal.mark(park.entry.position, self._way.planned)
            self._journal.flush()
            self._carrier.turn_back(park)
        except OSError:
            return {}
        return {hop.entry.position: Verdict.NOT_THERE for hop in group}

    def _whole(self, entry: Entry) -> Verdict:
        source, target = self._status(entry.path), self._status(entry.target)
        arrived = self._is_kept(target, entry)
        if arrived and self._is_kept(source, entry) and entry.state != self._way.there:
            arrived = self._is_decided(entry)
        elif source is None and not arrived:
            here = self._presence.of(entry.path) and self._presence.of(entry.target)
            return Verdict.NOWHERE if here else Verdict.UNKNOWN
        if arrived and entry.twin is not None and entry.state == FORTH.planned and not is_there(entry.twin):
            self._carrier.turn_back(Hop(entry, "whole"))  # it was the only copy, under another name
            return Verdict.NOT_THERE
        if not arrived and volume(os.path.dirname(entry.path)) != volume(os.path.dirname(entry.target)):
            discard(self._carrier.part(entry))
        return Verdict.THERE if arrived else Verdict.NOT_THERE

    def _is_decided(self, entry: Entry) -> bool:
        """A file stands at both ends. Whether it may count as arrived; when it does, the old name goes first."""
        if is_spelling(entry.path, entry.target):
            return os.path.basename(entry.target) in os.listdir(os_path(os.path.dirname(entry.target)))
        if os.path.samefile(os_path(entry.path), os_path(entry.target)):
            if not are_two_names(entry.path, entry.target):
                return False
        elif volume(os.path.dirname(entry.path)) == volume(os.path.dirname(entry.target)) or not bytes_agree(
            entry.path, entry.target, self._task.check
        ):
            return False
        sync_folder(os.path.dirname(entry.target))
        os.unlink(os_path(entry.path))
        return True

    def _is_kept(self, found: os.stat_result | None, entry: Entry) -> bool:
        return found is not None and is_as_kept(found, entry.size_bytes, entry.mtime_ns)

    def _status(self, path: str) -> os.stat_result | None:
        """What was at ``path`` before the later entries were carried."""
        return status(path) if self._present.get(path, True) else None

    def _bring_side_files(self, entries: Sequence[Entry], verdicts: dict[int, Verdict]) -> None:
        """Side files whose sound has gone ahead follow it."""
        owned = owners(self._entries)
        for entry in entries:
            if (
                verdicts[entry.position] is Verdict.NOT_THERE
                and entry.state == self._way.planned
                and entry.position in owned
                and verdicts.get(owned[entry.position]) is Verdict.THERE
            ):
                with suppress(Refused):
                    self._carrier.carry(Hop(entry, "whole"))
                    verdicts[entry.position] = Verdict.THERE

    def _note(self, entry: Entry, verdict: Verdict) -> None:
        way, position = self._way, entry.position
        if entry.state == way.there:
            if verdict is Verdict.NOT_THERE and not way.back:  # the machine stopped before the drive had written it
                self._journal.mark(position, way.not_there, reason=_NOT_BEGUN, arrival=_arrival(entry, way, entry.path))
        elif verdict is Verdict.THERE:
            arrival = _arrival(entry, way, entry.target)
            self._journal.mark(position, way.there, frees=self._frees(entry), arrival=arrival)
        elif verdict is Verdict.NOT_THERE:
            reason = None if way.back else _NOT_BEGUN
            self._journal.mark(position, way.planned if way.back else way.not_there, reason=reason)
        elif verdict is Verdict.NOWHERE:
            self._journal.mark(position, way.not_there, reason=_NOWHERE)
        elif verdict is Verdict.PARKED:
            aside = os.path.basename(self._carrier.ends(Hop(entry, "park"))[1])
            self._journal.mark(position, way.parked, reason=_PARKED.format(aside))

    def _frees(self, entry: Entry) -> int | None:
        if entry.action != "remove" or entry.sound_id is None or self._way.back:
            return None
        found = status(entry.target)
        return entry.size_bytes if found is not None and found.st_nlink == 1 else None


def _arrival(entry: Entry, way: Way, path: str) -> Arrival | None:
    if entry.sound_id is None:
        return None
    held = entry.action == "remove" and (path == entry.target) != way.back
    found = status(path)
    facts = None if found is None else (found.st_mtime_ns, found.st_dev, found.st_ino)
    return Arrival(entry.sound_id, path, held, entry.action == "rename", facts)
