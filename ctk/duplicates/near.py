"""Sounds that are alike without being the same file: the same audio in another wrapping, or another version by name.

Which sounds to compare is told by traits that are kept with their rows; only sounds of one shape (rate, channels,
length) are decoded, and what was heard is kept until the file changes.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter
from typing import Final

from ctk import fingerprint
from ctk.catalog import duplicate_rows, duplicate_traits
from ctk.catalog.duplicate_traits import Named, Source, Traits
from ctk.catalog.store import Connection, Store, revision_of
from ctk.duplicates import names
from ctk.duplicates.audio import SameAudio
from ctk.jobs import Task
from ctk.records import GroupKind

Alike = dict[tuple[GroupKind, bytes], tuple[int, ...]]
"""Groups by kind and key: the ids of their sounds in order."""

NEAR_MS: Final = 50
NEAR_PART: Final = 0.02
ROWS_AT_ONCE: Final = 20_000
GROUPS_AT_ONCE: Final = 2000
_LOSSLESS: Final = frozenset({"pcm", "float", "flac", "alac", "wavpack", "tta", "ape"})


def find(store: Store, task: Task) -> None:
    """Bring the groups of sounds that are alike up to date with the catalog."""
    task.report("Reading names and lengths")
    _learn(store, task)
    audio: Alike = {("same audio", heard): ids for heard, ids in SameAudio(store, task).groups()}
    task.report("Looking for other versions by name")
    with store.snapshot() as connection:
        found = audio | versions(duplicate_traits.of_one_name(connection), audio.values())
        kept = duplicate_traits.alike(connection)
    news = [(group, ids) for group, ids in found.items() if kept.get(group) != ids]
    news += [(group, ()) for group in kept.keys() - found.keys()]
    rest = iter(news)
    while part := list(islice(rest, GROUPS_AT_ONCE)):
        task.check()
        _write(store, part)


def versions(sounds: Iterable[Named], same_audio: Iterable[Sequence[int]] = ()) -> Alike:
    """Groups of sounds with one stem and nearly one length. Of one content only the first counts; what ``same_audio``
    already holds together is left out."""
    together: dict[int, int] = {id: number for number, ids in enumerate(same_audio) for id in ids}
    found: Alike = {}
    for _, named in groupby(sounds, attrgetter("stem")):
        for cluster in _clusters(named):
            contents: dict[int, int] = {}
            for sound in cluster:
                contents[sound.content] = min(sound.sound_id, contents.get(sound.content, sound.sound_id))
            groups = {together.get(id, -id) for id in contents.values()}
            if len(contents) > 1 and len(groups) > 1:
                found["near", _key(contents)] = tuple(sorted(contents.values()))
    return found


def _clusters(sounds: Iterable[Named]) -> Iterator[list[Named]]:
    """Sounds in order of length, in parts that are nearly as long as the first of each."""
    cluster: list[Named] = []
    for sound in sounds:
        if cluster and sound.length_ms - cluster[0].length_ms > max(NEAR_MS, NEAR_PART * cluster[0].length_ms):
            yield cluster
            cluster = []
        cluster.append(sound)
    if cluster:
        yield cluster


def _key(contents: Iterable[int]) -> bytes:
    return fingerprint.of_parts(content.to_bytes(8, "big", signed=True) for content in sorted(contents))


def _learn(store: Store, task: Task) -> None:
    """Make the traits of what changed."""
    with store.snapshot() as connection:
        revision = revision_of(connection)
    since = store.write(duplicate_traits.forget).result()
    after = 0
    while True:
        with store.snapshot() as connection:
            rows = duplicate_traits.changed(connection, since, after, ROWS_AT_ONCE)
        if not rows:
            break
        task.check()
        _put(store, [traits(row) for row in rows])
        after = rows[-1].id

    def finish(connection: Connection) -> None:
        duplicate_traits.index(connection)
        duplicate_rows.set_last_find(connection, "near", revision)

    store.write(finish).result()


def traits(row: Source) -> Traits:
    """What tells whether a sound may be like another."""
    stem = names.stem(os.fsdecode(row.name))
    duration_s, rate = row.duration_s or 0.0, row.sample_rate_hz or 0
    codec = (row.codec or "").lower()
    kind = "lossless" if codec in _LOSSLESS else codec
    shape = f"{kind} {rate} {row.channels} {round(duration_s * rate)}"
    return Traits(
        row.id,
        fingerprint.number_of(stem.encode("utf-8", "surrogatepass")) if any(map(str.isalpha, stem)) else None,
        round(duration_s * 1000),
        fingerprint.number_of(shape.encode()),
        fingerprint.number_of(row.fingerprint + row.size_bytes.to_bytes(8, "big")),
    )


def _put(store: Store, rows: list[Traits]) -> None:
    store.write(lambda connection: duplicate_traits.put(connection, rows)).result()


def _write(store: Store, groups: Sequence[tuple[tuple[GroupKind, bytes], Sequence[int]]]) -> None:
    def write(connection: Connection) -> None:
        for (kind, key), ids in groups:
            duplicate_rows.put(connection, kind, key, b"", duplicate_traits.largest(connection, ids), 0, ids)
        duplicate_rows.recount(connection)

    store.write(write).result()
