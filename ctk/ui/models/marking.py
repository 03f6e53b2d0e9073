"""What the user says of sounds in the window: stars, favourites, tags, collections, notes; and taking it back."""

import re
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Literal, NamedTuple

from ctk.contract import Facts
from ctk.records import Row
from ctk.ui.models import words
from ctk.ui.models.search import Search
from ctk.ui.models.signal import Signal
from ctk.ui.models.technical import explained
from ctk.ui.pump import Pump

Kind = Literal["tag", "collection"]
"""What sounds are put together by, as the search text calls it."""

STAR = "\N{BLACK STAR}"
_COLLECTION = re.compile(r'(?:^|\s)collection:(?:"([^"]+)"|([^\s",]+))', re.IGNORECASE)


class Done(NamedTuple):
    """What was done in a sentence, to how many sounds, and what takes it back."""

    sentence: str
    sounds: int
    undo: Callable[[], object] | None = None


Work = Callable[[Facts], Done]
"""Done on a worker."""


class Marking:
    """Each does it to the sounds with these ids, one after the other and off the window's thread. ``told(done)`` tells
    what came of it, ``trouble(sentence, details)`` why nothing did, ``changed()`` that rows in sight look other than
    before."""

    def __init__(self, facts: Callable[[], Facts], pump: Pump, search: Search) -> None:
        self.told: Signal[[Done]] = Signal()
        self.changed: Signal[[]] = Signal()
        self.trouble: Signal[[str, str]] = Signal()
        self._facts = facts
        self._pump = pump
        self._search = search
        self._todo: deque[Work] = deque()
        self._busy = False

    def rate(self, ids: Sequence[int], stars: int) -> None:
        """Give them so many stars, 0 for none."""
        self._show(ids, lambda row: replace(row, rating=stars))
        self._do(partial(rate, ids=ids, stars=stars))

    def favour(self, ids: Sequence[int]) -> None:
        """Make them favourites, or no longer where all of them are."""
        known = self._known(ids)
        on = not all(row.favourite for row in known)
        if on or len(known) == len(ids):
            self._show(ids, lambda row: replace(row, favourite=on))
        self._do(partial(favour, ids=ids))

    def favoured(self, ids: Sequence[int]) -> bool:
        """Whether all of them are favourites, as far as is known without asking."""
        known = self._known(ids)
        return bool(known) and all(row.favourite for row in known)

    def add(self, kind: Kind, ids: Sequence[int], names: Sequence[str]) -> None:
        """Give them these tags, or put them into these collections."""
        if kind == "tag":
            self._show(ids, lambda row: replace(row, tags=merged(row.tags, names)))
        self._do(partial(add, kind=kind, ids=ids, names=names))

    def drop(self, kind: Kind, ids: Sequence[int], name: str) -> None:
        """Take a tag from them, or take them out of a collection."""
        if kind == "tag":
            left = name.casefold()
            self._show(ids, lambda row: replace(row, tags=[tag for tag in row.tags if tag.casefold() != left]))
        self._do(partial(drop, kind=kind, ids=ids, name=name))

    def note(self, id: int, text: str) -> None:
        """Write a note on a sound, empty for none."""
        self._do(partial(note, id=id, text=text))

    def undo(self, done: Done) -> None:
        """Take back what was done."""
        if done.undo is not None:
            self._do(partial(undo, back=done.undo))

    def _known(self, ids: Collection[int]) -> list[Row]:
        at_hand = {row.id: row for row in self._search.at_hand()}
        return [at_hand[id] for id in set(at_hand).intersection(ids)]

    def _show(self, ids: Collection[int], change: Callable[[Row], Row]) -> None:
        """In the list at once; should it fail, the catalog has the last word."""
        self._search.amend(ids, change)
        self.changed()

    def _do(self, work: Work) -> None:
        """Begin it when what was begun before has ended, so that the last word is the one that stays."""
        self._todo.append(work)
        if not self._busy:
            self._next()

    def _next(self) -> None:
        self._busy = bool(self._todo)
        if self._busy:
            self._pump.call(self._run, self._todo.popleft(), then=self._done, fail=self._failed)

    def _run(self, work: Work) -> Done:
        """On a worker, where the facts are loaded when they are first needed."""
        return work(self._facts())

    def _done(self, done: Done) -> None:
        self._next()
        self.told(done)

    def _failed(self, error: Exception) -> None:
        self._next()
        self._search.refresh_soon()
        self.trouble(*explained(error, "This could not be kept."))


