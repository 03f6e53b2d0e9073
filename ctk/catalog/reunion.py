"""Which sound that is here is which one that was spoken of. Pure: decides, touches nothing.

Size and quick fingerprint brought them together. Where that leaves a choice, the one whose path ends most alike is it,
then the only one, then any that is proven to be the same. What stays open stays open: better words that wait than words
on another sound.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Parts = tuple[bytes, ...]


class Known(NamedTuple):
    """A sound, or words that wait for one: its path in parts, and the hash of its whole content where it is known."""

    id: int
    parts: Parts
    full_hash: bytes | None


def pairs(entries: Sequence[Known], sounds: Sequence[Known], *, is_whole: bool) -> list[tuple[int, int]]:
    """Ids of entries with waiting words, and of sounds that share size and fingerprint with them. It ``is_whole`` where
    that alone proves them the same."""
    choice = _alike(entries, sounds)
    left = [entry for entry in entries if entry.id not in choice]
    is_one = len({entry.parts for entry in left}) == 1
    taken = set(choice.values())
    owners: dict[int, Parts] = {}
    for full_hash in {entry.full_hash for entry in left}:
        like = [sound for sound in sounds if not _differ(full_hash, sound.full_hash)]
        free = [sound for sound in like if sound.id not in taken]
        names = _by_tail(free, 1)
        rest: list[Known] = []
        for entry in left:
            if entry.full_hash == full_hash:
                named = names.get(entry.parts[-1:], [])
                if len(named) == 1 and (not is_whole or owners.setdefault(named[0].id, entry.parts) == entry.parts):
                    choice[entry.id] = named[0].id
                elif is_one and len(free) == 1 and full_hash is None:
                    choice[entry.id] = free[0].id
                else:
                    rest.append(entry)
        same = like if is_whole else [sound for sound in like if full_hash is not None and sound.full_hash == full_hash]
        choice.update(_spread(rest, same, set(choice.values())))
    return list(choice.items())


def _alike(entries: Sequence[Known], sounds: Sequence[Known]) -> dict[int, int]:
    """Entries whose paths end as that of one sound alone does, and no other entry's: the longest such ends first.
    Entries of one path are of one sound."""
    choice: dict[int, int] = {}
    free, left = {sound.id: sound for sound in sounds}, list(entries)
    for depth in range(max((len(entry.parts) for entry in entries), default=0), 0, -1):
        there = _by_tail(free.values(), depth)
        for tail, some in _by_tail(left, depth).items():
            fit = [
                sound for sound in there.get(tail, []) if not any(_differ(e.full_hash, sound.full_hash) for e in some)
            ]
            if len(fit) == len({entry.parts for entry in some}) == 1:
                choice.update((entry.id, fit[0].id) for entry in some)
                del free[fit[0].id]
        left = [entry for entry in left if entry.id not in choice]
    return choice


def _by_tail(known: Iterable[Known], depth: int) -> dict[Parts, list[Known]]:
    """By the last parts of their paths."""
    found: defaultdict[Parts, list[Known]] = defaultdict(list)
    for one in known:
        found[one.parts[-depth:]].append(one)
    return found


def _spread(entries: Sequence[Known], same: Sequence[Known], taken: set[int]) -> dict[int, int]:
    """Each of ``entries`` to one of the sounds that are all the ``same``, to one of its own while there are any."""
    order = [sound.id for sound in same if sound.id not in taken] or [sound.id for sound in same]
    places = {parts: place for place, parts in enumerate(dict.fromkeys(entry.parts for entry in entries))}
    return {entry.id: order[min(places[entry.parts], len(order) - 1)] for entry in entries} if order else {}


def _differ(one: bytes | None, other: bytes | None) -> bool:
    return one is not None and other is not None and one != other
