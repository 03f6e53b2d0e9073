"""Sources and folders in memory: few, so they are read whole, and searched once instead of once a sound."""

import functools
import os
from dataclasses import dataclass

import numpy as np

from ctk.catalog.arrays import Ints, Mask
from ctk.catalog.fields import label
from ctk.catalog.segment import Builder, Pattern
from ctk.catalog.store import Connection
from ctk.catalog.text import natural_key, spaced
from ctk.catalog.texts import Texts

_ENDS = "/\\"


@dataclass(frozen=True, slots=True)
class Root:
    """A source; ``path`` as the system's bytes."""

    path: bytes
    state: str

    @property
    def name(self) -> bytes:
        """Its own folder's name; the whole path where it has none, as drives."""
        return os.path.basename(self.path.rstrip(os.fsencode(os.sep))) or self.path


class Places:
    """Masks over folders are indexed by folder id."""

    def __init__(self) -> None:
        self._roots: dict[int, Root] = {}
        self._moved = 0
        self._forget_folders()

    def _forget_folders(self) -> None:
        self._texts = Texts()
        self._folders: dict[int, tuple[int, bytes]] = {}
        self.sources: Ints = np.zeros(0, np.int32)
        """The source of each folder."""

    def refresh(self, connection: Connection) -> bool:
        """Read what is new; whether anything that is searched or sorted by is other than before."""
        roots = {id: Root(*rest) for id, *rest in connection.execute("SELECT id, path, state FROM sources")}
        moved = connection.execute("SELECT max(moved) FROM folders WHERE moved > 0").fetchone()[0] or 0
        if moved != self._moved or any(root.path != roots.get(id, root).path for id, root in self._roots.items()):
            self._forget_folders()
        changed = roots != self._roots
        self._moved = moved
        self._roots = roots
        last = len(self.sources) - 1
        found = connection.execute(
            "SELECT id, source_id, path FROM folders WHERE id > ? ORDER BY id", (last,)
        ).fetchall()
        if found:
            self._add(found)
        return changed or bool(found)

    def _add(self, folders: list[tuple[int, int, bytes]]) -> None:
        builder = Builder()
        builder.add([self._roots[source].name + b"/" + path for _, source, path in folders])
        self._texts.add(builder.segment(np.array([id for id, _, _ in folders], np.int32)))
        more = np.zeros(folders[-1][0] + 1 - len(self.sources), np.int32)
        self.sources = np.concatenate((self.sources, more))
        for id, source, path in folders:
            self._folders[id] = source, path
            self.sources[id] = source

    def find(self, pattern: Pattern) -> Mask:
        """Folders that hold ``pattern`` in their own source's name or their path in it."""
        return self._texts.find(pattern)

    def ending(self, pattern: Pattern) -> Mask:
        return self._texts.ending(pattern)

    def roots(self) -> dict[int, str]:
        """The paths of the sources."""
        return {id: os.fsdecode(root.path) for id, root in self._roots.items()}

    def of_sources(self, text: str) -> Mask:
        """Folders of the source whose whole path is ``text``; where there is none, of those whose path holds its
        words."""
        roots, words = self.roots(), spaced(text)
        found = [id for id, path in roots.items() if _same_path(path, text)]
        found = found or [id for id, path in roots.items() if words in spaced(f" {path} ")]
        return np.isin(self.sources, found)

    def offline(self) -> Mask:
        return np.isin(self.sources, [id for id, root in self._roots.items() if root.state == "offline"])

    def ranks(self) -> Ints:
        """The place of each folder when all are in natural order of their whole paths, part by part."""
        separator = os.fsencode(os.sep)
        part_key = functools.cache(lambda part: natural_key(os.fsdecode(part)))

        def key(path: bytes) -> bytes:
            return b"\0".join(map(part_key, path.split(separator)))

        roots = {id: key(root.path.rstrip(separator)) for id, root in self._roots.items()}
        keys = {id: roots.get(source, b"") + b"\0" + key(path) for id, (source, path) in self._folders.items()}
        ordered = sorted(keys, key=keys.__getitem__)
        ranks: Ints = np.zeros(len(self.sources), np.int32)
        ranks[ordered] = np.arange(len(ordered), dtype=np.int32)
        return ranks


def _same_path(path: str, other: str) -> bool:
    return label(path).rstrip(_ENDS) == label(other).rstrip(_ENDS)
