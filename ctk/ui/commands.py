"""What the user can do in the window, as actions for menus and keys."""

import tkinter as tk
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol, TypeVar

from ctk.actions import Action, Actions
from ctk.ui import controls, keys
from ctk.ui.models.marking import STAR
from ctk.ui.views.pages import CATALOG, DUPLICATES, MAP, SOURCES

T = TypeVar("T")

REMOVE = ("Delete", "Control-BackSpace") if keys.MAC else ("Delete",)
OPEN_WITH = "Open in audio editor"
"""Where the editor is known, the menu of the list calls it by its name."""
TEXT_KEYS = ("Control-z", "Control-c", "Control-Shift-C")
"""In a text box these are about its text."""


class Catalog(Protocol):
    """The catalog pane, as far as actions need it."""

    def find(self) -> None: ...
    def pick_all(self) -> None: ...


class Scans(Protocol):
    """The scans, as far as actions need them."""

    @property
    def running(self) -> bool: ...
    def scan(self) -> None: ...
    def cancel(self) -> None: ...


class Discovery(Protocol):
    """The search for audio, as far as actions need it."""

    def show(self) -> None: ...


class Look(Protocol):
    """The choice of a look, as far as actions need it."""

    def choose(self, choice: str) -> None: ...


class Pages(Protocol):
    """The pages, as far as actions need them."""

    @property
    def name(self) -> str: ...
    def show(self, name: str) -> None: ...


class Edits(Protocol):
    """What can be changed about picked sounds, as far as actions need it."""

    def can(self) -> bool: ...
    def move(self) -> None: ...
    def rename(self) -> None: ...
    def remove(self) -> None: ...
    def undo(self) -> None: ...
    def show_history(self) -> None: ...


class Marker(Protocol):
    """What can be said of picked sounds, as far as actions need it."""

    @property
    def note(self) -> Callable[[], None]: ...
    def can(self) -> bool: ...
    def rate(self, stars: int) -> None: ...
    def favour(self) -> None: ...
    def tags(self) -> None: ...
    def collections(self) -> None: ...


class Hearer(Protocol):
    """What sounds are and which are alike, as far as actions need it."""

    def can(self) -> bool: ...
    def can_liken(self) -> bool: ...
    def liken(self) -> None: ...
    def ask(self) -> None: ...
    def show(self) -> None: ...


class Outgoing(Protocol):
    """What other programs can get of picked sounds, as far as actions need it."""

    def can(self) -> bool: ...
    def copy_files(self) -> None: ...
    def copy_path(self) -> None: ...
    def reveal(self) -> None: ...
    def open(self) -> None: ...
    def open_with(self) -> None: ...
    def choose_program(self) -> None: ...


class Outside(Protocol):
    """The dealings with other programs, as far as actions need them."""

    @property
    def outgoing(self) -> Outgoing: ...


class Cleanup(Protocol):
    """Duplicates, as far as actions need them."""

    def look(self) -> None: ...
    def clean(self) -> None: ...
    def can_clean(self) -> bool: ...


class Staying(Protocol):
    """What becomes of the program when the window is closed, as far as actions need it."""

    def show(self) -> None: ...
    def switch(self) -> None: ...
    def switch_startup(self) -> None: ...


class Map(Protocol):
    """The map, as far as actions need it."""

    def find(self) -> None: ...


class Window(controls.Window, Protocol):
    """The window, as far as actions need it."""

    @property
    def catalog(self) -> Catalog: ...
    @property
    def scans(self) -> Scans: ...
    @property
    def look(self) -> Look: ...
    @property
    def discovery(self) -> Discovery: ...
    @property
    def pages(self) -> Pages: ...
    @property
    def edits(self) -> Edits: ...
    @property
    def marker(self) -> Marker: ...
    @property
    def hearer(self) -> Hearer: ...
    @property
    def outside(self) -> Outside: ...
    @property
    def cleanup(self) -> Cleanup: ...
    @property
    def map(self) -> Map: ...
    def add_folder(self) -> None: ...
    def show_help(self, topic: str) -> None: ...
    @property
    def staying(self) -> Staying: ...
    def quit(self) -> None: ...


def make(window: Window) -> Actions:
    """All of them."""
    actions = Actions()
    for action in (
        *_general(window),
        *_editing(window),
        *_marking(window),
        *_hearing(window),
        *_handing_over(window),
        *controls.make(window),
    ):
        actions.add(action)
    return actions


def _general(window: Window) -> Iterator[Action]:
    def search() -> None:
        if window.pages.name == MAP:
            window.map.find()
        else:
            window.pages.show(CATALOG)
            window.catalog.find()

    yield Action("file.add", "Add folder...", window.add_folder, ("Control-o",))
    yield Action("file.find", "Find my audio...", window.discovery.show)
    yield Action("file.rescan", "Rescan all folders", window.scans.scan, ("F5",), lambda: not window.scans.running)
    yield Action("file.stop", "Stop the scan", window.scans.cancel, (), lambda: window.scans.running)
    yield Action("window.show", "Open Creator's Toolkit", window.staying.show)
    yield Action("file.stay", "Stay in the tray when closed", window.staying.switch)
    yield Action("file.startup", "Start with the computer", window.staying.switch_startup)
    yield Action("file.quit", "Quit", window.quit, ("Control-q",))
    yield Action("search.focus", "Search", search, ("Control-f",))
    yield Action("view.catalog", CATALOG, lambda: window.pages.show(CATALOG), ("Control-1",))
    yield Action("view.sources", SOURCES, lambda: window.pages.show(SOURCES), ("Control-2",))
    yield Action("view.duplicates", DUPLICATES, lambda: window.pages.show(DUPLICATES), ("Control-3",))
    yield Action("view.map", MAP, lambda: window.pages.show(MAP), ("Control-4",))
    for choice, label in (("system", "As the system"), ("light", "Light"), ("dark", "Dark")):
        yield Action(f"view.{choice}", label, partial(window.look.choose, choice))
    yield Action("help.keys", "Keys", lambda: window.show_help("keys"), ("F1",))
    yield Action("help.search", "How to search", lambda: window.show_help("search"))
    yield Action("help.about", "About", lambda: window.show_help("about"))


