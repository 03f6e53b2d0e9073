"""The buttons that the look chose: actions with their icon, or with a word where there is none."""

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from tkinter import ttk
from typing import Any

from ctk.actions import Action, Actions
from ctk.ui import keys
from ctk.ui.theme import Theme
from ctk.ui.widgets.retiring import retire
from ctk.ui.widgets.tip import Tip

ICONS = {
    "file.add": "plus",
    "search.focus": "search",
    "edit.reveal": "folder",
    "edit.rename": "pencil",
    "mark.favourite": "heart",
    "mark.5": "star",
    "play.toggle": "play",
    "play.loop": "loop",
    "play.go_on": "through",
    "play.audition": "headphones",
    "play.output": "output",
    "play.even": "volume",
    "view.filters": "filter",
}
"""What stands for an action."""
WORDS = {"edit.undo": "Undo", "edit.look": "Duplicates", "edit.clean": "Clean up", "hear.show": "What sounds are"}
"""Where the usual ones are too long for a button."""
SIZE = 20


class Toolbar(ttk.Frame):
    """``show`` actions by their ids, side by side or one below the other. ``checked`` tells which of them are on."""

    def __init__(
        self, master: tk.Misc, theme: Theme, actions: Actions, checked: Mapping[str, Callable[[], bool]]
    ) -> None:
        px = theme.px
        super().__init__(master, padding=(px(12), px(5)))
        self.buttons: dict[str, ttk.Button] = {}
        self._theme = theme
        self._actions = actions
        self._checked = checked
        self._wanted: tuple[Sequence[str], bool] = ((), False)
        self._due = True
        theme.changed.connect(self._paint)

    def show(self, ids: Sequence[str], *, upright: bool) -> None:
        """These buttons; what is no action is left out."""
        if (ids, upright) == self._wanted:
            return
        self._wanted = (ids, upright)
        for button in self.buttons.values():
            retire(button)
        known = {action.id: action for action in self._actions}
        self.buttons = {id: self._button(known[id]) for id in ids if id in known}
        gap = self._theme.px(4)
        for button in self.buttons.values():
            if upright:
                button.pack(side="top", fill="x", pady=(0, gap))
            else:
                button.pack(side="left", padx=(0, gap))
        self._paint()
        self.follow()

    def settle(self) -> None:
        """From now on find out what can be done, which loads what it needs."""
        self._due = False
        self.follow()

    def follow(self, *_: object) -> None:
        """Something changed: show what can be done now, once this round of events is over."""
        if not self._due:
            self._due = True
            self.after_idle(self._refresh)

    def _button(self, action: Action) -> ttk.Button:
        def run() -> None:
            current = self._actions[action.id]
            if current.enabled():
                current.run()
            self.follow()

        button = ttk.Button(self, style="Flat.TButton", command=run)
        Tip(button, lambda: _told(self._actions[action.id]))
        return button

    def _refresh(self) -> None:
        self._due = False
        for id, button in self.buttons.items():
            on = id in self._checked and self._checked[id]()
            able = self._actions[id].enabled()
            button.state(["selected" if on else "!selected", "!disabled" if able else "disabled"])

    def _paint(self) -> None:
        tokens = self._theme.tokens
        for id, button in self.buttons.items():
            if id in ICONS:
                plain, on, off = (
                    self._theme.icon(ICONS[id], SIZE, colour) for colour in (tokens.muted, tokens.accent, tokens.edge)
                )
                images: Any = (plain, "disabled", off, "selected", on)
                button.configure(image=images)
            else:
                button.configure(text=WORDS.get(id) or self._actions[id].label.rstrip("."))


def _told(action: Action) -> str:
    """What it does, with its key, and what it needs while it cannot be done."""
    text = action.label.rstrip(".")
    if action.keys:
        text = f"{text} ({keys.shown(action.keys[0])})"
    return text if action.enabled() or not action.needs else f"{text}: {action.needs}"
