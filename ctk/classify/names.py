"""What the name of a file, and those of its folders, say a sound is. Pure.

Words and their weights are data (``words.toml``). The name counts most, folders the less the farther away they are; of
two words that say as much the later stands, as in "synth bass".
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from ctk.records.categories import CATEGORIES, Category

_WEIGHTS: Final = {"strong": 4.0, "plain": 3.0, "weak": 1.0, "short": 3.0}
_PHRASE: Final = 4.5
_LATER: Final = 0.3
"""What a word gains on the one before it."""
_LEVELS: Final = (0.5, 0.3, 0.15)
"""How much the folders count, the nearest first."""

_SURE: Final = 1.3
"""So much for a category, and hardly anything against it, and the name is certain."""
_RIVAL: Final = 0.35
_LONGEST_PHRASE: Final = 4
_SHORTEST_PART: Final = 3

_TOKEN: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+")
_UCS: Final = re.compile(r"([A-Z]{2,6})[A-Z][a-z]{2,4}[A-Za-z]*_[^_]+_")
"""``CatID_FXName_CreatorID_SourceID``, the Universal Category System: all are effects, but for these."""
_UCS_OTHERS: Final[dict[str, Category]] = {"VOX": "vocal", "CRWD": "fx", "MUSC": "other"}
_UCS_KNOWN: Final = frozenset(
    (
        "AERO AIR ALRM AMB ANML ARCV BEEP BELL BIRD BLLT BOAT BUBL CERM CHAIN CHEM CLOTH COMM CMPT CRSH CRWD "
        "DEST DIRT DOOR DRWR ELEC EQUIP EXPL FARM FAST FIGHT FIRE FOLEY FOOD FEET GAME GEO GLASS GORE GRAIN "
        "GUN HORN HUMAN ICE LASER LEATH LIQ MACH MAGIC MECH METAL MOTR MOVE MUSC NATD OBJ PAPR PLAS RAIN ROBT "
        "ROCK ROPE RUBR SCI SNOW SPRT SWSH TOOL TOON TOY TRN UI USER VEH VEGE VOX WATR WEAP WHSL WIND WIN "
        "WNGS WOOD"
    ).split()
)


class Guess(NamedTuple):
    """``confidence`` is 0 to 1; a ``certain`` one teaches and overrules what was heard; ``reason`` has the words."""

    category: Category
    confidence: float
    reason: str
    certain: bool


class _Words(NamedTuple):
    """What single words and phrases say: the category, ``None`` for nothing, and how loudly."""

    words: dict[str, dict[Category, float]]
    short: dict[str, Category]
    phrases: dict[tuple[str, ...], Category | None]


def read(folder: str, name: str) -> Guess | None:
    """What a sound called ``name``, without its ending, in ``folder`` of its source is said to be, if anything."""
    ucs = _UCS.match(name)
    if ucs and ucs[1] in _UCS_KNOWN:
        return Guess(_UCS_OTHERS.get(ucs[1], "fx"), 0.95, f"name: {name.partition('_')[0]}", True)
    scores, words = dict(_heard(name)), _said(name)
    place = "name"
    for weight, part in zip(_LEVELS, _parents(folder), strict=False):
        for category, score in _heard(part):
            scores[category] = scores.get(category, 0.0) + weight * score
        if not words and (words := _said(part)):
            place = "folder"
    return _decide(scores, place, words)


def _decide(scores: dict[Category, float], place: str, words: tuple[str, ...]) -> Guess | None:
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _LEVELS[-1]:
        return None
    category, best = ranked[0]
    rival = ranked[1][1] if len(ranked) > 1 else 0.0
    certain = best >= _SURE and rival <= _RIVAL * best
    share = best / (best + rival)
    confidence = 0.95 * share if certain else 0.9 * share * min(1.0, 0.5 + best / 4)
    return Guess(category, round(confidence, 3), f"{place}: {' '.join(words)}", certain)


def _parents(folder: str) -> list[str]:
    parts = [part for part in re.split(r"[/\\]", folder) if part]
    return parts[: -len(_LEVELS) - 1 : -1]


def _heard(text: str) -> tuple[tuple[Category, float], ...]:
    return _weigh(text)[0]


def _said(text: str) -> tuple[str, ...]:
    return _weigh(text)[1]


@lru_cache(50_000)
def _weigh(text: str) -> tuple[tuple[tuple[Category, float], ...], tuple[str, ...]]:
    """The loudest word for each category, and the words that said something."""
    scores: dict[Category, float] = {}
    said: list[str] = []
    tokens = _tokens(text)
    at = 0
    while at < len(tokens):
        length, opinions = _opinions(tokens, at)
        for category, weight in opinions.items():
            scores[category] = max(scores.get(category, 0.0), weight + _LATER * len(said))
        if opinions:
            said.append(" ".join(tokens[at : at + length]))
        at += length
    return tuple(scores.items()), tuple(said)


def _tokens(text: str) -> list[str]:
    return [token.lower() for token in _TOKEN.findall(text.replace("&", " and "))]


def _opinions(tokens: list[str], at: int) -> tuple[int, dict[Category, float]]:
    """How many tokens from ``at`` on belong together, and what they say."""
    data = _data()
    for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 1, -1):
        phrase = tuple(map(_singular, tokens[at : at + length]))
        if phrase in data.phrases:
            category = data.phrases[phrase]
            return length, {} if category is None else {category: _PHRASE}
    token = tokens[at]
    if token in data.short and (at == 0 or (at + 1 < len(tokens) and tokens[at + 1].isdigit())):
        return 1, {data.short[token]: _WEIGHTS["short"] if at == 0 else 2.0}
    return 1, _word(token)


@lru_cache(50_000)
def _word(token: str) -> dict[Category, float]:
    """What a word says, also one that is two words without a gap."""
    words = _data().words
    if opinions := words.get(token) or words.get(_singular(token)):
        return opinions
    for at in range(_SHORTEST_PART, len(token) - _SHORTEST_PART + 1):
        first, second = words.get(token[:at]), words.get(_singular(token[at:]))
        if first and second and max(*first.values(), *second.values()) > 1:
            return _either(first, second)
        if (second and token[:at] in _FILLERS) or (first and _singular(token[at:]) in _FILLERS):
            return second or first or {}
    return {}


_FILLERS: Final = frozenset(
    "loop shot hit line one top fat big low high soft hard long short dry wet open close mid".split()
)


def _either(first: dict[Category, float], second: dict[Category, float]) -> dict[Category, float]:
    return {category: max(first.get(category, 0.0), second.get(category, 0.0)) for category in {**first, **second}}


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(1)
def _data() -> _Words:
    """The dictionary. Words with a hyphen in it are phrases as well, since names are cut at hyphens."""
    words: dict[str, dict[Category, float]] = {}
    short: dict[str, Category] = {}
    phrases: dict[tuple[str, ...], Category | None] = {}
    table = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
    for text in table["none"]["phrases"].split(","):
        phrases[tuple(map(_singular, _tokens(text)))] = None
    for category in CATEGORIES:
        for strength, weight in _WEIGHTS.items():
            for word in table[category].get(strength, "").split():
                if strength == "short":
                    short[word] = category
                elif len(tokens := _tokens(word)) > 1:
                    phrases[tuple(map(_singular, tokens))] = category
                else:
                    opinions = words.setdefault(_singular(word), {})
                    opinions[category] = max(weight, opinions.get(category, 0.0))
        for text in table[category]["phrases"].split(","):
            phrases[tuple(map(_singular, _tokens(text)))] = category
    return _Words(words, short, phrases)
