"""Growing texts: the newest of a slot counts, and few segments stay."""

import os

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.catalog.segment import Builder, Pattern, Segment
from ctk.catalog.texts import Texts

batches = st.lists(st.dictionaries(st.integers(0, 30), st.text("ab ", max_size=5)), max_size=12)


def segment(texts: dict[int, str]) -> Segment:
    builder = Builder()
    builder.add([os.fsencode(text) for _, text in sorted(texts.items())])
    return builder.segment(np.array(sorted(texts), np.int32))


@settings(deadline=None)
@given(batches)
def test_the_newest_text_of_a_slot_counts(batches: list[dict[int, str]]) -> None:
    texts = Texts()
    now: dict[int, str] = {}
    for batch in batches:
        texts.add(segment(batch))
        now |= batch
        size = max(now, default=-1) + 1
        assert texts.size == size
        assert texts.find(Pattern.of("a b")).tolist() == [
            "a b" in " ".join(now.get(n, "").split()) for n in range(size)
        ]
        assert texts.beginning(Pattern.of(" a")).tolist() == [
            now.get(n, "").lstrip().startswith("a") for n in range(size)
        ]
        assert texts.ending(Pattern.of("b ")).tolist() == [now.get(n, "").rstrip().endswith("b") for n in range(size)]
    whole = texts.whole()
    assert (whole.slots.tolist() if whole else []) == sorted(now)


def test_many_additions_stay_few_segments() -> None:
    texts = Texts()
    for n in range(500):
        texts.add(segment({n: f"kick {n}"}))
        assert len(texts._segments) <= 9
    assert int(texts.find(Pattern.of("9")).sum()) == sum("9" in str(n) for n in range(500))
