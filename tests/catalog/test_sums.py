"""The library in numbers."""

from contextlib import closing

from ctk.catalog import sums
from tests.catalog import small
from tests.catalog.small import writing


def test_a_source_without_sounds_counts_nothing() -> None:
    with closing(small.in_memory()) as connection:
        with writing(connection):
            small.add(connection, "/s", "", "a.wav")
            small.add_source(connection, "/empty", "offline")
        first, second = sums.stats(connection).sources
    assert (first.path, first.files) == ("/s", 1)
    assert (second.path, second.state, second.files, second.bytes, second.duration_s) == ("/empty", "offline", 0, 0, 0)
