"""The columns of the list: their order, which are hidden, and how wide they are."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ctk.looks.look import Columns
from ctk.looks.part import Part

FIRST: Final = "name"
"""The column that always stands first, and is always seen."""
LEAST_WIDTH, MOST_WIDTH = 20, 2_000


class Said(NamedTuple):
    """As far as a look says it."""

    order: tuple[str, ...] | None
    hidden: tuple[str, ...] | None
    widths: Mapping[str, int]


def columns(part: Part, known: Mapping[str, str]) -> Said:
    """From the table of a look."""
    order, hidden = part.choices("order", "column", known), part.choices("hidden", "column", known)
    if order and FIRST in order[1:]:
        part.report.error((*part.path, "order", order.index(FIRST)), f"{FIRST} is always the first column.")
    if hidden and FIRST in hidden:
        part.report.error((*part.path, "hidden", hidden.index(FIRST)), f"{FIRST} cannot be hidden.")
    inside = part.part("widths")
    taken = {column: inside.number(column, LEAST_WIDTH, MOST_WIDTH) for column in inside.keys("column", known)}
    part.done()
    return Said(order, hidden, {column: width for column, width in taken.items() if width is not None})


def fill(said: Said, base: Columns, usual: Sequence[str]) -> Columns:
    """All columns; those that are not named follow in their ``usual`` order."""
    order = base.order if said.order is None else said.order
    every = dict.fromkeys((FIRST, *order, *usual))
    hidden = base.hidden if said.hidden is None else frozenset(said.hidden)
    return Columns(tuple(every), hidden, {**base.widths, **said.widths})
