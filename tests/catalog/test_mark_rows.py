"""The user's word on rows: said once for many, taken back, counted, listed, and told to the search index."""

from collections.abc import Callable

import pytest

from ctk.catalog import mark_rows
from ctk.catalog.store import Connection, revision_of
from ctk.errors import NotFound, UsageError
from ctk.records import Label, Marks, SavedSearch
from tests.catalog import small
from tests.catalog.small import writing

NOWHERE = 999


@pytest.fixture
def catalog() -> Connection:
    """Three sounds: 1, 2 and 3."""
    connection = small.in_memory()
    with writing(connection):
        for name in ("a.wav", "b.wav", "c.wav"):
            small.add(connection, "/s", "x", name)
    return connection


def said(connection: Connection, change: Callable[[Connection], object]) -> tuple[object, set[int]]:
    """What a change comes to, and the sounds that searching hears of."""
    with writing(connection):
        result, revision = change(connection), revision_of(connection)
    return result, {id for (id,) in connection.execute("SELECT id FROM sounds WHERE revision = ?", (revision,))}


def test_a_tag_is_given_once_and_taken_once(catalog: Connection) -> None:
    assert said(catalog, lambda c: mark_rows.tag(c, [2, 1, 2, NOWHERE], " Deep  Kick")) == ([2, 1], {1, 2})
    assert said(catalog, lambda c: mark_rows.tag(c, [1, 2, 3], "deep kick")) == ([3], {3})
    assert mark_rows.tags(catalog) == [Label("Deep Kick", 3)]
    assert said(catalog, lambda c: mark_rows.untag(c, [3, NOWHERE], "DEEP KICK")) == ([3], {3})
    assert said(catalog, lambda c: mark_rows.untag(c, [3], "deep kick")) == ([], set())
    assert said(catalog, lambda c: mark_rows.untag(c, [1], "never said")) == ([], set())
    assert mark_rows.tags(catalog) == [Label("Deep Kick", 2)]


def test_a_tag_that_no_sound_has_is_gone_with_its_spelling(catalog: Connection) -> None:
    said(catalog, lambda c: mark_rows.tag(c, [1], "PUNCHY"))
    said(catalog, lambda c: mark_rows.untag(c, [1], "punchy"))
    assert mark_rows.tags(catalog) == []
    said(catalog, lambda c: mark_rows.tag(c, [1], "Punchy"))
    assert mark_rows.tags(catalog) == [Label("Punchy", 1)]


def test_stars(catalog: Connection) -> None:
    assert said(catalog, lambda c: mark_rows.rate(c, [1, 2, NOWHERE], 4)) == ({1: 0, 2: 0}, {1, 2})
    assert said(catalog, lambda c: mark_rows.rate(c, [1, 2, 3], 4)) == ({3: 0}, {3})
    assert said(catalog, lambda c: mark_rows.rate(c, [2], 0)) == ({2: 4}, {2})
    for stars in (-1, 6):
        with pytest.raises(UsageError, match="stars"):
            mark_rows.rate(catalog, [1], stars)


def test_favourites(catalog: Connection) -> None:
    assert said(catalog, lambda c: mark_rows.favourite(c, [1, 3], True)) == ([1, 3], {1, 3})
    assert said(catalog, lambda c: mark_rows.favourite(c, [1, 2], True)) == ([2], {2})
    assert said(catalog, lambda c: mark_rows.favourite(c, [1], False)) == ([1], {1})


def test_notes(catalog: Connection) -> None:
    assert said(catalog, lambda c: mark_rows.note(c, [1, 2], " for the intro\r\n")) == ({1: "", 2: ""}, {1, 2})
    assert said(catalog, lambda c: mark_rows.note(c, [1, 3], "")) == ({1: "for the intro"}, {1})
    assert mark_rows.of(catalog, 2) == Marks(note="for the intro")
    assert mark_rows.marked(catalog) == [2]


def test_a_collection_keeps_its_order_and_stays_when_it_is_empty(catalog: Connection) -> None:
    assert said(catalog, lambda c: mark_rows.collect(c, [3, 1], "Set A")) == ([3, 1], {1, 3})
    assert said(catalog, lambda c: mark_rows.collect(c, [1, 2, NOWHERE], "set a")) == ([2], {2})
    order = "SELECT sound_id FROM collection_sounds ORDER BY position"
    assert [id for (id,) in catalog.execute(order)] == [3, 1, 2]
    assert said(catalog, lambda c: mark_rows.uncollect(c, [1, NOWHERE], "SET A")) == ([1], {1})
    assert said(catalog, lambda c: mark_rows.uncollect(c, [2, 3], "Set A")) == ([3, 2], {2, 3})
    assert mark_rows.collections(catalog) == [Label("Set A", 0)]
    said(catalog, lambda c: mark_rows.collect(c, [1], "Set A"))
    assert said(catalog, lambda c: mark_rows.uncollect(c, None, "Set A")) == ([1], {1})
    assert mark_rows.collections(catalog) == []
    assert catalog.execute(order).fetchall() == []
    with pytest.raises(NotFound, match="Set A"):
        mark_rows.uncollect(catalog, [1], "Set A")


def test_names_are_listed_as_they_compare(catalog: Connection) -> None:
    for tag in ("zeta", "Été", "Delta", "echo"):
        said(catalog, lambda c, tag=tag: mark_rows.tag(c, [1], tag))  # type: ignore[misc]
        said(catalog, lambda c, tag=tag: mark_rows.collect(c, [1], tag))  # type: ignore[misc]
    assert [label.name for label in mark_rows.tags(catalog)] == ["Delta", "echo", "Été", "zeta"]


