"""Names, and what a musician reads from them: real ones of three packs, and ones written to be like those of makers.

``golden.csv`` was labelled by hand: tempo, key, kind and note as the name, its folder and the length state them, and
``-`` where they do not.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ctk.facts import music
from ctk.facts.stated import Stated

FACTS = ("bpm", "key", "kind", "note")
NOTHING = "-"


class Golden(NamedTuple):
    """One row; ``stated`` is in the order of ``FACTS``."""

    pack: str
    folder: str
    name: str
    seconds: float | None
    stated: tuple[str, ...]


def rows() -> Iterator[Golden]:
    """Every row of the table."""
    with Path(__file__).with_name("golden.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            seconds = float(row["seconds"]) if row["seconds"] else None
            yield Golden(row["pack"], row["folder"], row["name"], seconds, tuple(row[fact] for fact in FACTS))


def shown(stated: Stated) -> tuple[str, ...]:
    """What was read, as the table has it."""
    return (
        f"{stated.bpm.value:g}" if stated.bpm else NOTHING,
        music.key_name(stated.key.value) if stated.key else NOTHING,
        stated.kind.value if stated.kind else NOTHING,
        music.note_name(stated.note.value) if stated.note else NOTHING,
    )
