"""Changes to files on screen: the plan in the drawer, the outcome as a toast with its Undo, the history."""

from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ctk.records import Plan, Problem, Receipt
from ctk.ui.models import plan_words
from ctk.ui.models.changes import Changes
from ctk.ui.models.library import Library
from ctk.ui.models.rename import Rename
from ctk.ui.theme import Theme
from ctk.ui.views.drawer import Drawer, Panel
from ctk.ui.widgets.toast import Act, Toast

if TYPE_CHECKING:
    from ctk.ui.views.history import HistoryPanel
    from ctk.ui.views.plan import PlanPanel
    from ctk.ui.views.problems import ProblemsPanel
    from ctk.ui.views.rename import RenamePanel


class ChangesView:
    """Shows what ``changes`` asks and tells; ``show_...`` opens the drawer for something else.

    Panels are made when they are first needed, and kept.
    """

    def __init__(
        self, theme: Theme, drawer: Drawer, toast: Toast, changes: Changes, rename: Rename, library: Library
    ) -> None:
        self._theme = theme
        self._drawer = drawer
        self._toast = toast
        self._changes = changes
        self._rename = rename
        self._library = library
        changes.proposed.connect(self._ask)
        changes.withdrawn.connect(drawer.shut)
        changes.done.connect(lambda receipt: self._tell(plan_words.done(receipt), receipt))
        changes.stopped.connect(lambda receipt: self._tell(f"Stopped. {plan_words.done(receipt)}", receipt))
        changes.undone.connect(self._tell_undone)
        rename.planned.connect(lambda plan: self.rename.show(plan, library.roots))
        rename.trouble.connect(self._complain)

    @cached_property
    def plan(self) -> "PlanPanel":
        from ctk.ui.views.plan import PlanPanel

        return PlanPanel(self._drawer, self._theme, self._changes)

    @cached_property
    def rename(self) -> "RenamePanel":
        from ctk.ui.views.rename import RenamePanel

        return RenamePanel(self._drawer, self._theme, self._rename, self._changes, self._close)

    @cached_property
    def history(self) -> "HistoryPanel":
        from ctk.ui.views.history import HistoryPanel

        return HistoryPanel(self._drawer, self._theme, self._changes, self._close)

    @cached_property
    def problems(self) -> "ProblemsPanel":
        from ctk.ui.views.problems import ProblemsPanel

        return ProblemsPanel(self._drawer, self._theme, self._close)

    def show_history(self) -> None:
        """What was done, and the way back of each."""
        self._open(self.history)
        self._changes.history(self.history.show)

    def show_rename(self, ids: "array[int]") -> None:
        """A template for the new names of these, numbered in this order."""
        self._rename.begin(ids)
        self.rename.begin()
        self._open(self.rename)

    def show_problems(self, title: str, problems: Sequence[Problem]) -> None:
        """Files that something did not work out with."""
        self.problems.show(title, problems, self._library.roots)
        self._open(self.problems)

    def _ask(self, plan: Plan) -> None:
        self.plan.show(plan, self._library.roots)
        self._drawer.show(self.plan)

    def _tell(self, sentence: str, receipt: Receipt) -> None:
        acts: list[Act] = []
        if receipt.problems:
            acts.append(("Why?", lambda: self.show_problems("What could not be done", receipt.problems)))
        if receipt.done:
            acts.append(("Undo", lambda: self._changes.undo(receipt.id)))
        self._toast.show(sentence, *acts)
        self._refresh_history()

    def _tell_undone(self, receipt: Receipt) -> None:
        acts: list[Act] = []
        if receipt.state != "undone" and receipt.problems:
            acts.append(("Why?", lambda: self.show_problems("What could not be brought back", receipt.problems)))
        self._toast.show(plan_words.undone(receipt), *acts)
        self._refresh_history()

    def _complain(self, sentence: str) -> None:
        self.rename.complain(sentence)

    def _refresh_history(self) -> None:
        if "history" in vars(self) and self._drawer.panel is self.history:
            self._changes.history(self.history.show)

    def _open(self, panel: Panel) -> None:
        """Open the drawer for something that is no question; a question that stands there is taken back."""
        self._changes.withdraw()
        self._drawer.show(panel)

    def _close(self) -> None:
        self._rename.end()
        self._drawer.shut()
