"""The duplicates capability: finding what is there more than once, and choosing which copy stays."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from ctk.catalog import duplicate_folders, duplicate_rows, source_rows
from ctk.catalog.store import Connection, Store
from ctk.duplicates import groups as listing
from ctk.duplicates import keep as keeping
from ctk.duplicates.choices import Choices
from ctk.duplicates.exact import prove
from ctk.duplicates.folders import overlaps
from ctk.duplicates.near import find as find_near
from ctk.errors import NotFound, UsageError
from ctk.jobs import Job, Jobs, Task
from ctk.records import Group, Groups, Overlap, Plan

PlanClean = Callable[[Sequence[tuple[int, int]]], Plan]
"""Makes the plan that removes the first sound of each pair, as a copy of the second."""


class Duplicates:
    """See ``ctk.contract.Duplicates``."""

    def __init__(self, store: Store, jobs: Jobs, plan_clean: PlanClean) -> None:
        self._store = store
        self._jobs = jobs
        self._plan_clean = plan_clean

    def find(self, *, near: bool = False) -> Job[Groups]:
        def work(task: Task) -> Groups:
            problems = prove(self._store, task)
            if near:
                find_near(self._store, task)
            return replace(self._listed(0, -1, exact_only=not near), problems=tuple(problems))

        return self._jobs.start("Finding duplicates", work)

    def summary(self, *, offset: int = 0, limit: int = 200) -> Groups:
        if offset < 0 or limit < 0:
            raise UsageError("A page cannot begin or end before the first group: offset and limit are 0 or more.")
        return self._listed(offset, limit)

    def folders(self, *, limit: int = 100) -> Sequence[Overlap]:
        with self._settled() as connection:
            roots = [root.path for root in source_rows.roots(connection)]
            spreads = duplicate_folders.spreads(connection)
            return overlaps(duplicate_folders.folders(connection), spreads, roots)[:limit]

    def dismiss(self, group_id: int) -> None:
        self._set_dismissed(group_id, on=True)

    def restore(self, group_id: int) -> None:
        self._set_dismissed(group_id, on=False)

    def rules(self) -> Sequence[str]:
        with self._store.translated():
            return duplicate_rows.keep_rules(self._store.read()) or keeping.DEFAULT

    def set_rules(self, rules: Sequence[str]) -> None:
        stored = keeping.checked(rules)
        self._store.write(lambda connection: duplicate_rows.set_keep_rules(connection, stored)).result()

    def plan(
        self,
        groups: Sequence[int] | None = None,
        *,
        keep: Mapping[int, int] | None = None,
        rules: Sequence[str] | None = None,
    ) -> Plan:
        order = self.rules() if rules is None else keeping.checked(rules)
        with self._settled() as connection:
            choices = Choices(connection, groups, keep or {}, order)
        plan = self._plan_clean(choices.pairs)
        return replace(plan, refused=[*choices.refused, *plan.refused], warnings=[*choices.warnings, *plan.warnings])

    def _listed(self, offset: int, limit: int, *, exact_only: bool = False) -> Groups:
        rules = self.rules()
        with self._settled() as connection:
            total, wasted = duplicate_rows.totals(connection, exact_only=exact_only)
            rows = duplicate_rows.listed(connection, offset, limit, exact_only=exact_only)
            files = listing.by_group(duplicate_rows.files(connection, [row.id for row in rows]))
        shown: list[Group] = [listing.group(row, files[row.id], rules) for row in rows]
        return Groups(total, wasted, shown)

    @contextmanager
    def _settled(self) -> Iterator[Connection]:
        """A moment of the catalog in which no group holds a sound that changed since it was proven."""
        while True:
            with self._store.snapshot() as connection:
                if not duplicate_rows.is_stale(connection):
                    yield connection
                    return
            self._store.write(duplicate_rows.settle).result()

    def _set_dismissed(self, group_id: int, *, on: bool) -> None:
        known = self._store.write(lambda connection: duplicate_rows.set_dismissed(connection, group_id, on=on)).result()
        if not known:
            raise NotFound(f"There is no group of duplicates with the number {group_id}.")
