"""Renaming by a template, with the outcome in sight while it is typed."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from ctk.records import Plan
from ctk.ui.models import plan_words
from ctk.ui.models.changes import Changes
from ctk.ui.models.rename import FIELDS, Rename
from ctk.ui.theme import Theme
from ctk.ui.views.drawer import Panel
from ctk.ui.views.plan import Steps
from ctk.ui.widgets.field import Field
from ctk.ui.widgets.flow import Flow
from ctk.ui.widgets.tip import Tip

HINT = "Type the new name; what is in braces is filled in for each sound, and the ending stays."


class RenamePanel(Panel):
    """The template, buttons for what can be put into it, and the new names; renames what ``rename`` was begun with."""

    def __init__(
        self, master: tk.Misc, theme: Theme, rename: Rename, changes: Changes, close: Callable[[], None]
    ) -> None:
        super().__init__(master, theme, close)
        self._rename = rename
        self._changes = changes
        self.field = Field(self.middle, hint="{name}", changed=self._typed)
        self._fields = Flow(self.middle, gap=theme.px(6))
        self.steps = Steps(self.middle, theme)
        self.yes = self.button("Rename", self._accept, accent=True)
        self.button("Not now", close)
        self.steps.make_choice(self.foot)
        self.field.pack(side="top", fill="x")
        self._fields.pack(side="top", fill="x", pady=theme.px(8))
        self.steps.pack(side="top", fill="both", expand=True)
        self._make_fields()
        self.field.entry.bind("<Return>", lambda _: self._accept())
        self.paint_look()

    def begin(self) -> None:
        """Ask anew."""
        self.title.configure(text=f"Rename {plan_words.files(len(self._rename.ids))}")
        template = self._rename.template
        self.field.entry.delete(0, "end")
        self.field.entry.insert(0, template)
        self._rename.hurry()

    def arrive(self) -> None:
        self.field.entry.focus_set()
        self.field.entry.select_range(0, "end")

    def paint_look(self) -> None:
        super().paint_look()
        theme, muted = self.theme, self.theme.tokens.muted
        self.field.set_icons(theme.icon("pencil", 16, muted), theme.icon("clear", 16, muted))

    def show(self, plan: Plan, roots: Sequence[str]) -> None:
        """What the template comes to."""
        self.field.mark(False)
        self.words.configure(text=plan_words.meaning(plan) if plan.steps else HINT, style="Muted.TLabel")
        self.yes.configure(text=plan_words.do(plan))
        self.yes.state(["!disabled" if plan.steps else "disabled"])
        self.steps.show(plan, roots)

    def complain(self, sentence: str) -> None:
        """Why the template cannot be read."""
        self.field.mark(True)
        self.words.configure(text=sentence, style="Danger.TLabel")
        self.yes.state(["disabled"])

    def _typed(self, text: str) -> None:
        self.yes.state(["disabled"])
        self._rename.type(text)

    def _accept(self) -> None:
        plan = self._rename.plan
        if plan is not None and plan.steps:
            self.close()
            self._changes.carry_out(plan)

    def _make_fields(self) -> None:
        buttons = []
        for name, meaning in FIELDS:
            button = ttk.Button(self._fields, text=f"{{{name}}}", style="Small.TButton", command=self._putter(name))
            Tip(button, meaning)
            buttons.append(button)
        self._fields.show(buttons)

    def _putter(self, name: str) -> Callable[[], None]:
        def put() -> None:
            entry = self.field.entry
            if entry.selection_present():
                entry.delete("sel.first", "sel.last")
            entry.insert("insert", f"{{{name}}}")
            entry.focus_set()

        return put
