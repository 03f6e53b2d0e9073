"""What the list can be sorted by, as lines of a menu."""

from functools import partial

from ctk.contract import SORT_COLUMNS
from ctk.ui.models.search import LIKENESS, Search
from ctk.ui.views.columns import COLUMNS
from ctk.ui.views.context import Entry


def order_lines(search: Search) -> list[Entry]:
    """The columns, that of now with a tick; once more turns the order around."""
    wanted = search.wanted
    lines = [
        Entry(title, partial(search.sort_by, id), checked=id == wanted.sort)
        for id, title, *_ in COLUMNS
        if id in SORT_COLUMNS
    ]
    if wanted.sort == LIKENESS:
        return lines
    around = partial(search.sort_by, wanted.sort)
    return [*lines, Entry(), Entry("The other way round", around, checked=wanted.desc)]
