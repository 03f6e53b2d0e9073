"""The last search comes back at the next start."""

from collections.abc import Callable

from ctk.settings import Settings
from ctk.ui.models.search import Answer, Ask, Search, like_in


def first_ask(settings: Settings) -> Ask:
    """What the window begins with."""
    return Ask(settings.search, settings.sort, settings.desc)


def keep(settings: Settings, search: Search) -> None:
    """Remember what is shown, and its order. What is like a sound is an answer of the moment and not remembered."""
    usual, text = search.usual, search.ask.text
    settings.sort, settings.desc = usual.sort, usual.desc
    settings.search = text if like_in(text) is None else ""


def let_go(search: Search, clear: Callable[[], None]) -> None:
    """Call ``clear`` where what was remembered finds nothing any more, or cannot be read: nobody shall begin with an
    empty list."""
    open = bool(search.ask.text)

    def answered(answer: Answer, *_: bool) -> None:
        nonlocal open
        if open and not answer.total:
            clear()
        open = False

    def refused(sentence: str) -> None:
        nonlocal open
        if open and sentence:
            open = False
            clear()

    if open:
        search.answered.connect(answered)
        search.trouble.connect(refused)
