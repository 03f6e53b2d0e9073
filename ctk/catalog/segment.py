"""Many texts, indexed so that a piece of any of them is found without reading them. Never changes once built.

A text is its words, as numbers of a vocabulary. ``flat`` holds the words of all texts one after the other, a 0
before each text and after the last; ``bounds`` is where those zeros are. ``postings`` holds the texts in which
word 1 is, then those of word 2, ...; ``offsets[n]`` is where those of word ``n`` end.
"""

import os
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ctk.catalog.arrays import Array, Ints, Longs, Mask, ranges, sorted_pairs
from ctk.catalog.text import spaced
from ctk.catalog.vocabulary import Vocabulary

_FEW = 48
"""So many words are looked up one by one."""
_CHEAP = 20_000
"""So many texts are read rather than narrowed down further."""
_NEXT = b"\0"
_PLAIN = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(range(128, 256))


class Pattern(NamedTuple):
    """Words that follow each other, the first and last perhaps in part: ``opens`` and ``closes`` ask for their edge."""

    words: tuple[bytes, ...]
    opens: bool
    closes: bool

    @classmethod
    def of(cls, text: str) -> "Pattern":
        """``text`` is spaced, as ``ctk.catalog.text.spaced`` does it."""
        return cls(tuple(text.encode().split()), text.startswith(" "), text.endswith(" "))

    def splits(self) -> list[tuple["Pattern", "Pattern"]]:
        """The ways this can lie across the end of one text and the beginning of the next."""
        return [
            (Pattern(self.words[:at], self.opens, True), Pattern(self.words[at:], True, self.closes))
            for at in range(1, len(self.words))
        ]


class Segment:
    """``find`` and its kin return a mask over the texts; ``slots`` says whose they are, ascending."""

    def __init__(self, slots: Ints, flat: Ints, vocabulary: Vocabulary, postings: Ints | None = None) -> None:
        """``postings``, when they are known, save most of the work."""
        self.slots = slots
        self.flat = flat
        self.vocabulary = vocabulary
        self.bounds: Ints = np.flatnonzero(flat == 0).astype(np.int32)
        counts = np.bincount(flat, minlength=len(vocabulary) + 1)
        self._offsets: Longs = np.cumsum(counts) - counts[0]
        self.postings = self._count_out() if postings is None else postings

    def _count_out(self) -> Ints:
        texts = np.cumsum(self.flat == 0, dtype=np.int32)
        texts -= 1
        return sorted_pairs(self.flat, texts)[len(self.bounds) :].astype(np.int32)

    def __len__(self) -> int:
        return len(self.slots)

    @property
    def place(self) -> slice | Ints:
        """The slots as the cheapest index into something that has one entry a slot."""
        slots = self.slots
        if len(slots) and int(slots[-1]) - int(slots[0]) == len(slots) - 1:
            return slice(int(slots[0]), int(slots[-1]) + 1)
        return slots

    def find(self, pattern: Pattern) -> Mask:
        """The texts that hold ``pattern`` anywhere."""
        if len(pattern.words) == 1:
            return self._with_any(self._numbers(pattern)[0])
        return self._in_a_row(self._numbers(pattern))

    def beginning(self, pattern: Pattern) -> Mask:
        """The texts that begin with ``pattern``."""
        return self._at(self.bounds[:-1].astype(np.int64) + 1, np.arange(len(self)), self._numbers(pattern))

    def ending(self, pattern: Pattern) -> Mask:
        """The texts that end with ``pattern``."""
        starts = self.bounds[1:].astype(np.int64) - len(pattern.words)
        texts = np.flatnonzero(starts > self.bounds[:-1])
        return self._at(starts[texts], texts, self._numbers(pattern))

    def _numbers(self, pattern: Pattern) -> list[Longs]:
        """For each word of ``pattern``, the words of the vocabulary that can stand there."""
        last = len(pattern.words) - 1
        return [
            self.vocabulary.find(word, at_start=pattern.opens or at > 0, at_end=pattern.closes or at < last)
            for at, word in enumerate(pattern.words)
        ]

    def _with_any(self, numbers: Longs) -> Mask:
        mask = np.zeros(len(self), np.bool_)
        if len(numbers) <= _FEW:
            for number in numbers:
                mask[self.postings[self._offsets[number - 1] : self._offsets[number]]] = True
        else:
            mask[self.postings[np.repeat(self._chosen(numbers)[1:], np.diff(self._offsets))]] = True
        return mask

    def _in_a_row(self, numbers: Sequence[Longs]) -> Mask:
        mask = np.ones(len(self), np.bool_)
        for some in sorted(numbers, key=lambda some: int((self._offsets[some] - self._offsets[some - 1]).sum())):
            mask &= self._with_any(some)
            texts = np.flatnonzero(mask)
            if len(texts) < _CHEAP:
                break
        starts = self.bounds[texts].astype(np.int64) + 1
        lengths = self.bounds[texts + 1] - starts
        return self._at(ranges(starts, lengths), np.repeat(texts, lengths), numbers)

    def _at(self, positions: Longs, texts: Array, numbers: Sequence[Longs]) -> Mask:
        """Those of ``texts`` that have one of each of ``numbers`` in a row from its place in ``positions`` on."""
        for offset, some in enumerate(numbers):
            fits = self._chosen(some).take(self.flat.take(positions + offset))
            positions, texts = positions[fits], texts[fits]
        mask = np.zeros(len(self), np.bool_)
        mask[texts] = True
        return mask

    def _chosen(self, numbers: Longs) -> Mask:
        chosen = np.zeros(len(self.vocabulary) + 1, np.bool_)
        chosen[numbers] = True
        return chosen


