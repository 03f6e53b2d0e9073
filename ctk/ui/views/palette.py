"""A small box over the window in which a command is found by typing; whatever else goes on goes on."""

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from tkinter import ttk
from typing import Any

from ctk.actions import Actions
from ctk.settings import Settings
from ctk.ui import keys
from ctk.ui.models.palette import Choice, Known, offered, ranked, used
from ctk.ui.theme import Theme
from ctk.ui.widgets.columns import Column
from ctk.ui.widgets.field import Field
from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.table import HERE, Line, Table

WIDTH, LEAST, LINES, FROM_TOP = 600, 2, 12, 64
"""At 100 %; so many lines are in sight, at least and at most."""
NOTHING = "No command is called so."


class PaletteBox(ttk.Frame):
    """``open`` it over ``root``. ``groups`` says in which menu an action is, and ``checked`` which are on."""

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        settings: Settings,
        actions: Actions,
        groups: Mapping[str, str],
        checked: Mapping[str, Callable[[], bool]],
    ) -> None:
        px = theme.px
        super().__init__(root, style="Card.TFrame", padding=px(10))
        self.choices: Sequence[Choice] = ()
        self._theme = theme
        self._settings = settings
        self._actions = actions
        self._groups = groups
        self._checked = checked
        self._known: Sequence[tuple[Choice, Known]] = ()
        self._back = ""
        self.field = Field(self, hint="Find a command", changed=lambda _: self._find())
        columns = [Column("label", "", px(290), px(100), stretch=True), Column("group", "", px(70), px(40))]
        self.table = Table(self, [*columns, Column("key", "", px(180), px(60), "e")], self._lines)
        self._none = ttk.Label(self.table, text=NOTHING, style="Quiet.Surface.TLabel")
        self.field.pack(fill="x")
        self.table.pack(fill="both", expand=True, pady=(px(8), 0))
        self._bind_events()
        self._paint_look()

    @property
    def shown(self) -> bool:
        return bool(self.winfo_manager())

    def open(self) -> None:
        """Offer what can be done now; a second time shut it."""
        if self.shown:
            self.close()
            return
        self._back = str(self.tk.call("focus"))
        on = {id: stands() for id, stands in self._checked.items()}
        named = {action.id: keys.shown(action.keys[0]) for action in self._actions if action.keys}
        self._known = offered(self._actions, self._groups, named, on)
        self._place()
        self.lift()
        self.field.put("")
        self._find()
        self.field.entry.focus_set()

    def close(self) -> None:
        """Put it away; the keys go back to where they were."""
        if not self.shown:
            return
        held = str(self.tk.call("focus")).startswith(str(self))
        self.place_forget()
        if held and self._back and int(self.tk.call("winfo", "exists", self._back)):
            self.tk.call("focus", self._back)

    def choose(self) -> None:
        """Do what is in focus, where it can be done."""
        at = self.table.focus_at
        if at is None or at >= len(self.choices) or self.choices[at].note:
            return
        id = self.choices[at].id
        self._settings.recent_actions = used(id, self._settings.recent_actions)
        self.close()
        self.after_idle(self._actions[id].run)

    def _bind_events(self) -> None:
        entry, table = self.field.entry, self.table
        for key, act in (
            ("Up", partial(self._step, -1)),
            ("Down", partial(self._step, 1)),
            ("Prior", partial(self._step, 1 - LINES)),
            ("Next", partial(self._step, LINES - 1)),
            ("Return", self.choose),
            ("KP_Enter", self.choose),
            ("Escape", self.close),
            ("<NextWindow>", partial(self._step, 1)),
            ("<PrevWindow>", partial(self._step, -1)),
        ):
            entry.bind(f"<{key}>", partial(_stop, act))
        entry.bind("<FocusOut>", lambda _: self.after_idle(self._left), add=True)
        table.on_pick = self._pick
        table.tree.configure(show="tree", takefocus=False)
        self.field.bind("<Configure>", lambda _: self._place() if self.shown else None, add=True)
        self._theme.changed.connect(self._paint_look)

    def _place(self) -> None:
        """As high as what was found, and no higher than there is room."""
        px, root = self._theme.px, self.master
        row = int(ttk.Style(self).lookup("Table.Treeview", "rowheight"))
        lines = min(max(len(self.choices), LEAST), LINES)
        around = self.field.winfo_reqheight() + px(8) + 2 * px(10)
        high = min(lines * row + around, root.winfo_height() - px(FROM_TOP) - px(16))
        wide = min(px(WIDTH), root.winfo_width() - px(32))
        self.place(relx=0.5, y=px(FROM_TOP), anchor="n", width=wide, height=high)

    def _left(self) -> None:
        """Another widget of the window has the keys: the box is done with."""
        keyed = str(self.tk.call("focus"))
        if self.shown and keyed and not keyed.startswith(str(self)):
            self.place_forget()

    def _find(self) -> None:
        if not self.shown:
            return
        self.choices = ranked(self.field.text, self._known, self._settings.recent_actions)
        self._place()
        self.table.reset(len(self.choices), focus=0 if self.choices else None)
        if self.choices:
            self._none.place_forget()
        else:
            self._none.place(relx=0.5, rely=0.3, anchor="center")

    def _step(self, by: int) -> None:
        count = len(self.choices)
        if count:
            self.table.focus_on(max(0, min((self.table.focus_at or 0) + by, count - 1)))

    def _pick(self, position: int, _: Pick) -> None:
        """A click does it; the keys stay in the box where it cannot be done."""
        self.table.focus_on(position)
        self.field.entry.focus_set()
        self.choose()

    def _lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        here = self.table.focus_at
        shown = self.choices[offset : offset + limit]
        return [self._line(choice, offset + at == here) for at, choice in enumerate(shown)]

    def _line(self, choice: Choice, here: bool) -> Line:
        mark = "check" if choice.on else "blank"
        cells = (choice.label, choice.group, choice.note or choice.key)
        return Line(cells, here, "not now" if choice.note else "", self._images[mark, here])

    def _paint_look(self) -> None:
        theme, tokens = self._theme, self._theme.tokens
        self._images = {
            (mark, here): str(theme.icon(mark, 16, tokens.on_selected if here else tokens.accent, gap=8))
            for mark in ("check", "blank")
            for here in (False, True)
        }
        self.field.set_icons(theme.icon("search", 18, tokens.muted), theme.icon("clear", 16, tokens.muted))
        self.table.colour("not now", foreground=tokens.dim)
        self.table.colour(HERE, background=tokens.hover)
        self.table.refresh()


def _stop(act: Callable[[], Any], _: object) -> str:
    act()
    return "break"
