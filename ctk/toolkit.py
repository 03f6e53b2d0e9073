"""An open home: makes the capabilities, hands them what they need of each other, closes them. No logic of its own.

What the first paint does not need is made, and imported, when it is first asked for; only a batch that was left half
done is put right at once.
"""

import os
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ctk import paths
from ctk.audio.player import Player
from ctk.catalog import journal_rows
from ctk.catalog.catalog import Catalog
from ctk.catalog.store import Store
from ctk.errors import CatalogError
from ctk.events import CatalogChanged, Events
from ctk.jobs import Jobs
from ctk.settings import Settings

if TYPE_CHECKING:
    from ctk.batch.batch import Batch
    from ctk.classify.classify import Classify
    from ctk.doctor import Doctor
    from ctk.duplicates.duplicates import Duplicates
    from ctk.facts.facts import Facts
    from ctk.sources.sources import Sources
    from ctk.waveforms.waveforms import Waveforms


class Toolkit:
    """See ``ctk.contract.Toolkit``; ``ctk.open()`` makes one."""

    def __init__(self, home: str | os.PathLike[str] | None = None) -> None:
        self.home: Path = paths.home(home)
        _make(self.home)
        self.events = Events()
        self.jobs = Jobs(self.events)
        self.settings = Settings.load(self.home / "settings.json")
        self._store = Store(self.home / "catalog.db")
        self._store.on_commit(lambda revision: self.events.emit(CatalogChanged(revision)))
        self.catalog = Catalog(
            self._store,
            self.home / "derived.db",
            lambda id, among: self.classify.alike(id, among),  # noqa: PLW0108  # loaded when somebody asks
        )
        self.audio = Player(
            lambda id: self.catalog.get(id).path,
            self.events,
            self.settings,
            hints=lambda id: self.waveforms.hints(id),  # noqa: PLW0108  # loaded at the first sound
            played=self.catalog.note_played,
            step_aside=self.jobs.step_aside,
        )
        if journal_rows.unfinished(self._store.read()):
            self.batch.recovered()

    @cached_property
    def sources(self) -> "Sources":
        from ctk.sources.sources import Sources

        return Sources(
            self._store,
            self.jobs,
            self.events,
            listed=lambda: self.catalog.stats().sources,
            scanned=self.catalog.save_if_worthwhile,
        )

    @cached_property
    def facts(self) -> "Facts":
        from ctk.facts.facts import Facts

        return Facts(self._store, self.catalog, self.jobs)

    @cached_property
    def batch(self) -> "Batch":
        from ctk.batch.batch import Batch
        from ctk.sources.walk import SKIPPED_FOLDERS

        return Batch(self._store, self.jobs, self.events, release=self.audio.release, unseen=SKIPPED_FOLDERS)

    @cached_property
    def duplicates(self) -> "Duplicates":
        from ctk.duplicates.duplicates import Duplicates

        return Duplicates(self._store, self.jobs, plan_clean=self.batch.plan_clean)

    @cached_property
    def waveforms(self) -> "Waveforms":
        from ctk.waveforms.waveforms import Waveforms

        return Waveforms(self._store, self.home / "derived.db", self.jobs, self.events, self.settings)

    @cached_property
    def classify(self) -> "Classify":
        from ctk.classify.classify import Classify

        return Classify(self._store, self.home, self.jobs, self.catalog)

    @cached_property
    def doctor(self) -> "Doctor":
        from ctk.doctor import Doctor

        return Doctor(self.home, self._store, self.audio, self.waveforms, self.sources)

    def close(self) -> None:
        self.audio.close()
        if "sources" in self.__dict__:
            self.sources.close()
        self.jobs.close()
        if "waveforms" in self.__dict__:  # asking for it would make it
            self.waveforms.close()
        if "classify" in self.__dict__:
            self.classify.close()
        self.catalog.close()
        self._store.close()

    def __enter__(self) -> "Toolkit":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _make(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise CatalogError(f"The folder {home} cannot be used for the catalog: {exc.strerror}.") from exc
