"""What a sound is taken for, and on whose word. Pure: numbers and names in, a verdict out.

A name that is certain counts most, then what was heard; the user's label goes before both and is not judged at all.
What was learned from this library has its say in what is heard as far as it knows the matter: where lessons were given
of what the ear believes in, or where a lesson sounds much like it. A name that is not certain helps where hearing is
unsure, or nothing was heard.
"""

from typing import Final, NamedTuple

from ctk.classify.names import Guess
from ctk.records.categories import CATEGORIES, Category

_UNSURE: Final = 0.4
"""Below this what was heard is no better than a name that is not certain."""
_TOLD: Final = 15.0
"""After so many lessons of a category its word counts half."""


class Verdict(NamedTuple):
    """``engine`` is name, head, cnn14 or built-in; ``because`` says why, in words."""

    category: Category
    confidence: float
    engine: str
    because: str


class Opinion(NamedTuple):
    """What an ear believes, a probability for each of ``CATEGORIES``; ``because`` is what it heard, in words."""

    engine: str
    beliefs: tuple[float, ...]
    because: str


class Lesson(NamedTuple):
    """What the head believes; ``near`` is how much the sound is like one of its lessons, from 0 to 1."""

    beliefs: tuple[float, ...]
    near: float


def judge(name: Guess | None, heard: Opinion | None, learned: Lesson | None, told: list[int]) -> Verdict | None:
    """The verdict, ``None`` where nobody has a word to say; ``told`` counts the lessons of each category."""
    if name is not None and name.certain:
        return Verdict(name.category, name.confidence, "name", name.reason)
    verdict = None if heard is None else _listen(heard, learned, told)
    if name is not None and (verdict is None or (verdict.confidence < _UNSURE and verdict.engine != "head")):
        return Verdict(name.category, name.confidence, "name", name.reason)
    return verdict


def _listen(heard: Opinion, learned: Lesson | None, told: list[int]) -> Verdict:
    beliefs, engine, because = list(heard.beliefs), heard.engine, heard.because
    if learned is not None:
        trust = sum(belief * count / (count + _TOLD) for belief, count in zip(beliefs, told, strict=True))
        trust = max(trust, learned.near)
        beliefs = [(1 - trust) * ear + trust * head for ear, head in zip(beliefs, learned.beliefs, strict=True)]
        best = max(range(len(beliefs)), key=beliefs.__getitem__)
        if trust >= 0.5 and trust * learned.beliefs[best] >= (1 - trust) * heard.beliefs[best]:
            engine, because = "head", f"like {told[best]} other {CATEGORIES[best]}"
    best = max(range(len(beliefs)), key=beliefs.__getitem__)
    return Verdict(CATEGORIES[best], round(beliefs[best], 3), engine, because)
