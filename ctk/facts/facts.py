"""The facts capability: what the user says of sounds, kept in the catalog alone."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from ctk.catalog import mark_rows
from ctk.catalog.catalog import Catalog
from ctk.catalog.query import parse
from ctk.catalog.store import Connection, Store
from ctk.errors import NotFound, UsageError
from ctk.jobs import Job, Jobs
from ctk.records import Exported, Imported, Label, Marks, SavedSearch

T = TypeVar("T")

FORMATS = ("json", "csv", "m3u8")


class Facts:
    """See ``ctk.contract.Facts``."""

    def __init__(self, store: Store, catalog: Catalog, jobs: Jobs) -> None:
        self._store = store
        self._catalog = catalog
        self._jobs = jobs

    def of(self, id: int) -> Marks:
        with self._store.snapshot() as connection:
            marks = mark_rows.of(connection, id)
        if marks is None:
            raise NotFound(f"There is no sound with the number {id}.")
        return marks

    def tag(self, ids: Sequence[int], tag: str) -> Sequence[int]:
        return self._said(lambda connection: mark_rows.tag(connection, ids, tag))

    def untag(self, ids: Sequence[int], tag: str) -> Sequence[int]:
        return self._said(lambda connection: mark_rows.untag(connection, ids, tag))

    def tags(self) -> Sequence[Label]:
        with self._store.snapshot() as connection:
            return mark_rows.tags(connection)

    def rate(self, ids: Sequence[int], stars: int) -> Mapping[int, int]:
        return self._said(lambda connection: mark_rows.rate(connection, ids, stars))

    def favourite(self, ids: Sequence[int], *, on: bool = True) -> Sequence[int]:
        return self._said(lambda connection: mark_rows.favourite(connection, ids, on))

    def note(self, ids: Sequence[int], text: str) -> Mapping[int, str]:
        return self._said(lambda connection: mark_rows.note(connection, ids, text))

    def collect(self, ids: Sequence[int], collection: str) -> Sequence[int]:
        return self._said(lambda connection: mark_rows.collect(connection, ids, collection))

    def uncollect(self, ids: Sequence[int] | None, collection: str) -> Sequence[int]:
        return self._said(lambda connection: mark_rows.uncollect(connection, ids, collection))

    def collections(self) -> Sequence[Label]:
        with self._store.snapshot() as connection:
            return mark_rows.collections(connection)

    def save_search(self, name: str, query: str) -> None:
        parse(query)
        self._said(lambda connection: mark_rows.save_search(connection, name, query))

    def forget_search(self, name: str) -> None:
        self._said(lambda connection: mark_rows.forget_search(connection, name))

    def searches(self) -> Sequence[SavedSearch]:
        with self._store.snapshot() as connection:
            return mark_rows.searches(connection)

    def export(
        self, file: str | Path | None = None, *, format: str | None = None, query: str | None = None
    ) -> Job[Exported]:
        from ctk.facts import exporting

        wanted = _format(file, format)
        if query is not None:
            parse(query)
        store, catalog = self._store, self._catalog
        return self._jobs.start(
            "Exporting tags, stars and notes",
            lambda task: exporting.write(task, store, catalog, file, wanted, query),
            background=False,
        )

    def import_(self, file: str | Path) -> Job[Imported]:
        from ctk.facts import importing

        store = self._store
        return self._jobs.start(
            "Importing tags, stars and notes", lambda task: importing.read(task, store, file), background=False
        )

    def _said(self, change: Callable[[Connection], T]) -> T:
        """What somebody said is on the disk when he hears back."""
        return self._store.write(change, durable=True).result()


def _format(file: str | Path | None, format: str | None) -> str:
    if format is None and file is None:
        return "json"
    wanted = (Path(file).suffix[1:] if format is None and file is not None else format or "").lower()
    if wanted not in FORMATS:
        raise UsageError(f"What you said of sounds is written as {', '.join(FORMATS[:-1])} or {FORMATS[-1]} only.")
    return wanted
