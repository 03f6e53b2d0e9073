"""Which copies of which groups go: rules and the user's own word, checked against the disk as it is now."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ctk.catalog import duplicate_rows
from ctk.catalog.duplicate_rows import FileRow, GroupRow
from ctk.catalog.presence import Presence
from ctk.catalog.store import Connection
from ctk.duplicates.groups import by_group, facts
from ctk.duplicates.hashing import CHANGED
from ctk.duplicates.keep import choose, of_copies
from ctk.duplicates.presence import is_intact, status
from ctk.errors import NotFound, UsageError
from ctk.records import Refusal

KEPT_AWAY: Final = "The copy to keep is not here as it was, so this one stays as well."
SAME_FILE: Final = "This is the copy to keep itself, under another name."


class Choices:
    """``pairs`` of (spare, kept) sounds; ``refused`` and ``warnings`` say what will not happen, and what to know.

    Raises ``NotFound`` for a group that never was, ``UsageError`` where the request makes no sense.
    """

    def __init__(
        self, connection: Connection, groups: Sequence[int] | None, keep: Mapping[int, int], rules: Sequence[str]
    ) -> None:
        self.pairs: list[tuple[int, int]] = []
        self.refused: list[Refusal] = []
        self._rules = of_copies(rules)
        self._presence = Presence(connection)
        self._ties = 0
        rows = _wasteful(connection) if groups is None else _asked(connection, groups)
        if strange := keep.keys() - {row.id for row in rows}:
            raise UsageError(f"A copy to keep was named for group {min(strange)}, which is not to be cleaned up.")
        files = by_group(duplicate_rows.files(connection, [row.id for row in rows]))
        for row in rows:
            self._add(row, files[row.id], keep.get(row.id))

    @property
    def warnings(self) -> list[str]:
        if not self._ties:
            return []
        many = f"{self._ties:,} groups" if self._ties > 1 else "one group"
        return [f"No rule tells the copies of {many} apart; the first by its path stays."]

    def _add(self, row: GroupRow, files: Sequence[FileRow], wanted: int | None) -> None:
        if wanted is not None and wanted not in {file.id for file in files}:
            raise UsageError(f"Sound {wanted} is not in group {row.id}, so it cannot be the copy to keep there.")
        present = [file for file in files if file.here and self._presence.of(file.source)]
        intact = {file.id: found for file in present if (found := _as_said(file))}
        self.refused += [Refusal(file.id, file.path, CHANGED) for file in present if file.id not in intact]
        choice = choose([replace(facts(file), here=file.id in intact) for file in files], self._rules, wanted=wanted)
        if choice.winner is None:
            self.refused += [Refusal(file.id, file.path, KEPT_AWAY) for file in files if file.id in intact]
            return
        spares = [file for file in files if file.id in intact and file.id not in choice.stay | {choice.winner}]
        self._ties += choice.tie and bool(spares)
        for file in spares:
            if os.path.samestat(intact[file.id], intact[choice.winner]):
                self.refused.append(Refusal(file.id, file.path, SAME_FILE))
            else:
                self.pairs.append((file.id, choice.winner))


def _wasteful(connection: Connection) -> list[GroupRow]:
    return [row for row in duplicate_rows.listed(connection, 0, -1, exact_only=True) if row.wasted_bytes]


def _asked(connection: Connection, groups: Sequence[int]) -> list[GroupRow]:
    wanted = list(dict.fromkeys(groups))
    rows = duplicate_rows.some(connection, wanted)
    if missing := set(wanted) - {row.id for row in rows}:
        raise NotFound(f"There is no group of duplicates with the number {min(missing)}.")
    for row in rows:
        if row.kind != "exact":
            raise UsageError(f"Group {row.id} holds sounds that are alike but not the same; remove those one by one.")
        if row.dismissed:
            raise UsageError(f"Group {row.id} was marked as no duplicates; take that back first.")
    return rows


def _as_said(file: FileRow) -> os.stat_result | None:
    """What the disk says of a file, where that is what the catalog says."""
    found = status(file.path)
    return found if found and is_intact(found, file.size_bytes, file.mtime_ns) else None
