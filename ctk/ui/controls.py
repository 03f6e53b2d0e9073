"""What the user can do with what plays, as actions for menus and keys."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from ctk.actions import Action
from ctk.ui.views.catalog import DETAIL, FILTERS
from ctk.ui.views.pages import CATALOG

if TYPE_CHECKING:
    from ctk.ui.app import Window
    from ctk.ui.panes import Panes
    from ctk.ui.playing import Playing


def make(window: "Window") -> Iterator[Action]:
    """All of them."""
    transport, through = window.playing.transport, window.playing.through

    def marked() -> bool:
        return transport.region is not None

    yield Action("play.toggle", "Play or pause", transport.toggle, ("space",))
    yield Action("play.start", "Play from the start", window.play_focused, ("Return",))
    yield Action("play.stop", "Stop", transport.stop, ("Control-period",))
    yield Action("play.next", "Next sound", through.next, ("F3",))
    yield Action("play.previous", "Previous sound", through.previous, ("Shift-F3",))
    for id, label, key, by_s in (
        ("play.back", "Back 1 second", "Left", -1.0),
        ("play.forward", "Forward 1 second", "Right", 1.0),
        ("play.back5", "Back 5 seconds", "Shift-Left", -5.0),
        ("play.forward5", "Forward 5 seconds", "Shift-Right", 5.0),
    ):
        yield Action(id, label, partial(transport.skip, by_s), (key,))
    yield Action(
        "play.unmark",
        "Clear the marked part",
        transport.unmark,
        ("Escape",),
        marked,
        "mark a part of the waveform first",
    )
    yield from _switches(window.playing)
    yield Action(
        "play.recent", "Recently played...", window.player.show_recent, ("Control-Shift-R",), also="history last"
    )
    yield Action("play.output", "Output...", window.player.show_output, also="sound card device speakers")
    yield from _views(window)


def _views(window: "Window") -> Iterator[Action]:
    """What can be seen or not."""

    def detail() -> None:  # made when it is first wanted
        window.detail.toggle()

    def filters() -> None:
        window.filters.toggle()

    def held(view: str) -> Callable[[], bool]:
        return lambda: window.catalog.panes.holds(view)

    needs = "this look has no place for it"
    yield Action("view.filters", "Filters", filters, ("Control-Shift-F",), held(FILTERS), needs)
    yield Action("view.detail", "Details of the sound", detail, ("Control-i",), held(DETAIL), needs, "info properties")
    yield Action("view.waveforms", "Waveforms in the list", window.playing.switch_waveforms)
    yield from _sizes(window)


def _sizes(window: "Window") -> Iterator[Action]:
    """What the mouse drags. What these need is loaded when it is first used."""

    def panes() -> "tuple[Panes, ...]":
        return window.catalog.panes, window.arrangement.panes

    def here() -> bool:
        return window.pages.name == CATALOG

    def can_move() -> bool:
        return any(each.sashes is not None and each.sashes.all() for each in panes())

    def move() -> None:
        from ctk.ui import borders

        borders.move(window.root, panes(), window.status.say)

    def arrange() -> None:
        from ctk.ui import borders

        borders.arrange(window.root, window.catalog.table.columns, window.theme.tokens.accent, window.status.say)

    also, needs = "resize wider narrower higher lower size width", "no border is in sight"
    yield Action("view.borders", "Move the borders", move, ("F8",), can_move, needs, f"{also} pane panel split filters")
    needs = "turn to the catalog first"
    yield Action(
        "view.headings", "Move and widen columns", arrange, ("Shift-F8",), here, needs, f"{also} order heading"
    )


def _switches(playing: "Playing") -> Iterator[Action]:
    habits = playing.habits

    def even() -> None:
        playing.set_even_loudness(not playing.output.even_loudness)

    def turn(switch: Callable[[bool], None], stands: Callable[[], bool]) -> Callable[[], None]:
        return lambda: switch(not stands())

    yield Action("play.loop", "Loop", turn(habits.set_loop, lambda: habits.loop), ("Control-l",), also="repeat again")
    yield Action(
        "play.go_on",
        "Go on through the list",
        turn(habits.set_go_on, lambda: habits.go_on),
        ("Control-g",),
        also="continue autoplay",
    )
    yield Action(
        "play.audition",
        "Play while moving through the list",
        turn(habits.set_audition, lambda: habits.audition),
        ("Control-e",),
        also="audition preview silence",
    )
    yield Action("play.even", "Even loudness", even, ("Control-Shift-E",), also="normalize level volume")
