"""The vectors of all sounds, by engine: kept in ``derived.db``, and in memory as one matrix once they are needed."""

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Literal

import numpy as np

from ctk.catalog import snapshot, vector_rows
from ctk.catalog.derived import Derived
from ctk.catalog.store import Connection, Store
from ctk.catalog.vector_rows import Heard, Opinions
from ctk.classify import builtin, neighbours
from ctk.classify.neighbours import Floats, Longs

Ear = Literal["built-in", "cnn14"]
EARS: Final[tuple[Ear, ...]] = ("cnn14", "built-in")
"""The better one first."""

_LONG: Final = 512
"""Longer vectors are kept in memory by their most telling directions only."""
_CHUNK: Final = 4096
_SAMPLE: Final = 4000
_MOST: Final = 60_000.0
"""Half-precision floats end a little above."""


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """The unit vectors of the sounds ``ids``, ascending, a row each; in the directions of ``basis`` if there is one,
    which ``based_on`` sounds gave. It holds what was kept up to the number ``changes``."""

    ids: Longs
    rows: Floats
    basis: Floats | None
    based_on: int
    changes: int

    def rows_of(self, ids: Longs) -> Longs:
        """The rows of those of ``ids`` that are here."""
        if not len(self.ids):
            return np.zeros(0, np.int64)
        rows = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        found: Longs = rows[self.ids[rows] == ids]
        return found


class Vectors:
    """What engines heard. Any thread may use it; what another process keeps is seen as well."""

    def __init__(self, store: Store, file: Path) -> None:
        self._store = store
        self._derived = Derived(file, vector_rows.TABLES)
        self._lock = threading.Lock()
        self._matrices: dict[Ear, Matrix] = {}
        self._versions: dict[Ear, str | None] = {}

    def adopt(self, ear: Ear, version: str | None) -> None:
        """From now on this version listens; what others heard, or was heard in another catalog, is forgotten. ``None``
        is the version that heard what is kept."""
        lineage = self._lineage()
        self._derived.write(lambda connection: vector_rows.adopt(connection, ear, lineage, version))
        self._versions[ear] = version

    def keep(self, ear: Ear, rows: Sequence[Heard]) -> bool:
        """Keep what was heard; false where that cannot be done."""
        lineage = self._lineage()

        def put(connection: Connection) -> bool:
            vector_rows.adopt(connection, ear, lineage, self._versions.get(ear))
            vector_rows.put(connection, ear, rows)
            return True

        return bool(self._derived.write(put))

    def retain(self, ids: Collection[int]) -> None:
        """Forget all sounds but ``ids``."""
        for ear in EARS:
            gone = self.stamps(ear).keys() - ids
            if gone:
                self._derived.write(lambda connection, ear=ear, gone=gone: vector_rows.forget(connection, ear, gone))  # type: ignore[misc]

    def changes(self, ear: Ear) -> int:
        """A number that is another one whenever anything else is kept."""
        return self._derived.read(lambda connection: vector_rows.changes(connection, ear), -1)

    def count(self, ear: Ear) -> int:
        """How many sounds were heard."""
        return self._derived.read(lambda connection: vector_rows.count(connection, ear), 0)

    def stamps(self, ear: Ear) -> dict[int, tuple[int, int]]:
        """The size and time of every file that was heard, by the id of its sound."""
        return self._derived.read(lambda connection: vector_rows.stamps(connection, ear), {})

    def unheard(self, ear: Ear, here: Iterable[tuple[int, int, int]]) -> list[int]:
        """Those of ``here``, as ids, sizes and times, that were not heard since they changed."""
        known = self.stamps(ear)
        return [id for id, size, mtime_ns in here if known.get(id) != (size, mtime_ns)]

    def opinions(self, ear: Ear, ids: Sequence[int]) -> Opinions:
        """What was found besides a vector, and in which file, by the id of its sound."""
        return self._derived.read(lambda connection: vector_rows.opinions(connection, ear, ids), {})

    def matrix(self, ear: Ear) -> Matrix:
        """The vectors of every sound that was heard."""
        with self._lock:
            kept = self._matrices.get(ear, _EMPTY)
            found = self._derived.read(lambda connection: _followed(connection, ear, kept), kept)
            self._matrices[ear] = found
            return found

    def whole(self, ear: Ear, ids: Longs) -> Floats:
        """The unit vectors of ``ids`` in that order and in full, zeros for what was not heard."""
        wanted = ids.tolist()
        nothing: dict[int, bytes] = {}
        found = self._derived.read(lambda connection: dict(vector_rows.vectors(connection, ear, wanted)), nothing)
        if not found:
            return np.zeros((len(wanted), 1), np.float32)
        places = [place for place, id in enumerate(wanted) if id in found]
        vectors = unit(ear, _unpacked([found[wanted[place]] for place in places]))
        rows = np.zeros((len(wanted), vectors.shape[1]), np.float32)
        rows[places] = vectors
        return rows

    def close(self) -> None:
        self._derived.close()

    def _lineage(self) -> int:
        with self._store.snapshot() as connection:
            return snapshot.lineage_of(connection)


