"""527 classes become seven categories: by the best and a quarter of the second, with a reason."""

import csv
from pathlib import Path

import numpy as np
import pytest

from ctk.classify import audioset
from ctk.classify.audioset import Probabilities
from ctk.records.categories import CATEGORIES


def test_the_table_has_every_class_once() -> None:
    with Path(audioset.__file__).with_name("audioset.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["index"]) for row in rows] == list(range(audioset.CLASSES))
    assert {row["category"] for row in rows} == {*CATEGORIES, "ignore"}
    assert all(0 < float(row["weight"]) <= 1 for row in rows if row["category"] != "ignore")


def heard(**classes: float) -> Probabilities:
    """Probabilities in which these classes stand out; a name is spelled with underscores."""
    names = {name.replace(" ", "_").replace("-", "_"): number for number, (name, _) in enumerate(by_number())}
    found = np.full(audioset.CLASSES, 0.001)
    for name, probability in classes.items():
        found[names[name]] = probability
    return found


def by_number() -> list[tuple[str, float]]:
    return audioset.top(np.linspace(1, 0.5, audioset.CLASSES), audioset.CLASSES)


def test_the_likeliest_classes_come_first() -> None:
    best = audioset.top(heard(Snare_drum=0.62, Drum_kit=0.4, Music=0.8), 3)
    assert [name for name, _ in best] == ["Music", "Snare drum", "Drum kit"]
    assert [probability for _, probability in best] == pytest.approx([0.8, 0.62, 0.4])
    assert len(audioset.top(heard())) == 10


@pytest.mark.parametrize(
    ("classes", "category"),
    [
        ({"Snare_drum": 0.62, "Drum_kit": 0.4}, "drums"),
        ({"Bass_guitar": 0.4, "Guitar": 0.35, "Plucked_string_instrument": 0.4}, "bass"),
        ({"Synthesizer": 0.5, "Music": 0.95, "Musical_instrument": 0.9}, "synth"),
        ({"Singing": 0.6, "Music": 0.7}, "vocal"),
        ({"Acoustic_guitar": 0.6}, "guitar"),
        ({"Piano": 0.7}, "other"),
        ({"Thunder": 0.7, "Rain": 0.6}, "fx"),
        ({"Thunder": 0.35, "Bass_drum": 0.3}, "drums"),
        ({"Thunder": 0.5, "Bass_drum": 0.3}, "fx"),
        ({"Music": 0.9, "Silence": 0.5}, "other"),
        ({"Snare_drum": 0.05}, "other"),
        ({}, "other"),
    ],
)
def test_each_category_by_what_is_heard(classes: dict[str, float], category: str) -> None:
    found, confidence, _ = audioset.category(heard(**classes))
    assert found == category
    assert 0 < confidence <= 1


def test_many_unlikely_classes_do_not_outvote_a_likely_one() -> None:
    probabilities = np.full(audioset.CLASSES, 0.1)
    assert audioset.category(np.where(heard(Guitar=1.0) == 1.0, 0.4, probabilities))[0] == "guitar"


def test_beliefs_are_a_whole_and_the_surer_the_clearer() -> None:
    clear, vague = audioset.beliefs(heard(Snare_drum=0.9)), audioset.beliefs(heard(Snare_drum=0.2))
    assert sum(clear) == pytest.approx(1)
    assert sum(vague) == pytest.approx(1)
    assert clear[CATEGORIES.index("drums")] > vague[CATEGORIES.index("drums")] > 0.5


def test_the_reason_is_what_was_heard() -> None:
    assert audioset.category(heard(Snare_drum=0.62, Drum_kit=0.4))[2] == "heard: Snare drum 62 %, Drum kit 40 %"
    assert audioset.category(heard(Piano=0.7))[2] == "heard: Piano 70 %"
    assert audioset.category(heard())[2] == "heard nothing clearly"


def test_probabilities_may_come_in_any_precision() -> None:
    exact = heard(Snare_drum=0.62, Drum_kit=0.4)
    assert audioset.category(exact.astype(np.float16))[0] == audioset.category(exact)[0] == "drums"
