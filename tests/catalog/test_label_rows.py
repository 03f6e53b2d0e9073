"""The tags and the collections of sounds, by their names."""

from contextlib import closing

from ctk.catalog import label_rows
from tests.catalog import small
from tests.catalog.small import writing

NOWHERE = 999


def test_names_are_listed_as_they_compare() -> None:
    with closing(small.in_memory()) as connection:
        with writing(connection):
            for name in ("a.wav", "b.wav"):
                small.add(connection, "/s", "x", name)
            for name in ("zeta", "Été", "Delta", "echo"):
                small.give(connection, "tag", 1, name)
                small.give(connection, "collection", 1, name)
        assert label_rows.tags_of(connection, [1, 2, NOWHERE]) == {1: ("Delta", "echo", "Été", "zeta")}
        assert label_rows.collections_of(connection, [2, 1]) == {1: ("Delta", "echo", "Été", "zeta")}


def test_nothing_said_is_no_label() -> None:
    with closing(small.in_memory()) as connection:
        assert label_rows.tags_of(connection, [1]) == label_rows.collections_of(connection, [1]) == {}
