"""The user's word as one JSON document: everything, to be taken over elsewhere. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ctk.facts import entries
from ctk.facts.entries import Content, Entry, Problems
from ctk.records import SavedSearch

PROGRAM: Final = "Creator's Toolkit"
VERSION: Final = 1


def lines(content: Content) -> Iterator[str]:
    """The document, a sound a line, so that two of them can be compared line by line."""
    head = json.dumps({"program": PROGRAM, "version": VERSION}, indent=1)
    yield f'{head.removesuffix("}").rstrip()},\n "sounds": ['
    for position, entry in enumerate(content.entries):
        yield f"{',' if position else ''}\n  {_dumped(_sound(entry))}"
    yield f'\n ],\n "collections": {_dumped(content.collections)},\n'
    searches = [{"name": search.name, "query": search.query} for search in content.searches]
    yield f' "searches": {_dumped(searches)}\n}}\n'


def read(text: str, problems: Problems) -> Content:
    """What a document holds. Raises ``ValueError`` for a text that is none."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise ValueError("it is no JSON document, or was cut off") from exc
    if not isinstance(document, dict) or not isinstance(document.get("sounds"), list):
        raise ValueError(f"{PROGRAM} did not write it")
    version = entries.whole(document.get("version"))
    if version is not None and version > VERSION:
        raise ValueError(f"a newer {PROGRAM} wrote it; please update this program")
    return Content(
        tuple(_entries(document["sounds"], problems)),
        tuple(_collections(_many(document, "collections", problems), problems)),
        tuple(_searches(_many(document, "searches", problems), problems)),
    )


def _sound(entry: Entry) -> Mapping[str, object]:
    marks = entry.marks
    return {
        "path": entry.path,
        "size_bytes": entry.size_bytes,
        "fingerprint": entry.fingerprint and entry.fingerprint.hex(),
        "full_hash": entry.full_hash and entry.full_hash.hex(),
        "rating": marks.rating,
        "favourite": marks.favourite,
        "tags": marks.tags,
        "collections": [{"name": name, "position": entry.positions.get(name)} for name in marks.collections],
        "note": marks.note,
        "label": marks.label,
        **entry.facts,
    }


def _dumped(value: object) -> str:
    """In ASCII, so that bytes of a name that are not UTF-8 travel as escapes."""
    return json.dumps(value, allow_nan=False)


def _entries(sounds: Sequence[object], problems: Problems) -> Iterator[Entry]:
    for number, sound in enumerate(sounds, 1):
        if not isinstance(sound, dict):
            problems.add(f"Sound {number:,}: {entries.shown(sound)} says nothing of a sound.")
        elif found := entries.entry(sound, f"Sound {number:,}", problems):
            yield found


def _collections(names: Sequence[object], problems: Problems) -> Iterator[str]:
    for name in names:
        kept = entries.name(name, "collection")
        if kept is None:
            problems.add(f"{entries.shown(name)} is no name of a collection; it was left out.")
        else:
            yield kept


def _searches(found: Sequence[object], problems: Problems) -> Iterator[SavedSearch]:
    for search in found:
        name, query = (search.get("name"), search.get("query")) if isinstance(search, dict) else (search, None)
        if isinstance(name, str) and isinstance(query, str):
            yield SavedSearch(name, query)
        else:
            problems.add(f"{entries.shown(name)} is no saved search; it was left out.")


def _many(document: dict[str, Any], name: str, problems: Problems) -> Sequence[object]:
    value = document.get(name, [])
    if isinstance(value, list):
        return value
    problems.add(f"The {name} of the file are not a list; they were left out.")
    return ()
