"""Pieces of texts: anywhere, at the beginning, at the end; and two segments made one."""

import os

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.catalog.segment import Builder, Pattern, Segment, merged
from ctk.catalog.text import spaced

texts = st.lists(st.text("aAbé1 _-", max_size=10), max_size=30)
patterns = st.text("ab1é ", min_size=1, max_size=6).map(spaced).filter(str.strip)


def built(texts: list[str], slots: list[int] | None = None) -> Segment:
    builder = Builder()
    for start in range(0, len(texts), 7):
        builder.add([os.fsencode(text) for text in texts[start : start + 7]])
    return builder.segment(np.array(range(len(texts)) if slots is None else slots, np.int32))


def padded(text: str) -> str:
    return spaced(f" {text} ")


@settings(deadline=None)
@given(texts, patterns)
def test_find(texts: list[str], text: str) -> None:
    found = built(texts).find(Pattern.of(text))
    assert found.tolist() == [text in padded(one) for one in texts]


@settings(deadline=None)
@given(texts, patterns)
def test_beginning_and_ending(texts: list[str], text: str) -> None:
    segment = built(texts)
    begins, ends = f" {text.lstrip()}", f"{text.rstrip()} "
    assert segment.beginning(Pattern.of(begins)).tolist() == [padded(one).startswith(begins) for one in texts]
    assert segment.ending(Pattern.of(ends)).tolist() == [padded(one).endswith(ends) for one in texts]


@settings(deadline=None)
@given(patterns)
def test_splits_are_all_ways_to_lie_across(text: str) -> None:
    splits = Pattern.of(text).splits()
    assert len(splits) == len(text.split()) - 1
    for left, right in splits:
        assert left.words + right.words == Pattern.of(text).words
        assert left.closes and right.opens
        assert (left.opens, right.closes) == Pattern.of(text)[1:]


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(0, 40), st.text("ab1 ", max_size=8)),
    st.dictionaries(st.integers(0, 40), st.text("abc1 ", max_size=8)),
)
def test_merged_is_built_at_once(old: dict[int, str], new: dict[int, str]) -> None:
    def of(texts: dict[int, str]) -> Segment:
        return built([text for _, text in sorted(texts.items())], sorted(texts))

    both, once = merged(of(old), of(new)), of(old | new)
    assert both.slots.tolist() == once.slots.tolist()
    for text in ("a", "b1", "1", "c", "a b", " a", "b ", "1 1"):
        for ask in (Segment.find, Segment.beginning, Segment.ending):
            assert ask(both, Pattern.of(text)).tolist() == ask(once, Pattern.of(text)).tolist()


def test_phrases_that_are_common_in_many_texts() -> None:
    texts = [f"Kick {n % 10} loop {n % 7}" for n in range(50_000)]
    segment = built(texts)
    for text in ("k 1 l", "ick 3 loop 4", " kick 9", "p 6 ", "loop kick"):
        expected = sum(text in padded(one) for one in texts[:70]) * len(texts) / 70
        assert abs(int(segment.find(Pattern.of(text)).sum()) - expected) < 70


def test_place_is_a_slice_where_slots_follow_each_other() -> None:
    assert built(["a", "b"], [4, 5]).place == slice(4, 6)
    assert np.array_equal(built(["a", "b"], [4, 6]).place, [4, 6])  # type: ignore[arg-type]
