"""What sounds are taken for, as the catalog keeps it, and what there is to go by: their names and places.

``category`` and its companions are the program's verdict. The user's ``label`` stands before it and is never touched
here: whoever shows or searches what a sound is reads ``VERDICT``.
"""

import functools
import os
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from ctk.catalog.store import Connection, revision_of

Judged = tuple[str | None, float | None, str | None, str | None]
"""Category, confidence, engine, and why."""

CATEGORY: Final = "coalesce(label, category)"
VERDICT: Final = (
    CATEGORY,
    "CASE WHEN label IS NULL THEN confidence ELSE 1.0 END",
    "CASE WHEN label IS NULL THEN engine ELSE 'user' END",
    "CASE WHEN label IS NULL THEN because ELSE 'you said so' END",
)
"""The columns of a ``Judged`` in which the user has the first word."""

_FROM: Final = " FROM sounds s JOIN folders f ON f.id = s.folder_id JOIN sources o ON o.id = f.source_id"
_SOME: Final = " FROM json_each(?) i CROSS JOIN sounds s ON s.id = i.value"
_HERE: Final = "s.state IN ('ok', 'bad') AND o.state = 'ok'"
"""True of sounds that can be listened to: what is only online must not be opened, and the rest is not there."""


class Place(NamedTuple):
    """Where the file of a sound is, what it must be to be the one that is meant, and how long it is."""

    id: int
    path: str
    size_bytes: int
    mtime_ns: int
    duration_s: float | None

    @property
    def stamp(self) -> tuple[int, int]:
        return self.size_bytes, self.mtime_ns


class Named(NamedTuple):
    """A sound as it is called, in a ``folder`` that begins with the name of its source, and the verdict on it."""

    id: int
    folder: str
    name: str
    label: str | None
    stamp: tuple[int, int]
    judged: Judged


def ids(catalog: Connection) -> list[int]:
    """Every sound, also one that is away or held."""
    return [id for (id,) in catalog.execute("SELECT id FROM sounds ORDER BY id")]


def held(catalog: Connection) -> list[int]:
    """The sounds that were removed and can be brought back."""
    return [id for (id,) in catalog.execute("SELECT id FROM sounds WHERE state = 'held' ORDER BY id")]


def stamps_here(catalog: Connection) -> Iterable[tuple[int, int, int]]:
    """Id, size and time of all that can be listened to, by id."""
    return catalog.execute(f"SELECT s.id, s.size_bytes, s.mtime_ns{_FROM} WHERE {_HERE} ORDER BY s.id")


def places(catalog: Connection, ids: Sequence[int]) -> list[Place]:
    """Those of ``ids`` that can be listened to, in that order."""
    found = catalog.execute(
        f"SELECT s.id, o.path, f.path, s.name, s.size_bytes, s.mtime_ns, s.duration_s{_SOME}"
        f" JOIN folders f ON f.id = s.folder_id JOIN sources o ON o.id = f.source_id WHERE {_HERE} ORDER BY i.key",
        (_json(ids),),
    )
    return [
        Place(id, os.fsdecode(os.path.join(root, folder, name)), size, mtime_ns, duration_s)
        for id, root, folder, name, size, mtime_ns, duration_s in found
    ]


def named(catalog: Connection, ids: Sequence[int]) -> list[Named]:
    """Those of ``ids`` that are there, with the program's own verdicts."""
    found = catalog.execute(
        "SELECT s.id, o.path, f.path, s.name, s.label, s.size_bytes, s.mtime_ns, s.category, s.confidence, s.engine,"
        f" s.because{_SOME} JOIN folders f ON f.id = s.folder_id JOIN sources o ON o.id = f.source_id",
        (_json(ids),),
    )
    return [
        Named(id, _folder(root, folder), os.fsdecode(name), label, (size, mtime_ns), (*judged,))
        for id, root, folder, name, label, size, mtime_ns, *judged in found
    ]


def judge(catalog: Connection, verdicts: Iterable[tuple[int, tuple[int, int], Judged]]) -> None:
    """Write down what sounds are taken for, as ids, stamps and verdicts; not of files that have changed since."""
    revision = revision_of(catalog)
    catalog.executemany(
        f"UPDATE sounds SET category = ?, confidence = ?, engine = ?, because = ?, revision = {revision}"
        " WHERE id = ? AND size_bytes = ? AND mtime_ns = ?",
        [(*verdict, id, *stamp) for id, stamp, verdict in verdicts],
    )


def categories(catalog: Connection, ids: Sequence[int]) -> dict[int, str | None]:
    """What each of ``ids`` is, by the user's word or the program's."""
    return dict(catalog.execute(f"SELECT s.id, {CATEGORY}{_SOME}", (_json(ids),)))


def count_by_engine(catalog: Connection) -> dict[str, int]:
    """How many sounds each engine has judged, and how many the user has labelled."""
    engine = VERDICT[2]
    found = catalog.execute(f"SELECT {engine}, count(*) FROM sounds WHERE state <> 'held' GROUP BY 1")
    return {engine: count for engine, count in found if engine is not None}


def count_by_category(catalog: Connection, ids: Sequence[int] | None = None) -> dict[str | None, int]:
    """How many sounds, of all or of ``ids``, are what."""
    if ids is None:
        return dict(
            catalog.execute(f"SELECT {CATEGORY}, count(*) FROM sounds WHERE state <> 'held' GROUP BY 1").fetchall()
        )
    return dict(catalog.execute(f"SELECT {CATEGORY}, count(*){_SOME} GROUP BY 1", (_json(ids),)).fetchall())


@functools.lru_cache(10_000)
def _folder(root: bytes, folder: bytes) -> str:
    return os.fsdecode(os.path.join(os.path.basename(root), folder))


def _json(ids: Iterable[int]) -> str:
    """As SQLite's ``json_each`` takes them."""
    return f"[{','.join(map(str, ids))}]"
