"""Files that something did not work out with, and why."""

import tkinter as tk
from collections.abc import Callable, Sequence

from ctk.records import Problem
from ctk.ui.models import plan_words
from ctk.ui.theme import Theme
from ctk.ui.views.drawer import Panel
from ctk.ui.widgets.columns import Column
from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.table import HERE, Line, Table


class ProblemsPanel(Panel):
    """A list to read."""

    def __init__(self, master: tk.Misc, theme: Theme, close: Callable[[], None]) -> None:
        super().__init__(master, theme, close)
        self._problems: Sequence[Problem] = ()
        self._roots: Sequence[str] = ()
        px = theme.px
        self.table = Table(
            self.middle,
            [
                Column("name", "Name", px(240), px(100), stretch=True),
                Column("folder", "Folder", px(240), px(100), stretch=True),
                Column("why", "Why", px(420), px(120), stretch=True),
            ],
            self._lines,
        )
        self.table.on_pick = self._pick
        self.table.pack(fill="both", expand=True)
        self.button("Close", close)
        self.paint_look()

    def show(self, title: str, problems: Sequence[Problem], roots: Sequence[str]) -> None:
        """List these."""
        self._problems, self._roots = problems, roots
        self.title.configure(text=title)
        self.table.reset(len(problems))

    def arrive(self) -> None:
        self.table.tree.focus_set()

    def paint_look(self) -> None:
        super().paint_look()
        self.table.colour(HERE, background=self.theme.tokens.hover)

    def _pick(self, position: int, _: Pick) -> None:
        self.table.focus_on(position)

    def _lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        return [
            Line((*plan_words.name_and_folder(problem.path, self._roots), problem.reason))
            for problem in self._problems[offset : offset + limit]
        ]
