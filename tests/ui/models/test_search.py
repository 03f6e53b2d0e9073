"""The search model over a real catalog: pages, order, staying in place while the catalog changes."""

import threading
import time
from array import array
from collections.abc import Sequence

import pytest

from ctk.errors import QueryError
from ctk.events import CatalogChanged
from ctk.records import Page
from ctk.toolkit import Toolkit
from ctk.ui.models.search import PAGE, PAGES_KEPT, Answer, Ask, Search, like_in, position
from ctk.ui.pump import Pump
from tests.catalog.synthetic import fill
from tests.ui.clock import Clock
from tests.ui.models.conftest import COUNT


class Heard:
    """What a search told."""

    def __init__(self, search: Search) -> None:
        self.answers: list[Answer] = []
        self.new: list[tuple[bool, bool]] = []
        self.filled = 0
        self.troubles: list[str] = []
        search.answered.connect(self._answered)
        search.filled.connect(self._filled)
        search.trouble.connect(self.troubles.append)

    def _answered(self, answer: Answer, new_text: bool, new_order: bool) -> None:
        self.answers.append(answer)
        self.new.append((new_text, new_order))

    def _filled(self) -> None:
        self.filled += 1


@pytest.fixture
def search(many: Toolkit, pump: Pump) -> Search:
    search = Search(many.catalog, pump, Ask())
    search.height = 20
    return search


@pytest.fixture
def heard(search: Search) -> Heard:
    heard = Heard(search)
    search.start()
    search.wait(10)
    return heard


def ids(search: Search, offset: int, limit: int) -> list[int]:
    return [row.id if row else -1 for row in search.rows(offset, limit)]


def test_the_first_answer_is_everything(search: Search, heard: Heard, many: Toolkit) -> None:
    assert search.total == COUNT
    assert heard.new == [(False, False)]
    assert ids(search, 0, 20) == [row.id for row in many.catalog.search(limit=20).rows]


