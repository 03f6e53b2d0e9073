"""The panel of filters over a real catalog: clicks become search text, counts follow, saved searches come and go."""

import threading
from collections.abc import Callable, Sequence

import pytest

from ctk.records import Choice, Facets
from ctk.settings import Settings
from ctk.ui.models.filter_lines import Line
from ctk.ui.models.filters import Filters
from ctk.ui.models.search import Ask, Search
from tests.ui.models.conftest import Room


class Panel:
    """The model over the samples, with a search box that takes what it wants."""

    def __init__(self, room: Room) -> None:
        self.room = room
        toolkit = room.toolkit
        self.search = Search(toolkit.catalog, room.pump, Ask())
        self.settings = Settings(filters_folded=[])
        self.model = Filters(toolkit.catalog, toolkit.facts, room.pump, self.search, self.settings)
        self.texts: list[str] = []
        self.told: list[tuple[str, Callable[[], None]]] = []
        self.drawn = 0
        self.model.wanted.connect(self.texts.append)
        self.model.wanted.connect(self.search.type)
        self.model.told.connect(lambda words, undo: self.told.append((words, undo)))
        self.model.changed.connect(self._changed)
        self.search.start()
        self.search.wait(10)

    def open(self) -> "Panel":
        self.model.show(True)
        self.room.run(lambda: self.model.lines, "the counts")
        return self

    def line(self, text: str) -> Line:
        return next(line for line in self.model.lines if line.text == text)

    def has(self, text: str) -> bool:
        return any(line.text == text for line in self.model.lines)

    def press(self, text: str) -> None:
        self.model.press(self.line(text))

    def type(self, text: str) -> None:
        self.search.type(text)
        self.until(text)

    def until(self, text: str) -> None:
        """The counts of this text are shown."""
        self.room.run(lambda: self.model._counted and self.model._counted.text == text, f"the counts of {text}")

    def counts(self, part: str) -> dict[str, str]:
        return {line.text: line.note for line in self.model.lines if (line.kind, line.part) == ("choice", part)}

    def _changed(self) -> None:
        self.drawn += 1


@pytest.fixture
def panel(room: Room) -> Panel:
    return Panel(room)


def choice(facets: Facets, part: str, at: int) -> Choice:
    return next(facet for facet in facets.facets if facet.name == part).choices[at]


