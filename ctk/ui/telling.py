"""What the window says in its status line, whatever it comes from."""

import logging
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from ctk.errors import CtkError
from ctk.ui.models import words
from ctk.ui.models.technical import technical
from ctk.ui.views.pages import CATALOG

if TYPE_CHECKING:
    from ctk.records import Receipt
    from ctk.ui.app import Window

log = logging.getLogger(__name__)

UNFORESEEN = "Something went wrong that should not have; the log in your catalog's folder says more."


class Telling:
    """Finds the sentences."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def path(self, position: int) -> None:
        """Where the sound in focus is."""
        row = self._window.search.row(position)
        self._window.status.rest(words.safe(row.path) if row else "")

    def turned(self, page: str) -> None:
        """Another page is in sight: what is in focus in the catalog is only told of there."""
        focus = self._window.selection.focus
        if page == CATALOG and focus is not None:
            self.path(focus)
        else:
            self._window.status.rest("")

    def recovered(self, receipts: "Sequence[Receipt]") -> None:
        """What was half done when the program ended last time."""
        if receipts:
            from ctk.ui.models import plan_words

            self._window.status.say(" ".join(map(plan_words.recovered, receipts)))

    def trouble(self, error: Exception) -> None:
        """What work did not come to."""
        sentence = str(error) if isinstance(error, CtkError) else UNFORESEEN
        self._window.status.complain(sentence, technical(error))

    def report(self, kind: type[BaseException], exc: BaseException, trace: TracebackType | None) -> None:
        """What nobody foresaw."""
        log.error("the window met something unforeseen", exc_info=(kind, exc, trace))
        self._window.status.complain(UNFORESEEN, technical(exc))
