"""The records of what sounds are heard to be, as ``ctk.records`` gives them on."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ctk.records.categories import Category, Listener
from ctk.records.sound import Row


@dataclass(frozen=True, slots=True)
class Engine:
    """``detail`` says what it is, or, where it is not ``ready``, why and what would make it so."""

    name: Listener
    ready: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """How well the library is heard. ``engine`` is the best one that is ready, ``device`` what it ran on last, ``auto``
    before; ``by`` counts sounds by who said what they are (``user``, ``name``, ``head``, ``cnn14``, ``built-in``);
    ``unheard`` are those nobody listened to with ``engine``. ``learned`` counts the sounds the head was taught with, 0
    where there is none. ``weights`` says where those of CNN14 are, or what fetching them takes, and ``fetchable``
    whether nothing else is missing."""

    engine: Listener
    device: str
    engines: Sequence[Engine]
    by: Mapping[str, int]
    unheard: int
    learned: int
    weights: str
    fetchable: bool = False


@dataclass(frozen=True, slots=True)
class Classified:
    """What a run came to: ``sounds`` were listened to or read; ``problems`` are sentences, on some of those that could
    not be."""

    engine: Listener
    device: str
    sounds: int
    by: Mapping[Category, int]
    problems: Sequence[str] = ()
    elapsed_s: float = 0.0
    files_per_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """A sound, and how like another it is: 1 is the same, 0 has nothing in common."""

    row: Row
    score: float


@dataclass(frozen=True, slots=True)
class Similar:
    """The sounds most like one, the likest first, as ``engine`` hears it."""

    engine: Listener
    rows: Sequence[Likeness]


@dataclass(frozen=True, slots=True)
class SoundMap:
    """The library on a plane, alike beside alike, as ``engine`` hears it: for each of ``ids`` its place (``x``, ``y``
    from 0 to 1) and the number of its category in ``CATEGORIES``, -1 for none."""

    engine: Listener
    ids: "array[int]"
    x: "array[float]"
    y: "array[float]"
    categories: "array[int]"
