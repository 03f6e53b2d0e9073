"""The records of the user's own word, and of choosing by it, as ``ctk.records`` gives them on."""

from collections.abc import Sequence
from dataclasses import dataclass

from ctk.records.categories import Category


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: ``count`` sounds have it. ``query`` is the search text after a click on it, which takes it
    back where it is ``chosen``."""

    label: str
    count: int
    chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """What a result can be narrowed down by: ``name`` is the search field, ``title`` what people call it. ``query`` is
    the search text without any choice in it."""

    name: str
    title: str
    choices: Sequence[Choice]
    query: str


@dataclass(frozen=True, slots=True)
class Facets:
    """Every facet of a result of ``total`` sounds. The counts of a facet are of sounds that meet all that is asked for
    but this facet itself, so that another of its choices can be added."""

    total: int
    facets: Sequence[Facet]


@dataclass(frozen=True, slots=True)
class Marks:
    """The user's own word on a sound; ``rating`` is 1 to 5 stars, 0 for none, ``label`` says what it is."""

    rating: int = 0
    favourite: bool = False
    tags: Sequence[str] = ()
    collections: Sequence[str] = ()
    note: str = ""
    label: Category | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A tag or a collection, and how many sounds have it or are in it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search text the user gave a name."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Exported:
    """``sounds`` were written; ``text`` is what was written where no file was named."""

    sounds: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """``sounds`` got back what was said of them; what was said of ``waiting`` others is kept until a scan finds them;
    ``problems`` are sentences on what could not be read."""

    sounds: int
    waiting: int
    problems: Sequence[str] = ()