class Builder:
    """Texts in, a segment out."""

    def __init__(self) -> None:
        self._numbers: defaultdict[bytes, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._flats: list[Ints] = [np.array([self._numbers[_NEXT]], np.int32)]

    def add(self, texts: Sequence[bytes]) -> None:
        """Read ``texts``, as the system writes names. Plain ASCII ones are told apart because they are cheap."""
        plain = [text.translate(_PLAIN) if text.isascii() else spaced(os.fsdecode(text)).encode() for text in texts]
        words = (b" \0 ".join((*plain, b""))).split()
        self._flats.append(np.fromiter(map(self._numbers.__getitem__, words), np.int32, len(words)))

    def segment(self, slots: Ints) -> Segment:
        """All texts so far; ``slots``, ascending, says whose they are."""
        words = iter(self._numbers)
        next(words)
        return Segment(slots, np.concatenate(self._flats), Vocabulary.of(words))


def merged(older: Segment, newer: Segment) -> Segment:
    """Both as one; where both have a text for a slot, the newer stands."""
    words = older.vocabulary.words()
    known = dict(zip(words, range(1, len(words) + 1), strict=True))
    renumbered = [known.setdefault(word, len(known) + 1) for word in newer.vocabulary.words()]
    new_flat = np.array([0, *renumbered], np.int32).take(newer.flat)
    vocabulary = Vocabulary.of(known)
    if not len(older) or not len(newer) or older.slots[-1] < newer.slots[0]:
        return Segment(
            np.concatenate((older.slots, newer.slots)), np.concatenate((older.flat[:-1], new_flat)), vocabulary
        )
    kept = np.flatnonzero(~np.isin(older.slots, newer.slots, assume_unique=True))
    slots = np.concatenate((older.slots[kept], newer.slots))
    starts = np.concatenate((older.bounds[kept], newer.bounds[:-1] + len(older.flat))).astype(np.int64)
    lengths = np.concatenate((older.bounds[kept + 1] - older.bounds[kept], np.diff(newer.bounds))).astype(np.int64)
    order = np.argsort(slots)
    flat = np.concatenate((older.flat, new_flat)).take(ranges(starts[order], lengths[order]))
    return Segment(slots[order], np.append(flat, np.int32(0)), vocabulary)
