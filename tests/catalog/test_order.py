"""Orders by value: ties by slot, the unknown last."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ctk.catalog.arrays import ranges
from ctk.catalog.names import NameOrder
from ctk.catalog.order import alphabetical, backwards, dense, in_order, rated

values = st.lists(st.one_of(st.none(), st.sampled_from([0.0, 2.0, 1e300]), st.floats(0, 10)))


@given(values, st.booleans())
def test_in_order_of_dense_ranks(values: list[float | None], desc: bool) -> None:
    known = [n for n, value in enumerate(values) if value is not None]
    unknown = [n for n, value in enumerate(values) if value is None]
    expected = sorted(known, key=lambda n: values[n] or 0.0, reverse=desc)
    ranks = dense(np.array(values, np.float64))
    assert in_order(ranks, np.arange(len(values)), desc=desc).tolist() == expected + unknown


@given(st.lists(st.integers(0, 2**62)), st.booleans())
def test_large_numbers(numbers: list[int], desc: bool) -> None:
    expected = sorted(range(len(numbers)), key=lambda n: numbers[n], reverse=desc)
    ranks = dense(np.array(numbers, np.int64))
    assert in_order(ranks, np.arange(len(numbers)), desc=desc).tolist() == expected


@given(st.lists(st.sampled_from("abc")))
def test_backwards_keeps_the_order_of_equal_names(names: list[str]) -> None:
    slots = sorted(range(len(names)), key=lambda n: names[n])
    same = [at > 0 and names[slot] == names[slots[at - 1]] for at, slot in enumerate(slots)]
    order = NameOrder(np.array(slots, np.int32), np.array(same, np.bool_))
    assert backwards(order).tolist() == sorted(range(len(names)), key=lambda n: names[n], reverse=True)


def test_alphabetical() -> None:
    assert alphabetical([None, "wav", "aiff", "wav"]).tolist() == [-1, 1, 0, 1]


def test_ranges() -> None:
    assert ranges(np.array([5, 9, 1]), np.array([2, 0, 3])).tolist() == [5, 6, 1, 2, 3]
    assert ranges(np.array([], np.int64), np.array([], np.int64)).tolist() == []


def test_sounds_without_stars_come_last_both_ways() -> None:
    ranks = rated(np.array([0, 3, 5, 0, 1], np.int8))
    assert in_order(ranks, np.arange(5), desc=False).tolist() == [4, 1, 2, 0, 3]
    assert in_order(ranks, np.arange(5), desc=True).tolist() == [2, 1, 4, 0, 3]
