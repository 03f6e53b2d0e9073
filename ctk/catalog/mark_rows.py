"""The user's own word in the catalog: tags, stars, favourites, notes, labels, collections, saved searches.

Whatever searching must see gives the sounds it is about the revision of the transaction. Ids that are no sound (any
more) are passed over. Functions that take many ids hand them to SQLite as one JSON list, however many they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ctk.catalog import naming
from ctk.catalog.label_rows import collections_of, listed, tags_of
from ctk.catalog.store import Connection, revision_of
from ctk.errors import NotFound, UsageError
from ctk.records import CATEGORIES, Category, Label, Marks, SavedSearch

MOST_STARS: Final = 5


def tag(connection: Connection, ids: Iterable[int], tag: str) -> list[int]:
    """Give sounds a tag; the ids of those that did not have it. Raises ``UsageError``."""
    tag_id = _tag_id(connection, naming.name(tag, "tag"))
    fresh = _ids(
        connection,
        "SELECT i.value FROM json_each(?) i CROSS JOIN sounds s ON s.id = i.value"
        " WHERE NOT EXISTS (SELECT 1 FROM sound_tags WHERE sound_id = s.id AND tag_id = ?)",
        ids,
        tag_id,
    )
    connection.execute("INSERT INTO sound_tags SELECT value, ? FROM json_each(?)", (tag_id, listed(fresh)))
    return _touched(connection, fresh)


def untag(connection: Connection, ids: Iterable[int], tag: str) -> list[int]:
    """Take a tag from sounds; the ids of those that had it. Raises ``UsageError``."""
    found = connection.execute("SELECT id FROM tags WHERE folded = ?", (naming.sought(tag, "tag"),)).fetchone()
    if found is None:
        return []
    had = _ids(
        connection,
        "SELECT i.value FROM json_each(?) i CROSS JOIN sound_tags t ON t.sound_id = i.value WHERE t.tag_id = ?",
        ids,
        found[0],
    )
    connection.execute(
        "DELETE FROM sound_tags WHERE tag_id = ? AND sound_id IN (SELECT value FROM json_each(?))",
        (found[0], listed(had)),
    )
    return _touched(connection, had)


def rate(connection: Connection, ids: Iterable[int], stars: int) -> dict[int, int]:
    """Give sounds stars; what those had whose rating changed. Raises ``UsageError``."""
    check_stars(stars)
    before: dict[int, int] = dict(
        connection.execute(
            "SELECT s.id, s.rating FROM json_each(?) i CROSS JOIN sounds s ON s.id = i.value WHERE s.rating <> ?",
            (listed(ids), stars),
        )
    )
    _set(connection, before, "rating", stars)
    return before


def check_stars(stars: int) -> None:
    if not 0 <= stars <= MOST_STARS:
        raise UsageError(f"A sound can have 1 to {MOST_STARS} stars, or 0 for none, not {stars}.")


def favourite(connection: Connection, ids: Iterable[int], on: bool) -> list[int]:
    """Make sounds favourites, or no longer; the ids of those that changed."""
    changed = _ids(
        connection,
        "SELECT s.id FROM json_each(?) i CROSS JOIN sounds s ON s.id = i.value WHERE s.favourite <> ?",
        ids,
        on,
    )
    _set(connection, changed, "favourite", on)
    return changed


def note(connection: Connection, ids: Iterable[int], text: str) -> dict[int, str]:
    """Write a note on sounds, empty for none; what those had whose note changed. Raises ``UsageError``."""
    remark = naming.note(text)
    before: dict[int, str] = dict(
        connection.execute(
            "SELECT s.id, coalesce(s.remark, '') FROM json_each(?) i CROSS JOIN sounds s ON s.id = i.value"
            " WHERE coalesce(s.remark, '') <> ?",
            (listed(ids), remark),
        )
    )
    _set(connection, before, "remark", remark or None)
    return before


def label(connection: Connection, ids: Iterable[int], category: Category | None) -> dict[int, Category | None]:
    """Say what sounds are, ``None`` for nothing; what was said before of those that changed."""
    found = connection.execute(
        "SELECT s.id, s.label FROM json_each(?) i CROSS JOIN sounds s ON s.id = i.value WHERE s.label IS NOT ?",
        (listed(ids), category),
    )
    before: dict[int, Category | None] = dict(found)
    _set(connection, before, "label", category)
    return before


def collect(connection: Connection, ids: Iterable[int], name: str) -> list[int]:
    """Put sounds at the end of a collection, new or not; the ids of those that were not in it. Raises
    ``UsageError``."""
    collection_id = _collection_id(connection, naming.name(name, "collection"))
    fresh = _ids(
        connection,
        "SELECT i.value FROM json_each(?) i CROSS JOIN sounds s ON s.id = i.value"
        " WHERE NOT EXISTS (SELECT 1 FROM collection_sounds WHERE collection_id = ? AND sound_id = s.id)",
        ids,
        collection_id,
    )
    connection.execute(
        "INSERT INTO collection_sounds SELECT ?1, value, key + ?2 FROM json_each(?3)",
        (collection_id, _end(connection, collection_id), listed(fresh)),
    )
    return _touched(connection, fresh)


def uncollect(connection: Connection, ids: Iterable[int] | None, name: str) -> list[int]:
    """Take sounds out of a collection, or do away with all of it (``None``); the ids that were in it. Raises
    ``NotFound`` and ``UsageError``."""
    key = naming.sought(name, "collection")
    found = connection.execute("SELECT id FROM collections WHERE folded = ?", (key,)).fetchone()
    if found is None:
        raise NotFound(f"There is no collection {name}.")
    inside = [
        id
        for (id,) in connection.execute(
            "SELECT sound_id FROM collection_sounds WHERE collection_id = ? ORDER BY position, sound_id", found
        )
    ]
    if ids is not None:
        wanted = set(ids)
        inside = [id for id in inside if id in wanted]
    connection.execute(
        "DELETE FROM collection_sounds WHERE collection_id = ? AND sound_id IN (SELECT value FROM json_each(?))",
        (found[0], listed(inside)),
    )
    if ids is None:
        connection.execute("DELETE FROM collections WHERE id = ?", found)
    return _touched(connection, inside)


def tags(connection: Connection) -> list[Label]:
    """Every tag in use, by name; removed sounds that can be brought back do not count."""
    found = connection.execute(
        "SELECT t.name, count(*) FROM sound_tags x JOIN tags t ON t.id = x.tag_id"
        " WHERE x.sound_id NOT IN (SELECT id FROM sounds WHERE state = 'held') GROUP BY t.id ORDER BY t.folded"
    )
    return [Label(name, count) for name, count in found]


def collections(connection: Connection) -> list[Label]:
    """Every collection, by name; removed sounds that can be brought back do not count."""
    found = connection.execute(
        "SELECT c.name, count(x.sound_id) FROM collections c LEFT JOIN collection_sounds x ON x.collection_id = c.id"
        " AND x.sound_id NOT IN (SELECT id FROM sounds WHERE state = 'held') GROUP BY c.id ORDER BY c.folded"
    )
    return [Label(name, count) for name, count in found]


def of(connection: Connection, id: int) -> Marks | None:
    """All the user said of a sound; ``None`` where there is none."""
    return marks_of(connection, [id]).get(id)


def marks_of(connection: Connection, ids: Sequence[int]) -> dict[int, Marks]:
    """All the user said of each of many sounds."""
    tagged, collected = tags_of(connection, ids), collections_of(connection, ids)
    found = connection.execute(
        "SELECT s.id, s.rating, s.favourite, s.remark, s.label"
        " FROM json_each(?) i CROSS JOIN sounds s ON s.id = i.value",
        (listed(ids),),
    )
    return {
        id: Marks(rating, bool(favourite), tagged.get(id, ()), collected.get(id, ()), remark or "", label)
        for id, rating, favourite, remark, label in found
    }


def marked(connection: Connection) -> list[int]:
    """The ids of all sounds of which anything was said."""
    return [
        id
        for (id,) in connection.execute(
            "SELECT id FROM sounds INDEXED BY sounds_marked"
            " WHERE rating <> 0 OR favourite <> 0 OR remark IS NOT NULL OR label IS NOT NULL"
            " UNION SELECT sound_id FROM sound_tags UNION SELECT sound_id FROM collection_sounds ORDER BY 1"
        )
    ]


def checked(marks: Marks) -> Marks:
    """What comes from elsewhere as it can be kept here. Raises ``UsageError``."""
    check_stars(marks.rating)
    return Marks(
        marks.rating,
        marks.favourite,
        tuple(naming.name(name, "tag") for name in marks.tags),
        tuple(naming.name(name, "collection") for name in marks.collections),
        naming.readable(marks.note),
        marks.label if marks.label in CATEGORIES else None,
    )


def add(connection: Connection, id: int, marks: Marks, positions: Mapping[str, int] | None = None) -> None:
    """Add ``marks`` to what was said of a sound: nothing is taken back, the higher rating counts, and a note that says
    something else follows the one that is there. A collection takes the sound in at its end, or at one of
    ``positions``, by its name. Raises ``UsageError``."""
    words = checked(marks)
    if connection.execute("SELECT 1 FROM sounds WHERE id = ?", (id,)).fetchone() is None:
        return
    tag_ids = [(id, _tag_id(connection, name)) for name in words.tags]
    connection.executemany("INSERT OR IGNORE INTO sound_tags VALUES (?, ?)", tag_ids)
    for name in words.collections:
        collection_id = _collection_id(connection, name)
        position = (positions or {}).get(name)
        if position is None:
            position = _end(connection, collection_id)
        connection.execute("INSERT OR IGNORE INTO collection_sounds VALUES (?, ?, ?)", (collection_id, id, position))
    _merge(connection, id, words.rating, words.favourite, words.note, words.label)


def pass_on(connection: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """For each ``(giver, taker)``: what was said of the one row is of the other now, beside what was said of it."""
    takers = dict(pairs)
    spoken = connection.execute(
        "SELECT s.id, s.rating, s.favourite, s.remark, s.label"
        " FROM json_each(?) i CROSS JOIN sounds s ON s.id = i.value"
        " WHERE s.rating <> 0 OR s.favourite <> 0 OR s.remark IS NOT NULL OR s.label IS NOT NULL"
        " OR EXISTS (SELECT 1 FROM sound_tags WHERE sound_id = s.id)"
        " OR EXISTS (SELECT 1 FROM collection_sounds WHERE sound_id = s.id)",
        (listed(takers),),
    ).fetchall()
    for giver, rating, favourite, remark, label in spoken:
        taker = takers[giver]
        connection.execute(
            "INSERT OR IGNORE INTO sound_tags SELECT ?, tag_id FROM sound_tags WHERE sound_id = ?", (taker, giver)
        )
        connection.execute(
            "INSERT OR IGNORE INTO collection_sounds SELECT collection_id, ?, position FROM collection_sounds"
            " WHERE sound_id = ?",
            (taker, giver),
        )
        _merge(connection, taker, rating, favourite, remark or "", label)
        connection.execute("DELETE FROM sound_tags WHERE sound_id = ?", (giver,))
        connection.execute("DELETE FROM collection_sounds WHERE sound_id = ?", (giver,))
        connection.execute(
            "UPDATE sounds SET rating = 0, favourite = 0, remark = NULL, label = NULL WHERE id = ?", (giver,)
        )
    _touched(connection, [giver for giver, *_ in spoken])


def same_names(connection: Connection, folder_id: int, other_id: int) -> list[tuple[int, int]]:
    """The sounds of a folder that have the names of sounds of another one, each with that one."""
    return connection.execute(
        "SELECT s.id, o.id FROM sounds s JOIN sounds o ON o.folder_id = ? AND o.name = s.name WHERE s.folder_id = ?",
        (other_id, folder_id),
    ).fetchall()


def save_search(connection: Connection, name: str, query: str) -> None:
    """Keep a search text under a name, in the place of what had the name. Raises ``UsageError``."""
    title, text = naming.title(name, "saved search"), " ".join(query.split())
    if not naming.is_text(text):
        raise UsageError("A search cannot hold characters that nobody can see or read.")
    connection.execute(
        "INSERT INTO searches (folded, name, query) VALUES (?, ?, ?)"
        " ON CONFLICT (folded) DO UPDATE SET query = excluded.query",
        (naming.folded(title), title, text),
    )


def forget_search(connection: Connection, name: str) -> None:
    """Raises ``NotFound`` and ``UsageError``."""
    key = naming.sought(name, "saved search")
    if not connection.execute("DELETE FROM searches WHERE folded = ?", (key,)).rowcount:
        raise NotFound(f"There is no saved search {name}.")


def searches(connection: Connection) -> list[SavedSearch]:
    """The saved searches, by name."""
    return [SavedSearch(*row) for row in connection.execute("SELECT name, query FROM searches ORDER BY folded")]


def _merge(connection: Connection, id: int, rating: int, favourite: bool, remark: str, label: str | None) -> None:
    """A label that is there stays."""
    before = connection.execute("SELECT coalesce(remark, '') FROM sounds WHERE id = ?", (id,)).fetchone()
    if before is not None:
        connection.execute(
            "UPDATE sounds SET rating = max(rating, ?), favourite = max(favourite, ?), remark = ?,"
            " label = coalesce(label, ?), revision = ?"
            " WHERE id = ?",
            (rating, favourite, _both(before[0], remark) or None, label, revision_of(connection), id),
        )


def _both(first: str, second: str) -> str:
    """Two notes as one; what one of them holds already is not said twice."""
    if f"\n{second}\n" in f"\n{first}\n":
        return first
    if not first or f"\n{first}\n" in f"\n{second}\n":
        return second
    return f"{first}\n{second}" if second else first


def _tag_id(connection: Connection, name: str) -> int:
    """The first spelling stays, as long as any sound has the tag."""
    key = naming.folded(name)
    connection.execute(
        "INSERT INTO tags (name, folded) VALUES (?, ?) ON CONFLICT (folded) DO UPDATE SET name = excluded.name"
        " WHERE NOT EXISTS (SELECT 1 FROM sound_tags WHERE tag_id = tags.id)",
        (name, key),
    )
    return int(connection.execute("SELECT id FROM tags WHERE folded = ?", (key,)).fetchone()[0])


def _collection_id(connection: Connection, name: str) -> int:
    key = naming.folded(name)
    connection.execute("INSERT OR IGNORE INTO collections (name, folded) VALUES (?, ?)", (name, key))
    return int(connection.execute("SELECT id FROM collections WHERE folded = ?", (key,)).fetchone()[0])


def _end(connection: Connection, collection_id: int) -> int:
    """The position after the last sound of a collection."""
    found = connection.execute(
        "SELECT coalesce(max(position), -1) + 1 FROM collection_sounds WHERE collection_id = ?", (collection_id,)
    )
    return int(found.fetchone()[0])


def _set(connection: Connection, ids: Iterable[int], column: str, value: object) -> None:
    connection.execute(
        f"UPDATE sounds SET {column} = ?, revision = ? WHERE id IN (SELECT value FROM json_each(?))",
        (value, revision_of(connection), listed(ids)),
    )


def _touched(connection: Connection, ids: list[int]) -> list[int]:
    """``ids``, of which searching has to hear."""
    if ids:
        connection.execute(
            "UPDATE sounds SET revision = ? WHERE id IN (SELECT value FROM json_each(?))",
            (revision_of(connection), listed(ids)),
        )
    return ids


def _ids(connection: Connection, sql: str, ids: Iterable[int], value: object) -> list[int]:
    return [id for (id,) in connection.execute(sql, (listed(ids), value))]
