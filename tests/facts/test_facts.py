"""The user's word through the open toolkit: said, read, searched for, refused, and there again the next time."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import ctk
from ctk.errors import NotFound, QueryError, UsageError
from ctk.events import CatalogChanged
from ctk.records import Label, Marks, SavedSearch
from ctk.toolkit import Toolkit
from tests.sources.library import wav


@pytest.fixture
def toolkit(home: Path, tmp_path: Path) -> Iterator[Toolkit]:
    for seed, name in enumerate(("kick.wav", "loop.wav", "snare.wav")):
        wav(tmp_path / "Samples" / name, seed)
    with ctk.open(home) as opened:
        opened.sources.scan([tmp_path / "Samples"]).result(60)
        yield opened


@pytest.fixture
def ids(toolkit: Toolkit) -> list[int]:
    return list(toolkit.catalog.ids(""))


def test_everything_that_can_be_said(toolkit: Toolkit, ids: list[int]) -> None:
    kick, loop, snare = ids
    facts = toolkit.facts
    assert facts.tag([kick, loop], "Punchy") == [kick, loop]
    assert facts.untag([loop, snare], "punchy") == [loop]
    assert facts.rate([kick], 4) == {kick: 0}
    assert facts.favourite([kick, snare]) == [kick, snare]
    assert facts.favourite([snare], on=False) == [snare]
    assert facts.note([kick], "for the intro") == {kick: ""}
    assert facts.collect([snare, kick], "Set A") == [snare, kick]
    assert facts.uncollect([snare], "set a") == [snare]
    assert facts.of(kick) == Marks(4, True, ("Punchy",), ("Set A",), "for the intro")
    assert facts.of(loop) == facts.of(snare) == Marks()
    assert facts.tags() == [Label("Punchy", 1)]
    assert facts.collections() == [Label("Set A", 1)]


def test_it_is_there_the_next_time(toolkit: Toolkit, ids: list[int], home: Path) -> None:
    toolkit.facts.tag(ids, "kept")
    toolkit.close()
    with ctk.open(home) as again:
        assert [again.facts.of(id).tags for id in ids] == [("kept",)] * 3


def test_searching_hears_of_it(toolkit: Toolkit, ids: list[int]) -> None:
    toolkit.facts.tag(ids[:1], "deep kick")
    assert list(toolkit.catalog.ids('tag:"deep kick"')) == ids[:1]
    toolkit.facts.untag(ids[:1], "deep kick")
    assert list(toolkit.catalog.ids('tag:"deep kick"')) == []


def test_whoever_listens_hears_of_it(toolkit: Toolkit, ids: list[int]) -> None:
    heard = threading.Event()
    toolkit.events.subscribe(CatalogChanged, lambda event: heard.set())
    toolkit.facts.rate(ids, 3)
    assert heard.wait(20)


def test_no_file_is_touched(toolkit: Toolkit, ids: list[int], tmp_path: Path) -> None:
    def disk() -> dict[Path, tuple[bytes, int]]:
        return {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in (tmp_path / "Samples").iterdir()}

    before = disk()
    toolkit.facts.tag(ids, "x")
    toolkit.facts.note(ids, "y")
    assert disk() == before


def test_what_makes_no_sense_is_refused_and_nothing_changes(toolkit: Toolkit, ids: list[int]) -> None:
    facts = toolkit.facts
    for refused in (
        lambda: facts.tag(ids, "a,b"),
        lambda: facts.rate(ids, 6),
        lambda: facts.collect(ids, ""),
        lambda: facts.note(ids, "x" * 20_000),
        lambda: facts.save_search("", "kick"),
        lambda: facts.export(format="xml"),
        lambda: facts.export("list.txt"),
        lambda: facts.export("list"),
    ):
        with pytest.raises(UsageError):
            refused()
    for unread in (lambda: facts.save_search("x", "len:never"), lambda: facts.export(query="len:never")):
        with pytest.raises(QueryError):
            unread()
    for missing in (lambda: facts.of(999), lambda: facts.uncollect(ids, "none"), lambda: facts.forget_search("none")):
        with pytest.raises(NotFound):
            missing()
    assert [facts.of(id) for id in ids] == [Marks()] * 3
    assert (facts.tags(), facts.collections(), facts.searches()) == ([], [], [])


def test_searches_are_saved_by_name(toolkit: Toolkit) -> None:
    toolkit.facts.save_search("Short kicks", "kick len:<1")
    toolkit.facts.save_search("Anything", "")
    assert toolkit.facts.searches() == [SavedSearch("Anything", ""), SavedSearch("Short kicks", "kick len:<1")]
    toolkit.facts.forget_search("short KICKS")
    assert toolkit.facts.searches() == [SavedSearch("Anything", "")]
