"""Proving that sounds are the same, byte for byte: what shares size and fingerprint is read whole, once.

The hash of the content is kept with the row until size or time of the file change, so only candidates that are new are
read. Sounds of a drive that is not here take part where their hash is known.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from ctk.catalog import duplicate_rows
from ctk.catalog.duplicate_rows import Candidate, Key
from ctk.catalog.presence import Presence
from ctk.catalog.store import Connection, Store, revision_of
from ctk.duplicates.hashing import Hashing
from ctk.duplicates.presence import status
from ctk.fingerprint import WHOLE_BYTES
from ctk.jobs import Task
from ctk.records import Problem

KEYS_AT_ONCE: Final = 2000
"""So many keys are put into groups in one transaction, about 0.1 s."""


def prove(store: Store, task: Task) -> list[Problem]:
    """Bring the exact groups up to date with the catalog; says which files had to be left out."""
    task.report("Looking for sounds that may be the same")
    store.write(duplicate_rows.settle).result()
    with store.snapshot() as connection:
        revision = revision_of(connection)
        keys = duplicate_rows.keys(connection, duplicate_rows.last_find(connection, "exact"))
        suspects = _Suspects(connection, keys, task)
    hashing = Hashing(store, task)
    hashing.run(suspects.unread)
    task.report("Putting the same sounds together")
    if suspects.links:
        store.write(lambda connection: duplicate_rows.set_links(connection, suspects.links)).result()
    rest = iter(keys)
    while part := list(islice(rest, KEYS_AT_ONCE)):
        task.check()
        _rebuild(store, part)

    def finish(connection: Connection) -> None:
        duplicate_rows.set_unproven(connection, suspects.unproven | hashing.failed)
        duplicate_rows.set_last_find(connection, "exact", revision)

    store.write(finish).result()
    return hashing.problems


def _rebuild(store: Store, keys: list[Key]) -> None:
    store.write(lambda connection: duplicate_rows.rebuild(connection, keys)).result()


class _Suspects:
    """What is to be found out of rows that share a key.

    ``unread`` are files to read whole, each with all its names; ``unproven`` the keys of those that cannot be read now;
    ``links`` how many names files have by now, where the catalog says otherwise: a scan does not notice a new link.
    """

    def __init__(self, connection: Connection, keys: Iterable[Key], task: Task) -> None:
        self.unread: list[list[Candidate]] = []
        self.unproven: set[Key] = set()
        self.links: list[tuple[int, int]] = []
        self._presence = Presence(connection)
        for key in keys:
            task.check()
            files: dict[object, list[Candidate]] = defaultdict(list)
            for candidate in duplicate_rows.candidates(connection, key):
                files[candidate.file].append(candidate)
            for names in files.values():
                self._count_links(names)
            if key[1] > WHOLE_BYTES:  # up to there the fingerprint is made from all of the file
                self._add(key, list(files.values()))

    def _add(self, key: Key, files: Sequence[list[Candidate]]) -> None:
        unknown = [names for names in files if any(name.full_hash is None for name in names)]
        readable = [names for names in unknown if self._presence.of(names[0].root)]
        if len(readable) < len(unknown):
            self.unproven.add(key)
        if len(files) - len(unknown) + len(readable) > 1:
            self.unread += readable

    def _count_links(self, names: Sequence[Candidate]) -> None:
        if len(names) == 1 and (names[0].links or 1) == 1:
            return
        found = status(names[0].path)
        if found is not None:
            self.links += [(found.st_nlink, name.id) for name in names if name.links != found.st_nlink]
