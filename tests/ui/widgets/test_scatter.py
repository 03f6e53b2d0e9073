"""Many dots under a real pointer and real keys: what is drawn, what is pointed at, and how the map is moved."""

import tkinter as tk
from collections.abc import Sequence

import pytest

from ctk.ui.theme import Theme
from ctk.ui.widgets.plane import View
from ctk.ui.widgets.scatter import FAINT, FIRST, HIDDEN, Inks, Scatter
from tests.display import hands, settle

WIDTH, HEIGHT = 500, 400
INKS = Inks("#101010", "#303030", ["#ff0000", "#00ff00"], "#ffffff", "#00ffff", "#008888", "#444444", "#eeeeee")
X, Y = [0.2, 0.5, 0.8, 0.5], [0.5, 0.5, 0.5, 0.9]


class Rig:
    """Four dots, 500 pixels wide, and what was asked for."""

    def __init__(self, root: tk.Tk) -> None:
        Theme(root).use("dark")
        self.root = root
        self.pointed: list[int | None] = []
        self.picked: list[int | None] = []
        self.opened: list[int] = []
        self.swept: list[Sequence[int]] = []
        place = tk.Frame(root, width=WIDTH, height=HEIGHT)
        place.pack_propagate(False)
        place.pack()
        self.dots = Scatter(place, unit=1.0, inks=INKS)
        self.dots.pack(fill="both", expand=True)
        self.dots.on_point, self.dots.on_pick = self.pointed.append, self.picked.append
        self.dots.on_open, self.dots.on_sweep = self.opened.append, self.swept.append
        self.dots.load(X, Y)
        settle(root)
        self.hands = hands(root)

    def colour(self, x: int, y: int) -> str:
        """What the picture shows there."""
        image, (left, top) = self.dots._image, self.dots.coords(self.dots._picture)
        assert image is not None
        red, green, blue = image.get(x - int(left), y - int(top))
        return f"#{red:02x}{green:02x}{blue:02x}"

    def state(self, item: int) -> str:
        return str(self.root.tk.call(str(self.dots), "itemcget", item, "-state"))

    def at(self, dot: int) -> tuple[int, int]:
        x, y = self.dots.spot(dot)
        return round(x), round(y)

    def point(self, x: int, y: int) -> None:
        self.hands.click(self.dots, x, y, button=2)  # moves the pointer there; this button means nothing here


@pytest.fixture
def rig(root: tk.Tk) -> Rig:
    return Rig(root)


def test_each_dot_is_drawn_where_it_is_and_as_it_is_dressed(rig: Rig) -> None:
    assert [rig.colour(*rig.at(dot)) for dot in range(4)] == ["#ff0000"] * 4
    rig.dots.dress(bytes((FIRST, FIRST + 1, FAINT, HIDDEN)))
    settle(rig.root)
    drawn = [rig.colour(*rig.at(dot)) for dot in range(4)]
    assert drawn == ["#ff0000", "#00ff00", INKS.faint, INKS.ground]


def test_the_pointer_finds_the_nearest_dot_and_leaves_it(rig: Rig) -> None:
    x, y = rig.at(1)
    rig.point(x + 7, y - 5)
    assert rig.pointed[-1] == 1 and rig.state(rig.dots._ring) == "disabled"
    rig.point(x + 60, y)
    assert rig.pointed[-1] is None and rig.state(rig.dots._ring) == "hidden"


def test_what_is_faint_or_hidden_is_out_of_reach(rig: Rig) -> None:
    rig.dots.dress(bytes((FIRST, FAINT, HIDDEN, FIRST)))
    assert [rig.dots.dot_at(*rig.at(dot)) for dot in range(4)] == [0, None, None, 3]


def test_a_click_picks_and_one_beside_all_lets_go(rig: Rig) -> None:
    rig.hands.click(rig.dots, *rig.at(2))
    assert rig.picked == [2] and rig.dots.picked == 2 and rig.state(rig.dots._circle) == "disabled"
    rig.hands.click(rig.dots, 20, 20)
    assert rig.picked == [2, None] and rig.state(rig.dots._circle) == "hidden"


def test_two_clicks_open_a_dot_and_beside_all_show_the_whole_map(rig: Rig) -> None:
    rig.hands.click(rig.dots, *rig.at(0), count=2)
    assert rig.opened == [0]
    rig.dots.look(View(0.4, 0.4, 0.3))
    settle(rig.root)
    rig.hands.click(rig.dots, 5, 5, count=2)
    assert rig.dots.view == View() and rig.opened == [0]


def test_the_name_stands_beside_the_dot_on_the_side_where_there_is_room(rig: Rig) -> None:
    rig.point(*rig.at(0))
    rig.dots.name("a very long name of a sound.wav")
    assert rig.state(rig.dots._words) == "disabled"
    left, _, right, _ = rig.dots.bbox(rig.dots._label)
    assert left > rig.at(0)[0]
    rig.point(*rig.at(2))
    assert rig.state(rig.dots._words) == "hidden"  # until its name is known
    rig.dots.name("a very long name of a sound.wav")
    left, _, right, _ = rig.dots.bbox(rig.dots._label)
    assert right < rig.at(2)[0] and left >= 0


