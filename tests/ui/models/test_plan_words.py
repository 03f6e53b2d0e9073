"""How plans and receipts read."""

import pytest

from ctk.records import Plan, PlanKind, Problem, Receipt, ReceiptState, Refusal, Step
from ctk.ui.models import plan_words

STEP = Step(1, "remove", "/music/Drums/kick.wav", "/music/.ctk-held/kick.wav", 1500, 0, "/music/Old/kick.wav")


def receipt(kind: PlanKind = "clean", state: ReceiptState = "done", done: int = 3, problems: int = 0) -> Receipt:
    return Receipt(1, kind, "Remove 3 duplicates", 0.0, state, 3, done, 4500, [Problem("/a.wav", "no")] * problems)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("clean", "Put 2 files aside"),
        ("remove", "Put 2 files aside"),
        ("move", "Move 2 files"),
        ("rename", "Rename 2 files"),
    ],
)
def test_the_button_says_what_it_does(kind: PlanKind, said: str) -> None:
    plan = Plan(kind, "", [STEP, STEP], (), (), 3000)
    assert plan_words.go(plan).startswith("2 files ") and not plan_words.go(plan).endswith("s")
    assert plan_words.do(plan) == said
    assert plan_words.title(plan) == f"{said}, 3.0 KB"


def test_a_plan_without_steps_says_so() -> None:
    plan = Plan("clean", "", (), [Refusal(1, "/a.wav", "no")])
    assert plan_words.title(plan) == "There is nothing to do here"
    assert "reasons" in plan_words.meaning(plan)
    assert plan_words.stay(plan) == "1 file stays"


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("clean", ("kick.wav", "music / Drums", "music / Old / kick.wav")),
        ("remove", ("kick.wav", "music / Drums", "music / .ctk-held")),
        ("rename", ("kick.wav", "kick.wav", "music / Drums")),
    ],
)
def test_a_step_tells_what_goes_where(kind: PlanKind, columns: tuple[str, ...]) -> None:
    assert plan_words.step(STEP, kind, ["/music"]) == columns
    assert len(plan_words.heads(kind)) == 3


@pytest.mark.parametrize(
    ("receipt", "said"),
    [
        (receipt(), "3 files put aside, 4.5 KB."),
        (receipt(done=2), "2 of 3 files put aside, 4.5 KB."),
        (receipt(done=0), "No file could be put aside."),
        (receipt("move"), "3 files moved, 4.5 KB."),
    ],
)
def test_a_receipt_tells_what_came_of_it(receipt: Receipt, said: str) -> None:
    assert plan_words.done(receipt) == said


@pytest.mark.parametrize(
    ("receipt", "said"),
    [
        (receipt(state="undone"), "3 files are back as before."),
        (receipt(state="undone", done=1), "1 file is back as before."),
        (receipt(state="partly undone"), "Not every file could be brought back as it was."),
        (receipt(), "Nothing could be brought back."),
    ],
)
def test_an_undo_tells_what_came_back(receipt: Receipt, said: str) -> None:
    assert plan_words.undone(receipt) == said


def test_how_a_receipt_stands() -> None:
    assert plan_words.state(receipt()) == "done"
    assert plan_words.state(receipt(state="undone")) == "taken back"
    assert plan_words.state(receipt(problems=2)) == "done, 2 with a problem"


def test_what_a_start_put_right_is_told() -> None:
    said = plan_words.recovered(receipt(done=2))
    assert "Remove 3 duplicates" in said and "interrupted" in said and "2 of 3 files" in said
