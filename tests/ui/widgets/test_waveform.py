"""A waveform under a real pointer and real keys: what is drawn where, and what it asks for."""

import tkinter as tk

import pytest

from ctk.ui.theme import Theme
from ctk.ui.widgets.marking import Region
from ctk.ui.widgets.stretch import Stretch
from ctk.ui.widgets.waveform import Waveform
from tests.display import hands, settle
from tests.ui.widgets.test_tracing import Outline

WIDTH, HEIGHT = 400, 60
LOUD = Outline(0.0, 4.0, [-1.0] * 100, [1.0] * 100, [0.5] * 100)


class Rig:
    """A waveform of four seconds, 400 pixels wide, and what it asked for."""

    def __init__(self, root: tk.Tk) -> None:
        self.root = root
        self.theme = Theme(root)
        self.theme.use("dark")
        self.sought: list[float] = []
        self.marked: list[Region | None] = []
        self.views: list[Stretch] = []
        place = tk.Frame(root, width=WIDTH, height=HEIGHT)
        place.pack_propagate(False)
        place.pack()
        self.wave = Waveform(place, height=HEIGHT, clock=lambda moment: f"{moment:.2f}", zoomable=True)
        self.wave.pack(fill="both", expand=True)
        self.wave.on_seek, self.wave.on_mark, self.wave.on_view = self.sought.append, self.marked.append, self._viewed
        self.wave.load(4.0)
        self.wave.draw([LOUD])
        settle(root)
        self.hands = hands(root)

    def _viewed(self, view: Stretch) -> None:
        self.views.append(view)

    def colour(self, x: int, y: int = HEIGHT // 2) -> str:
        """What the picture shows there."""
        assert self.wave._shown is not None
        red, green, blue = self.wave._shown.get(x, y)
        return f"#{red:02x}{green:02x}{blue:02x}"

    def option(self, item: int, name: str) -> str:
        """How an item on the picture stands."""
        return str(self.root.tk.call(str(self.wave), "itemcget", item, f"-{name}"))

    def ink(self, name: str) -> str:
        return self.wave._colour(name)


@pytest.fixture
def rig(root: tk.Tk) -> Rig:
    return Rig(root)


def test_the_outline_is_drawn(rig: Rig) -> None:
    assert rig.colour(10) == rig.colour(390) == rig.ink("body")
    assert rig.colour(200, 2) == rig.ink("peak")


def test_what_was_heard_has_another_colour_and_only_that(rig: Rig) -> None:
    rig.wave.follow(1.0)
    assert [rig.colour(x) for x in (0, 99, 100, 399)] == [rig.ink("heardbody")] * 2 + [rig.ink("body")] * 2
    rig.wave.follow(3.0)
    assert rig.colour(299) == rig.ink("heardbody") and rig.colour(300) == rig.ink("body")
    rig.wave.follow(0.5)
    assert rig.colour(49) == rig.ink("heardbody") and rig.colour(50) == rig.colour(299) == rig.ink("body")
    rig.wave.follow(None)
    assert rig.colour(0) == rig.ink("body")


def test_the_cursor_moves_without_the_outline_being_drawn_again(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.wave.follow(0.1)
    monkeypatch.setattr("ctk.ui.widgets.waveform.trace", None)
    monkeypatch.setattr("ctk.ui.widgets.waveform.ppm", None)
    for step in range(40):
        rig.wave.follow(step / 10)
        rig.root.update()
    assert rig.wave.coords(rig.wave._cursor)[0] == 390


def test_escape_clears_and_arrows_seek(rig: Rig) -> None:
    rig.wave.mark((1.0, 3.0))
    rig.wave.follow(2.0)
    rig.wave.focus_force()
    settle(rig.root)
    rig.hands.key("Right", "Left", "Escape")
    assert rig.sought == [pytest.approx(2.08), pytest.approx(1.92)]
    assert rig.marked == [None]


def test_a_part_is_marked_by_keys(rig: Rig) -> None:
    rig.wave.focus_force()
    settle(rig.root)
    for at_s, key in ((1.0, "bracketleft"), (3.0, "bracketright"), (3.5, "bracketleft"), (0.5, "bracketright")):
        rig.wave.follow(at_s)
        rig.hands.key(key)
    assert rig.marked == [(1.0, 4.0), (1.0, 3.0), (3.5, 4.0), (0.0, 0.5)]


def test_without_a_sound_there_is_a_line_and_nothing_to_ask_for(rig: Rig) -> None:
    rig.wave.load(0.0)
    settle(rig.root)
    assert rig.colour(200, HEIGHT // 2) == rig.ink("peak")
    assert rig.colour(200, 5) == rig.ink("background")
    rig.hands.click(rig.wave, 100, 30)
    rig.hands.drag(rig.wave, (100, 30), (200, 30))
    rig.hands.click(rig.wave, 100, 30, button=4)
    assert rig.sought == [] == rig.marked == rig.views


def test_the_pointer_is_told_the_moment_and_always_on_the_picture(rig: Rig) -> None:
    for x, moment in ((100, "1.00"), (398, "3.98"), (1, "0.01")):
        rig.wave.event_generate("<Motion>", x=x, y=20)
        settle(rig.root)
        assert rig.option(rig.wave._time, "text") == moment
        left, _, right, _ = rig.wave.bbox(rig.wave._label)
        assert left >= 0 and right <= WIDTH
    rig.wave.event_generate("<Leave>")
    settle(rig.root)
    assert rig.option(rig.wave._time, "state") == "hidden"


def test_another_width_draws_it_anew(rig: Rig) -> None:
    rig.wave.follow(2.0)
    rig.wave.master.configure(width=200)  # type: ignore[call-arg]
    settle(rig.root)
    assert rig.wave._shown is not None and rig.wave._shown.width() == 200
    assert rig.colour(99) == rig.ink("heardbody") and rig.colour(101) == rig.ink("body")
    assert rig.wave.coords(rig.wave._cursor)[0] == 100


def test_it_follows_the_look(rig: Rig) -> None:
    before = rig.colour(10)
    rig.theme.use("light")
    settle(rig.root)
    assert rig.colour(10) == rig.ink("body") != before
    assert str(rig.wave.cget("background")) == rig.theme.tokens.chrome


def test_a_finer_outline_takes_the_place_of_the_coarse_one(rig: Rig) -> None:
    rig.wave.draw([LOUD, Outline(1.0, 2.0, [0.0] * 100, [0.0] * 100, [0.0] * 100)])
    settle(rig.root)
    assert rig.colour(150, 10) == rig.ink("background")
    assert rig.colour(50, 10) == rig.colour(250, 10) == rig.ink("peak")


def test_the_view_goes_along_with_the_cursor(rig: Rig) -> None:
    rig.wave.look(Stretch(0.0, 1.0))
    rig.wave.follow(0.98)
    rig.wave.follow(1.01)
    assert rig.wave.view == Stretch(1.0, 2.0)
    rig.wave.follow(3.5)
    assert rig.wave.view == Stretch(2.0, 3.0), "only from where it was in view"


def test_in_a_region_the_view_stays(rig: Rig) -> None:
    rig.wave.look(Stretch(0.0, 1.0))
    rig.wave.mark((0.5, 1.5))
    rig.wave.follow(0.98)
    rig.wave.follow(1.01)
    assert rig.wave.view == Stretch(0.0, 1.0)
