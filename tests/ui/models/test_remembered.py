"""The last search comes back, unless it leads nowhere."""

from unittest.mock import Mock

import pytest

from ctk.settings import Settings
from ctk.ui.models.remembered import first_ask, keep, let_go
from ctk.ui.models.search import LIKENESS, Answer, Ask
from ctk.ui.models.signal import Signal


def asked(ask: Ask) -> Mock:
    return Mock(ask=ask, usual=ask, answered=Signal(), trouble=Signal())


def test_what_was_shown_is_what_comes_back() -> None:
    settings = Settings()
    keep(settings, asked(Ask("kick -loop", "size_bytes", True)))
    assert first_ask(settings) == Ask("kick -loop", "size_bytes", True)


def test_likes_are_not_remembered() -> None:
    settings, search = Settings(), asked(Ask("like:7", LIKENESS))
    search.usual = Ask("like:7", "name", True)
    keep(settings, search)
    assert first_ask(settings) == Ask("", "name", True)


@pytest.mark.parametrize(("total", "cleared"), [(0, 1), (3, 0)])
def test_it_is_let_go_when_it_finds_nothing_at_first(total: int, cleared: int) -> None:
    search, clear = asked(Ask("kick")), Mock()
    let_go(search, clear)
    search.answered(Answer(Ask("kick"), total, {}), True, False)
    search.answered(Answer(Ask("nothing"), 0, {}), True, False)
    assert clear.call_count == cleared


def test_it_is_let_go_when_it_cannot_be_read() -> None:
    search, clear = asked(Ask("bpm:")), Mock()
    let_go(search, clear)
    search.trouble("")
    search.trouble("There is no tempo.")
    search.trouble("There is no tempo.")
    clear.assert_called_once_with()


def test_without_a_search_there_is_nothing_to_let_go() -> None:
    search, clear = asked(Ask()), Mock()
    let_go(search, clear)
    search.answered(Answer(Ask(), 0, {}), False, False)
    clear.assert_not_called()
