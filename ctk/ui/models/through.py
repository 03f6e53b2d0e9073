"""Through the list: the next sound, the one before, and on by itself at the end of one."""

from collections.abc import Callable

from ctk.records import Row
from ctk.ui.models.habits import Habits
from ctk.ui.models.search import Answer, Search
from ctk.ui.models.selection import Selection
from ctk.ui.models.transport import PLAYABLE, Transport

FAR = 256
"""No more sounds than this are passed over."""


class Through:
    """``next`` and ``previous`` play and put the focus there; what cannot be played is passed over.

    ``here()`` tells whether the list is in sight: one that cannot be seen does not go on.
    """

    def __init__(
        self, search: Search, selection: Selection, transport: Transport, habits: Habits, here: Callable[[], bool]
    ) -> None:
        self._search = search
        self._selection = selection
        self._transport = transport
        self._habits = habits
        self._here = here
        self._playing_at: int | None = None
        self._waiting: tuple[int, int] | None = None
        transport.asked.connect(self._asked)
        transport.ended.connect(self._ended)
        search.answered.connect(self._replaced)
        search.filled.connect(self._filled)

    def next(self) -> None:
        focus = self._selection.focus
        self._go(0 if focus is None else focus + 1, 1)

    def previous(self) -> None:
        focus = self._selection.focus
        self._go(self._search.total - 1 if focus is None else focus - 1, -1)

    def _asked(self, row: Row) -> None:
        """Where in the list the sound is that is about to play."""
        self._waiting = None
        focus = self._selection.focus
        here = None if focus is None else self._search.row(focus)
        self._playing_at = focus if here is not None and here.id == row.id else None

    def _ended(self, id: int) -> None:
        at = self._playing_at
        row = None if at is None else self._search.row(at)
        if at is not None and row is not None and row.id == id and self._habits.go_on and self._here():
            self._go(at + 1, 1)

    def _go(self, position: int, step: int) -> None:
        """Play the first sound from ``position`` on that can be played."""
        self._waiting = None
        for _ in range(FAR):
            if not 0 <= position < self._search.total:
                return
            (row,) = self._search.rows(position, 1)
            if row is None:
                self._waiting = (position, step)
                return
            if row.state in PLAYABLE:
                self._selection.only(position)
                if not self._habits.audition:
                    self._transport.play(row)
                return
            position += step

    def _filled(self) -> None:
        if self._waiting is not None:
            self._go(*self._waiting)

    def _replaced(self, answer: Answer, *_: bool) -> None:
        """Positions mean other sounds now; what was in focus may have been found again."""
        self._waiting = None
        self._playing_at = answer.focus
