"""A plan, shown before anything happens: what goes where, what stays and why, and a yes or a no."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from ctk.records import Plan
from ctk.ui.models import plan_words, words
from ctk.ui.models.changes import Changes
from ctk.ui.theme import Theme
from ctk.ui.views.drawer import Panel
from ctk.ui.widgets.columns import Column
from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.table import HERE, Line, Table


class PlanPanel(Panel):
    """Asks about the plan that ``changes`` proposes."""

    def __init__(self, master: tk.Misc, theme: Theme, changes: Changes) -> None:
        super().__init__(master, theme, changes.withdraw)
        self._warnings = ttk.Label(self.middle, compound="left")
        self.steps = Steps(self.middle, theme)
        self.steps.pack(side="bottom", fill="both", expand=True)
        self.yes = self.button("", changes.accept, accent=True)
        self.no = self.button("Not now", changes.withdraw)
        self.steps.make_choice(self.foot)
        self.paint_look()

    def show(self, plan: Plan, roots: Sequence[str]) -> None:
        """Ask about this one."""
        can = bool(plan.steps)
        self.title.configure(text=plan_words.title(plan))
        self.words.configure(text=plan_words.meaning(plan))
        self.yes.configure(text=plan_words.do(plan))
        self.yes.state(["!disabled" if can else "disabled"])
        self.no.configure(text="Not now" if can else "Close")
        self._warnings.configure(text="\n".join(plan.warnings))
        if plan.warnings:
            self._warnings.pack(side="top", anchor="w", pady=(0, self.theme.px(8)))
        else:
            self._warnings.pack_forget()
        self.steps.show(plan, roots)

    def arrive(self) -> None:
        (self.no if self.yes.instate(["disabled"]) else self.yes).focus_set()

    def paint_look(self) -> None:
        super().paint_look()
        self._warnings.configure(image=self.theme.icon("alert", 16, self.theme.tokens.danger, gap=8))


class Steps(ttk.Frame):
    """The steps of a plan as a list of any length, or those that are refused with the reasons."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master)
        self._theme = theme
        self._roots: Sequence[str] = ()
        self._plan = Plan("rename", "")
        self._which = tk.StringVar(self, "go")
        self._buttons: list[ttk.Radiobutton] = []
        self.table = Table(self, self._columns(), self._lines)
        self.table.on_pick = self._pick
        self.table.pack(fill="both", expand=True)
        self.bind("<<ThemeChanged>>", lambda _: self._paint_look())
        self._paint_look()

    def make_choice(self, master: tk.Misc) -> None:
        """Two buttons in ``master`` that say which list is shown."""
        style = "Tab.Toolbutton"
        self._buttons = [
            ttk.Radiobutton(master, value=value, variable=self._which, style=style, command=self._fill)
            for value in ("go", "stay")
        ]

    def show(self, plan: Plan, roots: Sequence[str]) -> None:
        """Show this plan; first what will be done, where there is something."""
        self._plan, self._roots = plan, roots
        if not plan.refused:
            self._which.set("go")
        elif not plan.steps:
            self._which.set("stay")
        for button, text in zip(self._buttons, (plan_words.go(plan), plan_words.stay(plan)), strict=True):
            button.configure(text=text)
            if plan.refused and plan.steps:
                button.pack(side="left", padx=(0, self._theme.px(4)))
            else:
                button.pack_forget()
        self._fill()

    def _fill(self) -> None:
        stay = self._which.get() == "stay"
        titles = ("Name", "Folder", "Why") if stay else plan_words.heads(self._plan.kind)
        for key, title in zip(("#0", "second", "third"), titles, strict=True):
            self.table.tree.heading(key, text=title)
        self.table.reset(len(self._plan.refused if stay else self._plan.steps))

    def _pick(self, position: int, _: Pick) -> None:
        self.table.focus_on(position)

    def _lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        if self._which.get() == "stay":
            return [
                Line((*plan_words.name_and_folder(refusal.path, self._roots), refusal.reason, ""))
                for refusal in self._plan.refused[offset : offset + limit]
            ]
        kind = self._plan.kind
        return [
            Line((*plan_words.step(step, kind, self._roots), words.size(step.size_bytes)))
            for step in self._plan.steps[offset : offset + limit]
        ]

    def _columns(self) -> list[Column]:
        px = self._theme.px
        return [
            Column("first", "", px(230), px(100), stretch=True),
            Column("second", "", px(250), px(100), stretch=True),
            Column("third", "", px(400), px(100), stretch=True),
            Column("size", "Size", px(80), px(50), "e"),
        ]

    def _paint_look(self) -> None:
        self.table.colour(HERE, background=self._theme.tokens.hover)
