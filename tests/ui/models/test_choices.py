"""Which copies stay and go: the rules' choice, the user's word, and that one always stays."""

import pytest

from ctk.records import Copy, Group, Plan, Refusal, Step
from ctk.toolkit import Toolkit
from ctk.ui.models.choices import Choices, narrowed
from ctk.ui.models.outline import survey

KEPT, SPARE, OTHER = (
    Copy(1, "/a/kick.wav", True, "oldest"),
    Copy(2, "/b/kick.wav", False, "newer"),
    Copy(3, "/c/kick.wav", False, "newer"),
)
FIXED = Copy(4, "/p/kick.wav", True, "in a protected folder")
GROUP = Group(7, "exact", "every byte", 100, (KEPT, SPARE, OTHER, FIXED), 200, tie=True)
NEAR = Group(8, "near", "name and length", 100, (KEPT, FIXED), 0)


@pytest.fixture
def choices() -> Choices:
    return Choices()


def fates(choices: Choices, group: Group = GROUP) -> list[str]:
    return [choices.fate(group, copy) for copy in group.files]


def test_the_rules_choose_first(choices: Choices) -> None:
    assert fates(choices) == ["kept", "goes", "goes", "stays"]
    assert choices.is_tie(GROUP)


def test_a_spare_can_be_left_out_and_taken_in_again(choices: Choices) -> None:
    choices.toggle(GROUP, SPARE)
    assert fates(choices) == ["kept", "left out", "goes", "stays"]
    assert (choices.left_out, choices.bytes_left_out) == (1, 100)
    choices.toggle(GROUP, SPARE)
    assert fates(choices) == ["kept", "goes", "goes", "stays"] and choices.left_out == 0


def test_a_whole_group_can_be_left_out(choices: Choices) -> None:
    choices.toggle(GROUP, OTHER)
    choices.toggle(GROUP)
    assert fates(choices) == ["kept", "left out", "left out", "stays"]
    choices.toggle(GROUP)
    assert fates(choices) == ["kept", "goes", "goes", "stays"]


def test_another_copy_can_be_kept_and_then_the_first_goes(choices: Choices) -> None:
    choices.keep(GROUP, OTHER)
    assert fates(choices) == ["goes", "goes", "kept", "stays"]
    assert [choices.reason(GROUP, copy) for copy in GROUP.files] == [
        *("you chose another", "you chose another", "you chose it", "in a protected folder"),
    ]
    assert not choices.is_tie(GROUP)
    choices.keep(GROUP, KEPT)
    assert fates(choices) == ["kept", "goes", "goes", "stays"] and choices.reason(GROUP, KEPT) == "oldest"


@pytest.mark.parametrize("kept", GROUP.files)
def test_one_copy_always_stays(choices: Choices, kept: Copy) -> None:
    choices.keep(GROUP, kept)
    for copy in GROUP.files:
        choices.toggle(GROUP, copy)
        choices.toggle(GROUP, copy)
    assert fates(choices).count("kept") == 1


def test_why_something_cannot_be_marked_is_told(choices: Choices) -> None:
    told: list[str] = []
    choices.trouble.connect(told.append)
    choices.toggle(GROUP, KEPT)
    choices.toggle(NEAR, FIXED)
    choices.keep(NEAR, FIXED)
    assert len(told) == 3 and "stays" in told[0] and "Similar" in told[1] and "Similar" in told[2]
    assert fates(choices) == ["kept", "goes", "goes", "stays"]


def test_similar_sounds_always_stay(choices: Choices) -> None:
    assert fates(choices, NEAR) == ["stays", "stays"]


def step(id: int) -> Step:
    return Step(id, "remove", f"/{id}.wav", f"/held/{id}.wav", 100, 0)


def test_a_plan_is_made_smaller_by_what_is_left_out() -> None:
    plan = Plan("clean", "Remove 3 duplicates", [step(1), step(2), step(3)], [Refusal(4, "/4.wav", "no")], (), 300)
    assert narrowed(plan, {9: 1}) is plan
    smaller = narrowed(plan, {2: 100, 4: 100})
    assert [each.sound_id for each in smaller.steps] == [1, 3]
    assert (smaller.title, smaller.bytes_freed, list(smaller.refused)) == ("Remove 2 duplicates", 200, [])
    assert narrowed(plan, {1: 100, 2: 100}).title == "Remove 1 duplicate"


def test_the_plan_of_the_core_follows_the_choices(toolkit: Toolkit, doubled: object) -> None:
    found = toolkit.duplicates.find().result(30)
    kick = next(group for group in found.groups if len(group.files) == 3)
    choices = Choices()
    assert len(choices.plan(toolkit.duplicates)().steps) == 4
    choices.keep(kick, kick.files[2])
    choices.toggle(kick, kick.files[1])
    plan = choices.plan(toolkit.duplicates)()
    removed = {each.sound_id for each in plan.steps}
    assert kick.files[0].id in removed and not {kick.files[1].id, kick.files[2].id} & removed
    assert {each.sound_id for each in choices.plan(toolkit.duplicates, kick)().steps} == {kick.files[0].id}


def test_choices_in_groups_that_are_gone_are_forgotten(toolkit: Toolkit, doubled: object) -> None:
    toolkit.duplicates.find().result(30)
    choices = Choices()
    choices.keep(GROUP, OTHER)
    choices.forget_all_but(set(survey(toolkit.duplicates).ids))
    assert len(choices.plan(toolkit.duplicates)().steps) == 4
