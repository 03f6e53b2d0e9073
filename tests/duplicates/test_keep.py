"""Rules that choose what stays: each does what it says, their order matters, and the answer is always the same."""

import os
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.duplicates import keep
from ctk.duplicates.keep import DEFAULT, RULES, Choice, File, checked, choose
from ctk.errors import UsageError

A = File(1, os.path.abspath("/samples/Pack/Kick.wav"), os.path.abspath("/samples"), mtime_ns=5)
B = File(2, os.path.abspath("/downloads/Kick (1).wav"), os.path.abspath("/downloads"), mtime_ns=9)


CASES: list[tuple[str, File, File]] = [
    (f"folder:{os.path.abspath('/downloads')}", A, B),
    (f"source:{os.path.abspath('/downloads')}", A, B),
    ("plain-name", B, A),
    ("oldest", B, A),
    ("newest", A, B),
    ("shortest-path", A, replace(B, path=os.path.abspath("/d/k.wav"))),
    ("longest-path", replace(B, path=os.path.abspath("/d/k.wav")), A),
    ("shortest-name", B, A),
    ("longest-name", A, B),
    ("format", replace(A, codec="mp3"), replace(B, codec="flac")),
    ("format", replace(A, codec="flac"), replace(B, codec="PCM")),
    ("depth", replace(A, bit_depth=16), replace(B, bit_depth=24)),
    ("rate", replace(A, sample_rate_hz=44_100), replace(B, sample_rate_hz=96_000)),
    ("metadata", A, replace(B, facts=3)),
]
"""A rule, a file that loses by it, and one that wins."""


@pytest.mark.parametrize(("rule", "loser", "winner"), CASES)
def test_a_rule_does_what_it_says(rule: str, loser: File, winner: File) -> None:
    chosen = choose([loser, winner], [rule])
    entry, _ = keep.parse(rule)
    assert chosen == Choice(winner.id, entry.won, lost={loser.id: entry.lost})


def test_every_rule_is_tried_above() -> None:
    tried = {rule.partition(":")[0] for rule, _, _ in CASES}
    assert tried == {rule.name for rule in RULES} - {"protected"}


def test_the_first_rule_that_tells_them_apart_decides() -> None:
    assert choose([A, B], ["oldest", "newest"]).winner == A.id
    assert choose([A, B], ["newest", "oldest"]).winner == B.id
    assert choose([A, B], ["depth", "rate", "newest"]).reason == "it is the newest"


def test_of_three_the_reasons_are_each_their_own() -> None:
    third = File(3, os.path.abspath("/samples/Pack/Old Kick.wav"), mtime_ns=1)
    chosen = choose([A, B, third], ["plain-name", "oldest"])
    assert (chosen.winner, chosen.reason, chosen.tie) == (3, "it is the oldest", False)
    assert chosen.lost == {1: "newer", 2: "its name looks like a copy's"}


def test_a_tie_is_decided_by_path_and_said() -> None:
    chosen = choose([A, B], [])
    assert (chosen.winner, chosen.tie, chosen.reason) == (B.id, True, keep.TIE)
    assert not choose([A], []).tie


def test_protected_files_stay_whatever_the_rules_say() -> None:
    protected = replace(A, protected=True)
    chosen = choose([protected, B, replace(B, id=3, path=B.path + "x")], ["newest"])
    assert (chosen.winner, chosen.reason, chosen.stay) == (1, keep.PROTECTED, frozenset())
    both = choose([protected, replace(B, protected=True)], ["newest"])
    assert (both.winner, both.stay, both.lost) == (2, frozenset({1}), {1: keep.PROTECTED})


def test_a_file_with_several_names_stays() -> None:
    chosen = choose([replace(A, links=2), B], ["newest"])
    assert (chosen.winner, chosen.reason) == (A.id, keep.LINKED)


def test_what_is_on_a_drive_that_is_not_here_is_never_the_one_that_stays() -> None:
    chosen = choose([replace(A, here=False), B, replace(B, id=3, path=B.path + "x")], ["oldest"])
    assert (chosen.winner, chosen.stay, chosen.lost[1]) == (B.id, frozenset({1}), keep.AWAY)
    nobody = choose([replace(A, here=False), replace(B, here=False)], [])
    assert (nobody.winner, nobody.stay) == (None, frozenset({1, 2}))


def test_the_user_has_the_last_word() -> None:
    chosen = choose([A, B], ["oldest"], wanted=B.id)
    assert (chosen.winner, chosen.stay, chosen.tie) == (B.id, frozenset(), False)
    chosen = choose([replace(A, protected=True), B], [], wanted=B.id)
    assert (chosen.winner, chosen.stay) == (B.id, frozenset({A.id}))
    chosen = choose([A, replace(B, here=False)], [], wanted=B.id)
    assert (chosen.winner, chosen.stay) == (None, frozenset({A.id, B.id}))


FILES = st.lists(
    st.builds(
        File,
        id=st.integers(1, 99),
        path=st.sampled_from(["/a/k.wav", "/a/k (1).wav", "/b/k.wav", "/b/long name.wav", "/c/d/k.wav"]),
        here=st.booleans(),
        protected=st.booleans(),
        links=st.integers(1, 2),
        codec=st.sampled_from([None, "pcm", "mp3"]),
        bit_depth=st.sampled_from([None, 16, 24]),
        facts=st.integers(0, 2),
        mtime_ns=st.integers(0, 2),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda file: file.id,
)
SOME_RULES = st.lists(st.sampled_from([rule.name for rule in RULES if not rule.takes_path] + ["folder:/b"]), max_size=4)


@given(FILES, SOME_RULES, st.randoms(use_true_random=False))
def test_any_choice_keeps_one_and_does_not_depend_on_order(
    files: list[File], rules: list[str], chance: random.Random
) -> None:
    chosen = choose(files, rules)
    shuffled = chance.sample(files, len(files))
    assert choose(shuffled, rules) == chosen
    here = {file.id for file in files if file.here}
    assert chosen.winner in here or (not here and chosen.winner is None)
    gone = {file.id for file in files} - chosen.stay - {chosen.winner}
    assert all(file.here and not file.protected and file.links == 1 for file in files if file.id in gone)
    assert chosen.lost.keys() == {file.id for file in files} - {chosen.winner}


def test_rules_are_read_and_made_whole() -> None:
    assert checked([" Oldest ", "folder: samples", "oldest"]) == ("oldest", f"folder:{os.path.abspath('samples')}")
    assert checked(["folder:D:\\Samples"]) == ("folder:D:\\Samples",)
    assert checked(DEFAULT) == DEFAULT


@pytest.mark.parametrize("text", ["colour", "", "folder", "folder:", "oldest:x", "source", ":"])
def test_a_wrong_rule_is_refused_with_a_list_of_the_right_ones(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked([text])
    assert all(rule.name in str(caught.value) for rule in RULES)
