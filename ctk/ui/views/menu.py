"""The menu bar, made of actions."""

import tkinter as tk
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from ctk.actions import Action, Actions
from ctk.ui import keys
from ctk.ui.theme import Theme

LOOKS = ("view.system", "view.light", "view.dark", "view.looks", "view.reload")
"""In the place of these stands a menu of all looks."""
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
            "view.next",
            "view.previous",
            "",
            "view.filters",
            "view.detail",
            "view.waveforms",
            "view.columns",
            "view.order",
            "view.headings",
            "view.borders",
            "hear.show",
            "",
            *LOOKS,
        ),
    ),
    ("Help", ("help.commands", "", "help.keys", "help.search", "", "help.about")),
)
"""Titles, and the actions below them; an empty name is a line."""
APPLE = "Creator's Toolkit"
NAMES = {APPLE: "apple", "Help": "help", "Window": "window"}
"""By these macOS knows menus that it adds to."""

MARKS = "marks"
"""In the place of this stand the marks, with menus of their own."""
HEARD = "heard"
"""In the place of this stands what sounds are, with a menu of its own."""
CONTEXT = (
    *("play.start", "", MARKS, HEARD, "", "edit.copy", "edit.path", "edit.reveal", "edit.open", "edit.open_with", ""),
    *("edit.move", "edit.rename", "edit.remove"),
)
"""The actions in the menu of the list."""


def menus(*, mac: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Titles and actions as the system wants them: macOS has Quit and About in the menu of the program."""
    if not mac:
        return MENUS
    own = (APPLE, ("help.about",))
    rest = [(title, tidy(id for id in ids if id not in ("file.quit", "help.about"))) for title, ids in MENUS]
    return (own, *rest[:-1], ("Window", ("window.show",)), rest[-1])


def tidy(ids: Iterable[str]) -> tuple[str, ...]:
    """Without lines at the ends, or two in a row."""
    found: list[str] = []
    for id in ids:
        if id or (found and found[-1]):
            found.append(id)
    return tuple(found if not found or found[-1] else found[:-1])


def shown(action: Action) -> str:
    """The key that stands beside an action."""
    return keys.shown(action.keys[0]) if action.keys else ""


class MenuBar:
    """``checked`` tells of actions that are on or off, ``looks`` fills the menu of looks."""

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        actions: Actions,
        checked: Mapping[str, Callable[[], bool]],
        looks: Callable[[tk.Menu], None],
    ) -> None:
        self._theme = theme
        self._actions = actions
        self._checked = checked
        self._marks = {id: tk.BooleanVar(root) for id in checked}
        self._bar = tk.Menu(root, tearoff=False)
        self._looks = looks
        self._menus = [self._add(title, ids) for title, ids in menus(mac=keys.MAC)]
        root.configure(menu=self._bar)
        theme.changed.connect(self._paint)
        self._paint()

    def _add(self, title: str, ids: tuple[str, ...]) -> tk.Menu:
        menu = tk.Menu(self._bar, name=NAMES.get(title, title.lower()), tearoff=False)
        for id in ids:
            if id == LOOKS[0]:
                self._add_looks(menu)
            elif id in LOOKS:
                continue
            elif id:
                self._add_action(menu, self._actions[id])
            else:
                menu.add_separator()
        menu.configure(postcommand=lambda: self._refresh(menu, ids))
        self._bar.add_cascade(label=title, menu=menu, underline=0)
        return menu

    def _add_looks(self, menu: tk.Menu) -> None:
        looks = tk.Menu(menu, name="looks", tearoff=False)
        looks.configure(postcommand=lambda: self._looks(looks))
        menu.add_cascade(label="Looks", menu=looks)

    def _add_action(self, menu: tk.Menu, action: Action) -> None:
        key = shown(action)
        if action.id in self._checked:
            variable = self._marks[action.id]
            menu.add_checkbutton(label=action.label, accelerator=key, command=action.run, variable=variable)
        else:
            menu.add_command(label=action.label, accelerator=key, command=action.run)

    def _refresh(self, menu: tk.Menu, ids: tuple[str, ...]) -> None:
        """Just before it opens: what is on, and what can be done."""
        for id in (id for id in ids if id and id not in LOOKS):
            if id in self._checked:
                self._marks[id].set(self._checked[id]())
            action = self._actions[id]
            state: Literal["normal", "disabled"] = "normal" if action.enabled() else "disabled"
            menu.entryconfigure(action.label, state=state, accelerator=shown(action))

    def _paint(self) -> None:
        for menu in (self._bar, *self._menus):
            self._theme.paint_menu(menu)
