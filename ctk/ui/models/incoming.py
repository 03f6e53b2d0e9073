"""What becomes of folders and files that are dropped on the window.

A folder becomes a source. A file that is catalogued is gone to; one that lies in a source is looked for there; for
one from elsewhere it is offered to add its folder.
"""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ctk.contract import Catalog, Sources
from ctk.paths import os_path
from ctk.records import Source
from ctk.ui.models import words
from ctk.ui.models.jobs import Scans
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

MANY_FILES = 500
"""No more files than this are looked for in the catalog."""
_PAGE = 1000


class Arrivals(NamedTuple):
    """``added`` are new sources, ``inside`` the sources that other dropped things lie in, ``found`` catalogued
    sounds, ``unknown`` files that are not catalogued though they lie in a source, ``outside`` those in no source."""

    added: Sequence[Source]
    inside: Sequence[str]
    found: Sequence[int]
    unknown: Sequence[str]
    outside: Sequence[str]


class Incoming:
    """``take(paths)``. ``told(sentence, label, act)`` says what happens, with something to do about it (``""``: not);
    ``found(ids)`` are the sounds to go to; ``trouble(sentence)`` is bad news."""

    def __init__(self, catalog: Catalog, sources: Callable[[], Sources], pump: Pump, scans: Scans) -> None:
        self.told: Signal[[str, str, Callable[[], None]]] = Signal()
        self.found: Signal[[Sequence[int]]] = Signal()
        self.trouble: Signal[[str]] = Signal()
        self._catalog = catalog
        self._sources = sources
        self._pump = pump
        self._scans = scans
        self._awaited: Sequence[str] = ()
        self._unwanted: Sequence[Source] = ()
        scans.changed.connect(lambda _: pump.later(0, self._look_again, key="incoming"))

    def take(self, paths: Sequence[str]) -> None:
        """These were dropped."""
        self._pump.call(lambda: sort_out(self._catalog, self._sources(), paths), then=self._arrived)

    def _arrived(self, arrivals: Arrivals) -> None:
        if not any(arrivals):
            self.trouble("What was dropped is no file or folder of this computer.")
        if arrivals.found:
            self.found(arrivals.found)
        if arrivals.inside:
            self._awaited = arrivals.unknown
            self._scans.scan(arrivals.inside)
            self.told(f"{_names(arrivals.inside)} is looked through for what is new there.", "", _nothing)
        if arrivals.outside:
            self._offer(arrivals.outside)
        if arrivals.added:
            self._scans.scan([source.path for source in arrivals.added])
            self._tell_added(arrivals.added)

    def _tell_added(self, added: Sequence[Source]) -> None:
        are = "is one of your folders now" if len(added) == 1 else "are among your folders now"
        names = _names([source.path for source in added])
        self.told(f"{names} {are}; what is in there is being read.", "Undo", lambda: self._take_back(added))

    def _offer(self, outside: Sequence[str]) -> None:
        folders = sorted({os.path.dirname(path) for path in outside})
        are = "is" if len(outside) == 1 else "are"

        def add() -> None:
            self._awaited = outside
            self.take(folders)

        label = f"Add {_names(folders)}" if len(folders) == 1 else f"Add {len(folders)} folders"
        self.told(f"{_names(outside)} {are} in none of your folders.", label, add)

    def _take_back(self, added: Sequence[Source]) -> None:
        """Not before the scan of them has ended, which goes on writing until then."""
        self._unwanted = added
        self._awaited = ()
        self._scans.cancel()
        self._look_again()

    def _look_again(self) -> None:
        """Once no scan runs or waits any more."""
        if self._scans.running:
            return
        self._remove_unwanted()
        awaited, self._awaited = self._awaited, ()
        if awaited:
            self._pump.call(lambda: find(self._catalog, awaited), then=lambda ids: self._tell_awaited(awaited, ids))

    def _tell_awaited(self, awaited: Sequence[str], ids: Sequence[int]) -> None:
        if ids:
            self.found(ids)
        else:
            self.trouble(f"{_names(awaited)}: no sound that can be catalogued.")

    def _remove_unwanted(self) -> None:
        unwanted, self._unwanted = self._unwanted, ()
        if not unwanted:
            return

        def remove() -> None:
            for source in unwanted:
                self._sources().remove(source.id)

        names = _names([source.path for source in unwanted])
        sentence = f"{names} {'is' if len(unwanted) == 1 else 'are'} no longer among your folders; no file was touched."
        self._pump.call(remove, then=lambda _: self.told(sentence, "", _nothing))


def sort_out(catalog: Catalog, sources: Sources, paths: Sequence[str]) -> Arrivals:
    """What each of ``paths`` is to this catalog, on a worker; new folders are added as sources."""
    known = list(sources.list())
    added: list[Source] = []
    inside: dict[str, None] = {}
    files: list[str] = []
    outside: list[str] = []
    for path in dict.fromkeys(paths):
        source = _around(path, known)
        if os.path.isdir(os_path(path)):
            if source is None:
                source = sources.add(path)
                if source.id not in (other.id for other in known):
                    added.append(source)
                    known.append(source)
                    continue
            inside[source.path] = None
        elif os.path.isfile(os_path(path)):
            (outside if source is None else files).append(path)
    found = find(catalog, files)
    unknown = () if len(found) == len(files) else [path for path in files if not find(catalog, [path])]
    for path in unknown:
        if (source := _around(path, known)) is not None:
            inside[source.path] = None
    return Arrivals(added, list(inside), found, unknown, outside)


def find(catalog: Catalog, paths: Iterable[str]) -> list[int]:
    """The ids of those that are catalogued, of the first ``MANY_FILES``."""
    found = []
    for path, _ in zip(paths, range(MANY_FILES), strict=False):
        wanted = os.path.normcase(path)
        names = (os.path.basename(path), os.path.basename(os.path.dirname(path)))
        text = " ".join(f'"{word}"' for name in names for word in re.findall(r"[^\W_]+", name))
        offset = 0
        while rows := catalog.search(text, offset=offset, limit=_PAGE).rows:
            offset += _PAGE
            hit = next((row.id for row in rows if os.path.normcase(row.path) == wanted and row.state != "held"), None)
            if hit is not None:
                found.append(hit)
                break
    return found


def _around(path: str, sources: Sequence[Source]) -> Source | None:
    """The deepest source that ``path`` is, or lies in."""
    path = os.path.normcase(path)
    around = [
        source
        for source in sources
        if path == (root := os.path.normcase(source.path)) or path.startswith(os.path.join(root, ""))
    ]
    return max(around, key=lambda source: len(source.path), default=None)


def _names(paths: Sequence[str]) -> str:
    first = f"“{words.name(paths[0])}”"
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1:,} more"


def _nothing() -> None:
    """There is nothing to do about it."""
