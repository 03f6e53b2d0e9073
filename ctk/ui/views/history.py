"""What was done to files, the newest first, each with its way back."""

import tkinter as tk
from collections.abc import Callable, Sequence

from ctk.records import Problem, Receipt
from ctk.ui.models import plan_words, words
from ctk.ui.models.changes import Changes
from ctk.ui.theme import Theme
from ctk.ui.views.drawer import Panel
from ctk.ui.widgets.columns import Column
from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.table import HERE, Line, Table

UNDO = "Undo"


class HistoryPanel(Panel):
    """A list of receipts; the button takes back the one in focus."""

    def __init__(self, master: tk.Misc, theme: Theme, changes: Changes, close: Callable[[], None]) -> None:
        super().__init__(master, theme, close)
        self.title.configure(text="History")
        self._changes = changes
        self._receipts: Sequence[Receipt] = ()
        px = theme.px
        self.table = Table(
            self.middle,
            [
                Column("when", "When", px(150), px(120)),
                Column("title", "What", px(340), px(120), stretch=True),
                Column("files", "Files", px(120), px(60), "e"),
                Column("size", "Size", px(90), px(60), "e"),
                Column("state", "Outcome", px(240), px(100), stretch=True),
            ],
            self._lines,
        )
        self.table.on_pick = self._pick
        self.table.on_open = lambda _: self._undo()
        self.table.pack(fill="both", expand=True)
        self.undo = self.button(UNDO, self._undo, accent=True)
        self.button("Close", close)
        self.paint_look()

    def show(self, receipts: Sequence[Receipt]) -> None:
        """List these; the focus goes to the newest that can be taken back."""
        self._receipts = receipts
        focus = self.table.focus_at or 0
        self.table.reset(len(receipts), focus=min(focus, len(receipts) - 1) if receipts else None)
        self._explain()

    def arrive(self) -> None:
        self.table.tree.focus_set()

    def paint_look(self) -> None:
        super().paint_look()
        self.table.colour("past", foreground=self.theme.tokens.dim)
        self.table.colour(HERE, background=self.theme.tokens.hover)

    def _focused(self) -> Receipt | None:
        at = self.table.focus_at
        return self._receipts[at] if at is not None and at < len(self._receipts) else None

    def _pick(self, position: int, _: Pick) -> None:
        self.table.focus_on(position)
        self._explain()

    def _explain(self) -> None:
        """Say of the one in focus what did not work, and whether it can be taken back."""
        receipt = self._focused()
        can = receipt is not None and bool(receipt.done) and receipt.state in ("done", "partly undone")
        self.undo.state(["!disabled" if can else "disabled"])
        if receipt is None:
            self.words.configure(text="Nothing was changed yet.")
        elif receipt.problems:
            self.words.configure(text=_first(receipt.problems))
        else:
            said = plan_words.undone if receipt.state == "undone" else plan_words.done
            self.words.configure(text=said(receipt))

    def _undo(self) -> None:
        receipt = self._focused()
        if receipt is not None and not self.undo.instate(["disabled"]):
            self._changes.undo(receipt.id)
            self.table.tree.focus_set()

    def _lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        return [
            Line(
                (
                    words.when(receipt.created_s),
                    words.safe(receipt.title),
                    f"{receipt.done:,} of {receipt.steps:,}",
                    words.size(receipt.bytes_freed) if receipt.bytes_freed else "",
                    plan_words.state(receipt),
                ),
                tag="past" if receipt.state == "undone" or not receipt.done else "",
            )
            for receipt in self._receipts[offset : offset + limit]
        ]


def _first(problems: Sequence[Problem]) -> str:
    said = f"{words.safe(problems[0].path)}: {problems[0].reason}"
    return said if len(problems) == 1 else f"{said}  (and {len(problems) - 1:,} more)"
