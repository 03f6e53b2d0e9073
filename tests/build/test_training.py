"""What the built-in listener learns from, and how it learns and is judged: the parts, each on little."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest

from ctk.classify import features
from ctk.classify.builtin import CATEGORIES, Model
from ctk.classify.features.spectrum import RATE, Array
from training import calibrate, changes, corpus, learn, report, soundfont
from training.corpus import Corpus
from training.dsp import Chance, string
from training.report import Judged
from training.score import calibration_error, score

FAMILIES = [(name, make) for families, _ in corpus.SYNTHESIS.values() for name, make in families.items()]


def some_sounds(count: int = 280) -> Corpus:
    """Rows around one centre for each category, of two packs."""
    chance = np.random.default_rng(1)
    answers = np.arange(count) % len(CATEGORIES)
    centres = chance.normal(0, 1, (len(CATEGORIES), features.SIZE))
    vectors = (centres[answers] + chance.normal(0, 1.5, (count, features.SIZE))).astype(np.float32)
    source = np.array(["lmms", "gm"])[np.arange(count) // 7 % 2]
    names = np.array(CATEGORIES)[answers]
    group = np.array([str(number) for number in range(count)])
    return Corpus(vectors, names, source, source, group, np.zeros(count, int))


@pytest.mark.parametrize(("name", "make"), FAMILIES, ids=[name for name, _ in FAMILIES])
def test_every_family_makes_sounds_that_are_never_silent(name: str, make: Callable[[Chance], Array]) -> None:
    for seed in range(2):
        made = make(np.random.default_rng(seed))
        assert np.isfinite(made).all() and np.abs(made).max() > 1e-3, name
        assert features.of(made.astype(np.float32), RATE).any()


def test_families_have_names_of_their_own() -> None:
    tables: list[Mapping[str, object]] = [families for families, _ in corpus.SYNTHESIS.values()]
    assert len({name for families in tables for name in families}) == sum(map(len, tables)) == len(FAMILIES)
    assert set(corpus.SYNTHESIS) == set(CATEGORIES)


def test_the_same_seed_makes_the_same_sound() -> None:
    for _, make in FAMILIES[::9]:
        one, two = (make(np.random.default_rng(5)) for _ in range(2))
        assert np.array_equal(one, two)


@pytest.mark.parametrize("change", [change for change, _ in changes.CHANGES], ids=lambda change: change.__name__)
@pytest.mark.parametrize("count", [300, 20_000])
def test_every_change_leaves_something_to_hear(change: Callable[..., Array], count: int) -> None:
    wave = string(np.random.default_rng(1), 110, count / RATE, 0.8, 0.99)
    for seed in range(3):
        made = change(np.random.default_rng(seed), wave, "bass")
        assert np.isfinite(made).all() and np.abs(made).max() > 0


@pytest.mark.parametrize(
    ("program", "kind"),
    [(0, "other"), (25, "guitar"), (33, "bass"), (53, "vocal"), (81, "synth"), (122, "fx"), (55, None)],
)
def test_programs_have_their_category(program: int, kind: str | None) -> None:
    assert soundfont.category(program) == kind


def test_every_category_counts_alike() -> None:
    sounds = some_sounds()
    weights = learn.shares(sounds.where(np.arange(280) % 14 != 3))
    names = sounds.category[np.arange(280) % 14 != 3]
    sums = [weights[names == name].sum() for name in CATEGORIES]
    assert np.allclose(sums, sums[0])


def test_what_can_be_told_is_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learn, "ROUNDS", 60)
    sounds = some_sounds()
    asked = sounds.source == "lmms"
    model = learn.trained(sounds.where(~asked), members=1)
    found = score(list(sounds.category[asked]), model.probabilities(sounds.vectors[asked]))
    assert found.accuracy > 0.9


def test_scores_are_those_of_the_book() -> None:
    names = ["drums", "drums", "drums", "bass", "bass"]
    taken = np.eye(7)[[0, 0, 3, 3, 0]]
    found = score(names, taken)
    assert found.f1 == pytest.approx({"drums": 2 / 3, "bass": 0.5})
    assert found.macro_f1() == pytest.approx((2 / 3 + 0.5) / 2)
    assert found.macro_f1(3) == pytest.approx(2 / 3)
    assert found.accuracy == pytest.approx(0.6)
    assert calibration_error(names, taken) == pytest.approx(0.4)


def test_a_model_that_was_too_sure_becomes_less_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learn, "ROUNDS", 4)
    model: Model = learn.trained(some_sounds(), members=1)
    names = list(np.array(CATEGORIES)[np.arange(700) % 7])
    sure = np.full((700, 7), 0.01 / 6)
    sure[np.arange(700), (np.arange(700) + np.arange(700) // 7 % 2) % 7] = 0.99
    assert calibrate.calibrated(model, names, sure).sharpness < 0.7


def test_the_report_can_be_read_again() -> None:
    judged = Judged(["drums"] * 60, np.eye(7)[[0] * 60])
    text = "\n".join(report.lines({"lmms": judged}, judged))
    assert report.said(text) == 1.0
