"""What a result can be narrowed down by, as lines to click, and the searches that were given a name."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ctk.contract import Catalog, Facts
from ctk.records import Choice, Facets, SavedSearch
from ctk.settings import Settings
from ctk.ui.models import words
from ctk.ui.models.filter_lines import FilterLines, Key, Line
from ctk.ui.models.search import Answer, Search
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

ASK_MS = 40
"""The counts are asked for once the rows of a new result are painted."""


class Counted(NamedTuple):
    """What came back for ``text``."""

    text: str
    facets: Facets
    searches: Sequence[SavedSearch]


class Filters:
    """``lines`` is the panel, ``changed()`` tells that it is another one. A click on a line is ``press``.

    ``wanted(text)`` is the search text that the user asked for with a click. ``told(sentence, undo)`` tells what became
    of a saved search. Nothing is asked of the catalog until ``show``.
    """

    def __init__(self, catalog: Catalog, facts: Facts, pump: Pump, search: Search, settings: Settings) -> None:
        self.changed: Signal[[]] = Signal()
        self.wanted: Signal[[str]] = Signal()
        self.told: Signal[[str, Callable[[], None]]] = Signal()
        self.lines: Sequence[Line] = ()
        self._catalog = catalog
        self._facts = facts
        self._pump = pump
        self._search = search
        self._drawing = FilterLines(settings)
        self._counted: Counted | None = None
        self._hoped: dict[Key, bool] = {}
        self._owed: list[Key] = []
        self._shown = False
        self._unreadable = False
        search.answered.connect(self._answered)
        search.trouble.connect(self._note_trouble)

    @property
    def any_chosen(self) -> bool:
        """Whether there is something to clear."""
        counted = self._counted
        return counted is not None and any(facet.query != counted.text for facet in counted.facets.facets)

    def show(self, on: bool) -> None:
        """The panel is in sight, or not any more."""
        self._shown = on
        if on:
            self._ask()

    def press(self, line: Line) -> None:
        """Do what the line offers."""
        match line.kind:
            case "title":
                self.fold(line, line.on)
            case "more":
                self._drawing.unfold_all(line.part)
                self._draw()
            case "choice":
                self._choose((line.part, line.text))
            case "saved":
                self.wanted(self._saved(line.text))

    def fold(self, line: Line, on: bool) -> None:
        """Hide what is below a title, or show it."""
        self._drawing.fold(line.part, on)
        self._draw()

    def clear(self) -> None:
        """Choose nothing; the words stay."""
        self._owed.clear()
        text = self._search.ask.text if self._unreadable else self._search.wanted.text
        self._pump.call(cleared, self._catalog, text, then=self.wanted, key="clear filters")

    def save(self, name: str) -> None:
        """Give the search that is shown a name."""
        name, text = name.strip(), self._search.ask.text
        if name and text:
            before = next((old for old in self._searches() if old.name.casefold() == name.casefold()), None)
            self._keep(name, text)
            if before is not None and before.query != text:
                old = before  # a name of its own, since it is called later
                self.told(f"{words.safe(name)} finds something else now.", lambda: self._keep(old.name, old.query))

    def forget(self, line: Line) -> None:
        """The search loses its name."""
        name, query = line.text, self._saved(line.text)
        self._pump.call(self._facts.forget_search, name, then=lambda _: self._ask())
        self.told(f"{words.safe(name)} is no longer saved.", lambda: self._keep(name, query))

    def _keep(self, name: str, query: str) -> None:
        self._pump.call(self._facts.save_search, name, query, then=lambda _: self._ask())

    def _answered(self, _: Answer, new_text: bool, new_order: bool) -> None:
        if self._shown and (new_text or not new_order):
            self._pump.later(ASK_MS, self._ask, key="facets")

    def _note_trouble(self, sentence: str) -> None:
        self._unreadable = bool(sentence)

    def _ask(self) -> None:
        if self._shown:
            self._pump.call(counted, self._catalog, self._facts, self._search.ask.text, then=self._take, key="facets")

    def _take(self, counted: Counted) -> None:
        self._counted = counted
        self._drawing.learn(counted.facets, counted.text)
        if counted.text == self._search.wanted.text:
            self._hoped = {key: self._hoped[key] for key in self._owed}
            while self._owed and not self._ask_for(self._owed.pop(0)):
                pass
        self._draw()

    def _choose(self, key: Key) -> None:
        """The line shows it at once. A click on counts that are out of date waits for the new ones: its text would undo
        what was asked for since."""
        choice = self._find(key)
        if choice is None or self._counted is None:
            return
        self._hoped[key] = not self._hoped.get(key, choice.chosen)
        if self._counted.text == self._search.wanted.text or self._unreadable:
            self._ask_for(key)
        elif key not in self._owed:
            self._owed.append(key)
        self._draw()

    def _ask_for(self, key: Key) -> bool:
        """Whether another text does what a click is to do."""
        choice = self._find(key)
        if choice is None or choice.chosen == self._hoped[key]:
            return False
        self.wanted(choice.query)
        return True

    def _find(self, key: Key) -> Choice | None:
        facets = self._counted.facets.facets if self._counted is not None else ()
        found = (each for facet in facets if facet.name == key[0] for each in facet.choices if each.label == key[1])
        return next(found, None)

    def _searches(self) -> Sequence[SavedSearch]:
        return self._counted.searches if self._counted is not None else ()

    def _saved(self, name: str) -> str:
        return next((search.query for search in self._searches() if search.name == name), "")

    def _draw(self) -> None:
        if self._counted is not None:
            saved = self._drawing.saved(self._counted.searches, self._search.ask.text)
            self.lines = [*saved, *self._drawing.facets(self._counted.facets, self._hoped)]
        self.changed()


def counted(catalog: Catalog, facts: Facts, text: str) -> Counted:
    """On a worker: all that the panel shows for a search text."""
    return Counted(text, catalog.facets(text), facts.searches())


def cleared(catalog: Catalog, text: str) -> str:
    """On a worker: the search text with nothing chosen, one facet after the other."""
    while True:
        asking = [facet.query for facet in catalog.facets(text).facets if facet.query != text]
        if len(asking) <= 1:
            return asking[0] if asking else text
        text = asking[0]
