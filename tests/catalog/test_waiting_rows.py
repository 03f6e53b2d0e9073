"""Words outlive their rows: whatever deletes a row, what was said of it waits, and comes back to the same sound."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.catalog import mark_rows, online_rows, relocation, rows, source_rows, waiting_rows
from ctk.catalog.relocation import Arrival
from ctk.catalog.schema import MIGRATIONS
from ctk.catalog.store import Connection, Store
from ctk.errors import UsageError
from ctk.fingerprint import WHOLE_BYTES
from ctk.records import Marks
from tests.catalog import small
from tests.catalog.small import writing

KICK = b"kick-808"
WORDS = Marks(4, True, ("Deep", "punchy"), ("Set A",), 'for "it"\nand more', "bass")


@pytest.fixture
def catalog() -> Connection:
    return small.in_memory()


def spoken(connection: Connection, source: str, folder: str, name: str, marks: Marks = WORDS, **facts: object) -> int:
    """A sound of which something was said."""
    with writing(connection):
        id = small.add(connection, source, folder, name, **{"fingerprint": KICK, **facts}) or 0
        mark_rows.add(connection, id, marks)
    return id


def drop(connection: Connection, *ids: int) -> None:
    with writing(connection):
        rows.drop(connection, ids)


def give_back(connection: Connection) -> int:
    with writing(connection):
        return waiting_rows.give_back(connection)


def paths(connection: Connection) -> list[str]:
    return [os.fsdecode(path) for (path,) in connection.execute("SELECT path FROM waiting ORDER BY id")]


@pytest.mark.parametrize(
    ("source", "folder", "name", "path"),
    [
        ("/s", "x/y", "a.wav", "/s/x/y/a.wav"),
        ("/s", "", "a.wav", "/s/a.wav"),
        ("/", "", "a.wav", "/a.wav"),
        ("/", "x", "a.wav", "/x/a.wav"),
        ("/back\\", "x", "a.wav", "/back\\/x/a.wav"),
        ("/P\udcff", "Drüms", "a\udcfe.wav", "/P\udcff/Drüms/a\udcfe.wav"),
        ("C:\\Samples", "x\\y", "a.wav", "C:\\Samples\\x\\y\\a.wav"),
        ("D:\\", "", "a.wav", "D:\\a.wav"),
        ("\\\\nas\\music", "x", "a.wav", "\\\\nas\\music\\x\\a.wav"),
    ],
)
def test_the_place_of_a_sound_is_kept_whole(
    catalog: Connection, source: str, folder: str, name: str, path: str
) -> None:
    drop(catalog, spoken(catalog, source, folder, name, full_hash=b"h"))
    assert paths(catalog) == [path]
    assert catalog.execute("SELECT typeof(path), size_bytes, fingerprint, full_hash FROM waiting").fetchall() == [
        ("blob", 1000, KICK, b"h")
    ]
    assert catalog.execute("SELECT 1 FROM sound_tags UNION ALL SELECT 1 FROM collection_sounds").fetchall() == []


@pytest.mark.parametrize(
    "marks",
    [
        Marks(1),
        Marks(0, True),
        Marks(tags=("é",)),
        Marks(collections=("c",)),
        Marks(label="fx"),
        Marks(note="\\ {}\t[]"),
        WORDS,
    ],
)
def test_any_word_waits_and_comes_back(catalog: Connection, marks: Marks) -> None:
    drop(catalog, spoken(catalog, "/s", "x", "a.wav", marks))
    with writing(catalog):
        id = small.add(catalog, "/t", "y", "b.wav", fingerprint=KICK) or 0
    assert give_back(catalog) == 1
    assert mark_rows.of(catalog, id) == marks
    assert waiting_rows.count(catalog) == give_back(catalog) == 0


def test_of_what_nothing_was_said_nothing_waits(catalog: Connection) -> None:
    drop(catalog, spoken(catalog, "/s", "x", "a.wav", Marks()))
    assert waiting_rows.count(catalog) == 0


def test_a_collection_keeps_its_order(catalog: Connection) -> None:
    with writing(catalog):
        ids = [small.add(catalog, "/s", "x", f"{n}.wav", fingerprint=b"%08d" % n) or 0 for n in range(4)]
        mark_rows.collect(catalog, ids, "Set")
    drop(catalog, ids[1])
    with writing(catalog):
        ids[1] = small.add(catalog, "/s", "x", "1.wav", fingerprint=b"00000001") or 0
    assert give_back(catalog) == 1
    order = catalog.execute("SELECT sound_id FROM collection_sounds ORDER BY position")
    assert [id for (id,) in order] == ids


def test_words_are_added_to_what_was_said_meanwhile(catalog: Connection) -> None:
    drop(catalog, spoken(catalog, "/s", "x", "a.wav", Marks(2, False, ("old",), (), "one")))
    id = spoken(catalog, "/s", "x", "a.wav", Marks(1, True, ("new",), (), "two"))
    give_back(catalog)
    assert mark_rows.of(catalog, id) == Marks(2, True, ("new", "old"), (), "two\none")


@pytest.mark.parametrize("state", ["missing", "held"])
def test_a_sound_that_is_not_here_is_not_found(catalog: Connection, state: str) -> None:
    drop(catalog, spoken(catalog, "/s", "x", "a.wav"))
    with writing(catalog):
        id = small.add(catalog, "/s", "x", "a.wav", fingerprint=KICK, state=state) or 0
    assert give_back(catalog) == 0
    small.change(catalog, id, state="ok")
    assert give_back(catalog) == 1


def test_in_doubt_words_wait(catalog: Connection) -> None:
    big = WHOLE_BYTES + 1
    drop(catalog, spoken(catalog, "/s", "x", "a.wav", size_bytes=big))
    with writing(catalog):
        one, other = (small.add(catalog, "/t", "", name, fingerprint=KICK, size_bytes=big) or 0 for name in "bc")
    assert give_back(catalog) == 0
    small.change(catalog, one, name="a.wav")
    assert give_back(catalog) == 1
    assert mark_rows.marked(catalog) == [one] != [other]


def test_what_was_never_opened_is_known_by_its_path(catalog: Connection) -> None:
    drop(catalog, *(spoken(catalog, "/s", "x", name, Marks(1), fingerprint=None, state="cloud") for name in "ab"))
    with writing(catalog):
        small.add(catalog, "/other", "x", "a", fingerprint=None, state="cloud")
        a = small.add(catalog, "/s/x", "", "a", fingerprint=KICK) or 0
    assert give_back(catalog) == 1
    assert mark_rows.marked(catalog) == [a]
    assert paths(catalog) == ["/s/x/b"]


def test_what_is_only_online_now_is_known_by_path_and_size(catalog: Connection) -> None:
    drop(catalog, *(spoken(catalog, "/s", "", name, Marks(1), size_bytes=size) for name, size in (("a", 5), ("b", 6))))
    with writing(catalog):
        for name in "ab":
            small.add(catalog, "/s", "", name, fingerprint=None, state="cloud", size_bytes=5)
    assert give_back(catalog) == 1
    assert paths(catalog) == ["/s/b"]


def test_what_is_imported_waits_once(catalog: Connection) -> None:
    for _ in range(2):
        with writing(catalog):
            waiting_rows.put(catalog, "/s/a.wav", 1000, KICK, None, WORDS, {"Set A": 7})
    assert waiting_rows.count(catalog) == 1
    id = spoken(catalog, "/s", "", "a.wav", Marks())
    assert give_back(catalog) == 1
    assert mark_rows.of(catalog, id) == WORDS
    assert catalog.execute("SELECT position FROM collection_sounds").fetchall() == [(7,)]
    with pytest.raises(UsageError):
        waiting_rows.put(catalog, "/s/a.wav", 1000, KICK, None, Marks(tags=("a,b",)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "catalog.db")) as opened:
        yield opened


@pytest.mark.parametrize("table", ["sources", "folders"])
def test_a_row_that_goes_with_its_folder_or_source_leaves_its_words(store: Store, table: str) -> None:
    def change(connection: Connection) -> None:
        id = small.add(connection, "/s", "x", "a.wav", fingerprint=KICK) or 0
        mark_rows.add(connection, id, WORDS)
        connection.execute(f"DELETE FROM {table}")

    store.write(change).result()
    assert [os.path.basename(path) for path in paths(store.read())] == ["a.wav"]
    again = store.write(lambda connection: small.add(connection, "/s", "x", "a.wav", fingerprint=KICK)).result() or 0
    assert store.write(waiting_rows.give_back).result() == 1
    assert mark_rows.of(store.read(), again) == WORDS


@pytest.mark.parametrize("way", ["moved", "online", "met", "merged", "handed over"])
def test_where_one_row_takes_the_place_of_another_it_takes_its_words(catalog: Connection, way: str) -> None:
    old = spoken(catalog, "/s", "x", "a.wav", Marks(2, tags=("old",)))
    source, folder = ("/other", "x") if way == "merged" else ("/s/in", "") if way == "handed over" else ("/s", "y")
    new = spoken(catalog, source, folder, "a.wav", Marks(3, tags=("new",), note="said of the newer"))
    with writing(catalog):
        match way:
            case "moved":
                rows.move(catalog, [(old, new)])
            case "online":
                online_rows.follow(catalog, [(old, new)])
            case "met":
                relocation.follow(catalog, [Arrival(old, "/s/y/a.wav", renamed=True)])
            case "merged":
                source_rows.merge(catalog, 2, 1)
            case _:
                small.change(catalog, new, folder_id=small.add_folder(catalog, "/s", "in"))
                old, new = new, spoken_at(catalog, "/s/in", "a.wav", Marks(2, tags=("old",)))
                source_rows.remove(catalog, 2, "/s/in")
    (left,) = (id for id in (old, new) if mark_rows.of(catalog, id) is not None)
    assert left == old
    assert mark_rows.of(catalog, old) == Marks(3, False, ("new", "old"), (), "said of the newer")
    assert waiting_rows.count(catalog) == 0


def spoken_at(connection: Connection, source: str, name: str, marks: Marks) -> int:
    id = small.add(connection, source, "", name, fingerprint=KICK) or 0
    mark_rows.add(connection, id, marks)
    return id


def test_a_copy_that_is_left_takes_the_words_of_one_that_goes_for_good(catalog: Connection) -> None:
    for state, forget in (("missing", rows.forget), ("held", relocation.forget)):
        gone = spoken(catalog, "/s", "x", f"{state}.wav", Marks(tags=(state,)), state=state)
        kept = spoken(catalog, "/s", "y", f"{state}.wav", Marks())
        with writing(catalog):
            forget(catalog, [gone])
        assert mark_rows.of(catalog, kept) == Marks(tags=(state,))
        drop(catalog, kept)
        catalog.execute("DELETE FROM waiting")


CONTENTS = 2
_which = st.integers(0, CONTENTS - 1)
_word = st.sampled_from(["a", "b", "c"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["tag", "untag", "collect", "note"]), _which, _word),
        st.tuples(st.just("note"), _which, _word),
        st.tuples(st.just("rate"), _which, st.integers(0, 5)),
        st.tuples(st.sampled_from(["favourite", "drop"]), _which, st.just(0)),
        st.tuples(st.sampled_from(["drop", "move", "give back"]), _which, st.just(0)),
        st.tuples(st.just("find"), _which, st.integers(0, 3)),
        st.tuples(st.just("find"), _which, st.integers(0, 3)),
    ),
    min_size=15,
    max_size=40,
)
Words = tuple[int, bool, frozenset[str], frozenset[str], frozenset[str]]
"""Stars, favourite, tags, collections, lines of the note."""
NONE: Words = (0, False, frozenset(), frozenset(), frozenset())


class Library:
    """One row at most of each content, what was said of it, and what of it waits: as it has to be."""

    def __init__(self) -> None:
        self.connection = small.in_memory()
        self.ids: dict[int, int] = {}
        self.here = dict.fromkeys(range(CONTENTS), NONE)
        self.away = dict.fromkeys(range(CONTENTS), NONE)
        self.added = 0

    def do(self, step: str, which: int, word: str | int) -> None:
        with writing(self.connection):
            if step == "give back":
                waiting_rows.give_back(self.connection)
                for one in self.ids:
                    self.here[one], self.away[one] = both(self.here[one], self.away[one]), NONE
            elif step == "find" and which not in self.ids:
                self.ids[which] = self._add(which, int(word))
            elif step != "find" and which in self.ids:
                self._say(step, which, self.ids[which], word)

    def _add(self, which: int, place: int) -> int:
        self.added += 1
        name = f"{which}.wav" if place else f"renamed {self.added}.wav"
        return small.add(self.connection, "/s", f"{place}", name, fingerprint=b"%08d" % which) or 0

    def _say(self, step: str, which: int, id: int, word: str | int) -> None:
        connection, (stars, favourite, tags, collections, note) = self.connection, self.here[which]
        match step, word:
            case "drop", _:
                rows.drop(connection, [id])
                self.away[which] = both(self.away[which], self.here[which])
                stars, favourite, tags, collections, note = NONE
                del self.ids[which]
            case "move", _:
                rows.move(connection, [(id, self._add(which, 0))])
            case "rate", int():
                mark_rows.rate(connection, [id], word)
                stars = word
            case "favourite", _:
                favourite = not favourite
                mark_rows.favourite(connection, [id], favourite)
            case "tag", str():
                mark_rows.tag(connection, [id], word)
                tags |= {word}
            case "untag", str():
                mark_rows.untag(connection, [id], word)
                tags -= {word}
            case "collect", str():
                mark_rows.collect(connection, [id], word)
                collections |= {word}
            case _, str():
                mark_rows.note(connection, [id], word)
                note = frozenset({word})
        self.here[which] = stars, favourite, tags, collections, note

    def found_here(self) -> dict[int, Words]:
        marks = {which: mark_rows.of(self.connection, id) for which, id in self.ids.items()}
        return {which: NONE if (said := marks.get(which)) is None else words(said) for which in range(CONTENTS)}

    def found_away(self) -> dict[int, Words]:
        """What comes back to a fresh copy of each content."""
        found = {}
        for which in range(CONTENTS):
            with small_copy(self.connection) as copy:
                copy.execute("DELETE FROM sounds")
                copy.execute("DELETE FROM waiting WHERE id NOT IN (SELECT id FROM kept)")
                id = small.add(copy, "/elsewhere", "", "x.wav", fingerprint=b"%08d" % which) or 0
                waiting_rows.give_back(copy)
                found[which] = words(mark_rows.of(copy, id) or Marks())
        return found


def small_copy(connection: Connection) -> "closing[Connection]":
    """A catalog of its own with the same rows; ``kept`` are the entries that wait in it."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(copy)
    copy.execute("CREATE TEMP TABLE kept AS SELECT id FROM waiting")
    return closing(copy)


