"""What an exported file says of one sound, and judging what such a file holds: the good parts are taken, each bad part
becomes a sentence. Pure."""

import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ctk.catalog import naming
from ctk.errors import UsageError
from ctk.records import CATEGORIES, Category, Marks, SavedSearch

MOST_PROBLEMS: Final = 100
_LONGEST_PATH: Final = 32_767
"""Windows allows no more, and no other system as many."""
_MOST_NUMBER: Final = 1 << 62
MOST_STARS: Final = 5
_DIGITS: Final = {"fingerprint": 16, "full_hash": 32}
_YES: Final = ("yes", "true", "1", "x", "y", "ja", "wahr", "vrai", "oui", "si", "sí")
_NO: Final = ("", "no", "false", "0", "n", "nein", "falsch", "faux", "non")
"""What people and their spreadsheets write in a column that says yes or no."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One sound and the user's word on it. ``positions`` are its places in collections, by name, as far as they are
    known; ``facts`` are for people to read, and never read back."""

    path: str
    marks: Marks
    positions: Mapping[str, int] = field(default_factory=dict)
    size_bytes: int | None = None
    fingerprint: bytes | None = None
    full_hash: bytes | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """All that a file holds: what it says of sounds, its collections in order, and saved searches."""

    entries: Sequence[Entry] = ()
    collections: Sequence[str] = ()
    searches: Sequence[SavedSearch] = ()


class Problems:
    """Sentences on what could not be read: the first ones, and how many more there are."""

    def __init__(self) -> None:
        self._first: list[str] = []
        self._more = 0

    def add(self, sentence: str) -> None:
        if len(self._first) < MOST_PROBLEMS:
            self._first.append(sentence)
        else:
            self._more += 1

    def sentences(self) -> tuple[str, ...]:
        return (*self._first, *([f"... and {self._more:,} more problems."] if self._more else []))


def entry(raw: Mapping[str, object], called: str, problems: Problems) -> Entry | None:
    """What a file says of one sound, which it ``called`` so; ``None`` where it does not say which."""
    path = _path(raw.get("path"))
    if path is None:
        problems.add(f"{called}: {shown(raw.get('path'))} is no path of a file.")
        return None
    told = _Told(raw, f"{called} ({shown(os.path.basename(path) or path)})", problems)
    rating, positions = told.number("rating", MOST_STARS, "0 to 5 stars"), told.collections()
    marks = Marks(rating or 0, told.yes("favourite"), told.tags(), tuple(positions), told.note(), told.label())
    return Entry(
        path,
        marks,
        {name: position for name, position in positions.items() if position is not None},
        told.number("size_bytes", _MOST_NUMBER, "a size"),
        told.digest("fingerprint"),
        told.digest("full_hash"),
    )


def name(value: object, what: str) -> str | None:
    """The name of a ``what``, tag or collection, as it is kept; ``None`` for what is none."""
    try:
        return naming.name(value, what) if isinstance(value, str) else None
    except UsageError:
        return None


def shown(value: object, most: int = 60) -> str:
    """Something a file holds as a few characters on one line."""
    text = value if isinstance(value, str) else "nothing" if value is None else _written(value)
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[: most + 1])
    return text if len(text) <= most else text[:most] + "…"


def _written(value: object) -> str:
    return "a list" if isinstance(value, list | Mapping) else repr(value)


def _path(value: object) -> str | None:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_PATH or "\0" in value:
        return None
    try:
        return os.fsdecode(os.fsencode(value))
    except UnicodeError:
        return None


class _Told:
    """The fields of one sound; what is wrong in one says so and counts as not there."""

    def __init__(self, raw: Mapping[str, object], called: str, problems: Problems) -> None:
        self._raw = raw
        self._called = called
        self._problems = problems

    def number(self, name: str, most: int, meaning: str) -> int | None:
        value = self._raw.get(name)
        if value is None or value == "":
            return None
        number = whole(value)
        if number is None or not 0 <= number <= most:
            self._refuse(f"{name} {shown(value)} is not {meaning}")
            return None
        return number

    def yes(self, name: str) -> bool:
        value = self._raw.get(name)
        word = str(value).strip().casefold() if isinstance(value, str | int) else "" if value is None else "?"
        if word not in _YES + _NO:
            self._refuse(f"{name} {shown(value)} is neither yes nor no")
        return word in _YES

    def note(self) -> str:
        value = self._raw.get("note")
        try:
            if value is None or isinstance(value, str):
                return naming.note(value or "")
        except UsageError:
            pass
        self._refuse(f"note {shown(value)} is no text, or too long")
        return ""

    def label(self) -> Category | None:
        value = self._raw.get("label")
        label = next((category for category in CATEGORIES if category == value), None)
        if value and label is None:
            self._refuse(f"{shown(value)} is nothing that a sound can be")
        return label

    def tags(self) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for value in self._many("tags"):
            if (kept := name(value, "tag")) is None:
                self._refuse(f"{shown(value)} is no tag")
            else:
                found.setdefault(naming.folded(kept), kept)
        return tuple(found.values())

    def collections(self) -> dict[str, int | None]:
        """Their names, and where in each the sound is."""
        found: dict[str, tuple[str, int | None]] = {}
        for value in self._many("collections"):
            told = value if isinstance(value, Mapping) else {"name": value}
            if (kept := name(told.get("name"), "collection")) is None:
                self._refuse(f"{shown(told.get('name'))} is no name of a collection")
            else:
                found.setdefault(naming.folded(kept), (kept, whole(told.get("position"))))
        return dict(found.values())

    def digest(self, name: str) -> bytes | None:
        value = self._raw.get(name)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, str) and len(value) == _DIGITS[name]:
                return bytes.fromhex(value)
        except ValueError:
            pass
        self._refuse(f"{name.replace('_', ' ')} {shown(value)} cannot be read")
        return None

    def _many(self, name: str) -> Iterable[object]:
        value = self._raw.get(name)
        if value is None:
            return ()
        if isinstance(value, list | tuple):
            return value
        self._refuse(f"{name} are not a list")
        return ()

    def _refuse(self, what: str) -> None:
        self._problems.add(f"{self._called}: {what}; this part was left out.")


def whole(value: object) -> int | None:
    """A whole number that a file holds as one, as text or with a point, as spreadsheets write them."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value.strip().replace(",", ".")) if isinstance(value, str) else value
        if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) < 20:
            number = int(value)
        return int(number) if math.isfinite(number) and number == int(number) and abs(number) < _MOST_NUMBER else None
    except (ValueError, OverflowError):
        return None
