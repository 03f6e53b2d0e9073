"""Rules that choose which copy stays: an ordered list of short texts, each of which narrows the choice. Pure.

    choose(files, ["folder:/Samples/Best", "oldest", "shortest-path"])

What is protected, or has several names on disk, stays in any case, so then the copy to keep is one of those.
"""

import ntpath
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from ctk.duplicates.names import is_marked
from ctk.errors import UsageError


@dataclass(frozen=True, slots=True)
class File:
    """A copy, as far as rules look at it. ``here``: its drive is connected; ``links``: its names on disk."""

    id: int
    path: str
    source: str = ""
    here: bool = True
    protected: bool = False
    links: int = 1
    format: str | None = None
    codec: str | None = None
    sample_rate_hz: int | None = None
    bit_depth: int | None = None
    facts: int = 0
    """How many things its metadata says."""
    mtime_ns: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """Which copy stays (``None`` when none is here), why, and why each other was not chosen.

    ``stay`` are others that are left alone too; ``tie`` is true when no rule could decide.
    """

    winner: int | None
    reason: str
    tie: bool = False
    stay: frozenset[int] = frozenset()
    lost: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """``rank`` is smallest for the copies that win; ``won`` and ``lost`` say so."""

    name: str
    meaning: str
    won: str
    lost: str
    rank: Callable[[File, str], float]
    takes_path: bool = False
    by_content: bool = False
    """Whether copies of one content are all the same to it."""


_LOSSLESS: Final = ("pcm", "float", "flac", "alac", "wavpack", "tta", "ape")


def _quality(file: File) -> int:
    """Uncompressed before lossless before the rest."""
    codec = (file.codec or "").lower()
    return 0 if codec in _LOSSLESS[:2] else 1 if codec in _LOSSLESS else 2


def _is_in(path: str, folder: str) -> bool:
    return os.path.join(os.path.normcase(path), "").startswith(os.path.join(os.path.normcase(folder), ""))


def _name(path: str) -> str:
    return os.path.basename(path)


RULES: Final = (
    Rule(
        "protected",
        "what is in a protected folder",
        "it is in a protected folder",
        "not in a protected folder",
        lambda file, _: not file.protected,
    ),
    Rule(
        "folder",
        "what is in this folder",
        "it is in the preferred folder",
        "not in the preferred folder",
        lambda file, path: not _is_in(file.path, path),
        takes_path=True,
    ),
    Rule(
        "source",
        "what is in this source",
        "it is in the preferred source",
        "not in the preferred source",
        lambda file, path: os.path.normcase(file.source) != os.path.normcase(path),
        takes_path=True,
    ),
    Rule(
        "format",
        "the best format: uncompressed, then lossless, then the rest",
        "it has the best format",
        "a lesser format",
        lambda file, _: _quality(file),
        by_content=True,
    ),
    Rule(
        "depth",
        "the most bits a sample",
        "it has the most bits a sample",
        "fewer bits a sample",
        lambda file, _: -(file.bit_depth or 0),
        by_content=True,
    ),
    Rule(
        "rate",
        "the highest sample rate",
        "it has the highest sample rate",
        "a lower sample rate",
        lambda file, _: -(file.sample_rate_hz or 0),
        by_content=True,
    ),
    Rule(
        "metadata",
        "the most metadata",
        "its metadata says the most",
        "its metadata says less",
        lambda file, _: -file.facts,
        by_content=True,
    ),
    Rule(
        "plain-name",
        "a name without a copy mark such as (1)",
        "its name has no copy mark",
        "its name looks like a copy's",
        lambda file, _: is_marked(_name(file.path)),
    ),
    Rule("oldest", "the oldest file", "it is the oldest", "newer", lambda file, _: file.mtime_ns),
    Rule("newest", "the newest file", "it is the newest", "older", lambda file, _: -file.mtime_ns),
    Rule(
        "shortest-path",
        "the shortest path",
        "it has the shortest path",
        "a longer path",
        lambda file, _: len(file.path),
    ),
    Rule(
        "longest-path",
        "the longest path",
        "it has the longest path",
        "a shorter path",
        lambda file, _: -len(file.path),
    ),
    Rule(
        "shortest-name",
        "the shortest name",
        "it has the shortest name",
        "a longer name",
        lambda file, _: len(_name(file.path)),
    ),
    Rule(
        "longest-name",
        "the longest name",
        "it has the longest name",
        "a shorter name",
        lambda file, _: -len(_name(file.path)),
    ),
)
_BY_NAME: Final = {rule.name: rule for rule in RULES}

