"""What names state: against a table that was labelled by hand, and against anything that can be a name."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.facts import names
from ctk.facts.length import Length
from ctk.facts.stated import NOTHING, Stated
from tests import packs
from tests.facts import golden
from tests.facts.golden import FACTS, Golden

PRECISION = 0.98
RECALL = {"bpm": 0.95, "key": 0.95, "kind": 0.85, "note": 0.9}
TELLING = "128 bpm BPM Am F# min 8A loop Loop one shot kick 808 _ - ( . , # C3 key of in E Bb \0 \udce9 １２８".split(
    " "
)
IDLE = "1 3 07 12 39 007 012 00123 2024 12345 128 99 808 1.5 12,5".split()
FOREIGN = {"hydrogen": "another pack, whose sounds are not fetched", "made": "written for the table"}


@pytest.fixture(scope="module")
def table() -> Sequence[Golden]:
    return list(golden.rows())


@pytest.mark.parametrize("fact", FACTS)
def test_facts_of_names_are_right_and_found(fact: str, table: Sequence[Golden]) -> None:
    counts, wrong = Counter[str](), []
    for row in table:
        told = golden.shown(names.read(row.folder, row.name, row.seconds))[FACTS.index(fact)]
        expected = row.stated[FACTS.index(fact)]
        counts["told"] += told != golden.NOTHING
        counts["stated"] += expected != golden.NOTHING
        counts["right"] += told == expected != golden.NOTHING
        if told not in (expected, golden.NOTHING):
            wrong.append(f"{row.folder}/{row.name}: {told}, not {expected}")
    precision, recall = counts["right"] / counts["told"], counts["right"] / counts["stated"]
    print(
        f"\n{fact}: precision {precision:.3f}, recall {recall:.3f} over {len(table)} names, {counts['stated']} state it"
    )
    assert precision >= PRECISION, wrong
    assert recall >= RECALL[fact]


def test_the_table_is_large_and_its_real_names_are_real(table: Sequence[Golden]) -> None:
    counts = Counter(row.pack for row in table)
    assert counts["made"] >= 300
    assert sum(counts.values()) - counts["made"] >= 600
    for pack, root in (("sonic-pi", packs.sonic_pi()), ("lmms", packs.lmms())):
        there = {(str(path.parent.relative_to(root)).strip("."), path.stem) for path in root.rglob("*.*")}
        assert {(row.folder, row.name) for row in table if row.pack == pack} <= there
    assert counts.keys() - {"sonic-pi", "lmms"} == FOREIGN.keys()


@pytest.mark.parametrize(
    ("name", "by", "text"),
    [("HD_808Loop_155_E_ColdHearted", "name", "155"), ("Bass 92.5 BPM Loop", "name", "92.5 BPM")],
)
def test_a_fact_knows_what_stood_there(name: str, by: str, text: str) -> None:
    bpm = names.read("", name, None).bpm
    assert bpm is not None
    assert (bpm.by, bpm.text) == (by, text)


def test_the_folder_says_what_the_name_does_not() -> None:
    stated = names.read("Pack/Loops 120bpm", "Thing", 8.0)
    assert stated.bpm is not None
    assert stated.kind is not None
    assert (stated.bpm.value, stated.bpm.by, stated.kind.value, stated.kind.by) == (120.0, "folder", "loop", "folder")


def test_the_name_goes_before_the_folder() -> None:
    stated = names.read("Loops 120bpm", "One Shot Am", 1.0)
    assert stated.kind is not None
    assert (stated.kind.value, stated.bpm) == ("one-shot", None)


def test_a_bare_number_is_a_tempo_only_where_it_makes_whole_bars() -> None:
    bars = [names.read("Loops", "Loop 112", seconds).bpm for seconds in (16 * 60 / 112, 8.9, None)]
    assert [bpm and bpm.value for bpm in bars] == [112.0, None, None]


def freshly(folder: str, name: str, seconds: float | None) -> Stated:
    """What the name itself says, whatever was read before."""
    return names.read_in(names.surroundings(folder), name, Length(seconds))


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("Kick_00123_Am_90bpm", "Kick_0000_Am_90bpm"),
        ("Kick 07", "Kick 00"),
        ("Kick 17", "Kick 10"),
        ("007 Kick", "0000 Kick"),
        ("Loop 120", "Loop 120"),
        ("Loop 1", "Loop 1"),
        ("808 2024.15 v12 (13)", "808 2024.15 v12 (13)"),
    ],
)
def test_names_that_differ_in_idle_numbers_have_one_shape(name: str, shape: str) -> None:
    assert names.shape(name) == shape


def test_real_names_say_the_same_as_their_shapes(table: Sequence[Golden]) -> None:
    for row in table:
        shown = golden.shown(names.read(row.folder, row.name, row.seconds))
        assert shown == golden.shown(freshly(row.folder, row.name, row.seconds)), row


@given(
    st.lists(st.sampled_from([*TELLING, *IDLE]), max_size=8),
    st.sampled_from([" ", "_", "-", " - "]),
    st.sampled_from([None, 1.0, 4.0, 8.0]),
    st.sampled_from(["", "Loops", "Beats", "One Shots 120bpm"]),
)
def test_any_name_says_the_same_as_its_shape(
    parts: list[str], between: str, seconds: float | None, folder: str
) -> None:
    name = between.join(parts)
    shown = golden.shown(names.read(folder, name, seconds))
    assert shown == golden.shown(freshly(folder, name, seconds))


def test_a_plain_name_states_nothing() -> None:
    assert names.read("Some Pack/Strange Things", "thing", 3.0) is NOTHING


@given(st.text(), st.text(), st.none() | st.floats())
def test_any_name_can_be_read(folder: str, name: str, seconds: float | None) -> None:
    golden.shown(names.read(folder, name, seconds))


@given(st.lists(st.sampled_from(TELLING), max_size=8).map(" ".join))
def test_any_mixture_of_telling_words_can_be_read(name: str) -> None:
    stated = names.read(name, name, 4.0)
    assert stated.bpm is None or 40 <= stated.bpm.value <= 300
    assert stated.key is None or 0 <= stated.key.value < 36
    assert stated.note is None or 0 <= stated.note.value < 140
