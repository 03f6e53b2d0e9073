"""What sounds are, in a musician's words; the user's word on it, and taking that back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from ctk.contract import Classify
from ctk.records import CATEGORIES, Category, Row
from ctk.ui.models import words
from ctk.ui.models.marking import Done
from ctk.ui.models.search import Search
from ctk.ui.models.signal import Signal
from ctk.ui.models.technical import explained
from ctk.ui.pump import Pump

NAMES: Final[Mapping[str, str]] = {
    "drums": "Drums",
    "synth": "Synth",
    "vocal": "Vocal",
    "bass": "Bass",
    "guitar": "Guitar",
    "fx": "Effects",
    "other": "Other",
}
_ONE: Final = {
    "drums": "drums",
    "synth": "a synth",
    "vocal": "a vocal",
    "bass": "bass",
    "guitar": "a guitar",
    "fx": "an effect",
    "other": "none of these",
}
_MANY: Final = {**_ONE, "synth": "synths", "vocal": "vocals", "guitar": "guitars", "fx": "effects"}
"""As they stand in a sentence."""
UNSURE: Final = 0.5
"""Below this it is a guess."""


def shown(row: Row) -> str:
    """``Drums``, and ``Drums ?`` where that is a guess."""
    if row.category is None:
        return ""
    return NAMES.get(row.category, row.category) + (" ?" if is_guess(row) else "")


def told(row: Row) -> str:
    """``Drums, 93 % sure``."""
    if row.category is None:
        return ""
    name = NAMES.get(row.category, row.category)
    return name if row.engine == "user" or row.confidence is None else f"{name}, {row.confidence:.0%} sure"


def is_guess(row: Row) -> bool:
    return row.engine != "user" and (row.confidence or 0.0) < UNSURE


class Saying:
    """``say`` what sounds are. ``done(done)`` tells what came of it, ``trouble(sentence, details)`` why nothing did,
    ``changed()`` that rows in sight look other than before."""

    def __init__(self, classify: Callable[[], Classify], pump: Pump, search: Search) -> None:
        self.done: Signal[[Done]] = Signal()
        self.changed: Signal[[]] = Signal()
        self.trouble: Signal[[str, str]] = Signal()
        self._classify = classify
        self._pump = pump
        self._search = search

    def say(self, ids: Sequence[int], category: Category | None) -> None:
        """They are this; with ``None``, let the engines judge again."""
        if category is not None:
            self._search.amend(ids, lambda row: replace(row, category=category, confidence=1.0, engine="user"))
            self.changed()
        self._call(partial(_say, ids=ids, category=category))

    def undo(self, done: Done) -> None:
        """Take back what was done."""
        if done.undo is not None:
            self._call(partial(_undo, back=done.undo))

    def common(self, ids: Collection[int]) -> str | None:
        """What all of them are, as far as is known without asking."""
        found = {row.category for row in self._known(ids)}
        return found.pop() if len(found) == 1 else None

    def is_word(self, ids: Collection[int]) -> bool:
        """Whether there may be a word of the user's to take back."""
        known = self._known(ids)
        return len(known) < len(ids) or any(row.engine == "user" for row in known)

    def _known(self, ids: Collection[int]) -> list[Row]:
        at_hand = {row.id: row for row in self._search.at_hand()}
        return [at_hand[id] for id in at_hand.keys() & set(ids)]

    def _call(self, work: Callable[[Classify], Done]) -> None:
        self._pump.call(lambda: work(self._classify()), then=self._end, fail=self._failed)

    def _end(self, done: Done) -> None:
        self._search.refresh_soon()
        self.done(done)

    def _failed(self, error: Exception) -> None:
        self._search.refresh_soon()
        self.trouble(*explained(error, "This could not be kept."))


def _say(classify: Classify, ids: Sequence[int], category: Category | None) -> Done:
    """On a worker."""
    before = classify.label(ids, category)
    back = partial(_put_back, classify, before) if before else None
    if category is None:
        sentence = (
            f"Your word on {words.sounds(len(before))} is taken back." if before else "There is no word of yours."
        )
        return Done(sentence, len(before), back)
    are = f"is {_ONE[category]}" if len(ids) == 1 else f"are {_MANY[category]}"
    return Done(f"{words.sounds(len(ids))} {are} now.", len(ids), back)


def _put_back(classify: Classify, before: Mapping[int, Category | None]) -> None:
    for category in (None, *CATEGORIES):
        if some := [id for id, label in before.items() if label == category]:
            classify.label(some, category)


def _undo(_: Classify, back: Callable[[], object]) -> Done:
    """On a worker."""
    back()
    return Done("As it was before.", 0)
