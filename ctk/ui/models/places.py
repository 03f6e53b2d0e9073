"""Places where audio was found, and which of them are to be added."""

import os
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from ctk.contract import Sources
from ctk.errors import Cancelled, CtkError
from ctk.events import JobChanged, PlacesFound
from ctk.jobs import Job
from ctk.records import Place
from ctk.ui.models import words
from ctk.ui.models.jobs import Scans
from ctk.ui.models.signal import Signal
from ctk.ui.models.work import Work
from ctk.ui.pump import Pump

Fate = Literal["added", "left out", "inside", "known"]
"""What becomes of a place: ``inside`` is part of one that is added, ``known`` is in the catalog already."""

BEGIN = "Looking where audio usually is..."
STOPPED = "The search was stopped; these places were found so far."
NOTHING = "No audio was found in the usual places. Choose the folder or drive that holds your sounds."


class Choice(NamedTuple):
    """A place, what becomes of it, and the place that it is part of then."""

    place: Place
    fate: Fate
    around: Place | None = None


class Places:
    """``changed()`` tells that places were found, chosen or left out, or how the search goes.

    ``choices`` stay where they are while the search goes on; in the end the place with the most comes first, unless
    the user chose before.
    """

    def __init__(self, sources: Callable[[], Sources], work: Work, scans: Scans, pump: Pump) -> None:
        self.changed: Signal[[]] = Signal()
        self.choices: Sequence[Choice] = ()
        self.searching = self.searched = False
        self._sources = sources
        self._work = work
        self._scans = scans
        self._job: Job[Sequence[Place]] | None = None
        self._places: dict[str, Place] = {}
        self._left_out: set[str] = set()
        self._touched = self._stopping = False
        self._note = ""
        pump.listen(PlacesFound, lambda event: self._meanwhile(event.places))
        pump.listen(JobChanged, self._heard)

    @property
    def note(self) -> str:
        """How the search goes, or what it came to."""
        return self._note

    @property
    def summary(self) -> str:
        """``3 places   12,340 sounds   31 GB``, of what will be added."""
        count = len(self.wanted)
        if not count:
            return ""
        added = [choice.place for choice in self.choices if choice.fate in ("added", "inside")]
        files, size = sum(place.files for place in added), sum(place.bytes for place in added)
        parts = ("1 place" if count == 1 else f"{count:,} places", words.sounds(files), words.size(size))
        return "   ·   ".join(parts)

    @property
    def wanted(self) -> list[str]:
        """The folders that will be added."""
        return [choice.place.path for choice in self.choices if choice.fate == "added"]

    def look(self) -> None:
        """Search the usual places, unless that is being done."""
        if not self.searching:
            self.searching, self._note = True, BEGIN
            self.searched = self._touched = self._stopping = False
            self._work.run(self._start, self._found, self._ended_badly)
            self.changed()

    def toggle(self, at: int) -> None:
        """Leave a place out, or take it in again."""
        place, fate, _ = self.choices[at]
        if fate in ("added", "left out"):
            self._touched = True
            self._left_out ^= {place.path}
            self._arrange()

    def toggle_all(self) -> None:
        """Take in everything; when that is so already, nothing."""
        self._touched = True
        every = {choice.place.path for choice in self.choices}
        self._left_out = every if self._left_out.isdisjoint(every) else self._left_out - every
        self._arrange()

    def add(self) -> None:
        """Add what was chosen and scan it; the search is over then."""
        wanted = self.wanted
        if wanted:
            self.stop()
            self._scans.scan(wanted)

    def stop(self) -> None:
        """Search no further."""
        self._stopping = self.searching
        if self._job is not None:
            self._job.cancel()

    def _start(self) -> Job[Sequence[Place]]:
        """On a worker."""
        self._job = job = self._sources().discover()
        if self._stopping:
            job.cancel()
        return job

    def _heard(self, event: JobChanged) -> None:
        if self.searching and self._job is not None and event.status.id == self._job.id:
            self._note = words.safe(event.status.progress.words)
            self.changed()

    def _meanwhile(self, places: Sequence[Place]) -> None:
        if self.searching:
            self._take(places)

    def _found(self, places: Sequence[Place]) -> None:
        self.searched = True
        if not self._touched:
            self._places.clear()
        self._end("" if places else NOTHING)
        self._take(places)

    def _ended_badly(self, error: CtkError) -> None:
        self._end((STOPPED if self._places else "") if isinstance(error, Cancelled) else str(error))
        self.changed()

    def _end(self, note: str) -> None:
        self.searching, self._job, self._note = False, None, note

    def _take(self, places: Sequence[Place]) -> None:
        found = {place.path: place for place in places}
        kept = {path: found[path] for path in self._places if path in found}
        self._places = kept | found
        self._arrange()

    def _arrange(self) -> None:
        places = list(self._places.values())
        added = [place for place in places if place.source_id is None and place.path not in self._left_out]
        self.choices = [_choice(place, added) for place in places]
        self.changed()


def _choice(place: Place, added: Sequence[Place]) -> Choice:
    if place.source_id is not None:
        return Choice(place, "known")
    around = next((other for other in added if _lies_in(place.path, other.path)), None)
    if around is not None:
        return Choice(place, "inside", around)
    return Choice(place, "added" if place in added else "left out")


def _lies_in(path: str, folder: str) -> bool:
    return os.path.normcase(path).startswith(os.path.join(os.path.normcase(folder), ""))
