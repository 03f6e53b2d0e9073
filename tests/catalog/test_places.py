"""Sources and folders: found by words, ordered naturally, read again when a source has moved."""

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from ctk.catalog.arrays import Mask
from ctk.catalog.places import Places, Root
from ctk.catalog.segment import Pattern
from ctk.catalog.store import Connection
from tests.catalog import small
from tests.catalog.small import writing


@pytest.fixture
def connection() -> Iterator[Connection]:
    with closing(small.in_memory()) as connection:
        with writing(connection):
            for folder in ("", "Kicks 10", "Kicks 2", "Kicks 2/Hard"):
                small.add_folder(connection, "/media/Lo-Fi", folder)
        yield connection


def ids(mask: Mask) -> list[int]:
    return np.flatnonzero(mask).tolist()


def test_folders_are_found_by_their_path_and_the_name_of_the_source(connection: Connection) -> None:
    places = Places()
    assert places.refresh(connection)
    assert not places.refresh(connection)
    assert ids(places.find(Pattern.of("kicks 2"))) == [3, 4]
    assert ids(places.find(Pattern.of("fi kicks"))) == [2, 3, 4]
    assert ids(places.find(Pattern.of("media"))) == []
    assert ids(places.ending(Pattern.of("2 "))) == [3]
    assert ids(places.of_sources("media lo")) == [1, 2, 3, 4]


def test_the_whole_path_of_a_source_means_that_one(connection: Connection) -> None:
    with writing(connection):
        other = small.add_folder(connection, "/media/Lo-Fi/More", "")
    places = Places()
    places.refresh(connection)
    assert list(places.roots().values()) == ["/media/Lo-Fi", "/media/Lo-Fi/More"]
    for text in ("/media/Lo-Fi", "/MEDIA/lo-fi/"):
        assert ids(places.of_sources(text)) == [1, 2, 3, 4]
    assert ids(places.of_sources("/media/lo-fi/more")) == [other]
    assert ids(places.of_sources("media/lo-fi")) == [1, 2, 3, 4, other]


def test_natural_order_goes_folder_by_folder(connection: Connection) -> None:
    with writing(connection):
        small.add_folder(connection, "/media/Lo-Fi", "Kicks")
        small.add_folder(connection, "/media/Lo-Fi", "Kicks/9")
    places = Places()
    places.refresh(connection)
    assert np.argsort(places.ranks()[1:]).tolist() == [0, 4, 5, 2, 3, 1]


def test_new_folders_are_added(connection: Connection) -> None:
    places = Places()
    places.refresh(connection)
    with writing(connection):
        added = small.add_folder(connection, "/media/Other", "Kicks 2")
    assert places.refresh(connection)
    assert ids(places.find(Pattern.of("kicks 2"))) == [3, 4, added]
    assert ids(places.of_sources("other")) == [added]


def test_a_source_at_another_place_is_read_again(connection: Connection) -> None:
    places = Places()
    places.refresh(connection)
    with writing(connection):
        connection.execute("UPDATE sources SET path = CAST('/mnt/Beats' AS BLOB)")
    assert places.refresh(connection)
    assert ids(places.find(Pattern.of("beats"))) == [1, 2, 3, 4]
    assert ids(places.find(Pattern.of("lo fi"))) == []


def test_offline(connection: Connection) -> None:
    places = Places()
    places.refresh(connection)
    assert ids(places.offline()) == []
    with writing(connection):
        connection.execute("UPDATE sources SET state = 'offline'")
    assert places.refresh(connection)
    assert ids(places.offline()) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("path", "name"), [(b"/media/Pack", b"Pack"), (b"/media/Pack/", b"Pack"), (b"/", b"/"), (b"/\xff", b"\xff")]
)
def test_the_name_of_a_source(path: bytes, name: bytes) -> None:
    assert Root(path, "ok").name == name
