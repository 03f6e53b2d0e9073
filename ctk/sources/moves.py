"""Which file that is gone is which file that turned up. Pure: decides, touches nothing.

Size and quick fingerprint brought the candidates together. Where one is gone and one is new, they are the same
sound. Where several share a fingerprint, the full content, the name or the time decides; what they leave open
stays open: better two rows too many than one sound's history on another.
"""

from collections.abc import Callable, Hashable, Sequence

from ctk.catalog.rows import Twin

Hash = Callable[[Twin], bytes | None]


def match(gone: Sequence[Twin], new: Sequence[Twin], others: int, full_hash: Hash) -> list[tuple[int, int]]:
    """Pairs ``(id of the gone row, id of the new row)``.

    ``others`` counts rows of the same fingerprint that are where they always were. ``full_hash(twin)`` gives what
    is known or can be read of a new row's content, ``None`` where it cannot.
    """
    if len(gone) == len(new) == 1 and not others and gone[0].full_hash is None:
        return [(gone[0].id, new[0].id)]
    left, found = list(gone), list(new)
    pairs: list[tuple[int, int]] = []
    for key in (_name_and_time, _name, _time, _content):
        for old, now in _unique_pairs(left, found, key, full_hash):
            pairs.append((old.id, now.id))
            left.remove(old)
            found.remove(now)
    return pairs


def _unique_pairs(
    gone: Sequence[Twin], new: Sequence[Twin], key: Callable[[Twin], Hashable], full_hash: Hash
) -> list[tuple[Twin, Twin]]:
    """Pairs that agree in ``key`` and do not differ in content, each the other's only choice."""
    choices = {
        old.id: [now for now in new if key(old) == key(now) and _agree(old, now, key is _content, full_hash)]
        for old in gone
    }
    wanted: dict[int, int] = {}
    for chosen in choices.values():
        for now in chosen:
            wanted[now.id] = wanted.get(now.id, 0) + 1
    return [
        (old, choices[old.id][0]) for old in gone if len(choices[old.id]) == 1 and wanted[choices[old.id][0].id] == 1
    ]


def _agree(old: Twin, now: Twin, proof_needed: bool, full_hash: Hash) -> bool:
    if old.full_hash is None:
        return not proof_needed
    return full_hash(now) == old.full_hash


def _name_and_time(twin: Twin) -> Hashable:
    return twin.name, twin.mtime_ns


def _name(twin: Twin) -> Hashable:
    return twin.name


def _time(twin: Twin) -> Hashable:
    return twin.mtime_ns


def _content(twin: Twin) -> Hashable:
    return twin.size_bytes
