"""The vectors of all sounds, by engine: kept in ``derived.db``, and in memory as one matrix once they are needed."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Literal

import numpy as np

from ctk.catalog import snapshot, vector_rows
from ctk.catalog.derived import Derived
from ctk.catalog.store import Connection, Store
from ctk.catalog.vector_rows import Heard, Place
from ctk.classify import builtin, neighbours
from ctk.classify.neighbours import Floats, Longs

Ear = Literal["built-in", "cnn14"]

_LONG: Final = 512
"""Longer vectors are kept in memory by their most telling directions only."""
_CHUNK: Final = 4096
_SAMPLE: Final = 4000
_MOST: Final = 60_000.0
"""Half-precision floats end a little above."""


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """The unit vectors of the sounds ``ids``, ascending, a row each, in the directions of ``basis`` if there is one."""

    ids: Longs
    rows: Floats
    basis: Floats | None

    def rows_of(self, ids: Longs) -> Longs:
        """The rows of those of ``ids`` that are here."""
        if not len(self.ids):
            return np.zeros(0, np.int64)
        rows = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        found: Longs = rows[self.ids[rows] == ids]
        return found


class Vectors:
    """What engines heard. ``versions`` says which version of each is asked for. Any thread may use it."""

    def __init__(self, store: Store, file: Path) -> None:
        self._store = store
        self._derived = Derived(file, vector_rows.TABLES)
        self._lock = threading.Lock()
        self._matrices: dict[str, Matrix] = {}
        self._versions: dict[str, str] = {}

    def adopt(self, ear: Ear, version: str) -> None:
        """From now on this version listens; what others heard is forgotten."""
        if self._versions.get(ear) == version:
            return
        lineage = self._lineage()
        self._derived.write(lambda connection: vector_rows.adopt(connection, ear, lineage, version))
        with self._lock:
            self._versions[ear] = version
            self._matrices.pop(ear, None)

    def version(self, ear: Ear) -> str | None:
        """Which version heard what is kept, ``None`` where nothing is."""
        lineage = self._lineage()
        return self._derived.read(lambda connection: vector_rows.version_kept(connection, ear, lineage), None)

    def stamps(self, ear: Ear) -> dict[int, tuple[int, int]]:
        """The size and time of every file that was heard, by the id of its sound."""
        return self._derived.read(lambda connection: vector_rows.stamps(connection, ear), {})

    def unheard(self, ear: Ear, places: Sequence[Place]) -> list[Place]:
        """Those of ``places`` that were not heard since they changed."""
        known = self.stamps(ear)
        return [place for place in places if known.get(place.id) != place.stamp]

    def keep(self, ear: Ear, rows: Sequence[Heard]) -> bool:
        """Keep what was heard; false where that cannot be done."""

        def put(connection: Connection) -> bool:
            vector_rows.put(connection, ear, rows)
            return True

        done = self._derived.write(put)
        with self._lock:
            self._matrices.pop(ear, None)
        return bool(done)

    def forget(self, ear: Ear, ids: Iterable[int]) -> None:
        gone = list(ids)
        if gone:
            self._derived.write(lambda connection: vector_rows.forget(connection, ear, gone))
            with self._lock:
                self._matrices.pop(ear, None)

    def opinions(self, ear: Ear, ids: Sequence[int] | None = None) -> dict[int, tuple[tuple[int, int], str]]:
        """What was found besides a vector, and of which file, by the id of its sound."""
        return self._derived.read(lambda connection: vector_rows.opinions(connection, ear, ids), {})

    def heard(self, ear: Ear, ids: Sequence[int] | None = None) -> list[Heard]:
        """What is kept, by id, of all sounds or of ``ids``."""
        return self._derived.read(lambda connection: list(vector_rows.heard(connection, ear, ids)), [])

    def matrix(self, ear: Ear) -> Matrix:
        """The vectors of every sound that was heard."""
        with self._lock:
            if ear not in self._matrices:
                self._matrices[ear] = self._derived.read(lambda connection: _matrix(connection, ear), _EMPTY)
            return self._matrices[ear]

    def whole(self, ear: Ear, ids: Longs) -> Floats:
        """The unit vectors of ``ids``, all of which were heard, in that order and in full."""
        found = {row.sound_id: row.vector for row in self.heard(ear, ids.tolist())}
        return unit(ear, unpacked([found[id] for id in ids.tolist()]))

    def close(self) -> None:
        self._derived.close()

    def _lineage(self) -> int:
        with self._store.snapshot() as connection:
            return snapshot.lineage_of(connection)


_EMPTY: Final = Matrix(np.zeros(0, np.int64), np.zeros((0, 1), np.float32), None)


def packed(vector: Floats) -> bytes:
    return vector.clip(-_MOST, _MOST).astype(np.float16).tobytes()


def unit(ear: Ear, heard: Floats) -> Floats:
    """What an engine heard (n, dimensions), as vectors whose products are likenesses."""
    if ear == "built-in":
        standardised: Floats = builtin.Model.load().standardised(heard)
        return standardised
    found: Floats = heard / np.maximum(np.linalg.norm(heard, axis=1, keepdims=True), 1e-9)
    return found


def unpacked(vectors: Sequence[bytes]) -> Floats:
    """(n, dimensions); products of half-precision floats would be many times slower."""
    if not vectors:
        return np.zeros((0, 1), np.float32)
    return np.frombuffer(b"".join(vectors), np.float16).reshape(len(vectors), -1).astype(np.float32)


def _matrix(connection: Connection, ear: Ear) -> Matrix:
    """Long vectors are reduced chunk by chunk: all of them in full may be larger than memory."""
    ids = np.array(sorted(vector_rows.stamps(connection, ear)), np.int64)
    if not len(ids):
        return _EMPTY
    sample = ids[:: max(1, len(ids) // _SAMPLE)].tolist()
    some = unit(ear, unpacked([row.vector for row in vector_rows.heard(connection, ear, sample)]))
    basis = neighbours.directions(some) if some.shape[1] > _LONG else None
    rows = np.empty((len(ids), some.shape[1] if basis is None else basis.shape[1]), np.float32)
    found = vector_rows.heard(connection, ear)
    for start in range(0, len(ids), _CHUNK):
        part = unit(ear, unpacked([row.vector for row in islice(found, _CHUNK)]))
        rows[start : start + len(part)] = part if basis is None else part @ basis
    return Matrix(ids, rows, basis)
