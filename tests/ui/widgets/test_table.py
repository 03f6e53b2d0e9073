"""The virtual list under real keys and clicks: a pool as large as the height, whatever the length."""

import tkinter as tk
from collections.abc import Iterator, Sequence

import pytest

from ctk.ui.theme import Theme
from ctk.ui.widgets.columns import Column
from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.table import Line, Table
from tests.display import Hands, hands, middle_of, settle, turn

MILLION = 1_000_000
COLUMNS = (
    Column("name", "Name", 200, 80, stretch=True),
    Column("path", "Folder", 200, 80, stretch=True),
    Column("size", "Size", 80, 50, "e"),
)


class Owner:
    """Feeds a table and notes what it asks for."""

    def __init__(self, root: tk.Tk, total: int = MILLION) -> None:
        theme = Theme(root)
        theme.take(theme.look)
        self.root = root
        self.theme = theme
        self.asked: list[tuple[int, int]] = []
        self.picks: list[tuple[int, Pick]] = []
        self.opened: list[int] = []
        self.sorted: list[str] = []
        self.widths: list[dict[str, int]] = []
        self.views: list[tuple[int, int]] = []
        self.all = 0
        self.picked: set[int] = set()
        self.late = False
        self.table = Table(root, COLUMNS, self.lines)
        self.table.on_pick = self.pick
        self.table.on_all = self.pick_all
        self.table.on_open = self.opened.append
        self.table.on_sort = self.sorted.append
        self.table.on_widths = self.widths.append
        self.table.on_view = lambda top, height: self.views.append((top, height))
        self.table.pack(fill="both", expand=True)
        self.hands: Hands = hands(root)
        self.table.reset(total)
        turn(root, lambda: self.table.lines_shown > min(2, total - 1), "the first rows")
        self.table.tree.focus_force()
        settle(root)

    def lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        self.asked.append((offset, limit))
        if self.late:
            return [None] * limit
        stop = min(offset + limit, self.table.total)
        return [
            Line((f"sound {at}", f"folder {at // 100}", f"{at} KB"), at in self.picked) for at in range(offset, stop)
        ]

    def pick(self, at: int, how: Pick) -> None:
        self.picks.append((at, how))
        self.picked = {at}
        self.table.focus_on(at)

    def pick_all(self) -> None:
        self.all += 1

    @property
    def shown(self) -> list[str]:
        tree = self.table.tree
        return [text for item in tree.get_children() if (text := str(tree.item(item, "text")))]


@pytest.fixture
def owner(root: tk.Tk) -> Iterator[Owner]:
    yield Owner(root)


def test_a_million_rows_take_a_pool_as_large_as_the_height(owner: Owner) -> None:
    tree = owner.table.tree
    row = tree.winfo_fpixels(str(tk.ttk.Style(tree).lookup("Table.Treeview", "rowheight")))
    fits = tree.winfo_height() / row
    assert fits - 2 <= owner.table.height <= fits
    assert len(tree.get_children()) == owner.table.height + 1
    assert owner.shown[0] == "sound 0"


def test_the_pool_follows_the_height(owner: Owner) -> None:
    before = owner.table.height
    owner.root.geometry("800x300")
    turn(owner.root, lambda: owner.table.height < before)
    assert len(owner.table.tree.get_children()) == owner.table.height + 1
    owner.root.geometry("800x700")
    turn(owner.root, lambda: owner.table.height > before)
    assert len(owner.table.tree.get_children()) == owner.table.height + 1
    assert len(owner.shown) == owner.table.height + 1


def test_only_what_is_in_sight_is_asked_for(owner: Owner) -> None:
    owner.asked.clear()
    owner.table.show(500_000)
    settle(owner.root)
    assert owner.asked == [(500_000, owner.table.height + 1)]
    assert owner.shown[0] == "sound 500000"


def test_scrolling_many_times_in_one_round_paints_once(owner: Owner) -> None:
    owner.asked.clear()
    for top in range(1000, 2000, 10):
        owner.table.show(top)
    settle(owner.root)
    assert len(owner.asked) == 1


def test_the_last_row_is_the_end(owner: Owner) -> None:
    owner.table.show(MILLION * 2)
    settle(owner.root)
    assert owner.table.top == MILLION - owner.table.height
    assert owner.shown[-1] == f"sound {MILLION - 1}"
    owner.table.show(-5)
    assert owner.table.top == 0


def test_keys_ask_for_the_right_rows(owner: Owner) -> None:
    page = owner.table.height - 1
    owner.hands.key("Down", "Down", "Next", "Up", "End", "Prior", "Home")
    last = MILLION - 1
    wanted = [0, 1, 1 + page, page, last, last - page, 0]
    assert owner.picks == [(at, "only") for at in wanted]
    assert owner.table.focus_at == 0 and owner.table.top == 0


def test_modifiers_say_how_to_pick(owner: Owner) -> None:
    owner.hands.key("Down", "shift+Down", "ctrl+Down", "ctrl+shift+Down", "ctrl+space", "shift+End", "ctrl+a")
    assert [how for _, how in owner.picks] == ["only", "extend", "move", "extend more", "toggle", "extend"]
    assert owner.all == 1


