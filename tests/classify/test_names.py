"""What names say: real ones from the packs' labels, and those that are easily misread."""

import csv
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

from ctk.classify import names
from ctk.records.categories import CATEGORIES

LABELS = Path(__file__).parent / "labels.csv"


@pytest.mark.parametrize(
    ("folder", "name", "category"),
    [
        ("", "Kick_808_01", "drums"),
        ("", "OpenHat3", "drums"),
        ("", "Bass Drum Hard", "drums"),
        ("", "drumloop_128", "drums"),
        ("Kit", "bd2", "drums"),
        ("", "Synth Bass 01", "bass"),
        ("", "808 Boom C", "bass"),
        ("", "reese_loop_174", "bass"),
        ("Loops/Guitar", "130_Am_riff", "guitar"),
        ("", "Lead Vocal Adlib", "vocal"),
        ("Drum & Bass Essentials/Vocals", "rec_0034", "vocal"),
        ("", "vocalchop128", "vocal"),
        ("", "VOXFem_Scream_AB_CD", "vocal"),
        ("", "AMBForst_Some Birds_AB_CD", "fx"),
        ("", "white_noise_sweep", "fx"),
        ("", "Aggressive Impact", "fx"),
        ("", "Supersaw Lead C", "synth"),
        ("Piano", "C4", "other"),
        ("Future Bass Pack/Kicks", "FB_12_F#", "drums"),
        ("Schlagzeug", "01", "drums"),
        ("", "Gitarre sauber", "guitar"),
        ("", "Voix de femme", "vocal"),
        ("", "キック01", "drums"),
    ],
)
def test_what_a_name_says(folder: str, name: str, category: str) -> None:
    guess = names.read(folder, name)
    assert guess is not None
    assert guess.category == category
    assert guess.certain


@pytest.mark.parametrize(
    ("folder", "name"), [("", "rec_0034"), ("", "Tomorrow"), ("", "Rideau"), ("", ""), ("Future Bass", "take 7")]
)
def test_what_says_nothing(folder: str, name: str) -> None:
    assert names.read(folder, name) is None


@pytest.mark.parametrize(("folder", "name"), [("", "Hard Snare fx"), ("Vocals", "guitar"), ("Drums/Bass", "take")])
def test_words_that_disagree_are_not_certain(folder: str, name: str) -> None:
    guess = names.read(folder, name)
    assert guess is None or not guess.certain


def test_certain_names_of_real_packs_are_right() -> None:
    with LABELS.open(newline="") as file:
        rows = list(csv.DictReader(file))
    counts: Counter[str] = Counter()
    for row in rows:
        path = PurePosixPath(row["path"])
        guess = names.read("/".join(path.parts[-3:-1]), path.stem)
        counts["known"] += guess is not None
        counts["right"] += guess is not None and guess.category == row["category"]
        if guess is not None and guess.certain:
            counts["certain"] += 1
            counts["certain and right"] += guess.category == row["category"]
    print(counts)
    assert counts["certain and right"] >= 0.99 * counts["certain"]
    assert counts["right"] >= 0.97 * len(rows)


def test_every_word_is_of_a_category_and_every_category_has_words() -> None:
    assert {
        guess.category for word in "kick lead vocal bass guitar fx piano".split() if (guess := names.read("", word))
    } == set(CATEGORIES)
