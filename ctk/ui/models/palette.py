"""Finding a command by what comes to mind: parts of its words, their first letters, other words for it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from ctk.actions import Action

MOST_RECENT: Final = 6


class Choice(NamedTuple):
    """A command as it is offered: ``note`` says why it cannot be chosen now, empty when it can; ``on`` is ``None`` for
    what is neither on nor off."""

    id: str
    label: str
    group: str
    key: str = ""
    note: str = ""
    on: bool | None = None


class Known(NamedTuple):
    """What a command is found by, in small letters."""

    words: tuple[str, ...]
    also: tuple[str, ...]
    group: str

    @classmethod
    def of(cls, action: Action, group: str) -> "Known":
        return cls(_words(action.label), _words(action.also), group.casefold())


def closeness(text: str, known: Known) -> int:
    """How well a command fits what was typed; 0 is not at all."""
    typed = text.casefold().split()
    if not typed:
        return 1
    fits = [max(_fit(part, known), 0) for part in typed]
    if all(fits):
        return 10 * min(fits) + sum(fits) // len(fits) + 2 * (tuple(typed) == known.words)
    initials = "".join(word[0] for word in known.words)
    joined = "".join(typed)
    if len(joined) > 1 and initials.startswith(joined[0]) and _in_order(joined, initials):
        return 35
    return 5 if len(joined) > 2 and _in_order(joined, "".join(known.words)) else 0


def ranked(text: str, choices: Iterable[tuple[Choice, Known]], recent: Sequence[str]) -> list[Choice]:
    """Those that fit, the best first; among equals those used last come first, and what cannot be done comes last."""
    late = {id: -at for at, id in enumerate(recent[:MOST_RECENT], 1)}
    found = [(closeness(text, known), choice) for choice, known in choices]
    usual = -MOST_RECENT - 1
    kept = [(bool(choice.note), -close, -late.get(choice.id, usual), choice) for close, choice in found if close]
    return [choice for *_, choice in sorted(kept, key=lambda each: each[:3])]


def used(id: str, recent: Sequence[str]) -> list[str]:
    """What was used last, the newest first."""
    return [id, *(other for other in recent if other != id)][:MOST_RECENT]


def offered(
    actions: Iterable[Action],
    groups: Mapping[str, str],
    keys: Mapping[str, str],
    on: Mapping[str, bool],
) -> list[tuple[Choice, Known]]:
    """The actions that have a group, as they stand now."""
    found = []
    for action in actions:
        group = groups.get(action.id)
        if group is None:
            continue
        note = "" if action.enabled() else action.needs or "not now"
        choice = Choice(action.id, action.label, group, keys.get(action.id, ""), note, on.get(action.id))
        found.append((choice, Known.of(action, group)))
    return found


def _fit(part: str, known: Known) -> int:
    """How well one word that was typed fits."""
    best = 0
    for at, word in enumerate(known.words):
        if word.startswith(part):
            best = max(best, 6 if at == 0 else 5)
        elif part in word:
            best = max(best, 2)
    if any(word.startswith(part) for word in known.also):
        best = max(best, 4)
    return max(best, 3 if known.group.startswith(part) else 0)


def _in_order(letters: str, text: str) -> bool:
    """Whether the letters come one after the other in the text."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _words(text: str) -> tuple[str, ...]:
    cleaned = "".join(letter if letter.isalnum() or letter == "★" else " " for letter in text.casefold())
    return tuple(cleaned.split())
