"""Every ailment has a bit of its own."""

import itertools

from ctk.catalog.health import AILMENTS, BITS, to_bits, to_words


def test_words_and_bits_are_the_same_in_other_clothes() -> None:
    assert set(BITS) == set(AILMENTS)
    for count in range(len(AILMENTS) + 1):
        for some in itertools.combinations(AILMENTS, count):
            assert to_words(to_bits(some)) == some


def test_catalogs_that_are_there_can_be_read() -> None:
    assert to_words(1 | 16) == ("truncated", "offset")
    assert to_bits(["dead-channel", "silent", "silent"]) == 36
