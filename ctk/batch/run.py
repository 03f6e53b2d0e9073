"""Going through the entries of a receipt, forth or back: carry, note, go on; a file in trouble stops no other."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ctk.batch.carrier import Carried, Carrier
from ctk.batch.journal import Journal
from ctk.batch.order import Hop, groups
from ctk.batch.trouble import Refused
from ctk.catalog.journal_rows import Entry
from ctk.catalog.relocation import Arrival
from ctk.errors import Cancelled
from ctk.jobs import Task

STOPPED = "Stopped before it was this file's turn."


@dataclass(frozen=True, slots=True)
class Way:
    """The words of the journal for one direction."""

    planned: str
    parked: str
    there: str
    not_there: str
    verb: str
    back: bool


FORTH = Way("planned", "parked", "done", "failed", "", back=False)
BACK = Way("undoing", "parked back", "undone", "done", "Bringing back", back=True)
_REPORTS = 1000
"""How often at most a batch says how far it is."""

_VERBS = {"move": "Moving", "rename": "Renaming", "remove": "Removing"}


class Run:
    """One pass over ``entries`` (for the way back: flipped). ``stopped`` tells whether it was cut short, ``stuck``
    whether something waits under another name, so that the receipt has to stay open; ``failed`` are positions.

    ``owners`` has for each side file the position of its sound, with which it stays.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        owners: Mapping[int, int],
        way: Way,
        carrier: Carrier,
        journal: Journal,
        task: Task,
    ) -> None:
        self._entries = entries
        self._owners = owners
        self._way = way
        self._carrier = carrier
        self._journal = journal
        self._task = task
        self.failed: set[int] = set()
        self._linked: Counter[tuple[int, int]] = Counter()
        self.stopped = False
        self.stuck = False

    def all(self) -> None:
        """Carry everything; what was cut short is marked as not done."""
        total = sum(entry.sound_id is not None for entry in self._entries)
        every, done = max(1, total // _REPORTS), 0
        for group in groups(self._entries):
            entry = group[0].entry
            if not done % every:
                self._task.report(f"{self._verb(entry)} {os.path.basename(entry.path)}", done, total)
            done += len(group) if entry.sound_id is not None else 0
            if self.stopped or self._task.stopping:
                self.stopped = True
                self._fail(group, STOPPED)
            elif entry.position in self._owners and self._stays(group):
                self._fail(group, None)  # the reason of its sound is enough
            elif len(group) == 1:
                self._carry(group[0])
            else:
                self._carry_ring(group)
        self._journal.flush()

    def _verb(self, entry: Entry) -> str:
        return self._way.verb or _VERBS[entry.action]

    def _stays(self, group: Sequence[Hop]) -> bool:
        """Whether side files have a sound that did not go."""
        return any(self._owners.get(hop.entry.position) in self.failed for hop in group)

    def _carry(self, hop: Hop) -> None:
        try:
            carried = self._carrier.carry(hop)
        except (Refused, Cancelled) as exc:
            self._fail([hop], self._reason(exc))
        else:
            self._arrive(hop.entry, carried)

    def _carry_ring(self, group: Sequence[Hop]) -> None:
        """All files of a ring, or none."""
        carried: list[tuple[Hop, Carried]] = []
        try:
            for hop in group:
                carried.append((hop, self._carrier.carry(hop)))
                if hop.kind == "park":
                    self._journal.mark(hop.entry.position, self._way.parked)
                    self._journal.flush()
        except (Refused, Cancelled) as exc:
            reason = self._reason(exc)
            if self._turn_back([hop for hop, _ in carried]):
                self._fail(group, reason)
            else:
                self.stuck = True
            return
        for hop, arrived in carried:
            if hop.kind != "park":
                self._arrive(hop.entry, arrived)

    def _reason(self, exc: Exception) -> str:
        self.stopped = self.stopped or isinstance(exc, Cancelled)
        return STOPPED if self.stopped else str(exc)

    def _turn_back(self, carried: Sequence[Hop]) -> bool:
        """Take back what was done of a ring. What cannot go back waits where it is for the next start, which tries
        again. The journal is first, or it would take an empty parking place for an arrival."""
        for hop in reversed(carried):
            if hop.kind == "park":
                self._journal.mark(hop.entry.position, self._way.planned)
                self._journal.flush()
            try:
                self._carrier.turn_back(hop)
            except OSError:
                return False
        return True

    def _arrive(self, entry: Entry, carried: Carried) -> None:
        position, there, id = entry.position, self._way.there, entry.sound_id
        if id is None:
            self._journal.arrived(position, there, None)
            return
        held = entry.action == "remove" and not self._way.back
        arrival = Arrival(id, entry.target, held, entry.action == "rename", carried.copy)
        if held and carried.links > 1:
            self._journal.mark(position, there, frees=self._freed(entry, carried), arrival=arrival)
        else:
            self._journal.arrived(position, there, arrival)

    def _freed(self, entry: Entry, carried: Carried) -> int:
        """A file with several names is freed by the last of them."""
        self._linked[carried.inode] += 1
        return entry.size_bytes if self._linked[carried.inode] == carried.links else 0

    def _fail(self, group: Sequence[Hop], reason: str | None) -> None:
        for position in {hop.entry.position for hop in group}:
            self.failed.add(position)
            self._journal.mark(position, self._way.not_there, reason=reason)


def folders(entries: Iterable[Entry]) -> set[str]:
    """Where the names of ``entries`` change."""
    return {os.path.dirname(path) for entry in entries for path in (entry.path, entry.target)}


def owners(entries: Sequence[Entry]) -> dict[int, int]:
    """For each side file of a receipt the position of its sound, of all its ``entries`` the last one before it."""
    found: dict[int, int] = {}
    owner = -1
    for entry in entries:
        if entry.sound_id is not None:
            owner = entry.position
        elif entry.action != "make":
            found[entry.position] = owner
    return found
