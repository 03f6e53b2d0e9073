"""What the user can do in the window, as actions for menus and keys."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from ctk.actions import Action, Actions
from ctk.ui import controls, keys
from ctk.ui.looks import looks_actions
from ctk.ui.models.marking import STAR
from ctk.ui.views.pages import CATALOG, DUPLICATES, MAP, SOURCES

if TYPE_CHECKING:
    from ctk.ui.app import Window
    from ctk.ui.outgoing import Outgoing

T = TypeVar("T")

REMOVE = ("Delete", "Control-BackSpace") if keys.MAC else ("Delete",)
PICKED = "pick sounds first"
OPEN_WITH = "Open in audio editor"
"""Where the editor is known, the menu of the list calls it by its name."""


def make(window: "Window") -> Actions:
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


def _general(window: "Window") -> Iterator[Action]:
    def search() -> None:
        if window.pages.name == MAP:
            window.map.find()
        else:
            window.pages.show(CATALOG)
            window.catalog.find()

    def idle() -> bool:
        return not window.scans.running

    def busy() -> bool:
        return window.scans.running

    scans = window.scans
    yield Action("file.add", "Add folder...", window.add_folder, ("Control-o",), also="source import open")
    yield Action("file.find", "Find my audio...", window.discovery.show, also="search the computer")
    yield Action(
        "file.rescan", "Rescan all folders", scans.scan, ("F5",), idle, "it is running", "refresh reload update"
    )
    yield Action("file.stop", "Stop the scan", scans.cancel, (), busy, "none is running", "cancel")
    yield Action("window.show", "Open Creator's Toolkit", window.staying.show)
    yield Action("file.stay", "Stay in the tray when closed", window.staying.switch)
    yield Action("file.startup", "Start with the computer", window.staying.switch_startup)
    yield Action("file.quit", "Quit", window.quit, ("Control-q",), also="exit close")
    yield Action("search.focus", "Search", search, ("Control-f",))
    yield Action("view.catalog", CATALOG, lambda: window.pages.show(CATALOG), ("Control-1",))
    yield Action("view.sources", SOURCES, lambda: window.pages.show(SOURCES), ("Control-2",))
    yield Action("view.duplicates", DUPLICATES, lambda: window.pages.show(DUPLICATES), ("Control-3",))
    yield Action("view.map", MAP, lambda: window.pages.show(MAP), ("Control-4",))
    for choice, label in (("system", "As the system"), ("light", "Light"), ("dark", "Dark")):
        yield Action(f"view.{choice}", label, partial(window.look.choose, choice), also="look theme colours")
    yield from looks_actions(window)
    yield from _ways(window)
    yield from _lists(window)
    yield Action("help.commands", "Find a command...", lambda: window.palette.open(), ("Control-k",), also="palette")  # noqa: PLW0108  # made when it is wanted
    yield Action("help.keys", "Keys", lambda: window.show_help("keys"), ("F1",), also="shortcuts keyboard")
    yield Action("help.search", "How to search", lambda: window.show_help("search"))
    yield Action("help.about", "About", lambda: window.show_help("about"))


def _ways(window: "Window") -> Iterator[Action]:
    """Around the window by keys."""

    def turn(*, back: bool) -> None:
        from ctk.ui import rounds

        rounds.go(window.root, window.toast, back=back)

    also = "pane focus panel"
    yield Action("view.next", "Next part of the window", partial(turn, back=False), ("Control-F6",), also=also)
    yield Action("view.previous", "Part before it", partial(turn, back=True), ("Control-Shift-F6",), also=also)


def _lists(window: "Window") -> Iterator[Action]:
    """What the headings of the list do, for who has no mouse."""

    def here() -> bool:
        return window.pages.name == CATALOG

    def columns() -> None:
        window.context.open_here(window.catalog.wishes.lines)

    def order() -> None:
        from ctk.ui.views.ordering import order_lines

        window.context.open_here(lambda: order_lines(window.search))

    needs = "turn to the catalog first"
    yield Action("view.columns", "Columns...", columns, (), here, needs, "show hide headings")
    yield Action("view.order", "Sort by...", order, ("Control-Shift-S",), here, needs, "order arrange")


def _editing(window: "Window") -> Iterator[Action]:
    """What these need is loaded when it is first used."""

    def here() -> bool:
        return window.pages.name == CATALOG

    can = _late(lambda: window.edits.can)

    def look() -> None:
        window.pages.show(DUPLICATES)
        window.cleanup.look()

    yield Action(
        "edit.undo", "Undo the last change to files", _late(lambda: window.edits.undo), ("Control-z",), also="back"
    )
    yield Action("edit.history", "History...", _late(lambda: window.edits.show_history))
    yield Action(
        "edit.all", "Pick all", window.catalog.pick_all, (), here, "turn to the catalog first", "select everything"
    )
    yield Action("edit.move", "Move to folder...", _late(lambda: window.edits.move), ("Control-m",), can, PICKED)
    yield Action("edit.rename", "Rename...", _late(lambda: window.edits.rename), ("F2",), can, PICKED)
    yield Action("edit.remove", "Remove", _late(lambda: window.edits.remove), REMOVE, can, PICKED, "delete trash")
    yield Action("edit.look", "Look for duplicates", look, also="copies same double")
    yield Action(
        "edit.clean",
        "Clean up duplicates...",
        _late(lambda: window.cleanup.clean),
        (),
        _late(lambda: window.cleanup.can_clean),
        "look for duplicates first",
        "copies same double",
    )


def _marking(window: "Window") -> Iterator[Action]:
    """What these need is loaded when it is first used."""
    can = _late(lambda: window.marker.can)
    yield Action(
        "mark.favourite", "Favourite", _late(lambda: window.marker.favour), ("Control-d",), can, PICKED, "heart like"
    )
    yield Action("mark.tags", "Tags...", _late(lambda: window.marker.tags), ("Control-t",), can, PICKED, "label")
    yield Action(
        "mark.collection",
        "Collections...",
        _late(lambda: window.marker.collections),
        ("Control-b",),
        can,
        PICKED,
        "project",
    )
    yield Action(
        "mark.note", "Note", _late(lambda: window.marker.note), ("Control-Shift-N",), can, PICKED, "comment write"
    )
    for stars in range(6):
        rate = partial(_rate, window, stars)
        label = STAR * stars if stars else "No stars"
        yield Action(f"mark.{stars}", label, rate, (f"Alt-{stars}",), can, PICKED, f"{stars} stars rate rating")


def _rate(window: "Window", stars: int) -> None:
    window.marker.rate(stars)


def _hearing(window: "Window") -> Iterator[Action]:
    """What these need is loaded when it is first used."""
    can, can_liken = _late(lambda: window.hearer.can), _late(lambda: window.hearer.can_liken)
    ask, show = _late(lambda: window.hearer.ask), _late(lambda: window.hearer.show)
    liken, one = _late(lambda: window.hearer.liken), "pick one sound first"
    yield Action("hear.similar", "Find similar", liken, ("Control-j",), can_liken, one, "alike like")
    yield Action("hear.ask", "This is...", ask, ("Control-Shift-K",), can, PICKED, "category kind type label")
    yield Action("hear.show", "What sounds are...", show, also="categories listen engine")


def _handing_over(window: "Window") -> Iterator[Action]:
    """What these need is loaded when it is first used."""

    def out() -> "Outgoing":
        return window.outside.outgoing

    can = _late(lambda: out().can)
    yield Action("edit.copy", "Copy files", _late(lambda: out().copy_files), ("Control-c",), can, PICKED)
    yield Action("edit.path", "Copy path", _late(lambda: out().copy_path), ("Control-Shift-C",), can, PICKED)
    yield Action("edit.reveal", "Show in folder", _late(lambda: out().reveal), ("Control-r",), can, PICKED)
    yield Action("edit.open", "Open", _late(lambda: out().open), ("Control-Shift-O",), can, PICKED)
    yield Action("edit.open_with", OPEN_WITH, _late(lambda: out().open_with), ("F4",), can, PICKED)
    yield Action("edit.choose", "Choose audio editor...", _late(lambda: out().choose_program))


def _late(named: Callable[[], Callable[[], T]]) -> Callable[[], T]:
    """Calls what ``named`` names, which is not looked up before."""

    def call() -> T:
        return named()()

    return call