def rate(facts: Facts, ids: Sequence[int], stars: int) -> Done:
    """On a worker."""
    before = facts.rate(ids, stars)
    said = f"{stars} {'star' if stars == 1 else 'stars'} for" if stars else "No stars for"

    def back() -> None:
        for rating, some in _by_value(before).items():
            facts.rate(some, rating)

    return Done(f"{said} {words.sounds(len(ids))}.", len(ids), back if before else None)


def favour(facts: Facts, ids: Sequence[int]) -> Done:
    """On a worker. Only where this changes nothing are all of them favourites already."""
    changed = facts.favourite(ids)
    on = bool(changed)
    if not on:
        changed = facts.favourite(ids, on=False)
    count = words.sounds(len(changed))
    back = partial(facts.favourite, changed, on=not on) if changed else None
    return Done(f"{count} added to the favourites." if on else f"{count} taken off the favourites.", len(changed), back)


def add(facts: Facts, kind: Kind, ids: Sequence[int], names: Sequence[str]) -> Done:
    """On a worker."""
    there = {label.name.casefold() for label in facts.collections()} if kind == "collection" else set()
    said = facts.tag if kind == "tag" else facts.collect
    added = {name: said(ids, name) for name in names}
    sounds = len(set(chain.from_iterable(added.values())))

    def back() -> None:
        for name, changed in added.items():
            if kind == "tag":
                facts.untag(changed, name)
            else:
                facts.uncollect(changed if name.casefold() in there else None, name)

    listed = ", ".join(map(_quoted, names))
    if not sounds:
        return Done(f"Nothing to add: {listed} {'is' if len(names) == 1 else 'are'} there already.", 0)
    done = f"Tagged {words.sounds(sounds)} {listed}." if kind == "tag" else f"{words.sounds(sounds)} added to {listed}."
    return Done(done, sounds, back)


def drop(facts: Facts, kind: Kind, ids: Sequence[int], name: str) -> Done:
    """On a worker."""
    if kind == "tag":
        changed = facts.untag(ids, name)
        sentence = f"{words.sounds(len(changed))} no longer tagged {_quoted(name)}."
        return Done(sentence, len(changed), (lambda: facts.tag(changed, name)) if changed else None)
    changed = facts.uncollect(ids, name)
    sentence = f"{words.sounds(len(changed))} taken out of {_quoted(name)}."
    return Done(sentence, len(changed), (lambda: facts.collect(changed, name)) if changed else None)


def note(facts: Facts, id: int, text: str) -> Done:
    """On a worker. The text box has its own undo."""
    return Done("", len(facts.note([id], text)))


def undo(_: Facts, back: Callable[[], object]) -> Done:
    """On a worker."""
    back()
    return Done("As it was before.", 0)


def names_in(text: str) -> list[str]:
    """What was typed with commas between, each once."""
    found: dict[str, str] = {}
    for part in text.split(","):
        if name := " ".join(part.split()):
            found.setdefault(name.casefold(), name)
    return list(found.values())


def merged(tags: Sequence[str], more: Sequence[str]) -> list[str]:
    """Tags with ``more`` of them, by name, each once."""
    return sorted({tag.casefold(): tag for tag in (*more, *tags)}.values(), key=str.casefold)


def collection_in(query: str) -> str | None:
    """The collection that a search text asks for."""
    found = _COLLECTION.search(query)
    return None if found is None else found[1] or found[2]


def asking(kind: Kind, name: str) -> str:
    """The search text for all that has it."""
    return f'{kind}:"{name}"'


def _quoted(name: str) -> str:
    return f"“{words.safe(name)}”"


def _by_value(ratings: Mapping[int, int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for id, rating in ratings.items():
        found.setdefault(rating, []).append(id)
    return found
