"""What a result can be narrowed down by: a line in ``FACETS`` for each facet, which says how its choices are counted.

A choice counts what a search for it finds when nothing else is asked of its field, to the sound: the counting goes by
the same values as ``filters``.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from ctk.catalog.arrays import Array
from ctk.catalog.fields import NO, NONE, YES, Span, label
from ctk.catalog.filters import Hits
from ctk.catalog.health import BITS
from ctk.catalog.order import by_tonic, states
from ctk.catalog.pairs import Pairs
from ctk.catalog.query import Choosing, value_of
from ctk.catalog.text import fold, natural_key
from ctk.facts import music
from ctk.records import CATEGORIES, Ailment, Category, Choice, Facet, Facets, SoundState

MOST_TAGS = 50


class Option(NamedTuple):
    """A choice before anybody chose: ``written`` is how it is asked for, ``hits`` is how many it leaves. What is
    ``said`` by others already is only shown where it is chosen."""

    written: str
    label: str
    hits: int
    said: bool = False


class Counted(NamedTuple):
    """The ``options`` of each of ``FACETS``, of a result of ``total`` sounds."""

    total: int
    options: tuple[tuple[Option, ...], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A facet: ``field`` is what it searches by, ``title`` what people call it. The first ``most`` choices are shown,
    and those that are chosen."""

    field: str
    title: str
    count: Callable[[Hits], Iterable[Option]]
    most: int = sys.maxsize


def counted(hits: Hits) -> Counted:
    """Every facet of a result."""
    total = int(np.count_nonzero(hits.all()))
    return Counted(total, tuple(tuple(kind.count(hits)) for kind in FACETS))


def choices(counted: Counted, text: str) -> Facets:
    """What was counted, as choices of someone who searches for ``text``."""
    facets = (_facet(kind, options, text) for kind, options in zip(FACETS, counted.options, strict=True))
    return Facets(counted.total, tuple(facets))


def _facet(kind: Kind, options: Iterable[Option], text: str) -> Facet:
    choosing = Choosing(text, kind.field)
    shown: list[Choice] = []
    for option in options:
        chosen = choosing.holds(option.written)
        if chosen or (option.hits and not option.said and len(shown) < kind.most):
            shown.append(Choice(option.label, option.hits, chosen, choosing.toggled(option.written)))
    return Facet(kind.field, kind.title, tuple(shown), choosing.without())


def _values(hits: Hits, field: str, column: str) -> Array:
    """What ``column`` knows of the hits without ``field``."""
    return hits.library.columns[column].take(hits.slots(hits.without(field)))


def _tallied(numbers: Array, size: int) -> list[int]:
    """How often each of 0 to ``size`` - 1 is there; -1 is unknown."""
    counts: list[int] = np.bincount(numbers.astype(np.int64) + 1, minlength=size + 1)[1:].tolist()
    return counts


def _named(field: str, labels: Mapping[str, str]) -> Callable[[Hits], Iterator[Option]]:
    """A coded column; texts without a label stand for themselves, in the order of the alphabet."""

    def count(hits: Hits) -> Iterator[Option]:
        texts = hits.library.columns.names[field].texts()
        tallied = _tallied(_values(hits, field, field), len(texts))
        counts: Counter[str] = Counter()
        spelled: dict[str, str] = {}
        for text, number in zip(texts, tallied, strict=True):
            if text is not None:
                counts[fold(text)] += number
                spelled.setdefault(fold(text), text)
        for name in (*labels, *sorted(spelled.keys() - labels.keys())):
            yield Option(name, labels.get(name) or spelled[name], counts[name])

    return count


def _categories(hits: Hits) -> Iterator[Option]:
    """The most frequent first; last those nobody knows."""
    texts = hits.library.columns.names["category"].texts()
    counts = dict(zip(texts, _tallied(_values(hits, "cat", "category"), len(texts)), strict=True))
    for category in sorted(CATEGORIES, key=lambda category: -counts.get(category, 0)):
        yield Option(category, _CATEGORIES[category], counts.get(category, 0))
    yield Option(NONE, "Not known yet", counts.get(None, 0))


def _spans(field: str, column: str, spans: Iterable[tuple[str, str]]) -> Callable[[Hits], Iterator[Option]]:
    """A column of numbers, by the spans they are in."""
    read = [(written, title, value_of(field, written)) for written, title in spans]

    def count(hits: Hits) -> Iterator[Option]:
        values = _values(hits, field, column)
        values = values[~np.isnan(values)]
        for written, title, span in read:
            assert isinstance(span, Span)
            yield Option(written, title, int(np.count_nonzero((values >= span.low) & (values <= span.high))))

    return count


def _keys(hits: Hits) -> Iterator[Option]:
    """Tonic by tonic. One alone also finds its major, and says no more than that where nothing else is to be found."""
    counts = _tallied(_values(hits, "key", "key"), music.TONIC + 12)
    for key in np.argsort(by_tonic(np.arange(len(counts)))).tolist():
        name, alone = music.key_name(key), key >= music.TONIC
        major = counts[key - music.TONIC] if alone else 0
        yield Option(name.replace(" ", ""), name, counts[key] + major, said=alone and not counts[key])


