"""The tags or collections of some sounds: which of them have which, which others there are, and what is being typed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ctk.contract import Catalog, Facts
from ctk.errors import NotFound
from ctk.events import CatalogChanged
from ctk.records import Label
from ctk.ui.models.marking import Done, Kind, Marking, asking, names_in
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

FEW = 200
"""So many sounds are asked one by one; of more, each label is counted."""
REFRESH_MS = 300
HINTS = 6


class Found(NamedTuple):
    """Every label there is, and how many of the sounds have each that some have."""

    known: Sequence[Label] = ()
    held: Mapping[str, int] = {}


class Labels:
    """``open`` it over sounds, ``close`` it; ``changed()`` tells that there is something else to show."""

    def __init__(self, catalog: Catalog, facts: Callable[[], Facts], pump: Pump, marking: Marking) -> None:
        self.changed: Signal[[]] = Signal()
        self.kind: Kind = "tag"
        self.ids: Sequence[int] = ()
        self._catalog = catalog
        self._facts = facts
        self._pump = pump
        self._marking = marking
        self._found = Found()
        marking.told.connect(self._told)
        pump.listen(CatalogChanged, lambda _: self._look_soon())

    @property
    def held(self) -> Sequence[tuple[str, int]]:
        """The labels that some of the sounds have, by name, and how many have each."""
        return sorted(self._found.held.items(), key=lambda pair: pair[0].casefold())

    @property
    def known(self) -> Sequence[Label]:
        """Every label there is."""
        return self._found.known

    def open(self, kind: Kind, ids: Sequence[int], *, wait_s: float = 0.0) -> None:
        """Look at these sounds from now on; the first answer is here when this returns, if it comes within
        ``wait_s``."""
        self.kind, self.ids, self._found = kind, ids, Found()
        self._look(wait_s)

    def close(self) -> None:
        self.ids = ()
        self._pump.drop("labels")

    def hints(self, text: str) -> Sequence[Label]:
        """What the last word that is being typed could become, the likeliest first."""
        typed = text.rpartition(",")[2].strip().casefold()
        everywhere = {name.casefold() for name, count in self._found.held.items() if count == len(self.ids)}
        taken = everywhere | {name.casefold() for name in names_in(text.rpartition(",")[0])}
        fits = [label for label in self.known if typed in label.name.casefold() and label.name.casefold() not in taken]
        fits.sort(key=lambda label: (not label.name.casefold().startswith(typed), -label.count, label.name.casefold()))
        return fits[:HINTS]

    def add(self, text: str) -> None:
        """Give all of them what was typed."""
        names = names_in(text)
        if names:
            self._marking.add(self.kind, self.ids, names)

    def drop(self, name: str) -> None:
        """Take it from all of them."""
        self._marking.drop(self.kind, self.ids, name)

    def _told(self, _: Done) -> None:
        if self.ids:
            self._look()

    def _look_soon(self) -> None:
        if self.ids:
            self._pump.later(REFRESH_MS, self._look, key="labels")

    def _look(self, wait_s: float = 0.0) -> None:
        if self.ids:
            work = (self._catalog, self._facts, self.kind, self.ids)
            self._pump.call(found, *work, then=self._take, key="labels", wait_s=wait_s)

    def _take(self, found: Found) -> None:
        self._found = found
        self.changed()


def found(catalog: Catalog, facts: Callable[[], Facts], kind: Kind, ids: Sequence[int]) -> Found:
    """On a worker."""
    said = facts()
    known = said.tags() if kind == "tag" else said.collections()
    if len(ids) > FEW:
        counts = {label.name: _hits(catalog, kind, label.name, ids) for label in known}
        return Found(known, {name: count for name, count in counts.items() if count})
    held: Counter[str] = Counter()
    for id in ids:
        try:
            marks = said.of(id)
        except NotFound:
            continue
        held.update(marks.tags if kind == "tag" else marks.collections)
    return Found(known, held)


def _hits(catalog: Catalog, kind: Kind, name: str, ids: Sequence[int]) -> int:
    return catalog.search(asking(kind, name), limit=1, only_ids=ids).total
