"""Commands are found by what comes to mind."""

from collections.abc import Iterator
from unittest.mock import Mock

import pytest

from ctk.actions import Action, Actions
from ctk.ui import commands
from ctk.ui.models.palette import MOST_RECENT, Choice, Known, closeness, offered, ranked, used
from ctk.ui.palette import ITSELF
from ctk.ui.views.menu import LOOKS, MENUS

GROUPS = {id: title for title, ids in MENUS for id in ids if id and id != ITSELF}
GROUPS |= dict.fromkeys(LOOKS, "Looks")


@pytest.fixture(scope="module")
def actions() -> Iterator[Actions]:
    window = Mock()
    window.scans.running = False
    window.playing.transport.region = None
    yield commands.make(window)


def found(actions: Actions, text: str, *recent: str) -> list[str]:
    return [choice.id for choice in ranked(text, offered(actions, GROUPS, {}, {}), recent)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("loop", "play.loop"),
        ("pfs", "play.start"),
        ("play start", "play.start"),
        ("from the", "play.start"),
        ("normalize", "play.even"),
        ("delete", "edit.remove"),
        ("exit", "file.quit"),
        ("3 stars", "mark.3"),
        ("columns", "view.columns"),
        ("dupl", "view.duplicates"),
        ("clean", "edit.clean"),
        ("cpth", "edit.path"),
        ("ADD", "file.add"),
        ("shortcuts", "help.keys"),
        ("device", "play.output"),
        ("looks", "view.looks"),
    ],
)
def test_what_is_typed_finds_what_is_meant(actions: Actions, typed: str, first: str) -> None:
    assert found(actions, typed)[0] == first


def test_what_fits_nothing_finds_nothing(actions: Actions) -> None:
    assert found(actions, "xylophone") == []


def test_nothing_typed_offers_all_of_the_menus_and_those_used_last_first(actions: Actions) -> None:
    usual = found(actions, "")
    assert sorted([*usual]) == sorted(GROUPS)
    assert found(actions, "", "play.loop", "edit.move")[:2] == ["play.loop", "edit.move"]
    assert found(actions, "", "play.loop", "edit.move")[2] == usual[0]


def test_among_equals_what_was_used_last_comes_first(actions: Actions) -> None:
    first, second, *_ = found(actions, "play")
    assert found(actions, "play", second)[:2] == [second, first]


def test_what_cannot_be_done_comes_last_and_says_why() -> None:
    actions = Actions()
    actions.add(Action("a", "Move here", Mock(), (), lambda: False, "pick sounds first"))
    actions.add(Action("b", "Some move", Mock(), ("F2",)))
    actions.add(Action("c", "Move away", Mock(), (), lambda: False))
    choices = ranked("move", offered(actions, dict.fromkeys("abc", "Edit"), {"b": "F2"}, {"b": True}), ["a"])
    assert choices == [
        Choice("b", "Some move", "Edit", "F2", "", True),
        Choice("a", "Move here", "Edit", "", "pick sounds first"),
        Choice("c", "Move away", "Edit", "", "not now"),
    ]


def test_every_action_that_may_be_impossible_says_what_it_needs(actions: Actions) -> None:
    always = Action("", "", Mock()).enabled
    assert [action.id for action in actions if action.enabled is not always and not action.needs] == []


def test_a_whole_word_is_closer_than_a_part_of_one() -> None:
    labels = ("Stop", "Stop the scan", "Nonstop", "Set the opening")
    known = [Known.of(Action("", label, Mock()), "") for label in labels]
    close = [closeness("stop", each) for each in known]
    assert close == sorted(close, reverse=True) and close[0] > close[1] > close[2] > close[3] > 0


def test_few_are_remembered_each_once() -> None:
    recent: list[str] = []
    for id in [*"abcdefgh", "c"]:
        recent = used(id, recent)
    assert recent == list("chgfed"[:MOST_RECENT])
