"""The order of names through changes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ctk.catalog.names import NameKeys, NameOrder

batches = st.lists(st.dictionaries(st.integers(0, 20), st.sampled_from([b"", b"a", b"ab", b"b", b"kick"])), max_size=6)


@given(batches)
def test_changes_end_where_sorting_everything_ends(batches: list[dict[int, bytes]]) -> None:
    keys, order = NameKeys(), NameOrder()
    now: dict[int, bytes] = {}
    for batch in filter(None, batches):
        now |= batch
        count = max(now) + 1
        keys.put(np.array(list(batch)), list(batch.values()), count)
        order.change(list(batch), keys, count)
        expected = sorted((key, slot) for slot, key in now.items())
        assert order.slots.tolist() == [slot for _, slot in expected]
        names = [key for key, _ in expected]
        assert order.same.tolist() == [n > 0 and names[n] == names[n - 1] for n in range(len(names))]
        assert [bytes(keys[slot]) for slot in now] == list(now.values())


def test_read_from_what_is_in_order_already() -> None:
    ids = np.array([3, 5, 8], np.int64)
    order = NameOrder.read([(b"a", 5), (b"a", 8), (b"b", 3)], ids)
    assert order.slots.tolist() == [1, 2, 0]
    assert order.same.tolist() == [False, True, False]
    assert order.groups().tolist() == [1, 1, 2]


def test_parts_make_it_up_again() -> None:
    keys = NameKeys()
    keys.put(np.array([0, 1]), [b"one", b"two"], 2)
    keys.put(np.array([0]), [b"three"], 2)
    again = NameKeys(*keys.parts(2))
    assert (bytes(again[0]), bytes(again[1])) == (b"three", b"two")