def test_any_page_is_right(search: Search, heard: Heard, many: Toolkit, clock: Clock) -> None:
    order = many.catalog.ids()
    for offset in (0, PAGE - 5, COUNT - 20, COUNT // 2, COUNT - 3):
        search.rows(offset, 20)
        clock.run(lambda offset=offset: all(search.rows(offset, 20)))  # type: ignore[misc]
        assert ids(search, offset, 20) == list(order[offset : offset + 20])


def test_few_pages_are_kept(search: Search, heard: Heard, clock: Clock) -> None:
    for offset in range(0, COUNT, 7):
        search.rows(offset, 20)
        clock.run(lambda offset=offset: all(search.rows(offset, 20)))  # type: ignore[misc]
    assert len(search._pages) <= PAGES_KEPT


def test_typing_is_asked_for_once_it_rests(search: Search, heard: Heard, clock: Clock, many: Toolkit) -> None:
    for text in ("k", "ki", "kic", "kick"):
        search.type(text)
    clock.run(lambda: len(heard.answers) == 2)
    assert heard.answers[-1].ask.text == "kick"
    assert heard.new[-1] == (True, False)
    assert search.total == many.catalog.search("kick").total > 0


def test_hurry_asks_at_once(search: Search, heard: Heard) -> None:
    search.type("kick")
    search.hurry()
    assert search.ask.text == "kick"


def test_spaces_around_a_text_ask_nothing_new(search: Search, heard: Heard, clock: Clock) -> None:
    search.type("kick")
    clock.run(lambda: len(heard.answers) == 2)
    search.type("kick ")
    search.hurry()
    assert len(heard.answers) == 2


def test_a_text_that_cannot_be_read_keeps_the_last_result(search: Search, heard: Heard, clock: Clock) -> None:
    search.type("kick")
    clock.run(lambda: len(heard.answers) == 2)
    total = search.total
    search.type("kick len:long")
    clock.run(lambda: heard.troubles[-1] != "")
    assert search.total == total
    assert all(search.rows(0, 5))
    search.refresh_soon()
    clock.run(lambda: len(heard.answers) == 3, "the refresh of what is shown")
    assert heard.troubles[-1] != ""
    search.type("kick len:<1")
    clock.run(lambda: heard.troubles[-1] == "")


def test_sorting_keeps_the_focus_on_its_line(search: Search, heard: Heard, clock: Clock) -> None:
    search.top = 300
    clock.run(lambda: all(search.rows(300, 20)))
    search.move_focus(307)
    row = search.row(307)
    search.sort_by("size_bytes")
    clock.run(lambda: len(heard.answers) == 2)
    answer = heard.answers[-1]
    assert row and answer.focus is not None and answer.focus - answer.top == 7
    assert (found := search.row(answer.focus)) and found.id == row.id
    assert heard.new[-1] == (False, True)
    search.sort_by("size_bytes")
    clock.run(lambda: len(heard.answers) == 3)
    assert heard.answers[-1].ask == Ask("", "size_bytes", True)


def test_sorting_without_a_focus_begins_at_the_top(search: Search, heard: Heard, clock: Clock) -> None:
    search.top = 300
    search.sort_by("duration_s")
    clock.run(lambda: len(heard.answers) == 2)
    assert search.top == 0


def test_a_growing_catalog_keeps_the_place(search: Search, heard: Heard, clock: Clock, many: Toolkit) -> None:
    search.top = 500
    clock.run(lambda: all(search.rows(500, 20)))
    search.move_focus(505)
    before = ids(search, 500, 20)
    fill(many._store, COUNT + 1500, seed=1)
    search.refresh_soon()
    clock.run(lambda: len(heard.answers) == 2)
    answer = heard.answers[-1]
    assert answer.total == many.catalog.search().total > COUNT
    assert answer.top > 500
    assert ids(search, answer.top, 1) == before[:1]
    assert answer.focus is not None and ids(search, answer.focus, 1) == before[5:6]


def test_at_the_top_new_sounds_appear_at_the_top(search: Search, heard: Heard, clock: Clock, many: Toolkit) -> None:
    fill(many._store, COUNT + 1500, seed=1)
    search.refresh_soon()
    clock.run(lambda: len(heard.answers) == 2)
    assert search.top == 0
    assert ids(search, 0, 20) == [row.id for row in many.catalog.search(limit=20).rows]


def test_refreshes_are_few_however_many_changes(
    search: Search, heard: Heard, clock: Clock, pump: Pump, many: Toolkit
) -> None:
    pump.listen(CatalogChanged, lambda _: search.refresh_soon())
    begun = time.monotonic()
    while time.monotonic() - begun < 1.3:
        many.events.emit(CatalogChanged(1))
        clock.step()
    assert 1 <= len(heard.answers) - 1 <= 3


def test_who_scrolls_during_a_refresh_is_not_thrown_back(
    many: Toolkit, pump: Pump, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Search(many.catalog, pump, Ask())
    heard = Heard(search)
    search.start()
    search.wait(10)
    asked, go = threading.Event(), threading.Event()
    real = many.catalog.search

    def slow(query: str = "", *, offset: int = 0, limit: int = 200, sort: str = "name", desc: bool = False) -> Page:
        asked.set()
        go.wait(5)
        return real(query, offset=offset, limit=limit, sort=sort, desc=desc)

    monkeypatch.setattr(many.catalog, "search", slow)
    search.refresh_soon()
    clock.run(asked.is_set)
    search.top = 60
    go.set()
    clock.run(lambda: len(heard.answers) == 2, "a later refresh")
    assert search.top == 60


def test_a_slow_page_comes_later(many: Toolkit, pump: Pump, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    search = Search(many.catalog, pump, Ask())
    heard = Heard(search)
    search.start()
    search.wait(10)
    real = many.catalog.search

    def slow(query: str = "", *, offset: int = 0, limit: int = 200, sort: str = "name", desc: bool = False) -> Page:
        time.sleep(0.05)
        return real(query, offset=offset, limit=limit, sort=sort, desc=desc)

    monkeypatch.setattr(many.catalog, "search", slow)
    assert search.rows(1000, 10) == [None] * 10
    clock.run(lambda: heard.filled == 1)
    assert all(search.rows(1000, 10))


def test_ids_of_a_stretch(search: Search, heard: Heard, many: Toolkit) -> None:
    order = many.catalog.ids()
    got: list[Sequence[int]] = []
    search.ids(3, 9, got.append)
    search.ids(0, COUNT, got.append)
    search.ids(50, 1000, got.append)
    assert [list(stretch) for stretch in got] == [list(order[3:9]), list(order), list(order[50:1000])]


def test_an_id_is_found_in_any_order() -> None:
    order = array("q", [256, 1, 65_536, 3, 2**40, 0, 16_777_216])
    assert [position(order, id) for id in order] == list(range(len(order)))
    assert position(order, 2) is None
    assert position(order, None) is None


def test_errors_of_a_search_are_query_errors(many: Toolkit) -> None:
    with pytest.raises(QueryError):
        many.catalog.search("len:long")


def test_what_is_like_a_sound_comes_in_that_order_and_then_all_is_as_it_was(search: Search, heard: Heard) -> None:
    search.sort_by("duration_s")
    search.type("kick LIKE:12")
    assert search.wanted == Ask("kick LIKE:12", "likeness")
    assert search.usual == Ask("kick LIKE:12", "duration_s")
    search.type("kick like:123")
    assert search.wanted.sort == "likeness"
    search.type("kick")
    assert search.wanted == search.usual == Ask("kick", "duration_s")


def test_another_order_that_was_chosen_for_likes_stays(search: Search, heard: Heard) -> None:
    search.type("like:12")
    search.sort_by("bpm")
    search.type("like:13")
    assert search.wanted == Ask("like:13", "bpm")
    search.type("")
    assert search.wanted == Ask("", "bpm")


@pytest.mark.parametrize(
    ("text", "id"), [("like:12", 12), ("kick Like:7 loop", 7), ("-like:3", None), ('"like:4"', None), ("like:", None)]
)
def test_whose_likes_a_text_asks_for(text: str, id: int | None) -> None:
    assert like_in(text) == id