def test_it_asks_nothing_before_it_is_shown(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(panel.room.toolkit.catalog, "facets", asked.append)
    panel.search.type("kick")
    panel.room.run(lambda: panel.search.total == 3)
    panel.room.rest()
    assert asked == [] and panel.model.lines == () and panel.drawn == 0


def test_the_counts_are_those_of_the_catalog_and_follow_what_is_typed(panel: Panel) -> None:
    panel.open()
    facets = panel.room.toolkit.catalog.facets("")
    lengths = next(facet for facet in facets.facets if facet.name == "len")
    assert panel.counts("len") == {each.label: f"{each.count:,}" for each in lengths.choices}
    before = dict(panel.counts("len"))
    panel.type("kick")
    after = panel.counts("len")
    assert after.keys() == before.keys() and after != before
    assert sum(int(count) for count in after.values()) == 3


def test_a_click_is_a_search_text_and_another_takes_it_back(panel: Panel) -> None:
    panel.open()
    panel.type("kick")
    chosen = choice(panel.room.toolkit.catalog.facets("kick"), "len", 0)
    assert not panel.model.any_chosen
    panel.press(chosen.label)
    assert panel.texts == [chosen.query] and panel.line(chosen.label).on
    panel.until(chosen.query)
    assert panel.model.any_chosen and panel.line(chosen.label).on
    panel.press(chosen.label)
    panel.until("kick")
    assert not panel.line(chosen.label).on and not panel.model.any_chosen


def test_clicks_in_quick_succession_all_count(panel: Panel) -> None:
    panel.open()
    labels = [label for label, count in panel.counts("len").items() if count != "0"][:2]
    for label in labels:
        panel.press(label)
    assert all(panel.line(label).on for label in labels) and len(panel.texts) == 1
    panel.room.run(lambda: len(panel.texts) == 2, "the second text")
    panel.until(panel.texts[1])
    assert [line.text for line in panel.model.lines if line.on and line.kind == "choice"] == labels
    assert panel.search.ask.text == panel.texts[1]


def test_clicked_twice_before_it_is_counted_nothing_is_left_of_it(panel: Panel) -> None:
    panel.open()
    one, other = [label for label, count in panel.counts("len").items() if count != "0"][:2]
    for label in (one, other, other):
        panel.press(label)
    panel.until(panel.texts[0])
    panel.room.rest()
    assert len(panel.texts) == 1 and panel.line(one).on and not panel.line(other).on


def test_a_click_does_not_take_back_what_was_typed_since(panel: Panel) -> None:
    panel.open()
    panel.search.type("kick")
    label = choice(panel.room.toolkit.catalog.facets("kick"), "len", 0).label
    panel.press(label)
    assert panel.texts == []
    panel.room.run(lambda: panel.texts, "the text")
    assert panel.texts[0].startswith("kick ")


def test_a_text_that_cannot_be_read_gives_way_to_a_click(panel: Panel) -> None:
    panel.open()
    heard: list[str] = []
    panel.search.trouble.connect(heard.append)
    panel.search.type("len:soon")
    panel.room.run(lambda: heard)
    label = choice(panel.room.toolkit.catalog.facets(""), "len", 0).label
    panel.press(label)
    assert len(panel.texts) == 1 and "soon" not in panel.texts[0]


def test_clear_takes_every_choice_and_leaves_the_words(panel: Panel) -> None:
    panel.open()
    panel.type("kick")
    for part in ("len", "format"):
        panel.type(choice(panel.room.toolkit.catalog.facets(panel.search.ask.text), part, 0).query)
    assert panel.model.any_chosen and panel.search.ask.text.count(":") >= 2
    panel.model.clear()
    panel.until("kick")
    assert panel.texts == ["kick"] and not panel.model.any_chosen


def test_titles_fold_and_the_settings_know(panel: Panel) -> None:
    panel.open()
    panel.press("Length")
    assert panel.counts("len") == {} and not panel.line("Length").on
    assert panel.settings.filters_folded == ["len"]
    panel.press("Length")
    assert panel.counts("len") and panel.settings.filters_folded == []


def test_the_counts_come_after_the_rows(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    panel.open()
    real, order = panel.room.toolkit.catalog.facets, list[str]()

    def facets(query: str = "") -> Facets:
        order.append(f"counts of {query}")
        return real(query)

    panel.search.answered.connect(lambda answer, *_: order.append(f"rows of {answer.ask.text}"))
    monkeypatch.setattr(panel.room.toolkit.catalog, "facets", facets)
    panel.type("kick")
    assert order == ["rows of kick", "counts of kick"]


def test_only_the_newest_text_is_counted(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    panel.open()
    real, asked, go = panel.room.toolkit.catalog.facets, list[str](), threading.Event()

    def slow(query: str = "") -> Facets:
        asked.append(query)
        go.wait(5)
        return real(query)

    monkeypatch.setattr(panel.room.toolkit.catalog, "facets", slow)
    for text in ("k", "ki", "kic", "kick"):
        panel.search.type(text)
        panel.room.run(lambda text=text: panel.search.ask.text == text, "the rows")  # type: ignore[misc]
        panel.room.rest(60)
    go.set()
    panel.until("kick")
    assert asked == ["k", "kick"]


def test_another_order_counts_nothing_anew(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    panel.open()
    asked: list[str] = []
    monkeypatch.setattr(panel.room.toolkit.catalog, "facets", asked.append)
    panel.search.sort_by("duration_s")
    panel.room.run(lambda: panel.search.ask.sort == "duration_s")
    panel.room.rest()
    assert asked == []


def test_a_change_of_the_catalog_is_counted(panel: Panel) -> None:
    panel.open()
    assert not panel.has("dark")
    panel.room.toolkit.facts.tag([panel.room.row("kick").id], "dark")
    panel.search.refresh_soon()
    panel.room.run(lambda: panel.has("dark"), "the tag")
    assert panel.counts("tag") == {"dark": "1"}


def test_a_search_is_saved_found_again_and_forgotten(panel: Panel) -> None:
    panel.open()
    assert panel.line("Save this search...").idle
    panel.type("kick")
    assert not panel.line("Save this search...").idle
    panel.model.save("  My kicks ")
    panel.room.run(lambda: panel.has("My kicks"), "the name")
    assert panel.line("My kicks").on and panel.told == []
    panel.type("hat")
    panel.press("My kicks")
    assert panel.texts == ["kick"]
    panel.until("kick")
    panel.model.forget(panel.line("My kicks"))
    panel.room.run(lambda: not panel.has("My kicks"), "the name going")
    words, undo = panel.told[0]
    assert words == "My kicks is no longer saved."
    undo()
    panel.room.run(lambda: panel.has("My kicks"), "the name coming back")
    assert [search.query for search in panel.room.toolkit.facts.searches()] == ["kick"]


def test_a_name_that_is_taken_finds_something_else_and_can_be_given_back(panel: Panel) -> None:
    panel.open()
    facts = panel.room.toolkit.facts
    facts.save_search("Mine", "kick")
    panel.type("hat")
    panel.room.run(lambda: panel.has("Mine"))
    panel.model.save("mine")
    panel.room.run(lambda: [search.query for search in facts.searches()] == ["hat"], "the new text")
    assert [words for words, _ in panel.told] == ["mine finds something else now."]
    panel.told[0][1]()
    panel.room.run(lambda: [search.query for search in facts.searches()] == ["kick"], "the old text")


@pytest.mark.parametrize(("text", "name"), [("", "Nothing"), ("kick", "   ")])
def test_nothing_is_not_saved(panel: Panel, text: str, name: str) -> None:
    panel.open()
    panel.type(text) if text else None
    panel.model.save(name)
    panel.room.rest()
    searches: Sequence[object] = panel.room.toolkit.facts.searches()
    assert list(searches) == []


def test_put_away_it_asks_nothing_and_shown_again_it_is_up_to_date(panel: Panel) -> None:
    panel.open()
    panel.model.show(False)
    panel.search.type("kick")
    panel.room.run(lambda: panel.search.total == 3)
    panel.room.rest()
    assert panel.model._counted is not None and panel.model._counted.text == ""
    panel.model.show(True)
    panel.until("kick")