def test_removed_sounds_do_not_count(catalog: Connection) -> None:
    said(catalog, lambda c: mark_rows.tag(c, [1, 2], "x"))
    said(catalog, lambda c: mark_rows.collect(c, [1], "y"))
    small.change(catalog, 1, state="held")
    assert mark_rows.tags(catalog) == [Label("x", 1)]
    assert mark_rows.collections(catalog) == [Label("y", 0)]
    small.change(catalog, 1, state="ok")
    assert mark_rows.tags(catalog) == [Label("x", 2)]


def test_all_that_was_said_of_some(catalog: Connection) -> None:
    said(catalog, lambda c: mark_rows.tag(c, [1], "x"))
    said(catalog, lambda c: mark_rows.collect(c, [2], "y"))
    said(catalog, lambda c: mark_rows.rate(c, [1], 5))
    assert mark_rows.marks_of(catalog, [1, 2, 3, NOWHERE]) == {
        1: Marks(5, tags=("x",)),
        2: Marks(collections=("y",)),
        3: Marks(),
    }
    assert mark_rows.of(catalog, NOWHERE) is None
    assert mark_rows.marked(catalog) == [1, 2]


def test_what_is_added_takes_nothing_back(catalog: Connection) -> None:
    with writing(catalog):
        mark_rows.add(catalog, 1, Marks(3, True, ("a", "b"), ("c",), "one"))
    added = said(catalog, lambda c: mark_rows.add(c, 1, Marks(2, False, ("B", "z"), ("C", "d"), "two")))
    assert added == (None, {1})
    whole = Marks(3, True, ("a", "b", "z"), ("c", "d"), "one\ntwo")
    assert mark_rows.of(catalog, 1) == whole
    for again in (Marks(), whole, Marks(note="two"), Marks(1, False, ("A",), (), "one")):
        said(catalog, lambda c, again=again: mark_rows.add(c, 1, again))  # type: ignore[misc]
        assert mark_rows.of(catalog, 1) == whole
    mark_rows.add(catalog, NOWHERE, whole)
    assert mark_rows.marked(catalog) == [1]


def test_what_comes_from_elsewhere_is_checked(catalog: Connection) -> None:
    for marks in (Marks(6), Marks(tags=("a,b",)), Marks(collections=("",))):
        with pytest.raises(UsageError):
            mark_rows.add(catalog, 1, marks)
    assert mark_rows.marked(catalog) == []


def test_a_row_passes_on_what_was_said_of_it(catalog: Connection) -> None:
    with writing(catalog):
        mark_rows.collect(catalog, [3, 1], "c")
        mark_rows.add(catalog, 1, Marks(2, False, ("a",), (), "one"))
        mark_rows.add(catalog, 2, Marks(4, True, ("b",), (), "two"))
    assert said(catalog, lambda c: mark_rows.pass_on(c, [(1, 2), (3, NOWHERE)]))[1] == {1, 2, 3}
    assert mark_rows.of(catalog, 2) == Marks(4, True, ("a", "b"), ("c",), "two\none")
    assert mark_rows.of(catalog, 1) == Marks()


def test_many_at_once(catalog: Connection) -> None:
    count = 40_000
    catalog.execute(
        "WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        " INSERT INTO sounds (id, folder_id, name, name_key, size_bytes, mtime_ns, state, added_s, revision)"
        " SELECT i, 1, CAST(i AS BLOB), X'', 1, 1, 'ok', 1, 0 FROM n",
        (count + 9,),
    )
    ids = range(10, count + 10)
    with writing(catalog):
        assert mark_rows.tag(catalog, ids, "all") == list(ids)
        assert mark_rows.rate(catalog, ids, 1) == dict.fromkeys(ids, 0)
        assert mark_rows.collect(catalog, ids, "all") == list(ids)
    assert mark_rows.tags(catalog) == [Label("all", count)]
    assert mark_rows.marks_of(catalog, ids) == dict.fromkeys(ids, Marks(1, False, ("all",), ("all",)))
    with writing(catalog):
        assert mark_rows.uncollect(catalog, None, "all") == mark_rows.untag(catalog, ids, "all") == list(ids)


def test_saved_searches(catalog: Connection) -> None:
    mark_rows.save_search(catalog, "Short  Kicks", "kick  len:<1")
    mark_rows.save_search(catalog, "all, really", "")
    mark_rows.save_search(catalog, "short kicks", "kick len:<0.5")
    assert mark_rows.searches(catalog) == [SavedSearch("all, really", ""), SavedSearch("Short Kicks", "kick len:<0.5")]
    mark_rows.forget_search(catalog, "SHORT KICKS")
    assert mark_rows.searches(catalog) == [SavedSearch("all, really", "")]
    with pytest.raises(NotFound, match="Short Kicks"):
        mark_rows.forget_search(catalog, "Short Kicks")
    for name, query in (("", "x"), ("x", "\udcff")):
        with pytest.raises(UsageError):
            mark_rows.save_search(catalog, name, query)


@pytest.mark.parametrize("name", ["\udcff", "caf\udce9", "a\x00b"])
@pytest.mark.parametrize(
    "change",
    [
        lambda c, name: mark_rows.tag(c, [1], name),
        lambda c, name: mark_rows.untag(c, [1], name),
        lambda c, name: mark_rows.collect(c, [1], name),
        lambda c, name: mark_rows.uncollect(c, [1], name),
        lambda c, name: mark_rows.uncollect(c, None, name),
        lambda c, name: mark_rows.save_search(c, name, "kick"),
        mark_rows.forget_search,
    ],
)
def test_a_name_that_is_no_text_is_refused(
    catalog: Connection, change: Callable[[Connection, str], object], name: str
) -> None:
    with pytest.raises(UsageError, match=r"cannot hold characters that nobody can see or read\.$"), writing(catalog):
        change(catalog, name)
