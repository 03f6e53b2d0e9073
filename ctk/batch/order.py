"""In which order files change places, so that each finds its place free. Pure.

A chain (a to b while b goes to c) begins at its end. In a ring (a and b swap) one file is parked under another name
until the others have gone on.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal, NamedTuple

from ctk.batch.names import folded
from ctk.catalog.journal_rows import Entry


class Hop(NamedTuple):
    """One rename: ``whole`` takes a file all the way, ``park`` only aside, ``unpark`` from there to its target."""

    entry: Entry
    kind: Literal["whole", "park", "unpark"]


def flipped(entry: Entry) -> Entry:
    """The entry for the way back."""
    return entry._replace(path=entry.target, target=entry.path)


def groups(entries: Sequence[Entry]) -> list[list[Hop]]:
    """Every entry's way to its target, as they can follow one another. Most are alone; a ring is a group, which is
    done whole or not at all. Only renames stand in each other's way."""
    waiting_on = _blockers(entries) if any(entry.action == "rename" for entry in entries) else {}
    if not waiting_on:
        return [[Hop(entry, "whole")] for entry in entries]
    flat: list[Hop] = []
    state: dict[int, str] = {}
    for start in range(len(entries)):
        _visit(start, entries, waiting_on, state, flat)
    found: list[list[Hop]] = []
    parked = 0
    for hop in flat:
        if parked:
            found[-1].append(hop)
        else:
            found.append([hop])
        parked += (hop.kind == "park") - (hop.kind == "unpark")
    return found


def _visit(
    start: int, entries: Sequence[Entry], waiting_on: dict[int, list[int]], state: dict[int, str], done: list[Hop]
) -> None:
    """Everything ``start`` waits for, then ``start``. A stack of its own: a chain may be ten thousand long."""
    stack = [start] if start not in state else []
    while stack:
        at = stack[-1]
        if at not in state:
            state[at] = "open"
            for other in waiting_on.get(at, ()):
                if other not in state:
                    stack.append(other)
                elif state[other] == "open":
                    done.append(Hop(entries[other], "park"))
                    state[other] = "parked"
            continue
        stack.pop()
        if state[at] in ("open", "parked"):
            done.append(Hop(entries[at], "unpark" if state[at] == "parked" else "whole"))
            state[at] = "done"


def _blockers(entries: Sequence[Entry]) -> dict[int, list[int]]:
    """For each entry those that stand where it goes; names compare as on a disk that ignores case."""
    there: defaultdict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        there[folded(entry.path)].append(at)
    found = {at: [other for other in there[folded(entry.target)] if other != at] for at, entry in enumerate(entries)}
    return {at: others for at, others in found.items() if others}
