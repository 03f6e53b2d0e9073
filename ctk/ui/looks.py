"""The looks on screen: their menu, the panel to choose one, and the files they come from and go to."""

import os
import tkinter as tk
from collections.abc import Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

from ctk import paths
from ctk.actions import Action, Actions
from ctk.ui.look import SYSTEM, Look
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme

if TYPE_CHECKING:
    from ctk.ui.models.looks import Looks
    from ctk.ui.views.drawer import Drawer
    from ctk.ui.views.jobs import StatusLine
    from ctk.ui.views.looks import LooksPanel

KINDS = [("Looks", "*.ctklook"), ("All files", "*")]


class Window(Protocol):
    """The window, as far as these actions need it."""

    @property
    def looks(self) -> "LooksDesk": ...


def looks_actions(window: Window) -> Iterator[Action]:
    """What these need is loaded when it is first used."""
    yield Action("view.looks", "Choose a look...", lambda: window.looks.show(), also="looks theme colours skin fonts")  # noqa: PLW0108
    yield Action("view.reload", "Reload look", lambda: window.looks.reload(), ("F6",), also="looks theme refresh")  # noqa: PLW0108


class LooksDesk:
    """``show`` the panel; ``reload`` what the maker of a look changed; ``fill`` their menu."""

    def __init__(self, root: tk.Misc, theme: Theme, look: Look, pump: Pump, drawer: "Drawer", status: "StatusLine"):
        self._root = root
        self._theme = theme
        self._look = look
        self._pump = pump
        self._drawer = drawer
        self._status = status
        self._wearing = tk.StringVar(root)

    @cached_property
    def model(self) -> "Looks":
        from ctk.ui.models.looks import Looks

        looks = Looks(self._look)
        looks.told.connect(self._status.say)
        looks.failed.connect(self._status.complain)
        return looks

    @cached_property
    def panel(self) -> "LooksPanel":
        from ctk.ui.views.looks import LooksPanel

        return LooksPanel(self._drawer, self._theme, self.model, self, self._drawer.shut)

    def show(self) -> None:
        """Open the panel, with the look that was chosen in focus."""
        panel = self.panel
        self.model.begin()
        self._drawer.show(panel)

    def reload(self) -> None:
        """Read the look in sight again. What is wrong with it is shown, and it stays as it was."""
        found = self._look.reload()
        if found is None:
            self._status.complain("The look is not there any more.")
        elif found.errors:
            self.show()
            self._status.complain(f"{found.name} stays as it was: {found.errors[0]}")
        else:
            if self._drawer.panel is vars(self).get("panel") is not None:
                self.model.reread()
            self._status.say(f"{found.name} is read again.")

    def fill(self, menu: tk.Menu, actions: Actions) -> None:
        """All looks, the one that follows the system, and how to choose and change them."""
        from ctk.ui.views.menu import shown

        menu.delete(0, "end")
        self._wearing.set(self._look.chosen)
        for entry in self._look.shelf.list():
            label = f"{entry.name}  (has errors)" if entry.errors else entry.name
            self._radio(menu, label, entry.id, on=not entry.errors)
        menu.add_separator()
        self._radio(menu, actions["view.system"].label, SYSTEM)
        menu.add_separator()
        for id in ("view.looks", "view.reload"):
            menu.add_command(label=actions[id].label, command=actions[id].run, accelerator=shown(actions[id]))
        self._theme.paint_menu(menu)

    def _radio(self, menu: tk.Menu, label: str, choice: str, *, on: bool = True) -> None:
        """One of which there is one; a broken one leads to what is wrong with it."""
        act = partial(self._look.choose, choice) if on else partial(self._blame, choice)
        menu.add_radiobutton(label=label, value=choice, variable=self._wearing, command=act)

    def _blame(self, id: str) -> None:
        self.show()
        self.model.move(next(at for at, known in enumerate(self.model.known) if known.entry.id == id))

    def install(self) -> None:
        """Ask for a file and take it over."""
        from tkinter import filedialog

        file = filedialog.askopenfilename(
            parent=self._root, title="Install a look", initialdir=_begin(), filetypes=KINDS
        )
        if file:
            self.model.install(os.path.normpath(file))

    def export(self, id: str) -> None:
        """Ask where a look goes."""
        from tkinter import filedialog

        file = filedialog.asksaveasfilename(
            parent=self._root,
            title="Export a look",
            initialdir=_begin(),
            initialfile=f"{id}.ctklook",
            defaultextension=".ctklook",
            filetypes=KINDS,
        )
        if file:
            self.model.export(os.path.normpath(file))

    def open(self, folder: str) -> None:
        """Show the files of a look."""
        from ctk.ui import programs

        self._pump.call(programs.open_default, [folder], key="open")


def _begin() -> str:
    """Where what was sent or found most likely is."""
    folders = paths.user_folders()
    return next((folder for folder in (folders["downloads"], folders["home"]) if os.path.isdir(folder)), "")
