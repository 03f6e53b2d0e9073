"""What the user can do in the window, as actions for menus and keys."""

import tkinter as tk
from collections.abc import Callable
from typing import Protocol

from ctk.actions import Action, Actions
from ctk.ui import keys


class Catalog(Protocol):
    """The catalog pane, as far as actions need it."""

    def find(self) -> None: ...
    def pick_all(self) -> None: ...
    def play_focused(self) -> None: ...


class Look(Protocol):
    """The choice of a look, as far as actions need it."""

    def choose(self, choice: str) -> None: ...


class Window(Protocol):
    """The window, as far as actions need it."""

    @property
    def catalog(self) -> Catalog: ...
    @property
    def look(self) -> Look: ...
    def add_folder(self) -> None: ...
    def rescan(self) -> None: ...
    def stop_scan(self) -> None: ...
    def scanning(self) -> bool: ...
    def show_help(self, topic: str) -> None: ...
    def quit(self) -> None: ...


class Player(Protocol):
    """The transport, as far as actions need it."""

    @property
    def loop(self) -> bool: ...
    @property
    def audition(self) -> bool: ...
    def toggle(self) -> None: ...
    def stop(self) -> None: ...
    def set_loop(self, on: bool) -> None: ...
    def set_audition(self, on: bool) -> None: ...


def make(window: Window, player: Player) -> Actions:
    """All of them."""
    actions = Actions()
    for action in (
        Action("file.add", "Add folder...", window.add_folder, ("Control-o",)),
        Action("file.rescan", "Rescan all folders", window.rescan, ("F5",), lambda: not window.scanning()),
        Action("file.stop", "Stop the scan", window.stop_scan, (), window.scanning),
        Action("file.quit", "Quit", window.quit, ("Control-q",)),
        Action("search.focus", "Search", window.catalog.find, ("Control-f",)),
        Action("edit.all", "Pick all", window.catalog.pick_all),
        Action("play.toggle", "Play or pause", player.toggle, ("space",)),
        Action("play.start", "Play from the start", window.catalog.play_focused, ("Return",)),
        Action("play.stop", "Stop", player.stop, ("Control-period",)),
        Action("play.loop", "Loop", lambda: player.set_loop(not player.loop), ("Control-l",)),
        Action(
            "play.audition",
            "Play while moving through the list",
            lambda: player.set_audition(not player.audition),
            ("Control-e",),
        ),
        Action("view.system", "As the system", lambda: window.look.choose("system")),
        Action("view.light", "Light", lambda: window.look.choose("light")),
        Action("view.dark", "Dark", lambda: window.look.choose("dark")),
        Action("help.keys", "Keys", lambda: window.show_help("keys"), ("F1",)),
        Action("help.search", "How to search", lambda: window.show_help("search")),
        Action("help.about", "About", lambda: window.show_help("about")),
    ):
        actions.add(action)
    return actions


def bind(actions: Actions, everywhere: tk.Misc, in_list: tk.Misc) -> None:
    """Keys without a modifier only count in the list: a text box needs them itself."""
    for action in actions:
        for key in action.keys:
            (in_list if keys.is_bare(key) else everywhere).bind(keys.sequence(key), _runner(action))


def _runner(action: Action) -> Callable[["tk.Event[tk.Misc]"], str]:
    def run(_: "tk.Event[tk.Misc]") -> str:
        if action.enabled():
            action.run()
        return "break"

    return run
