"""Which sources are here: a drive that left must not be taken for an empty folder."""

import os
from collections.abc import Iterable

from ctk.batch.holding import FOLDER
from ctk.catalog import relocation, rows
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Connection
from ctk.paths import has_entries, os_path


class Presence:
    """Looks at each source once, so it is made anew for each piece of work."""

    def __init__(self, connection: Connection, roots: Iterable[Root]) -> None:
        self._connection = connection
        self._roots = tuple(roots)
        self._here: dict[str, bool] = {}

    def root_of(self, path: str) -> Root | None:
        """The source that a file at ``path`` belongs to."""
        return relocation.root_of(self._roots, path)

    def of(self, path: str) -> bool:
        """Whether the drive is here that a file at ``path`` is or would be on."""
        root = self.root_of(path)
        top = root.path if root else path.partition(os.sep + FOLDER + os.sep)[0]
        if top not in self._here:
            had_files = root is None or bool(rows.folders(self._connection, root.id))
            self._here[top] = has_entries(top) if had_files else os.path.isdir(os_path(top))
        return self._here[top]
