"""Where the focus goes when what was done to a sound takes it out of the list: to the one that took its place."""

from collections.abc import Sequence

from ctk.ui.models.search import Answer, Search
from ctk.ui.models.selection import Selection


class Successor:
    """``of(ids)`` before something is done to these."""

    def __init__(self, search: Search, selection: Selection) -> None:
        self._selection = selection
        self._at: int | None = None
        search.answered.connect(self._answered)
        selection.focused.connect(self._moved)

    def of(self, ids: Sequence[int]) -> Sequence[int]:
        """Look out for the next one, should the only one of these go; the ids again."""
        self._at = self._selection.focus if len(ids) == 1 else None
        return ids

    def _moved(self, position: int) -> None:
        if position != self._at:
            self._at = None

    def _answered(self, answer: Answer, new_text: bool, _: bool) -> None:
        at, gone = self._at, self._selection.focus is None
        if at is not None and (gone or new_text):
            self._at = None
            if not new_text and answer.total:
                self._selection.only(min(at, answer.total - 1))
