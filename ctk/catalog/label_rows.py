"""The tags and the collections of sounds, by their names."""

from collections import defaultdict
from collections.abc import Iterable

from ctk.catalog.store import Connection


def tags_of(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The tags, by name, of those sounds that have any."""
    if connection.execute("SELECT 1 FROM sound_tags LIMIT 1").fetchone() is None:
        return {}
    pairs = connection.execute(
        "SELECT x.sound_id, x.tag_id FROM json_each(?) i CROSS JOIN sound_tags x ON x.sound_id = i.value",
        (listed(ids),),
    )
    return _named(connection, pairs.fetchall(), "tags")


def collections_of(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The collections, by name, of those sounds that are in any."""
    if connection.execute("SELECT 1 FROM collection_sounds LIMIT 1").fetchone() is None:
        return {}
    pairs = connection.execute(
        "SELECT x.sound_id, x.collection_id FROM json_each(?) i CROSS JOIN collection_sounds x ON x.sound_id = i.value",
        (listed(ids),),
    )
    return _named(connection, pairs.fetchall(), "collections")


def listed(ids: Iterable[int]) -> str:
    """As SQLite's ``json_each`` takes them, each once."""
    return f"[{','.join(map(str, dict.fromkeys(ids)))}]"


def _named(connection: Connection, pairs: Iterable[tuple[int, int]], table: str) -> dict[int, tuple[str, ...]]:
    """For pairs of a sound and a tag or collection: the names that each sound has, in order."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for id, number in pairs:
        found[id].append(number)
    sets = set(map(tuple, found.values()))
    names: dict[int, str] = dict(
        connection.execute(
            f"SELECT id, name FROM {table} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY folded",
            (listed(number for numbers in sets for number in numbers),),
        )
    )
    rank = {number: place for place, number in enumerate(names)}
    named = {numbers: tuple(names[number] for number in sorted(numbers, key=rank.__getitem__)) for numbers in sets}
    return {id: named[tuple(numbers)] for id, numbers in found.items()}