def words(marks: Marks) -> Words:
    lines = frozenset(marks.note.split("\n")) - {""}
    return marks.rating, marks.favourite, frozenset(marks.tags), frozenset(marks.collections), lines


def both(one: Words, other: Words) -> Words:
    return max(one[0], other[0]), one[1] or other[1], one[2] | other[2], one[3] | other[3], one[4] | other[4]


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_no_word_is_ever_lost(steps: list[tuple[str, int, str | int]]) -> None:
    library = Library()
    for step in steps:
        library.do(*step)
    assert library.found_here() == library.here
    assert library.found_away() == library.away


def test_words_that_waited_before_there_were_labels_come_back(tmp_path: Path) -> None:
    file = tmp_path / "catalog.db"
    with closing(Store(file, migrations=MIGRATIONS[:4])) as store:

        def speak(connection: Connection) -> None:
            for name in ("gone.wav", "stays.wav"):
                id = small.add(connection, "/s", "", name, fingerprint=name.encode(), rating=3, remark="old")
                small.give(connection, "tag", id or 0, "dark")
            connection.execute("DELETE FROM sounds WHERE id = 1")

        store.write(speak).result()
    with closing(Store(file)) as store:

        def return_(connection: Connection) -> int:
            small.add(connection, "/s", "", "gone.wav", fingerprint=b"gone.wav")
            return waiting_rows.give_back(connection)

        assert store.write(return_).result() == 1
        assert store.write(lambda connection: mark_rows.label(connection, [2], "bass")).result() == {2: None}
        store.write(lambda connection: rows.drop(connection, [2])).result()
        with store.snapshot() as connection:
            assert mark_rows.of(connection, 3) == Marks(3, False, ("dark",), (), "old")
            assert json.loads(connection.execute("SELECT marks FROM waiting").fetchone()[0])["label"] == "bass"