def _editing(window: Window) -> Iterator[Action]:
    """What these need is loaded when it is first used."""

    def here() -> bool:
        return window.pages.name == CATALOG

    can = _late(lambda: window.edits.can)

    def look() -> None:
        window.pages.show(DUPLICATES)
        window.cleanup.look()

    yield Action("edit.undo", "Undo the last change to files", _late(lambda: window.edits.undo), ("Control-z",))
    yield Action("edit.history", "History...", _late(lambda: window.edits.show_history))
    yield Action("edit.all", "Pick all", window.catalog.pick_all, (), here)
    yield Action("edit.move", "Move to folder...", _late(lambda: window.edits.move), ("Control-m",), can)
    yield Action("edit.rename", "Rename...", _late(lambda: window.edits.rename), ("F2",), can)
    yield Action("edit.remove", "Remove", _late(lambda: window.edits.remove), REMOVE, can)
    yield Action("edit.look", "Look for duplicates", look)
    yield Action(
        "edit.clean",
        "Clean up duplicates...",
        _late(lambda: window.cleanup.clean),
        (),
        _late(lambda: window.cleanup.can_clean),
    )


def _marking(window: Window) -> Iterator[Action]:
    """What these need is loaded when it is first used."""
    can = _late(lambda: window.marker.can)
    yield Action("mark.favourite", "Favourite", _late(lambda: window.marker.favour), ("Control-d",), can)
    yield Action("mark.tags", "Tags...", _late(lambda: window.marker.tags), ("Control-t",), can)
    yield Action("mark.collection", "Collections...", _late(lambda: window.marker.collections), ("Control-b",), can)
    yield Action("mark.note", "Note", _late(lambda: window.marker.note), ("Control-Shift-N",), can)
    for stars in range(6):
        rate = partial(_rate, window, stars)
        label = STAR * stars if stars else "No stars"
        yield Action(f"mark.{stars}", label, rate, (f"Alt-{stars}",), can)


def _rate(window: Window, stars: int) -> None:
    window.marker.rate(stars)


def _hearing(window: Window) -> Iterator[Action]:
    """What these need is loaded when it is first used."""
    can, can_liken = _late(lambda: window.hearer.can), _late(lambda: window.hearer.can_liken)
    yield Action("hear.similar", "Find similar", _late(lambda: window.hearer.liken), ("Control-j",), can_liken)
    yield Action("hear.ask", "This is...", _late(lambda: window.hearer.ask), ("Control-k",), can)
    yield Action("hear.show", "What sounds are...", _late(lambda: window.hearer.show))


def _handing_over(window: Window) -> Iterator[Action]:
    """What these need is loaded when it is first used."""

    def out() -> Outgoing:
        return window.outside.outgoing

    can = _late(lambda: out().can)
    yield Action("edit.copy", "Copy files", _late(lambda: out().copy_files), ("Control-c",), can)
    yield Action("edit.path", "Copy path", _late(lambda: out().copy_path), ("Control-Shift-C",), can)
    yield Action("edit.reveal", "Show in folder", _late(lambda: out().reveal), ("Control-r",), can)
    yield Action("edit.open", "Open", _late(lambda: out().open), ("Control-Shift-O",), can)
    yield Action("edit.open_with", OPEN_WITH, _late(lambda: out().open_with), ("F4",), can)
    yield Action("edit.choose", "Choose audio editor...", _late(lambda: out().choose_program))


def _late(named: Callable[[], Callable[[], T]]) -> Callable[[], T]:
    """Calls what ``named`` names, which is not looked up before."""

    def call() -> T:
        return named()()

    return call


def bind(actions: Actions, everywhere: tk.Misc, in_list: tk.Misc) -> None:
    """Keys without a modifier only count in the list: a text box needs them itself."""
    for action in actions:
        for key in action.keys:
            if not keys.is_bare(key):
                _free(everywhere, key)
                for sequence in keys.sequences(key):
                    everywhere.bind(sequence, _runner(action, spare_text=key in TEXT_KEYS))
    bind_list(actions, in_list)


def _free(anywhere: tk.Misc, key: str) -> None:
    """What old editors did with the key in text boxes would come first: Control-d, for one, deletes a character."""
    if key not in TEXT_KEYS and len(key.rpartition("-")[2]) == 1:
        for kind in ("TEntry", "Text"):
            anywhere.unbind_class(kind, keys.sequence(key))


def bind_list(actions: Actions, in_list: tk.Misc) -> None:
    """The keys without a modifier, in one more list."""
    for action in actions:
        for key in filter(keys.is_bare, action.keys):
            in_list.bind(keys.sequence(key), _runner(action))


def _has_text(widget: tk.Misc) -> bool:
    """Whether it is a text box with something in it."""
    if isinstance(widget, tk.Text):
        return str(widget.cget("state")) == "normal" and bool(widget.get("1.0", "end-1c"))
    return isinstance(widget, tk.Entry) and bool(widget.get())


def _runner(action: Action, *, spare_text: bool = False) -> Callable[["tk.Event[tk.Misc]"], str | None]:
    def run(event: "tk.Event[tk.Misc]") -> str | None:
        if spare_text and _has_text(event.widget):
            return None
        if action.enabled():
            action.run()
        return "break"

    return run