DEFAULT: Final = (
    "protected",
    "format",
    "depth",
    "rate",
    "plain-name",
    "metadata",
    "oldest",
    "shortest-path",
)

TIE: Final = "first by its path, as no rule tells them apart"
_TIED: Final = "later by its path, as no rule tells them apart"
UNDECIDED: Final = "the copy to keep is not here, so nothing is removed"
AWAY: Final = "its drive is not here, so it is left alone"
PROTECTED: Final = "it is in a protected folder"
LINKED: Final = "it has several names on disk, so removing this one would free nothing"


@cache
def parse(text: str) -> tuple[Rule, str]:
    """The rule that ``text`` names, and its path where it takes one. Raises ``UsageError`` that lists the rules."""
    name, colon, path = text.strip().partition(":")
    rule = _BY_NAME.get(name.strip().lower())
    if rule is None or rule.takes_path != bool(path.strip()) or (colon and not rule.takes_path):
        shown = ", ".join(f"{rule.name}:PATH" if rule.takes_path else rule.name for rule in RULES)
        raise UsageError(f"There is no rule “{text.strip()}” to choose what to keep; there are {shown}.")
    return rule, _absolute(path.strip()) if path else ""


def checked(rules: Sequence[str]) -> tuple[str, ...]:
    """``rules`` as they are stored: trimmed, paths absolute, none twice. Raises ``UsageError``."""
    read = (parse(rule) for rule in rules)
    return tuple(dict.fromkeys(f"{rule.name}:{path}" if rule.takes_path else rule.name for rule, path in read))


def of_copies(rules: Sequence[str]) -> list[str]:
    """The rules that can tell copies of one content apart."""
    return [text for text in rules if not parse(text)[0].by_content]


def choose(files: Sequence[File], rules: Sequence[str], *, wanted: int | None = None) -> Choice:
    """Which of ``files`` stays. ``wanted`` is the user's own choice, which no rule overrules.

    The answer does not depend on the order of ``files``.
    """
    here = sorted((file for file in files if file.here), key=lambda file: (os.fsencode(file.path), file.id))
    fixed = {file.id: PROTECTED if file.protected else LINKED for file in here if file.protected or file.links > 1}
    away = {file.id: AWAY for file in files if not file.here}
    ids = [file.id for file in here]
    if not here or wanted in away:
        return Choice(None, AWAY, stay=frozenset(file.id for file in files), lost=dict.fromkeys(ids, UNDECIDED) | away)
    if wanted is not None:
        chosen, reason, tie, lost = wanted, "you chose it", False, dict.fromkeys(ids, "you chose another")
    else:
        chosen, reason, tie, lost = _narrowed([file for file in here if file.id in fixed] or here, rules)
        if len(fixed) == 1:
            reason = fixed[chosen]
        lost = dict.fromkeys(ids, f"not the one that stays: {reason}") | lost
    lost = lost | fixed | away
    del lost[chosen]
    return Choice(chosen, reason, tie, frozenset((fixed | away).keys() - {chosen}), lost)


def _narrowed(pool: Sequence[File], rules: Sequence[str]) -> tuple[int, str, bool, dict[int, str]]:
    """The winner of files in order of their paths, why, whether no rule decided, and why each other lost."""
    lost: dict[int, str] = {}
    reason = "it is the only copy here"
    for rule, path in map(parse, rules):
        if len(pool) == 1:
            break
        ranks = [rule.rank(file, path) for file in pool]
        best = min(ranks)
        if max(ranks) > best:
            reason = rule.won
            lost |= {file.id: rule.lost for file, rank in zip(pool, ranks, strict=True) if rank > best}
            pool = [file for file, rank in zip(pool, ranks, strict=True) if rank == best]
    tie = len(pool) > 1
    lost |= {file.id: _TIED for file in pool[1:]}
    return pool[0].id, TIE if tie else reason, tie, lost


def _absolute(path: str) -> str:
    """Absolute, unless it is another system's absolute path in a shared list of rules."""
    return path if ntpath.isabs(path) and not os.path.isabs(path) else os.path.abspath(os.path.expanduser(path))
