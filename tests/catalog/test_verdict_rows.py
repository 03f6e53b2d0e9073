"""Verdicts in the catalog: only on files as they were heard, never on top of what the user says."""

import os

import pytest

from ctk.catalog import mark_rows, verdict_rows
from ctk.catalog.store import Connection
from ctk.catalog.verdict_rows import Judged
from tests.catalog import small
from tests.catalog.small import writing

DRUMS: Judged = ("drums", 0.8, "built-in", "sounds like it")
NAMED: Judged = ("bass", 0.95, "name", "name: bass")


@pytest.fixture
def catalog() -> Connection:
    connection = small.in_memory()
    with writing(connection):
        small.add(connection, "/s/My Pack", "", "a.wav", duration_s=2.0)
        small.add(connection, "/s/My Pack", "Sub/B", "b.wav")
        for state in ("bad", "missing", "cloud", "held"):
            small.add(connection, "/s/My Pack", "", f"{state}.wav", state=state)
        small.add(connection, "/t", "", "away.wav")
        connection.execute("UPDATE sources SET state = 'offline' WHERE path = ?", (b"/t",))
    return connection


def judge(connection: Connection, id: int, judged: Judged, stamp: tuple[int, int] = (1000, 1)) -> None:
    with writing(connection):
        verdict_rows.judge(connection, [(id, stamp, judged)])


def shown(connection: Connection, id: int) -> tuple[object, ...]:
    found = connection.execute(f"SELECT {', '.join(verdict_rows.VERDICT)} FROM sounds WHERE id = ?", (id,))
    return tuple(found.fetchone())


def test_only_files_that_are_here_are_opened(catalog: Connection) -> None:
    assert [id for id, *_ in verdict_rows.stamps_here(catalog)] == [1, 2, 3]
    places = verdict_rows.places(catalog, range(9, 0, -1))
    assert [place.id for place in places] == [3, 2, 1]
    assert places[-1].path == os.path.join("/s/My Pack", "a.wav")
    assert (places[-1].stamp, places[-1].duration_s) == ((1000, 1), 2.0)


def test_the_name_of_the_source_is_the_outermost_folder(catalog: Connection) -> None:
    named = verdict_rows.named(catalog, [1, 2, 99])
    assert [(row.id, row.folder.rstrip(os.sep), row.name) for row in named] == [
        (1, "My Pack", "a.wav"),
        (2, os.path.join("My Pack", "Sub/B"), "b.wav"),
    ]


def test_a_verdict_on_a_file_that_changed_since_is_not_written(catalog: Connection) -> None:
    judge(catalog, 1, DRUMS, (999, 1))
    judge(catalog, 2, DRUMS)
    assert shown(catalog, 1) == (None,) * 4
    assert shown(catalog, 2) == DRUMS
    assert verdict_rows.named(catalog, [2])[0].judged == DRUMS


def test_what_was_heard_falls_with_the_content_and_what_the_name_says_stays(catalog: Connection) -> None:
    judge(catalog, 1, DRUMS)
    judge(catalog, 2, NAMED)
    with writing(catalog):
        small.change(catalog, 1, size_bytes=1000, mtime_ns=1, state="bad")
    assert shown(catalog, 1) == DRUMS
    with writing(catalog):
        small.change(catalog, 1, mtime_ns=2)
        small.change(catalog, 2, mtime_ns=2)
    assert shown(catalog, 1) == (None,) * 4
    assert shown(catalog, 2) == NAMED


def test_the_users_word_stands_before_every_verdict(catalog: Connection) -> None:
    judge(catalog, 1, DRUMS)
    with writing(catalog):
        assert mark_rows.label(catalog, [1, 2, 2, 99], "vocal") == {1: None, 2: None}
    judge(catalog, 1, NAMED)
    assert shown(catalog, 1) == ("vocal", 1.0, "user", "you said so")
    assert verdict_rows.categories(catalog, [2, 1, 3]) == {1: "vocal", 2: "vocal", 3: None}
    assert verdict_rows.count_by_engine(catalog) == {"user": 2}
    assert verdict_rows.count_by_category(catalog) == {"vocal": 2, None: 4}
    assert verdict_rows.count_by_category(catalog, [1, 3]) == {"vocal": 1, None: 1}
    with writing(catalog):
        assert mark_rows.label(catalog, [1, 2, 3], None) == {1: "vocal", 2: "vocal"}
        assert mark_rows.label(catalog, [1, 2, 3], None) == {}
    assert shown(catalog, 1) == NAMED
