"""The index finds and orders exactly what going through all rows does, from fresh and after any changes."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.catalog.index import Index
from ctk.catalog.query import Query, parse
from ctk.catalog.store import Connection
from ctk.catalog.text import fold
from ctk.contract import SORT_COLUMNS
from tests.catalog import small
from tests.catalog.small import writing

PIECES = (
    "kick Kick KICK snare lo fi Lo Fi 808 8 08 1 10 a ab ba Été e\u0301te\u0301 ÉTÉ 宇多田 宇 ß SS ﬁ ı İ Ω ñ \U0001f525"
    " \udcff - _ . ' % \n # ( ) [ ] & + , ½ ² 가 각 ा"
).split(" ")
SOURCES = ("/media/Lo-Fi Samples", "/media/Été", "/")
NAMES = ("dark", "Été", 'The "EP"', "EP", "any, more")
FOLDERS = ("", "Drums", "Drums/Kick 8", "lo", "Drums/808_fi", "宇多田/a")

pieces = st.sampled_from([*PIECES, " "])
names = st.builds(
    "".join, st.tuples(st.lists(pieces, min_size=1, max_size=6).map("".join), st.sampled_from([".wav", ".FLAC", ""]))
).map(lambda name: os.fsdecode(os.fsencode(name)))
places = st.tuples(st.sampled_from(SOURCES), st.sampled_from(FOLDERS))
facts = st.fixed_dictionaries(
    {
        "size_bytes": st.integers(0, 3),
        "duration_s": st.sampled_from([None, 0.0, 0.5, 2.0, 90.0]),
        "sample_rate_hz": st.sampled_from([None, 44100, 48000]),
        "channels": st.sampled_from([None, 1, 2]),
        "bit_depth": st.sampled_from([None, 16, 24]),
        "format": st.sampled_from([None, "WAV", "flac", "AIFF"]),
        "codec": st.sampled_from([None, "PCM", "Vorbis"]),
        "state": st.sampled_from(["ok", "bad", "missing", "cloud", "held"]),
        "bpm": st.sampled_from([None, 90.0, 119.7, 120.0, 140.5]),
        "musical_key": st.sampled_from([None, 0, 9, 21, 24, 33, 35]),
        "kind": st.sampled_from([None, "loop", "one-shot"]),
        "note": st.sampled_from([None, 0, 60, 61, 127, 128, 139]),
        "health": st.sampled_from([0, 0, 1, 2, 4, 8, 16, 32, 63]),
        "heard_bpm": st.sampled_from([None, None, 90.0, 120.2]),
        "rating": st.sampled_from([0, 0, 1, 3, 5]),
        "favourite": st.sampled_from([0, 1]),
        "remark": st.sampled_from([None, None, "for the Intro", "kick, any"]),
        "category": st.sampled_from([None, "drums", "vocal", "other"]),
        "label": st.sampled_from([None, None, None, "fx", "vocal"]),
        "added_s": st.sampled_from([1e9, 1.5e9, 1.7e9]),
    }
)
CONDITIONS = (
    "ext:wav ext:flac,wav format:wav format:AIFF,flac len:<2 len:<=2 len:=2 len:2 len:0-1 len:>0 len:>=0:02 rate:44.1k"
    " rate:>44100 rate:<48000 rate:44100-48000 ch:mono ch:<2 ch:>1 depth:>=24 depth:<24 size:<2 size:>1 size:1-2 size:2"
    ' in:drums in:"lo" in:kick-8 in:- source:media source:été source:- added:>2001-10 added:2017 added:<2017 is:ok'
    " is:bad is:missing,offline is:held is:cloud is:truncated is:damaged is:silent is:clipped is:offset is:dc,bad"
    " is:dead-channel bpm:120 bpm:120.0 bpm:90-120 bpm:>120 bpm:<=90 key:Am key:A key:8a key:Cmaj key:dbm key:C,Am"
    " type:loop type:oneshot note:C note:C4 note:60,61 note:db note:b note:g9 note:c-1 bpm:90..<120 len:0.5..<2"
    " heard:120 heard:>=90 heard:90..<120.2 rating:0 rating:3 rating:>=3 rating:1-2 fav:yes fav:no tag:dark tag:Été"
    " tag:none tag:any tag:dark,none collection:ep collection:none collection:any about:intro about:any about:none"
    " about:kick-any cat:drums cat:none cat:vocal,fx cat:none,other"
    " source:/media/lo-fi source:/MEDIA/été source:/ source:/media/été/"
).split()
conditions = st.sampled_from([*CONDITIONS, *(f"-{condition}" for condition in CONDITIONS)])
words = st.lists(pieces, min_size=1, max_size=4).map("".join)
terms = st.one_of(
    words.map(lambda word: word.replace('"', "").replace(":", "")),
    words.map(lambda word: f"-{word}"),
    words.map(lambda word: f'"{word}"'),
    words.map(lambda word: f'" {word}"'),
    conditions,
)
queries = st.lists(terms, max_size=3).map(" ".join)

Change = Callable[[Connection], None]


def adding(place: tuple[str, str], name: str, known: small.Facts) -> Change:
    return lambda connection: void(small.add(connection, *place, name, **known))


def changing(pick: int, known: small.Facts) -> Change:
    return lambda connection: small.change(connection, picked(connection, pick), **known)


def moving(pick: int, place: tuple[str, str], name: str) -> Change:
    def move(connection: Connection) -> None:
        small.change(connection, picked(connection, pick), folder_id=small.add_folder(connection, *place), name=name)

    return move


def removing(pick: int) -> Change:
    return lambda connection: void(connection.execute("DELETE FROM sounds WHERE id = ?", (picked(connection, pick),)))


def labelling(pick: int, labels: str, name: str) -> Change:
    return lambda connection: small.give(connection, labels, picked(connection, pick), name)


def clearing(pick: int, labels: str) -> Change:
    return lambda connection: small.take(connection, labels, picked(connection, pick))


def calling(name: str) -> Change:
    return lambda connection: void(
        connection.execute("UPDATE OR IGNORE tags SET name = ?, folded = ? WHERE id = 1", (name, fold(name)))
    )


def setting(source: str, state: str) -> Change:
    return lambda connection: void(
        connection.execute("UPDATE sources SET state = ? WHERE path = ?", (state, os.fsencode(source)))
    )


def renaming(source: str) -> Change:
    return lambda connection: void(
        connection.execute(
            "UPDATE OR IGNORE sources SET path = CAST('/new/' || id AS BLOB) WHERE path = ?", (os.fsencode(source),)
        )
    )


def void(result: object) -> None:
    """Changes return nothing."""


def picked(connection: Connection, number: int) -> int:
    """Some sound of those there are; 0 when there are none."""
    ids = [id for (id,) in connection.execute("SELECT id FROM sounds ORDER BY id")]
    return ids[number % len(ids)] if ids else 0


picks = st.integers(0, 1000)
kinds = st.sampled_from(["tag", "collection"])
changes = st.one_of(
    st.builds(adding, places, names, facts),
    st.builds(adding, places, names, facts),
    st.builds(changing, picks, facts),
    st.builds(moving, picks, places, names),
    st.builds(removing, picks),
    st.builds(labelling, picks, kinds, st.sampled_from(NAMES)),
    st.builds(labelling, picks, kinds, st.sampled_from(NAMES)),
    st.builds(clearing, picks, kinds),
    st.builds(calling, st.sampled_from(["Dark", "other"])),
    st.builds(setting, st.sampled_from(SOURCES), st.sampled_from(["ok", "offline"])),
    st.builds(renaming, st.sampled_from(SOURCES)),
)
sounds = st.lists(st.builds(adding, places, names, facts), min_size=3, max_size=25)


@pytest.fixture
def connection() -> Iterator[Connection]:
    with closing(small.in_memory()) as connection:
        yield connection


def found(index: Index, text: str, sort: str = "name", desc: bool = False) -> list[int]:
    ids: list[int] = index.ids(index.slots(parse(text), sort=sort, desc=desc)).tolist()
    return ids


def same_everywhere(index: Index, connection: Connection) -> None:
    for sort in SORT_COLUMNS:
        for desc in (False, True):
            assert found(index, "", sort, desc) == small.hits(connection, Query(), sort, desc), (sort, desc)


@settings(max_examples=150, deadline=None)
@given(sounds, st.lists(queries, min_size=1, max_size=8))
def test_every_query_finds_what_a_look_at_every_row_finds(contents: list[Change], texts: list[str]) -> None:
    with closing(small.in_memory()) as connection:
        with writing(connection):
            for add in contents:
                add(connection)
        index = Index()
        index.refresh(connection)
        for text in texts:
            assert found(index, text) == small.hits(connection, parse(text)), text


@settings(max_examples=100, deadline=None)
@given(sounds, st.lists(st.lists(changes, max_size=4), max_size=6), st.lists(queries, max_size=3))
def test_following_changes_is_the_same_as_starting_over(
    contents: list[Change], batches: list[list[Change]], texts: list[str]
) -> None:
    with closing(small.in_memory()) as connection:
        index = Index()
        for batch in [contents, *batches]:
            with writing(connection):
                for change in batch:
                    change(connection)
            index.refresh(connection)
            assert len(index) == len(small.rows(connection))
            for text in texts:
                assert found(index, text) == small.hits(connection, parse(text)), text
        same_everywhere(index, connection)
        kept = Index.of(index.snapshot(0), connection)
        same_everywhere(kept, connection)
        for text in texts:
            assert found(kept, text) == found(index, text)
        with writing(connection):
            small.add(connection, SOURCES[0], "late", "late kick 9.wav")
        kept.refresh(connection)
        same_everywhere(kept, connection)


@settings(max_examples=60, deadline=None)
@given(sounds, st.sampled_from(SOURCES))
def test_every_field(contents: list[Change], away: str) -> None:
    with closing(small.in_memory()) as connection:
        with writing(connection):
            for change in [*contents, setting(away, "offline")]:
                change(connection)
        index = Index()
        index.refresh(connection)
        for text in CONDITIONS:
            for sign in ("", "-"):
                assert found(index, sign + text) == small.hits(connection, parse(sign + text)), sign + text


def test_names_are_in_natural_order_and_equal_ones_in_that_of_ids(connection: Connection) -> None:
    with writing(connection):
        for name in ("kick 10.wav", "Kick 2.wav", "kick 2.wav", "kick 1.wav"):
            small.add(connection, "/s", "", name)
    index = Index()
    index.refresh(connection)
    assert found(index, "") == [4, 2, 3, 1]
    assert found(index, "", desc=True) == [1, 2, 3, 4]


def test_a_commit_without_sounds_keeps_results(connection: Connection) -> None:
    with writing(connection):
        small.add(connection, "/s", "", "kick.wav")
    index = Index()
    index.refresh(connection)
    before = index.slots(parse("kick"))
    with writing(connection):
        pass
    index.refresh(connection)
    assert index.slots(parse("kick")) is before


def test_many_small_commits(connection: Connection) -> None:
    index = Index()
    for n in range(120):
        with writing(connection):
            small.add(connection, "/s", f"folder {n % 7}", f"kick {n}.wav", size_bytes=n % 5)
            small.change(connection, n // 2, name=f"snare {n}.wav")
        index.refresh(connection)
    assert len(found(index, "kick")) == 61
    same_everywhere(index, connection)


def test_an_id_that_does_not_follow_makes_it_start_over(connection: Connection) -> None:
    with writing(connection):
        small.add(connection, "/s", "", "b.wav", id=10)
    index = Index()
    index.refresh(connection)
    with writing(connection):
        small.add(connection, "/s", "", "a.wav", id=5)
    index.refresh(connection)
    assert found(index, "") == [5, 10]


def test_a_sound_that_went_and_came_back(connection: Connection) -> None:
    with writing(connection):
        small.add(connection, "/s", "", "a.wav")
    index = Index()
    index.refresh(connection)
    with writing(connection):
        connection.execute("DELETE FROM sounds")
    index.refresh(connection)
    assert found(index, "") == []
    with writing(connection):
        small.add(connection, "/s", "", "b.wav", id=1)
    index.refresh(connection)
    assert found(index, "b") == [1]
    assert found(index, "a -wav") == []


def test_an_older_catalog_in_its_place_makes_it_start_over(connection: Connection) -> None:
    index = Index()
    with writing(connection):
        small.add(connection, "/s", "", "a.wav")
    with writing(connection):
        small.add(connection, "/s", "", "b.wav")
    index.refresh(connection)
    with closing(small.in_memory()) as other:
        with writing(other):
            small.add(other, "/s", "", "c.wav")
        index.refresh(other)
        assert found(index, "") == small.hits(other, Query())


def test_trouble_while_reading_leaves_nothing_half_done(connection: Connection) -> None:
    with writing(connection):
        for n in range(50):
            small.add(connection, "/s", "", f"kick {n}.wav")
    index = Index()
    index.refresh(connection)
    with writing(connection):
        for n in range(5000):
            small.add(connection, "/s", "", f"snare {n}.wav")
    connection.set_progress_handler(lambda: 1, 100_000)
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        index.refresh(connection)
    connection.set_progress_handler(None, 0)
    assert index.revision < 0
    index.refresh(connection)
    assert len(found(index, "")) == 5050
    assert len(found(index, '"kick 4"')) == 11


def test_mostly_gone_is_wasteful(connection: Connection) -> None:
    with writing(connection):
        for n in range(10):
            small.add(connection, "/s", "", f"{n}.wav")
    index = Index()
    index.refresh(connection)
    assert not index.wasteful
    with writing(connection):
        connection.execute("DELETE FROM sounds WHERE id > 4")
    index.refresh(connection)
    assert index.wasteful


def test_only_some_ids(connection: Connection) -> None:
    with writing(connection):
        for n in range(6):
            small.add(connection, "/s", "", f"kick {9 - n}.wav")
    index = Index()
    index.refresh(connection)
    assert index.ids(index.slots(parse("kick"), only_ids=[2, 6, 99, -1])).tolist() == [6, 2]
    assert index.ids(index.slots(parse("kick"), only_ids=[])).tolist() == []
