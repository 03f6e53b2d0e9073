"""What ails sounds, as the catalog keeps it: a bit for each word. Pure."""

from collections.abc import Iterable
from typing import Final, get_args

from ctk.records import Ailment

BITS: Final[dict[Ailment, int]] = {
    "truncated": 1,
    "damaged": 2,
    "silent": 4,
    "clipped": 8,
    "offset": 16,
    "dead-channel": 32,
}
"""Kept in catalogs: a word keeps its bit for good."""

AILMENTS: Final[tuple[Ailment, ...]] = get_args(Ailment)


def to_bits(ailments: Iterable[Ailment]) -> int:
    return sum(BITS[ailment] for ailment in set(ailments))


def to_words(bits: int) -> tuple[Ailment, ...]:
    """The ailments of ``bits``, in the order of the list."""
    return tuple(ailment for ailment in AILMENTS if bits & BITS[ailment])
