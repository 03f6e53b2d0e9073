"""Which sources are here: a drive that left must not be taken for an empty folder, nor another drive for it."""

import os
from collections.abc import Sequence
from enum import Enum
from functools import partial
from typing import NamedTuple

from ctk import fingerprint
from ctk.catalog import folder_rows, source_rows
from ctk.catalog.folder_rows import Sample
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Connection
from ctk.paths import has_entries, os_path
from ctk.volumes.patience import within
from ctk.volumes.volumes import Volume, Volumes

PATIENCE_S = 10.0
"""A disk that sleeps takes about so long to answer; a network drive that takes longer is not here."""

_ENOUGH = 0.5
_READ_AT_MOST = 8
"""Files of which the edges are read where another drive is in a source's place."""


class Verdict(Enum):
    """``OTHER`` means that another drive, or another folder of the drive, is where the source was."""

    HERE = "here"
    OTHER = "other"
    GONE = "gone"


class Glance(NamedTuple):
    """A first look at the folder of a source, and at the drive that is there now."""

    verdict: Verdict
    volume: Volume | None


def glance(root: Root, volumes: Volumes, *, had_files: bool, may_be_empty: bool = False) -> Glance:
    """Asks the drive, so it may take as long as the drive takes. Where an empty folder stands for one that had files
    its drive is not here, unless it is known that it ``may_be_empty`` and the drive is the same."""
    volume = volumes.of(root.path)
    known = volume is not None and volume.id is not None and root.volume is not None
    same = known and volume is not None and (volume.id, volume.place) == (root.volume, root.place)
    if had_files and not has_entries(root.path) and not (may_be_empty and same):
        return Glance(Verdict.GONE, volume)
    if not os.path.isdir(os_path(root.path)):
        return Glance(Verdict.GONE, volume)
    return Glance(Verdict.OTHER if known and not same else Verdict.HERE, volume)


class Likeness(Enum):
    """What makes a file one that is known: its size; its size and its edges; that the drive calls it the same."""

    SIZE = "size"
    EDGES = "edges"
    FILE = "file"


def holds(folder: str, files: Sequence[Sample], like: Likeness = Likeness.SIZE) -> bool:
    """Whether at least half of ``files`` are in ``folder``. With no files to ask for there is nothing against it."""
    alike = [file for file in files if _is_alike(os.path.join(folder, file.path), file, like)]
    if like is Likeness.EDGES:
        chosen = alike[:: max(1, -(-len(alike) // _READ_AT_MOST))]
        read = [file for file in chosen if _has_edges(os.path.join(folder, file.path), file)]
        return len(alike) >= len(files) * _ENOUGH and len(read) >= len(chosen) * _ENOUGH
    return len(alike) >= len(files) * _ENOUGH


def _is_alike(path: str, file: Sample, like: Likeness) -> bool:
    try:
        found = os.stat(os_path(path))
    except (OSError, ValueError):
        return False
    if found.st_size != file.size_bytes:
        return False
    return like is not Likeness.FILE or (file.inode is not None and _signed(found.st_ino) == file.inode)


def _has_edges(path: str, file: Sample) -> bool:
    try:
        return fingerprint.of_edges_of(os_path(path)) == file.fingerprint
    except (OSError, ValueError):
        return False


class Presence:
    """Looks at each source once, so it is made anew for each piece of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._roots = {root.path: root for root in source_rows.roots(connection)}
        self._here: dict[str, bool] = {}

    def of(self, folder: str) -> bool:
        """Whether a source, or another ``folder`` that held files, is here."""
        if folder not in self._here:
            root = self._roots.get(folder)
            self._here[folder] = self._is_here(root) if root else has_entries(folder)
        return self._here[folder]

    def _is_here(self, root: Root) -> bool:
        had_files = folder_rows.has_folders(self._connection, root.id)
        look = partial(glance, root, Volumes(), had_files=had_files)
        verdict = within(PATIENCE_S, {root.path: look}).get(root.path, Glance(Verdict.GONE, None)).verdict
        if verdict is not Verdict.OTHER:
            return verdict is Verdict.HERE
        files = folder_rows.sample(self._connection, root.id)
        return within(PATIENCE_S, {root.path: partial(holds, root.path, files, Likeness.EDGES)}).get(root.path, False)


def _signed(number: int) -> int:
    """As SQLite keeps whole numbers."""
    return number - (1 << 64) if number >= 1 << 63 else number
