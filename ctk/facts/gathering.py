"""What is to be exported: the sounds that are meant, in their order, with all that the user said of them."""

from collections.abc import Mapping, Sequence

from ctk.catalog import exchange_rows, lookup, mark_rows, source_rows
from ctk.catalog.catalog import Catalog
from ctk.catalog.query import parse
from ctk.catalog.store import Connection, Store
from ctk.catalog.text import natural_key
from ctk.facts.entries import Content, Entry
from ctk.jobs import Task
from ctk.records import Marks, Sound

_GONE = ("missing", "held")
_AT_ONCE = 500
_WORDS = "Gathering what you said"


def gather(task: Task, store: Store, catalog: Catalog, query: str | None, *, playable: bool = False) -> Content:
    """The hits of ``query``; without one, all that anything was said of, also sounds that are yet to be found again,
    with every collection and saved search. Only sounds whose files are there, if ``playable``."""
    hits = None if query is None else list(catalog.ids(query))
    with store.snapshot() as connection:
        if hits is not None:
            return Content(_of_sounds(task, connection, _in_order(connection, query or "", hits), playable))
        sounds = _of_sounds(task, connection, mark_rows.marked(connection), playable)
        sounds.sort(key=lambda one: natural_key(str(one.facts["name"])))
        if playable:
            return Content(sounds)
        waiting = [
            Entry(one.path, one.marks, one.positions, one.size_bytes, one.fingerprint, one.full_hash)
            for one in exchange_rows.waiting(connection)
        ]
        collections = [label.name for label in mark_rows.collections(connection)]
        return Content([*sounds, *waiting], collections, mark_rows.searches(connection))


def _in_order(connection: Connection, query: str, hits: Sequence[int]) -> Sequence[int]:
    """The hits in the order of the one collection that is asked for, else as they are."""
    asked = [one for one in parse(query).conditions if one.field == "collection" and not one.exclude]
    if len(asked) != 1 or len(asked[0].values) != 1:
        return hits
    wanted = set(hits)
    return [id for id in exchange_rows.members(connection, str(asked[0].values[0])) if id in wanted]


def _of_sounds(task: Task, connection: Connection, ids: Sequence[int], playable: bool) -> list[Entry]:
    sources = {root.id: root.path for root in source_rows.roots(connection)}
    found: list[Entry] = []
    for start in range(0, len(ids), _AT_ONCE):
        task.check()
        task.report(_WORDS, start, len(ids))
        some = ids[start : start + _AT_ONCE]
        marks, positions = mark_rows.marks_of(connection, some), exchange_rows.positions(connection, some)
        for sound in lookup.sounds(connection, some):
            if not (playable and sound.state in _GONE):
                found.append(_entry(sound, sources[sound.source_id], marks[sound.id], positions.get(sound.id, {})))
    return found


def _entry(sound: Sound, source: str, marks: Marks, positions: Mapping[str, int]) -> Entry:
    return Entry(
        path=sound.path,
        marks=marks,
        positions=positions,
        size_bytes=sound.size_bytes,
        fingerprint=bytes.fromhex(sound.fingerprint) if sound.fingerprint else None,
        full_hash=bytes.fromhex(sound.full_hash) if sound.full_hash else None,
        facts={
            "name": sound.name,
            "source": source,
            "format": sound.format,
            "duration_s": sound.duration_s,
            "bpm": sound.bpm,
            "key": sound.key,
            "type": sound.type,
            "root_note": sound.note,
        },
    )
