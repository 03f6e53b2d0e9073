"""A list of groups as lines: a head for each group, its copies below it; the similar ones come last, under a line."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from ctk.contract import Duplicates
from ctk.records import Group

CHUNK = 1000


class Survey(NamedTuple):
    """All groups in brief, in the order they are paged through: their ids, how many copies each, and which are exact.

    ``wasted_bytes`` is of all exact ones.
    """

    wasted_bytes: int = 0
    ids: "array[int]" = array("q")
    counts: "array[int]" = array("q")
    exact: bytes = b""


class Spot(NamedTuple):
    """What is on a line: copy number ``line`` of the group at ``offset``, its head (-1), or (``None``) the divide."""

    offset: int | None
    line: int = -1


def survey(duplicates: Duplicates) -> Survey:
    """Page through all groups once, on a worker."""
    ids, counts, exact = array("q"), array("q"), bytearray()
    while True:
        found = duplicates.summary(offset=len(ids), limit=CHUNK)
        _note(found.groups, ids, counts, exact)
        if not found.groups or len(ids) >= found.total:
            return Survey(found.wasted_bytes, ids, counts, bytes(exact))


def brief(groups: Sequence[Group], wasted_bytes: int) -> Survey:
    """A survey of these groups alone."""
    ids, counts, exact = array("q"), array("q"), bytearray()
    _note(groups, ids, counts, exact)
    return Survey(wasted_bytes, ids, counts, bytes(exact))


def _note(groups: Sequence[Group], ids: "array[int]", counts: "array[int]", exact: bytearray) -> None:
    for group in groups:
        ids.append(group.id)
        counts.append(len(group.files))
        exact.append(group.kind == "exact")


class Outline:
    """Where everything is. ``total`` counts the lines; ``near`` says whether similar ones are listed."""

    def __init__(self, survey: Survey, *, near: bool) -> None:
        offsets = range(len(survey.ids))
        exact = [offset for offset in offsets if survey.exact[offset]]
        others = [offset for offset in offsets if not survey.exact[offset]] if near else []
        self.survey = survey
        self.groups = len(exact)
        self.similar = len(survey.ids) - len(exact)
        self._order = array("q", exact)
        self._starts: array[int] = array("q")
        self.total = 0
        self._append(exact)
        self._divide = self.total if others else None
        self.total += bool(others)
        self._append(others)
        self._order.extend(others)

    def spot(self, position: int) -> Spot:
        """What is on the line at ``position``."""
        if position == self._divide:
            return Spot(None)
        at = bisect_right(self._starts, position) - 1
        return Spot(self._order[at], position - self._starts[at] - 1)

    def head(self, group_id: int) -> int | None:
        """The position of the head of a group, when it is listed."""
        for at, offset in enumerate(self._order):
            if self.survey.ids[offset] == group_id:
                return self._starts[at]
        return None

    def _append(self, offsets: Sequence[int]) -> None:
        for offset in offsets:
            self._starts.append(self.total)
            self.total += 1 + self.survey.counts[offset]
