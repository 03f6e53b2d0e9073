"""The library in numbers, as SQLite counts it by itself."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ctk.catalog.store import Connection
from ctk.records.library import Source, Stats

_UNKNOWN = "unknown"
_COUNTED = ("ok", "bad", "offline")
"""States of sounds whose files are in their places, as far as is known."""


def stats(connection: Connection) -> Stats:
    """The sums of what is there, in one pass over the sounds."""
    sums: dict[tuple[int, str | None, str], tuple[int, int, float]] = {
        tuple(kind): (files, size, seconds or 0.0)
        for *kind, files, size, seconds in connection.execute(
            "SELECT f.source_id, s.format, s.state, count(*), sum(s.size_bytes), sum(s.duration_s)"
            " FROM sounds s JOIN folders f ON f.id = s.folder_id GROUP BY 1, 2, 3"
        )
    }
    formats: Counter[str] = Counter()
    for (_, format, state), (files, _, _) in sums.items():
        if state in _COUNTED:
            formats[format or _UNKNOWN] += files
    sources = _sources(connection, sums)
    whole = _total((source.files, source.bytes, source.duration_s) for source in sources)
    return Stats(*whole, sources, dict(sorted(formats.items(), key=lambda item: (-item[1], item[0]))))


def _sources(
    connection: Connection, sums: Mapping[tuple[int, str | None, str], tuple[int, int, float]]
) -> list[Source]:
    protected = {os.path.normcase(os.fsdecode(path)) for (path,) in connection.execute("SELECT path FROM protected")}
    found = connection.execute("SELECT id, path, state, volume_label, seen_s, scanned_s FROM sources ORDER BY id")
    sources = []
    for id, path, source_state, label, seen_s, scanned_s in found.fetchall():
        counts: Counter[str] = Counter()
        for (source, _, state), (files, _, _) in sums.items():
            if source == id:
                counts[state] += files
        there = _total(some for (source, _, state), some in sums.items() if source == id and state in _COUNTED)
        aside = counts["missing"], counts["cloud"], counts["bad"]
        folder = os.fsdecode(path)
        is_protected = any(os.path.normcase(above) in protected for above in _above(folder))
        sources.append(Source(id, folder, source_state, *there, label, seen_s, scanned_s, *aside, is_protected))
    return sources


def _above(folder: str) -> Iterator[str]:
    """A folder and every one it lies in."""
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        yield (folder := parent)


def _total(sums: Iterable[tuple[int, int, float]]) -> tuple[int, int, float]:
    files, size, seconds = 0, 0, 0.0
    for some in sums:
        files, size, seconds = files + some[0], size + some[1], seconds + some[2]
    return files, size, seconds
