"""What a result can be narrowed down by: the counts are what the searches find, the texts what was clicked."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.catalog.catalog import Catalog
from ctk.catalog.facets import FACETS, MOST_TAGS, choices, folder_names
from ctk.catalog.fields import FIELDS
from ctk.catalog.index import Index
from ctk.catalog.query import parse, toggled
from ctk.catalog.store import Connection, Store
from ctk.errors import QueryError
from ctk.records import Choice, Facet, Facets
from tests.catalog import small
from tests.catalog.small import writing
from tests.catalog.test_index import Change, changes, conditions, sounds, words

POSITIVE = "type:loop type:oneshot,loops key:c,am bpm:80..<100 len:<1 format:wav tag:dark,été"
POSITIVE += " rating:>=3 fav:yes cat:drums,none"
terms = st.one_of(
    words.map(lambda word: word.replace('"', "").replace(":", "")),
    conditions,
    st.sampled_from([*POSITIVE.split(), "collection:ep", "source:/", "is:bad,held", "is:missing,clipped"]),
)
texts = st.lists(terms, max_size=3).map(" ".join)


def facets_of(index: Index, text: str) -> Facets:
    return choices(index.counts(parse(text)), text)


def found(index: Index, text: str) -> list[int]:
    hits: list[int] = index.slots(parse(text)).tolist()
    return hits


def times(text: str, field: str) -> int:
    """How often something is asked of ``field``."""
    return sum(condition.field == field and not condition.exclude for condition in parse(text).conditions)


@settings(max_examples=25, deadline=None)
@given(sounds, st.lists(changes, max_size=8), st.lists(texts, min_size=1, max_size=3))
def test_each_choice_counts_what_it_finds(contents: list[Change], more: list[Change], asked: list[str]) -> None:
    with closing(small.in_memory()) as connection:
        with writing(connection):
            for change in [*contents, *more]:
                change(connection)
        index = Index()
        index.refresh(connection)
        for text in asked:
            whole = facets_of(index, text)
            assert whole.total == len(found(index, text))
            for facet in whole.facets:
                alone = next(each for each in facets_of(index, facet.query).facets if each.name == facet.name)
                assert times(facet.query, facet.name) == 0
                assert alone.query == facet.query
                assert {choice.label: choice.count for choice in alone.choices}.items() <= {
                    choice.label: choice.count for choice in facet.choices
                }.items(), (text, facet.name)
                for choice in alone.choices:
                    assert not choice.chosen
                    assert len(found(index, choice.query)) == choice.count > 0, (text, choice)


@settings(max_examples=25, deadline=None)
@given(sounds, st.lists(changes, max_size=8), texts)
def test_a_second_click_takes_the_first_back(contents: list[Change], more: list[Change], text: str) -> None:
    with closing(small.in_memory()) as connection:
        with writing(connection):
            for change in [*contents, *more]:
                change(connection)
        index = Index()
        index.refresh(connection)
        for facet in facets_of(index, text).facets:
            for choice in facet.choices:
                after = next(each for each in facets_of(index, choice.query).facets if each.name == facet.name)
                if again := [each for each in after.choices if each.label == choice.label]:
                    assert again[0].chosen != choice.chosen
                    if times(text, facet.name) <= 1:
                        assert found(index, again[0].query) == found(index, text), (text, choice)
                else:
                    # a tonic alone counts its major too, and shows only while it is chosen
                    assert choice.chosen and (not choice.count or facet.name == "key")


def fill(store: Store) -> None:
    def add(connection: Connection) -> None:
        for name, facts in (
            ("a.wav", {"format": "WAV", "kind": "loop", "bpm": 120.0, "musical_key": 21, "duration_s": 8.0}),
            ("b.wav", {"format": "WAV", "kind": "one-shot", "musical_key": 0, "duration_s": 0.4, "rating": 5}),
            ("c.mp3", {"format": "MP3", "kind": "loop", "bpm": 129.9, "musical_key": 24, "duration_s": 400.0}),
            ("d.mp3", {"format": "MP3", "bpm": 130.0, "favourite": 1, "rating": 5, "health": 8 | 4}),
            ("e.wav", {"format": "wav", "state": "held", "health": 8}),
            ("f.wav", {"state": "bad"}),
        ):
            small.add(connection, "/media/One/Samples", "Drums", name, **facts)
        small.add(connection, "/media/Two/Samples", "", "g.flac", format="FLAC", heard_bpm=90.0)
        small.add(connection, "/media/Été, 2", "", "h.flac", format="FLAC")
        for id, tag in ((1, "dark"), (2, "dark"), (2, "Lo Fi"), (3, "warm"), (4, "warm"), (4, "dark"), (5, "dark")):
            small.give(connection, "tag", id, tag)
        small.give(connection, "collection", 1, "EP 10")
        small.give(connection, "collection", 2, "EP 9")
        small.change(connection, 1, category="drums", label="fx")
        for id, category in ((2, "fx"), (3, "drums"), (5, "drums")):
            small.change(connection, id, category=category)

    store.write(add).result()


@pytest.fixture
def filled(store: Store, catalog: Catalog) -> Iterator[Catalog]:
    fill(store)
    yield catalog


def facet(catalog: Catalog, name: str, query: str = "") -> Facet:
    return next(facet for facet in catalog.facets(query).facets if facet.name == name)


def counts(catalog: Catalog, name: str, query: str = "") -> list[tuple[str, int]]:
    return [(choice.label, choice.count) for choice in facet(catalog, name, query).choices]


def choice(catalog: Catalog, name: str, label: str, query: str = "") -> Choice:
    return next(choice for choice in facet(catalog, name, query).choices if choice.label == label)


def test_every_facet(filled: Catalog) -> None:
    found = filled.facets()
    assert found.total == 7
    assert {facet.name: [(each.label, each.count, each.query) for each in facet.choices] for facet in found.facets} == {
        "cat": [("Effects", 2, "cat:fx"), ("Drums", 1, "cat:drums"), ("Not known yet", 4, "cat:none")],
        "type": [("Loops", 2, "type:loop"), ("One-shots", 1, "type:one-shot")],
        "bpm": [("120–130", 2, "bpm:120..<130"), ("130–150", 1, "bpm:130..<150")],
        "key": [("C maj", 1, "key:Cmaj"), ("C", 2, "key:C"), ("Am", 1, "key:Am")],
        "len": [("Under 1 s", 1, "len:<1"), ("5–30 s", 1, "len:5..<30"), ("5 min and more", 1, "len:>=5:00")],
        "format": [("FLAC", 2, "format:flac"), ("MP3", 2, "format:mp3"), ("WAV", 2, "format:wav")],
        "tag": [("dark", 3, "tag:dark"), ("warm", 2, "tag:warm"), ("Lo Fi", 1, 'tag:"Lo Fi"')],
        "rating": [("5 stars", 2, "rating:5"), ("No stars", 5, "rating:0")],
        "fav": [("Favourites", 1, "fav:yes"), ("Other sounds", 6, "fav:no")],
        "collection": [("EP 9", 1, 'collection:"EP 9"'), ("EP 10", 1, 'collection:"EP 10"')],
        "source": [
            ("Été, 2", 1, 'source:"/media/Été, 2"'),
            ("Samples (/media/One)", 5, "source:/media/One/Samples"),
            ("Samples (/media/Two)", 1, "source:/media/Two/Samples"),
        ],
        "is": [
            ("In its place", 6, "is:ok"),
            ("Cannot be read", 1, "is:bad"),
            ("Removed", 1, "is:held"),
            ("Silent", 1, "is:silent"),
            ("Clipped", 1, "is:clipped"),
        ],
    }
    assert not any(choice.chosen for facet in found.facets for choice in facet.choices)


def test_a_facet_counts_as_if_nothing_were_asked_of_it(filled: Catalog) -> None:
    assert counts(filled, "format", "type:loop format:mp3") == [("MP3", 1), ("WAV", 1)]
    assert counts(filled, "type", "type:loop format:mp3") == [("Loops", 1)]
    assert counts(filled, "tag", "type:loop format:mp3") == [("warm", 1)]
    assert counts(filled, "format", "-format:mp3") == [("FLAC", 2), ("WAV", 2)]
    assert facet(filled, "format", "a type:loop format:mp3 -format:wav").query == "a type:loop -format:wav"


def test_what_is_typed_marks_the_choice_however_it_is_written(filled: Catalog) -> None:
    for text, name, label in (
        ("key:A-min kick", "key", "Am"),
        ("KEY:8A", "key", "Am"),
        ("type:oneshots", "type", "One-shots"),
        ("len:200-,5..<30", "len", "5–30 s"),
        ("tag:DARK", "tag", "dark"),
        ('source:"/MEDIA/one/samples"', "source", "Samples (/media/One)"),
    ):
        chosen = [each.label for each in facet(filled, name, text).choices if each.chosen]
        assert chosen == [label], text


def test_choices_without_hits_are_left_out_unless_they_are_chosen(filled: Catalog) -> None:
    assert counts(filled, "tag", "type:one-shot tag:warm,dark") == [("dark", 1), ("Lo Fi", 1), ("warm", 0)]
    assert choice(filled, "tag", "warm", "type:one-shot tag:warm,dark").query == "type:one-shot tag:dark"
    assert counts(filled, "bpm", "zzz bpm:<80") == [("Under 80", 0)]


def test_a_tonic_alone_also_counts_its_major(filled: Catalog) -> None:
    assert counts(filled, "key", "b.wav") == [("C maj", 1)]
    assert counts(filled, "key", "b.wav key:C") == [("C maj", 1), ("C", 1)]
    assert filled.facets("b.wav key:C").total == 1


def test_the_users_label_counts_as_what_a_sound_is(store: Store, filled: Catalog) -> None:
    assert counts(filled, "cat", "a.wav cat:drums") == [("Effects", 1), ("Drums", 0)]
    assert filled.get(1).category == "fx"
    store.write(lambda connection: small.change(connection, 1, label=None)).result()
    assert counts(filled, "cat", "a.wav") == [("Drums", 1)]
    assert filled.get(1).category == "drums"


def test_facets_of_sounds_that_are_like_another(store: Store, home: Path) -> None:
    fill(store)
    with closing(Catalog(store, home / "derived.db", lambda id, among: [id, 3, 4])) as catalog:
        assert catalog.facets("like:1").total == 3
        assert counts(catalog, "type", "like:1") == [("Loops", 2)]
        assert choice(catalog, "type", "Loops", "like:1").query == "like:1 type:loop"
        assert counts(catalog, "type", "like:1 type:loop") == [("Loops", 2)]


def test_held_sounds_count_only_where_they_are_asked_for(filled: Catalog) -> None:
    assert filled.facets("is:held").total == 1
    assert counts(filled, "tag", "is:held") == [("dark", 1)]
    assert choice(filled, "is", "Removed", "is:held").chosen
    assert counts(filled, "is", "is:held,clipped") == counts(filled, "is")
    assert counts(filled, "is", "-is:held") == [each for each in counts(filled, "is") if each[0] != "Removed"]


def test_sounds_of_a_drive_that_is_not_here(store: Store, filled: Catalog) -> None:
    store.write(lambda connection: connection.execute("UPDATE sources SET state = 'offline' WHERE id = 1")).result()
    assert counts(filled, "is")[:3] == [("In its place", 2), ("Cannot be read", 1), ("Drive not connected", 4)]


def test_counts_follow_the_catalog(store: Store, filled: Catalog) -> None:
    assert counts(filled, "tag", "a.wav") == [("dark", 1)]
    store.write(lambda connection: small.take(connection, "tag", 1)).result()
    assert counts(filled, "tag", "a.wav") == []
    store.write(lambda connection: small.change(connection, 1, rating=2)).result()
    assert counts(filled, "rating", "a.wav") == [("2 stars", 1)]


def test_of_many_choices_the_first_are_shown_and_the_chosen(store: Store, catalog: Catalog) -> None:
    def add(connection: Connection) -> None:
        for n in range(MOST_TAGS + 5):
            small.add(connection, "/s", "", f"{n}.wav")
            small.give(connection, "tag", n + 1, f"tag {n}")
        small.give(connection, "tag", 1, f"tag {MOST_TAGS + 4}")

    store.write(add).result()
    every = facet(catalog, "tag").choices
    assert len(every) == MOST_TAGS
    assert [each.label for each in every[:3]] == [f"tag {MOST_TAGS + 4}", "tag 0", "tag 1"]
    last = f"tag {MOST_TAGS + 3}"
    assert last not in [each.label for each in every]
    assert choice(catalog, "tag", last, f'tag:"{last}"').chosen


def test_of_an_empty_catalog(catalog: Catalog) -> None:
    found = catalog.facets()
    assert found.total == 0
    assert [facet.name for facet in found.facets] == [kind.field for kind in FACETS]
    assert not any(facet.choices for facet in found.facets)
    assert facet(catalog, "type", "type:loop").choices == (Choice("Loops", 0, True, ""),)


def test_an_unreadable_query_is_a_query_error(catalog: Catalog) -> None:
    with pytest.raises(QueryError, match="ext:"):
        catalog.facets("foo:bar")


def test_each_facet_has_its_field() -> None:
    assert {kind.field for kind in FACETS} <= {field.name for field in FIELDS}


def test_folders_of_the_same_name_also_tell_where_they_are() -> None:
    assert folder_names(["/a/Kicks", "/b/Kicks/", "/b/Snares", "/"]) == {
        "/a/Kicks": "Kicks (/a)",
        "/b/Kicks/": "Kicks (/b)",
        "/b/Snares": "Snares",
        "/": "/",
    }


def test_paths_that_are_no_text_can_be_chosen(store: Store, catalog: Catalog) -> None:
    path = os.fsdecode(b'/media/\xff "new"')
    store.write(lambda connection: small.add(connection, path, "", "a.wav")).result()
    store.write(lambda connection: small.add(connection, "/media/new", "", "b.wav")).result()
    (first, second) = facet(catalog, "source").choices
    assert (first.count, second.count) == (1, 1)
    for each in (first, second):
        assert catalog.search(each.query).total == 1
        assert toggled(each.query, "source", path if "\udcff" in each.label else "/media/new") == ""
