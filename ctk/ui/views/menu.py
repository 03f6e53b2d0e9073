"""The menu bar, made of actions."""

import tkinter as tk
from collections.abc import Callable, Mapping

from ctk.actions import Action, Actions
from ctk.ui import keys
from ctk.ui.theme import Theme

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("File", ("file.add", "file.find", "file.rescan", "file.stop", "", "file.stay", "file.startup", "", "file.quit")),
    (
        "Edit",
        (
            *("edit.undo", "edit.history", "", "search.focus", "hear.similar", "edit.all", ""),
            *("edit.copy", "edit.path", "", "edit.reveal", "edit.open", "edit.open_with", "edit.choose", ""),
            *("edit.move", "edit.rename", "edit.remove", "", "edit.look", "edit.clean"),
        ),
    ),
    (
        "Mark",
        (
            *("mark.favourite", "mark.tags", "mark.collection", "mark.note", "hear.ask", ""),
            *("mark.5", "mark.4", "mark.3", "mark.2", "mark.1", "mark.0"),
        ),
    ),
    (
        "Play",
        (
            *("play.toggle", "play.start", "play.stop", "", "play.next", "play.previous", ""),
            *("play.back", "play.forward", "play.back5", "play.forward5", "play.unmark", ""),
            *("play.loop", "play.go_on", "play.audition", "", "play.recent", "", "play.even", "play.output"),
        ),
    ),
    (
        "View",
        (
            "view.catalog",
            "view.sources",
            "view.duplicates",
            "view.map",
            "",
            "view.filters",
            "view.detail",
            "view.waveforms",
            "hear.show",
            "",
            "view.system",
            "view.light",
            "view.dark",
        ),
    ),
    ("Help", ("help.keys", "help.search", "", "help.about")),
)
"""Titles, and the actions below them; an empty name is a line."""

MARKS = "marks"
"""In the place of this stand the marks, with menus of their own."""
HEARD = "heard"
"""In the place of this stands what sounds are, with a menu of its own."""
CONTEXT = (
    *("play.start", "", MARKS, HEARD, "", "edit.copy", "edit.path", "edit.reveal", "edit.open", "edit.open_with", ""),
    *("edit.move", "edit.rename", "edit.remove"),
)
"""The actions in the menu of the list."""


class MenuBar:
    """``checked`` tells of actions that are on or off."""

    def __init__(self, root: tk.Tk, theme: Theme, actions: Actions, checked: Mapping[str, Callable[[], bool]]) -> None:
        self._theme = theme
        self._actions = actions
        self._checked = checked
        self._marks = {id: tk.BooleanVar(root) for id in checked}
        self._bar = tk.Menu(root, tearoff=False)
        self._menus = [self._add(title, ids) for title, ids in MENUS]
        root.configure(menu=self._bar)
        theme.changed.connect(self._paint)
        self._paint()

    def _add(self, title: str, ids: tuple[str, ...]) -> tk.Menu:
        menu = tk.Menu(self._bar, tearoff=False)
        for id in ids:
            if not id:
                menu.add_separator()
            elif not (keys.MAC and id == "file.quit"):  # macOS has its own
                self._add_action(menu, self._actions[id])
        menu.configure(postcommand=lambda: self._refresh(menu, ids))
        self._bar.add_cascade(label=title, menu=menu)
        return menu

    def _add_action(self, menu: tk.Menu, action: Action) -> None:
        shown = keys.shown(action.keys[0]) if action.keys else ""
        if action.id in self._checked:
            variable = self._marks[action.id]
            menu.add_checkbutton(label=action.label, accelerator=shown, command=action.run, variable=variable)
        else:
            menu.add_command(label=action.label, accelerator=shown, command=action.run)

    def _refresh(self, menu: tk.Menu, ids: tuple[str, ...]) -> None:
        """Just before it opens: what is on, and what can be done."""
        for id in filter(None, ids):
            if id in self._checked:
                self._marks[id].set(self._checked[id]())
            if not (keys.MAC and id == "file.quit"):
                action = self._actions[id]
                menu.entryconfigure(action.label, state="normal" if action.enabled() else "disabled")

    def _paint(self) -> None:
        for menu in (self._bar, *self._menus):
            self._theme.paint_menu(menu)
