"""When each folder of a source was changed last, at the time the catalog held everything in it."""

from collections.abc import Iterable

from ctk.catalog.store import Connection


def of(connection: Connection, source_id: int) -> dict[bytes, int]:
    """The times that are known, in nanoseconds, by the folder's path relative to the source."""
    return dict(connection.execute("SELECT path, mtime_ns FROM folder_times WHERE source_id = ?", (source_id,)))


def counts(connection: Connection) -> dict[int, int]:
    """How many folders are known in each source."""
    return dict(connection.execute("SELECT source_id, count(*) FROM folder_times GROUP BY source_id"))


def renew(
    connection: Connection, source_id: int, times: Iterable[tuple[bytes, int]], gone: Iterable[bytes] = ()
) -> None:
    """Remember ``(folder, mtime_ns)``, and forget folders that are gone."""
    connection.executemany(
        "DELETE FROM folder_times WHERE source_id = ? AND path = ?", [(source_id, folder) for folder in gone]
    )
    connection.executemany(
        "INSERT OR REPLACE INTO folder_times VALUES (?, ?, ?)",
        [(source_id, folder, mtime_ns) for folder, mtime_ns in times],
    )
