"""Rows on their way to a file, and from one."""

import os

import pytest

from ctk.catalog import exchange_rows, mark_rows, waiting_rows
from ctk.catalog.store import Connection
from ctk.records import Marks
from tests.catalog.small import add, change, in_memory, writing


@pytest.fixture
def connection() -> Connection:
    return in_memory()


def test_what_waits_is_told_as_it_was_put_down(connection: Connection) -> None:
    marks = Marks(3, True, ("a", "b"), ("One", "Two"), "note")
    path = os.fsdecode(b"/m/caf\xe9.wav") if os.name == "posix" else "C:\\m\\cafe.wav"
    with writing(connection):
        waiting_rows.put(connection, path, 9, b"f" * 8, b"h" * 16, marks, {"Two": 4})
        waiting_rows.put(connection, "/plain.wav", 0, None, None, Marks(note="x"))
    first, second = exchange_rows.waiting(connection)
    assert first == (path, 9, b"f" * 8, b"h" * 16, marks, {"Two": 4})
    assert second == ("/plain.wav", 0, None, None, Marks(note="x"), {})


def test_where_sounds_are_in_collections(connection: Connection) -> None:
    with writing(connection):
        kick, snare, hat = (add(connection, "/m", "Drums", f"{name}.wav") or 0 for name in ("kick", "snare", "hat"))
        mark_rows.collect(connection, [hat, kick], "Set")
        mark_rows.collect(connection, [kick], "Two")
        mark_rows.collect(connection, [], "Empty")
    assert exchange_rows.positions(connection, [kick, snare, hat]) == {kick: {"Set": 1, "Two": 0}, hat: {"Set": 0}}
    assert exchange_rows.positions(connection, []) == {}
    assert exchange_rows.members(connection, "SET") == [hat, kick]
    assert exchange_rows.members(connection, "none") == []
    assert exchange_rows.ends(connection) == {"set": 2, "two": 1}


def test_the_sound_that_is_there_comes_last_of_a_path(connection: Connection) -> None:
    with writing(connection):
        gone = add(connection, "/m/Drums", "", "kick.wav", state="missing")
        here = add(connection, "/m", "Drums", "kick.wav")
        held = add(connection, "/m", "", "held.wav") or 0
        change(connection, held, state="held")
    path = os.path.join("/m", "Drums", "kick.wav")
    assert list(exchange_rows.paths(connection)) == [(gone, path), (here, path)]