def _stars(hits: Hits) -> Iterator[Option]:
    counts = _tallied(_values(hits, "rating", "rating"), 6)
    for stars in range(5, 0, -1):
        yield Option(str(stars), "1 star" if stars == 1 else f"{stars} stars", counts[stars])
    yield Option("0", "No stars", counts[0])


def _favourites(hits: Hits) -> Iterator[Option]:
    others, favourites = _tallied(_values(hits, "fav", "favourite"), 2)[:2]
    yield Option(YES, "Favourites", favourites)
    yield Option(NO, "Other sounds", others)


def _tags(hits: Hits) -> list[Option]:
    return sorted(_labelled(hits, "tag", hits.library.tags), key=lambda option: -option.hits)


def _collections(hits: Hits) -> list[Option]:
    return _labelled(hits, "collection", hits.library.collections)


def _labelled(hits: Hits, field: str, labels: Pairs) -> list[Option]:
    counts = labels.counts(hits.without(field))
    return [Option(name, name, counts[number]) for number, name in labels.names.items()]


def _sources(hits: Hits) -> list[Option]:
    """Sources by the names of their folders; those whose paths differ in case only are searched as one."""
    places = hits.library.places
    folders = np.bincount(_values(hits, "source", "folder"), minlength=len(places.sources))
    sounds = np.bincount(places.sources, weights=folders, minlength=1)
    counts: Counter[str] = Counter()
    paths: dict[str, str] = {}
    for id, path in places.roots().items():
        counts[label(path)] += int(sounds[id]) if id < len(sounds) else 0
        paths.setdefault(label(path), path)
    names = folder_names(paths.values())
    options = [Option(path, names[path], counts[same]) for same, path in paths.items() if same]
    return sorted(options, key=lambda option: natural_key(option.label))


def folder_names(paths: Iterable[str]) -> dict[str, str]:
    """What to call each folder: by its own name, and where that is not enough also by where it is."""
    names = {path: os.path.basename(path.rstrip(os.sep)) or path for path in paths}
    alike = Counter(names.values())
    return {
        path: name if alike[name] == 1 else f"{name} ({os.path.dirname(path.rstrip(os.sep))})"
        for path, name in names.items()
    }


def _states(hits: Hits) -> Iterator[Option]:
    """Held sounds are counted as such only: a search for anything else does not see them."""
    library = hits.library
    columns = library.columns
    mask = hits.without("is", held=True)
    names = columns.names["state"]
    held = names.numbers(["held"])[0]
    slots = hits.slots(mask)
    numbers = states(columns, library.places).take(slots)
    counts = dict(zip(names.texts(), _tallied(numbers, len(names.texts())), strict=True))
    for state, title in _STATES.items():
        yield Option(state, title, counts.get(state, 0))
    health = columns["health"].take(slots)[numbers != held]
    for ailment, title in _AILMENTS.items():
        yield Option(ailment, title, int(np.count_nonzero(health & BITS[ailment])))


_CATEGORIES: Final[dict[Category, str]] = {
    "drums": "Drums",
    "synth": "Synth",
    "vocal": "Vocal",
    "bass": "Bass",
    "guitar": "Guitar",
    "fx": "Effects",
    "other": "Other",
}
_TYPES: Final = {"loop": "Loops", "one-shot": "One-shots"}
_TEMPOS: Final = (
    ("<80", "Under 80"),
    ("80..<100", "80\u2013100"),
    ("100..<120", "100\u2013120"),
    ("120..<130", "120\u2013130"),
    ("130..<150", "130\u2013150"),
    ("150..<180", "150\u2013180"),
    (">=180", "180 and more"),
)
_LENGTHS: Final = (
    ("<1", "Under 1 s"),
    ("1..<5", "1\u20135 s"),
    ("5..<30", "5\u201330 s"),
    ("30..<5:00", "30 s \u2013 5 min"),
    (">=5:00", "5 min and more"),
)
_STATES: Final[dict[SoundState, str]] = {
    "ok": "In its place",
    "bad": "Cannot be read",
    "missing": "File is gone",
    "offline": "Drive not connected",
    "cloud": "Still in the cloud",
    "held": "Removed",
}
_AILMENTS: Final[dict[Ailment, str]] = {
    "truncated": "Cut off",
    "damaged": "Damaged",
    "silent": "Silent",
    "clipped": "Clipped",
    "offset": "Off centre (DC)",
    "dead-channel": "One side silent",
}

FACETS: Final = (
    Kind("cat", "What it is", _categories),
    Kind("type", "Type", _named("type", _TYPES)),
    Kind("bpm", "Tempo", _spans("bpm", "bpm", _TEMPOS)),
    Kind("key", "Key", _keys),
    Kind("len", "Length", _spans("len", "duration_s", _LENGTHS)),
    Kind("format", "Format", _named("format", {})),
    Kind("tag", "Tags", _tags, MOST_TAGS),
    Kind("rating", "Stars", _stars),
    Kind("fav", "Favourites", _favourites),
    Kind("collection", "Collections", _collections),
    Kind("source", "Sources", _sources),
    Kind("is", "State", _states),
)
"""In the order in which they are shown."""
