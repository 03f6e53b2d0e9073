"""The journal of batches: what is planned, done, taken back and emptied, and what that makes of a receipt."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import journal_rows
from ctk.catalog.journal_rows import Entry, Mark, Span
from ctk.catalog.store import Store

ODD = os.fsdecode(b"/s/\xff.wav")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "catalog.db")) as opened:
        yield opened


def begin(store: Store, *entries: Entry) -> int:
    return store.write(
        lambda connection: journal_rows.begin(connection, "remove", "Remove", entries), durable=True
    ).result()


def removal(position: int, sound_id: int | None, path: str = "/s/a.wav") -> Entry:
    return Entry(position, sound_id, "remove", path, path + ".held", 10 + position, 7)


def mark(store: Store, receipt: int, position: int, state: str, reason: str | None = None) -> None:
    marks = [Mark(state, reason, None, position)]
    store.write(lambda connection: journal_rows.mark(connection, receipt, marks)).result()


def close(store: Store, receipt: int) -> str:
    store.write(lambda connection: journal_rows.close(connection, receipt)).result()
    return journal_rows.receipt(store.read(), receipt).state


def test_entries_come_back_as_they_were(store: Store) -> None:
    entries = [
        Entry(0, None, "make", "/s/new", ""),
        Entry(1, 5, "remove", ODD, "/s/b", 10, 1 << 62, twin=ODD),
        Entry(2, None, "remove", "/s/a.asd", "/s/b.asd", 1, -5, None, "failed", "It is gone."),
    ]
    receipt = begin(store, *entries)
    assert journal_rows.entries(store.read(), receipt) == entries
    found = journal_rows.receipt(store.read(), receipt)
    assert (found.state, found.steps, found.done, found.bytes_freed) == ("applying", 1, 0, 0)
    assert [(problem.path, problem.reason) for problem in found.problems] == [("/s/a.asd", "It is gone.")]
    assert journal_rows.unfinished(store.read()) == [receipt]


def test_spans_free_what_sounds_have(store: Store) -> None:
    receipt = begin(store, *(removal(at, at or None) for at in range(5)))
    spans = [Span("done", True, 0, 2), Span("done", False, 4, 4)]
    store.write(lambda connection: journal_rows.mark_spans(connection, receipt, spans)).result()
    states = [entry.state for entry in journal_rows.entries(store.read(), receipt)]
    assert states == ["done", "done", "done", "planned", "done"]
    found = journal_rows.receipt(store.read(), receipt)
    assert (found.done, found.bytes_freed) == (3, 11 + 12)


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (("done", "done"), "done"),
        (("done", "failed"), "done"),
        (("failed", "failed"), "done"),
        (("done", "emptied"), "done"),
        (("undone", "done"), "partly undone"),
        (("undone", "emptied"), "partly undone"),
        (("undone", "failed"), "undone"),
        (("undone", "undone"), "undone"),
    ],
)
def test_the_state_of_a_receipt_follows_from_its_entries(store: Store, states: tuple[str, str], state: str) -> None:
    receipt = begin(store, removal(0, 1), removal(1, 2))
    for at, word in enumerate(states):
        mark(store, receipt, at, word)
    assert close(store, receipt) == state
    assert journal_rows.unfinished(store.read()) == []


def test_which_is_undone_when_none_is_named(store: Store) -> None:
    assert journal_rows.newest_to_undo(store.read()) is None
    first, second, third = (begin(store, removal(0, at)) for at in range(3))
    mark(store, first, 0, "done")
    mark(store, second, 0, "done")
    mark(store, third, 0, "failed")
    for receipt in (first, second, third):
        close(store, receipt)
    assert journal_rows.newest_to_undo(store.read()) == second
    store.write(lambda connection: journal_rows.begin_undo(connection, second)).result()
    assert journal_rows.unfinished(store.read()) == [second]
    mark(store, second, 0, "undone")
    assert close(store, second) == "undone"
    assert journal_rows.newest_to_undo(store.read()) == first
    assert [receipt.id for receipt in journal_rows.receipts(store.read(), 2)] == [third, second]


def test_what_is_held_and_what_went_elsewhere_later(store: Store) -> None:
    first, second = begin(store, removal(0, 1), removal(1, None)), begin(store, removal(0, 2, ODD))
    for receipt, at in ((first, 0), (first, 1), (second, 0)):
        mark(store, receipt, at, "done")
    close(store, first)
    assert [(item.sound_id, item.path, item.receipt_id) for item in journal_rows.held(store.read())] == [
        (2, ODD, second),
        (1, "/s/a.wav", first),
    ]
    at_rest = [(receipt, entry.position) for receipt, entry in journal_rows.held_entries(store.read())]
    assert at_rest == [(first, 0), (first, 1)]
    assert journal_rows.moved_later(store.read(), first) == {2}
    assert journal_rows.moved_later(store.read(), second) == set()


def test_protected_folders(store: Store) -> None:
    for folder in (ODD, "/s/keep", ODD):
        store.write(lambda connection, folder=folder: journal_rows.protect(connection, folder)).result()  # type: ignore[misc]
    assert journal_rows.protected(store.read()) == ["/s/keep", ODD]
    store.write(lambda connection: journal_rows.unprotect(connection, ODD)).result()
    assert journal_rows.protected(store.read()) == ["/s/keep"]
