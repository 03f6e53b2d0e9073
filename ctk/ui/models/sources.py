"""The folders that the library is made of: how each stands, and what can be done about it."""

import os
from collections.abc import Callable, Sequence

from ctk import contract, paths
from ctk.events import SourcesChanged
from ctk.records import Problem, Source, Vanished
from ctk.ui.models import words
from ctk.ui.models.jobs import Scans
from ctk.ui.models.library import Library
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump


class Sources:
    """``changed()`` tells that the list, the focus or the problems are other ones, ``told(sentence)`` what was done.

    ``vanished`` are the sources of which very many files are gone at once; nothing is marked missing until
    ``accept`` says that they really are.
    """

    def __init__(self, sources: Callable[[], contract.Sources], library: Library, scans: Scans, pump: Pump) -> None:
        self.changed: Signal[[]] = Signal()
        self.told: Signal[[str]] = Signal()
        self.focus: int | None = None
        self.vanished: Sequence[Vanished] = ()
        self._sources = sources
        self._library = library
        self._scans = scans
        self._pump = pump
        self._problems: Sequence[Problem] = ()
        library.changed.connect(self._counted)
        pump.listen(SourcesChanged, lambda _: self._ask_problems())

    @property
    def rows(self) -> Sequence[Source]:
        """All of them, in the order they were added."""
        return self._library.stats.sources if self._library.stats is not None else ()

    @property
    def focused(self) -> Source | None:
        """The one that is pointed at."""
        return self.rows[self.focus] if self.focus is not None and self.focus < len(self.rows) else None

    @property
    def problems(self) -> Sequence[Problem]:
        """The files of the source in focus that cannot be read."""
        source = self.focused
        if source is None:
            return ()
        top = os.path.join(source.path, "")
        return [problem for problem in self._problems if problem.path.startswith(top)]

    def arrive(self) -> None:
        """The page is in sight: look again which drives are here."""
        self._counted()
        self._pump.call(lambda: self._sources().list(), key="sources")
        self._ask_problems()

    def point(self, position: int) -> None:
        """Give the focus to a source."""
        self.focus = position
        self.changed()

    def rescan(self, source: Source) -> None:
        self._scans.scan([source.path])

    def locate(self, source: Source, folder: str) -> None:
        """The source is in ``folder`` now."""
        self._do(
            lambda: self._sources().locate(source.id, path=folder),
            f"{title(source)} is found again; everything known of its sounds stays.",
        )

    def protect(self, source: Source, on: bool) -> None:
        self._do(
            lambda: self._sources().protect(source.id, on=on),
            f"Nothing in {title(source)} can be moved, renamed or removed now."
            if on
            else f"{title(source)} is no longer protected.",
        )

    def remove(self, source: Source) -> None:
        self.focus = None
        self._do(
            lambda: self._sources().remove(source.id), f"{title(source)} was forgotten; its files are where they were."
        )

    def forget_missing(self) -> None:
        """Drop the rows of sounds whose files are gone."""

        def done(count: int) -> None:
            self.told(f"{words.sounds(count)} dropped from the catalog." if count else "No sound is missing.")

        self._pump.call(lambda: self._sources().forget_missing(), key="forget", then=done, fail=self._failed)

    def ask(self, vanished: Sequence[Vanished]) -> None:
        """Somebody has to say whether these really are gone."""
        told = {other.source_id for other in vanished}
        self.vanished = [*(other for other in self.vanished if other.source_id not in told), *vanished]
        self._ask_problems()
        self.changed()

    def accept(self, vanished: Vanished) -> None:
        """They really are gone: scan that source again and mark them missing."""
        self.vanished = [other for other in self.vanished if other is not vanished]
        self._scans.accept(vanished.path)
        self.changed()

    def keep(self, vanished: Vanished) -> None:
        """Leave them as they are, until the next scan."""
        self.vanished = [other for other in self.vanished if other is not vanished]
        self.changed()

    def _counted(self) -> None:
        self.focus = min(self.focus or 0, len(self.rows) - 1) if self.rows else None
        self.changed()

    def _do(self, request: Callable[[], object], sentence: str) -> None:
        self._pump.call(request, key="source", then=lambda _: self.told(sentence), fail=self._failed)

    def _failed(self, error: Exception) -> None:
        self.told(str(error))

    def _ask_problems(self) -> None:
        self._pump.call(lambda: self._sources().problems(), key="problems", then=self._take_problems)

    def _take_problems(self, problems: Sequence[Problem]) -> None:
        self._problems = problems
        self.changed()


def beginning(sources: Sequence[Source]) -> str:
    """Where somebody who adds a folder begins to look: beside the one that was added last, or else where music is."""
    here = [source.path for source in sources if source.state == "ok"]
    if here:
        return os.path.dirname(here[-1])
    folders = paths.user_folders()
    return folders["music"] if os.path.isdir(folders["music"]) else folders["home"]


def title(source: Source) -> str:
    """What people call it: the name of its folder."""
    return words.safe(os.path.basename(source.path.rstrip(os.sep)) or source.path)


def state(source: Source) -> str:
    """``available``, or where it was last seen: ``not connected, on SAMPLES, last seen 7 May 2026``."""
    if source.state == "ok":
        return "available, protected" if source.protected else "available"
    parts = ["not connected"]
    if source.volume:
        parts.append(f"on {words.safe(source.volume)}")
    if source.seen_s:
        parts.append(f"last seen {words.day(source.seen_s)}")
    return ", ".join(parts)


def question(vanished: Vanished) -> str:
    """What is asked before so many files are marked missing."""
    name = words.safe(os.path.basename(vanished.path.rstrip(os.sep)) or vanished.path)
    return (
        f"{vanished.gone:,} of {vanished.files:,} files in {name} are gone at once. Nothing was marked missing: "
        "perhaps a drive is half connected, or a folder was moved away."
    )