def test_clicks_and_double_clicks(owner: Owner) -> None:
    tree = owner.table.tree
    owner.table.show(1000)
    settle(owner.root)
    middles = [middle_of(tree, line) for line in range(4)]
    owner.hands.click(tree, 50, middles[1])
    owner.hands.click(tree, 50, middles[3], hold="shift")
    owner.hands.click(tree, 50, middles[2], hold="ctrl")
    assert owner.picks == [(1001, "only"), (1003, "extend"), (1002, "toggle")]
    owner.hands.click(tree, 50, middles[0], count=2)
    assert owner.opened == [1000]


def test_the_wheel_scrolls(owner: Owner) -> None:
    tree = owner.table.tree
    owner.hands.click(tree, 50, 100, button=5, count=4)
    assert owner.table.top == 12
    owner.hands.click(tree, 50, 100, button=4, count=2)
    assert owner.table.top == 6
    assert owner.picks == []


def test_the_scroll_bar_goes_anywhere(owner: Owner) -> None:
    scroll = owner.table._scroll
    scroll("moveto", "0.5")
    assert owner.table.top == MILLION // 2
    scroll("scroll", "1", "pages")
    assert owner.table.top == MILLION // 2 + owner.table.height
    scroll("scroll", "-1", "units")
    assert owner.table.top == MILLION // 2 + owner.table.height - 1
    settle(owner.root)
    first, last = (float(part) for part in owner.root.tk.splitlist(owner.root.tk.call(owner.table._down, "get")))
    assert first == pytest.approx(owner.table.top / MILLION)
    assert last > first


def test_a_heading_sorts_and_marks(owner: Owner) -> None:
    tree = owner.table.tree
    owner.hands.click(tree, 20, 8)
    assert owner.sorted == ["name"]
    image = owner.theme.icon("up", 14, "#000000")
    owner.table.columns.mark_sort("size", image)
    assert str(image) in str(tree.heading("size", "image"))
    owner.table.columns.mark_sort("name", image)
    assert not tree.heading("size", "image")
    assert owner.picks == []


def test_a_dragged_separator_is_told_and_the_rest_is_shared(owner: Owner) -> None:
    tree = owner.table.tree
    width = int(tree.column("#0", "width"))
    owner.hands.drag(tree, (width - 1, 8), (width - 101, 8))
    assert len(owner.widths) == 1
    assert owner.widths[0]["name"] == pytest.approx(width - 100, abs=6)
    assert sum(int(tree.column(key, "width")) for key in ("#0", "path", "size")) == tree.winfo_width()


def test_the_focus_is_seen_and_marked(owner: Owner) -> None:
    tree = owner.table.tree
    owner.table.focus_on(700)
    settle(owner.root)
    line = 700 - owner.table.top
    assert tree.focus() == tree.get_children()[line]
    assert "here" in tree.item(tree.get_children()[line], "tags")
    owner.table.show(0)
    settle(owner.root)
    assert tree.focus() == ""
    owner.picked = {2, 3, 900_000}
    owner.table.refresh()
    settle(owner.root)
    assert tree.selection() == tree.get_children()[2:4]


def test_rows_that_are_late_are_empty_until_they_come(owner: Owner) -> None:
    owner.late = True
    owner.table.show(3000)
    settle(owner.root)
    assert owner.shown == []
    owner.late = False
    owner.table.refresh()
    settle(owner.root)
    assert owner.shown[0] == "sound 3000"


def test_a_short_list_leaves_the_rest_empty(root: tk.Tk) -> None:
    owner = Owner(root, 3)
    assert owner.shown == ["sound 0", "sound 1", "sound 2"]
    tree = owner.table.tree
    owner.hands.click(tree, 50, tree.winfo_height() - 20)
    owner.hands.key("End", "Down", "Next")
    assert [at for at, _ in owner.picks] == [2, 2, 2]
    owner.table.reset(0)
    settle(root)
    owner.hands.key("Down", "End")
    assert owner.shown == []
    assert len(owner.picks) == 3


def test_odd_names_are_drawn(owner: Owner) -> None:
    """Whatever the owner hands over must not break Tk: long, far-off, or half of a pair."""
    names = ("x" * 250, "🥁 drum", "Ünï∆", "a {b} $c [d] \\e", "-text", '"', "\udcff", "")
    owner.table._lines = lambda offset, limit: [Line((name, name, name)) for name in names]
    owner.table.reset(len(names))
    settle(owner.root)
    tree = owner.table.tree
    assert [str(tree.item(item, "text")) for item in tree.get_children()[: len(names)]] == list(names)


def test_a_change_of_look_keeps_everything(owner: Owner) -> None:
    owner.table.show(100)
    owner.theme.use("dark")
    settle(owner.root)
    owner.theme.use("light")
    settle(owner.root)
    assert owner.shown[0] == "sound 100"
    assert len(owner.table.tree.get_children()) == owner.table.height + 1
