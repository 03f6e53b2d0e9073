"""The order of trust, and how far what was learned reaches."""

from ctk.classify.names import Guess
from ctk.classify.verdict import Lesson, Opinion, judge
from ctk.records.categories import CATEGORIES

CERTAIN = Guess("guitar", 0.95, "name: guitar", True)
VAGUE = Guess("guitar", 0.5, "folder: riff", False)
NOTHING_TOLD = [0] * 7


def beliefs(**shares: float) -> tuple[float, ...]:
    rest = (1 - sum(shares.values())) / (len(CATEGORIES) - len(shares))
    return tuple(shares.get(category, rest) for category in CATEGORIES)


HEARD = Opinion("built-in", beliefs(synth=0.7), "sounds like it")
UNSURE = Opinion("built-in", beliefs(synth=0.3), "sounds like it")


def told(**counts: int) -> list[int]:
    return [counts.get(category, 0) for category in CATEGORIES]


def test_a_certain_name_then_what_is_heard_then_a_vague_name() -> None:
    for name, heard, category, engine in (
        (CERTAIN, HEARD, "guitar", "name"),
        (VAGUE, HEARD, "synth", "built-in"),
        (VAGUE, UNSURE, "guitar", "name"),
        (VAGUE, None, "guitar", "name"),
        (None, UNSURE, "synth", "built-in"),
    ):
        found = judge(name, heard, None, NOTHING_TOLD)
        assert found is not None
        assert (found.category, found.engine) == (category, engine)
    assert judge(None, None, None, NOTHING_TOLD) is None


def test_what_was_learned_of_a_matter_outdoes_the_ear() -> None:
    found = judge(None, HEARD, Lesson(beliefs(vocal=0.9), 0.0), told(synth=60, vocal=60))
    assert found is not None
    assert (found.category, found.engine) == ("vocal", "head")


def test_a_head_that_knows_two_things_is_not_asked_about_a_third() -> None:
    found = judge(None, HEARD, Lesson(beliefs(drums=0.9), 0.0), told(drums=300, bass=300))
    assert found is not None
    assert (found.category, found.engine) == ("synth", "built-in")


def test_unless_the_sound_is_like_one_it_was_taught() -> None:
    found = judge(None, HEARD, Lesson(beliefs(drums=0.9), 0.9), told(drums=20))
    assert found is not None
    assert (found.category, found.engine) == ("drums", "head")
