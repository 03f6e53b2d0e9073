"""What the user can do with what plays, as actions for menus and keys."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

from ctk.actions import Action


class Transport(Protocol):
    """What plays, as far as actions need it."""

    region: tuple[float, float] | None

    def toggle(self) -> None: ...
    def stop(self) -> None: ...
    def skip(self, by_s: float) -> None: ...
    def unmark(self) -> None: ...


class Habits(Protocol):
    """How the list plays, as far as actions need it."""

    @property
    def loop(self) -> bool: ...
    @property
    def go_on(self) -> bool: ...
    @property
    def audition(self) -> bool: ...
    def set_loop(self, on: bool) -> None: ...
    def set_go_on(self, on: bool) -> None: ...
    def set_audition(self, on: bool) -> None: ...


class Through(Protocol):
    """The way through the list, as far as actions need it."""

    def next(self) -> None: ...
    def previous(self) -> None: ...


class Output(Protocol):
    """Where sound comes out, as far as actions need it."""

    @property
    def even_loudness(self) -> bool: ...


class Playing(Protocol):
    """All that plays, as far as actions need it."""

    @property
    def transport(self) -> Transport: ...
    @property
    def habits(self) -> Habits: ...
    @property
    def through(self) -> Through: ...
    @property
    def output(self) -> Output: ...
    def set_even_loudness(self, on: bool) -> None: ...
    def switch_waveforms(self) -> None: ...


class Bar(Protocol):
    """The player bar, as far as actions need it."""

    def show_output(self) -> None: ...
    def show_recent(self) -> None: ...


class Detail(Protocol):
    """The pane below the list, as far as actions need it."""

    def toggle(self) -> None: ...


class Filters(Protocol):
    """The panel beside the list, as far as actions need it."""

    def toggle(self) -> None: ...


class Window(Protocol):
    """The window, as far as these actions need it."""

    @property
    def playing(self) -> Playing: ...
    @property
    def player(self) -> Bar: ...
    @property
    def detail(self) -> Detail: ...
    @property
    def filters(self) -> Filters: ...
    def play_focused(self) -> None: ...


def make(window: Window) -> Iterator[Action]:
    """All of them."""
    transport, through = window.playing.transport, window.playing.through

    def marked() -> bool:
        return transport.region is not None

    def detail() -> None:  # made when it is first wanted
        window.detail.toggle()

    def filters() -> None:
        window.filters.toggle()

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
    yield Action("play.unmark", "Clear the marked part", transport.unmark, ("Escape",), marked)
    yield from _switches(window.playing)
    yield Action("play.recent", "Recently played...", window.player.show_recent, ("Control-Shift-R",))
    yield Action("play.output", "Output...", window.player.show_output)
    yield Action("view.filters", "Filters", filters, ("Control-Shift-F",))
    yield Action("view.detail", "Details of the sound", detail, ("Control-i",))
    yield Action("view.waveforms", "Waveforms in the list", window.playing.switch_waveforms)


def _switches(playing: Playing) -> Iterator[Action]:
    habits = playing.habits

    def even() -> None:
        playing.set_even_loudness(not playing.output.even_loudness)

    def turn(switch: Callable[[bool], None], stands: Callable[[], bool]) -> Callable[[], None]:
        return lambda: switch(not stands())

    yield Action("play.loop", "Loop", turn(habits.set_loop, lambda: habits.loop), ("Control-l",))
    yield Action("play.go_on", "Go on through the list", turn(habits.set_go_on, lambda: habits.go_on), ("Control-g",))
    yield Action(
        "play.audition",
        "Play while moving through the list",
        turn(habits.set_audition, lambda: habits.audition),
        ("Control-e",),
    )
    yield Action("play.even", "Even loudness", even, ("Control-Shift-E",))
