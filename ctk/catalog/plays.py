"""When sounds were last played."""

from ctk.catalog.store import Connection


def note(connection: Connection, id: int, played_s: float) -> None:
    """The sound was played at ``played_s`` (Unix time); one that is gone meanwhile is passed over."""
    connection.execute(
        "INSERT INTO plays SELECT id, ? FROM sounds WHERE id = ?"
        " ON CONFLICT (sound_id) DO UPDATE SET played_s = excluded.played_s",
        (played_s, id),
    )


def newest(connection: Connection, limit: int) -> list[int]:
    """The ids of the sounds played last, newest first."""
    found = connection.execute("SELECT sound_id FROM plays ORDER BY played_s DESC, sound_id LIMIT ?", (limit,))
    return [id for (id,) in found]