_EMPTY: Final = Matrix(np.zeros(0, np.int64), np.zeros((0, 1), np.float32), None, 0, -1)


def packed(vector: Floats) -> bytes:
    """A vector as it is kept."""
    return vector.clip(-_MOST, _MOST).astype(np.float16).tobytes()


def unit(ear: Ear, heard: Floats) -> Floats:
    """What an engine heard (n, dimensions), as vectors whose products are likenesses."""
    if ear == "built-in":
        standardised: Floats = builtin.Model.load().standardised(heard)
        return standardised
    found: Floats = heard / np.maximum(np.linalg.norm(heard, axis=1, keepdims=True), 1e-9)
    return found


def _unpacked(vectors: Sequence[bytes]) -> Floats:
    """(n, dimensions) of at least one; products of half-precision floats would be many times slower."""
    return np.frombuffer(b"".join(vectors), np.float16).reshape(len(vectors), -1).astype(np.float32)


def _followed(connection: Connection, ear: Ear, kept: Matrix) -> Matrix:
    """``kept``, or what it is after all that changed since."""
    with _moment(connection):
        changes = vector_rows.changes(connection, ear)
        if changes == kept.changes:
            return kept
        ids = np.array(vector_rows.ids(connection, ear), np.int64)
        return _merged(connection, ear, kept, ids, changes) or _read(connection, ear, ids, changes)


def _merged(connection: Connection, ear: Ear, kept: Matrix, ids: Longs, changes: int) -> Matrix | None:
    """``kept`` with what is new; ``None`` where everything should be read again: much is new, or something is gone."""
    if not len(kept.ids) or changes < kept.changes or (kept.basis is not None and len(ids) > 2 * kept.based_on):
        return None
    fresh = np.array(vector_rows.ids(connection, ear, since=kept.changes), np.int64)
    stay = ~np.isin(kept.ids, fresh, assume_unique=True)
    if 2 * len(fresh) > len(ids) or np.count_nonzero(stay) + len(fresh) != len(ids):
        return None
    rows = np.empty((len(ids), kept.rows.shape[1]), np.float32)
    rows[np.searchsorted(ids, kept.ids[stay])] = kept.rows[stay]
    for start in range(0, len(fresh), _CHUNK):
        some = dict(vector_rows.vectors(connection, ear, fresh[start : start + _CHUNK].tolist()))
        vectors = unit(ear, _unpacked([*some.values()]))
        rows[np.searchsorted(ids, [*some])] = vectors if kept.basis is None else vectors @ kept.basis
    return Matrix(ids, rows, kept.basis, kept.based_on, changes)


def _read(connection: Connection, ear: Ear, ids: Longs, changes: int) -> Matrix:
    """Long vectors are reduced chunk by chunk: all of them in full may be larger than memory."""
    if not len(ids):
        return Matrix(_EMPTY.ids, _EMPTY.rows, None, 0, changes)
    sample = ids[:: max(1, len(ids) // _SAMPLE)].tolist()
    some = unit(ear, _unpacked([vector for _, vector in vector_rows.vectors(connection, ear, sample)]))
    basis = neighbours.directions(some) if some.shape[1] > _LONG else None
    rows = np.empty((len(ids), some.shape[1] if basis is None else basis.shape[1]), np.float32)
    found = vector_rows.vectors(connection, ear)
    for start in range(0, len(ids), _CHUNK):
        part = unit(ear, _unpacked([vector for _, vector in islice(found, _CHUNK)]))
        rows[start : start + len(part)] = part if basis is None else part @ basis
    return Matrix(ids, rows, basis, len(ids), changes)


@contextmanager
def _moment(connection: Connection) -> Iterator[None]:
    """All that is read sees the same moment."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()
