"""Which sources are here: a drive that left must not be taken for an empty folder."""

import os
from collections.abc import Iterable

from ctk.batch.holding import FOLDER
from ctk.catalog import presence, relocation
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Connection


class Presence:
    """Looks at each source once, so it is made anew for each piece of work."""

    def __init__(self, connection: Connection, roots: Iterable[Root]) -> None:
        self._sources = presence.Presence(connection)
        self._roots = tuple(roots)

    def root_of(self, path: str) -> Root | None:
        """The source that a file at ``path`` belongs to."""
        return relocation.root_of(self._roots, path)

    def of(self, path: str) -> bool:
        """Whether the drive is here that a file at ``path`` is or would be on."""
        root = self.root_of(path)
        return self._sources.of(root.path if root else path.partition(os.sep + FOLDER + os.sep)[0])