def test_arrows_go_from_dot_to_dot_and_return_opens_it(rig: Rig) -> None:
    rig.hands.click(rig.dots, *rig.at(0))
    rig.hands.key("Right", "Down", "Return")
    assert rig.picked == [0, 1, 3] and rig.opened == [3]
    rig.hands.key("Up", "Right", "Right")
    assert rig.picked[-1] == 2


def test_keys_with_others_held_down_are_for_someone_else(rig: Rig) -> None:
    heard: list[str] = []
    rig.root.bind("<Alt-Key-0>", lambda _: heard.append("alt"))
    rig.root.bind("<Control-Key-0>", lambda _: heard.append("control"))
    rig.hands.click(rig.dots, *rig.at(0))
    near = View(0.4, 0.4, 0.3)
    rig.dots.look(near)
    rig.hands.key("alt+0", "ctrl+0", "ctrl+plus", "alt+minus", "ctrl+Right", "alt+Return")
    assert rig.dots.view == near and rig.picked == [0] and not rig.opened and heard == ["alt", "control"]
    rig.hands.key("0")
    assert rig.dots.view == View()


def test_the_menu_of_the_picked_dot_opens_by_key(rig: Rig) -> None:
    asked: list[tuple[int, int, int]] = []
    rig.dots.on_menu = lambda dot, x, y: asked.append((dot, x, y))
    rig.dots.focus_force()
    rig.hands.key("shift+F10")
    assert asked == []
    rig.dots.pick(2)
    rig.hands.key("shift+F10")
    x, y = rig.at(2)
    assert asked == [(2, rig.dots.winfo_rootx() + x, rig.dots.winfo_rooty() + y)]


def test_the_first_arrow_begins_in_the_middle(rig: Rig) -> None:
    rig.dots.focus_force()
    settle(rig.root)
    rig.hands.key("Left")
    assert rig.picked == [1]


def test_an_arrow_brings_its_dot_into_view(rig: Rig) -> None:
    rig.dots.look(View(0.1, 0.4, 0.2))
    rig.dots.pick(0)
    rig.dots.step("right")
    x, y = rig.at(1)
    assert 0 < x < WIDTH and 0 < y < HEIGHT and rig.dots.view.span == 0.2


def test_a_drag_pushes_the_map_and_picks_nothing(rig: Rig) -> None:
    rig.dots.look(View(0.3, 0.3, 0.4))
    settle(rig.root)
    before = rig.at(1)
    rig.hands.drag(rig.dots, (200, 100), (260, 140))
    after = rig.at(1)
    assert (after[0] - before[0], after[1] - before[1]) == (60, 40)
    assert rig.picked == [] and rig.colour(*after) == "#ff0000"


def test_the_wheel_zooms_around_the_pointer(rig: Rig) -> None:
    x, y = rig.at(2)
    if rig.root.tk.call("tk", "windowingsystem") == "x11":
        rig.hands.click(rig.dots, x, y, button=4, count=4)
    else:
        rig.dots.event_generate("<MouseWheel>", x=x, y=y, delta=480)
    assert rig.dots.view.span == pytest.approx(0.8**4, abs=0.05)
    assert rig.at(2) == (x, y) and rig.dots.pointed == 2


def test_plus_minus_and_nought_zoom_too(rig: Rig) -> None:
    rig.hands.click(rig.dots, *rig.at(1))
    rig.hands.key("plus")
    assert rig.dots.view.span == pytest.approx(0.64)
    rig.hands.key("minus")
    assert rig.dots.view.span == 1
    rig.hands.key("plus", "0")
    assert rig.dots.view == View()


def test_a_box_takes_in_what_is_inside_it(rig: Rig) -> None:
    box = [(rig.at(0)[0] - 20, rig.at(0)[1] - 40), (rig.at(1)[0] + 20, rig.at(1)[1] + 40)]
    for name, (x, y) in zip(("<Button-1>", "<B1-Motion>", "<ButtonRelease-1>"), (*box, box[1]), strict=True):
        rig.dots.event_generate(name, x=x, y=y, state=0x101 if name != "<Button-1>" else 0x1)
    assert rig.swept == [[0, 1]] and rig.picked == []
    assert rig.state(rig.dots._box) == "hidden"


def test_while_a_slow_map_moves_only_some_are_drawn_and_all_once_it_rests(rig: Rig) -> None:
    rig.dots._whole_s = 1.0
    rig.dots.look(View(0.1, 0.1, 0.9))
    rig.root.update()
    assert rig.colour(*rig.at(3)) == INKS.ground
    rig.root.after(300, lambda: rig.root.setvar("rested", "1"))
    rig.root.wait_variable("rested")
    settle(rig.root)
    assert rig.colour(*rig.at(3)) == "#ff0000"


def test_dots_at_the_edge_are_cut_off_and_not_left_out(rig: Rig) -> None:
    rig.dots.load([0.0, 1.0], [0.0, 1.0])
    settle(rig.root)
    assert rig.colour(0, 0) == rig.colour(WIDTH - 1, HEIGHT - 1) == "#ff0000"


def test_another_look_paints_it_anew(rig: Rig) -> None:
    rig.dots.ink(INKS._replace(ground="#ffffff", dots=["#0000aa", "#00aa00"]))
    settle(rig.root)
    assert rig.colour(*rig.at(0)) == "#0000aa" and rig.colour(10, 10) == "#ffffff"
