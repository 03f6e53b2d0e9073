"""A small library of which much is said: copies with words of their own, names that are no Unicode, empty
collections."""

import os
import shutil
from pathlib import Path

import ctk
from ctk.catalog import exchange_rows
from ctk.records import Marks
from ctk.toolkit import Toolkit
from tests.sources.library import wav

ODD = os.fsdecode(b"caf\xe9.wav") if os.name == "posix" else "caf\N{LATIN SMALL LETTER E WITH ACUTE}.wav"
SEEDS = {
    "Drums/kick.wav": 1,
    "Copies/kick.wav": 1,
    "Copies/kick again.wav": 1,
    "Drums/snare, loud.wav": 2,
    "Bass/=sub -12.wav": 3,
    "Bass/\N{FIRE} line.wav": 4,
    f"Bass/{ODD}": 5,
    "Bass/unsaid.wav": 6,
}
"""Names, and the noise in them: the same number is the same content."""

MARKS = {
    "Drums/kick.wav": Marks(5, True, ("dark", "hit"), ("Set", "Two"), "the one", "drums"),
    "Copies/kick.wav": Marks(1, False, ("spare",)),
    "Copies/kick again.wav": Marks(0, False, (), (), "from the old drive", "fx"),
    "Drums/snare, loud.wav": Marks(3, False, ("'=x", "a;b"), ("Set",), '=1+1\n"quoted", and; more\n- list'),
    "Bass/=sub -12.wav": Marks(0, True, (), ("Two",), ""),
    "Bass/\N{FIRE} line.wav": Marks(0, False, ("\N{FIRE}",), ("Set", "Two"), "\N{SNOWMAN} 'tis"),
    f"Bass/{ODD}": Marks(2, False, ("caf\N{LATIN SMALL LETTER E WITH ACUTE}",), ("Set",), ""),
}
ORDERS: dict[str, list[str]] = {
    "Empty": [],
    "Set": ["Bass/\N{FIRE} line.wav", "Drums/kick.wav", f"Bass/{ODD}", "Drums/snare, loud.wav"],
    "Two": ["Drums/kick.wav", "Bass/\N{FIRE} line.wav", "Bass/=sub -12.wav"],
}


def make(root: Path) -> Path:
    for name, seed in SEEDS.items():
        wav(root / name, seed)
    return root


def say(toolkit: Toolkit, root: Path) -> None:
    """All of ``MARKS`` and ``ORDERS``."""
    here = ids(toolkit, root)
    facts = toolkit.facts
    for name, marks in MARKS.items():
        for tag in marks.tags:
            facts.tag([here[name]], tag)
        facts.rate([here[name]], marks.rating)
        facts.favourite([here[name]], on=marks.favourite)
        facts.note([here[name]], marks.note)
        toolkit.classify.label([here[name]], marks.label)
    for collection, order in ORDERS.items():
        facts.collect([here[name] for name in order], collection)
    facts.save_search("Loud kicks", 'kick -"soft one" len:<2')


def ids(toolkit: Toolkit, root: Path) -> dict[str, int]:
    """The sounds by their names in ``root``."""
    rows = toolkit.catalog.search("", limit=100_000).rows
    return {os.path.relpath(row.path, root).replace(os.sep, "/"): row.id for row in rows if row.state != "missing"}


def marks(toolkit: Toolkit, root: Path) -> dict[str, Marks]:
    """What is said of the sounds by their names, of those that anything is said of."""
    found = {name: toolkit.facts.of(id) for name, id in ids(toolkit, root).items()}
    return {name: said for name, said in found.items() if said != Marks()}


def orders(toolkit: Toolkit, root: Path) -> dict[str, list[str]]:
    """The names of the sounds in each collection, in its order."""
    return {label.name: _order(toolkit, label.name, root) for label in toolkit.facts.collections()}


def _order(toolkit: Toolkit, collection: str, root: Path) -> list[str]:
    names = {id: name for name, id in ids(toolkit, root).items()}
    with toolkit._store.snapshot() as connection:
        return [names[id] for id in exchange_rows.members(connection, collection)]


def wiped(home: Path) -> Toolkit:
    """A new catalog in the same home."""
    shutil.rmtree(home)
    return ctk.open(home)
