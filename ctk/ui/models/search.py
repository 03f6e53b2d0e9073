"""What is being looked for, in which order, and the pages of the result that are at hand."""

import re
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from ctk.contract import Catalog
from ctk.errors import QueryError
from ctk.records import Row
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

PAGE = 64
PAGES_KEPT = 48
DEBOUNCE_MS = 60
REFRESH_MS = 500
"""While the catalog changes, the shown page is asked for again at most this often."""
PAGE_WAIT_S = 0.01
ORDER_WAIT_S = 0.25
LIKENESS = "likeness"
"""The order of what is like a sound, for as long as such is searched for."""
_LIKE = re.compile(r"(?:^|\s)like:(\d+)", re.IGNORECASE)


class Ask(NamedTuple):
    """A question to the catalog."""

    text: str = ""
    sort: str = "name"
    desc: bool = False


class Hold(NamedTuple):
    """What stays put when a list is replaced: the ``top`` position, or sound ``id`` in line ``line`` of the view.

    ``focus_id`` is looked for as well.
    """

    top: int = 0
    height: int = 40
    id: int | None = None
    line: int = 0
    focus_id: int | None = None


class Answer(NamedTuple):
    """What came back: ``pages`` by number, the position to show on ``top``, and where the focus is now.

    ``order`` holds all ids where something had to be found again.
    """

    ask: Ask
    total: int
    pages: dict[int, Sequence[Row]]
    top: int = 0
    focus: int | None = None
    order: "array[int] | None" = None


class Search:
    """``answered(answer, new_text, new_order)`` tells of a result, ``filled()`` of a page that came later.

    ``trouble(sentence)`` tells of a text that cannot be read (empty: all is well again); the last good result stays.
    The view keeps ``top``, ``height`` and ``focus`` (a position) up to date, so that a refresh stays in place.
    """

    def __init__(self, catalog: Catalog, pump: Pump, first: Ask) -> None:
        self.answered: Signal[[Answer, bool, bool]] = Signal()
        self.filled: Signal[[]] = Signal()
        self.trouble: Signal[[str]] = Signal()
        self.ask = first
        self.total = 0
        self.top = 0
        self.height = 40
        self.focus: int | None = None
        self._focus_id: int | None = None
        self._catalog = catalog
        self._pump = pump
        self._wanted = first
        self._usual = first
        self._unreadable = False
        self._pages: dict[int, Sequence[Row]] = {}
        self._order: array[int] | None = None
        self._fetching: tuple[int, ...] = ()
        self._painting = False
        self._refreshing = False

    @property
    def wanted(self) -> Ask:
        """The newest question, answered or not."""
        return self._wanted

    @property
    def usual(self) -> Ask:
        """The newest question, in the order of everyday."""
        ask, usual = self._wanted, self._usual
        return ask._replace(sort=usual.sort, desc=usual.desc) if ask.sort == LIKENESS else ask

    def start(self) -> None:
        """Ask for the first time."""
        self._send(Hold(height=self.height))

    def wait(self, wait_s: float) -> None:
        """Hold on for the answer to the newest question, but no longer than ``wait_s``."""
        self._pump.wait("search", wait_s)

    def type(self, text: str) -> None:
        """The search text changed; it is asked for once typing rests."""
        text = text.strip()
        if text != self._wanted.text:
            self._wanted = self._in_order(text)
            self._pump.later(DEBOUNCE_MS, self._typed, key="typing")

    def hurry(self) -> None:
        """Ask for what was typed without waiting for a rest, since its answer is about to be used."""
        if self._pump.hurry("typing"):
            self.wait(ORDER_WAIT_S)

    def sort_by(self, column: str) -> None:
        """Sort by ``column``; a second time turns the order around. The focused sound stays where it is in sight."""
        desc = column == self._wanted.sort and not self._wanted.desc
        self._wanted = self._wanted._replace(sort=column, desc=desc)
        line = (self.focus or 0) - self.top
        line = line if 0 <= line < self.height else self.height // 2
        self._send(Hold(0, self.height, self._focus_id, line, self._focus_id))

    def refresh_soon(self) -> None:
        """The catalog changed: ask again for what is shown, at most every ``REFRESH_MS``."""
        if not self._refreshing:
            self._refreshing = True
            self._pump.later(REFRESH_MS, self._refresh, key="refresh")

    def move_focus(self, position: int | None) -> None:
        """The focus is at ``position``, or nowhere."""
        self.focus = position
        row = None if position is None else self.row(position)
        self._focus_id = row.id if row else None

    def row(self, index: int) -> Row | None:
        """One row, when its page is at hand."""
        page = self._pages.get(index // PAGE, ())
        return page[index % PAGE] if index % PAGE < len(page) else None

    def at_hand(self) -> Iterator[Row]:
        """The rows that are known without asking."""
        return chain.from_iterable(self._pages.values())

    def amend(self, ids: Collection[int], change: Callable[[Row], Row]) -> None:
        """What changes about these rows is seen before the catalog tells so itself."""
        wanted = {row.id for row in self.at_hand()}.intersection(ids)
        for number, page in self._pages.items():
            if any(row.id in wanted for row in page):
                self._pages[number] = [change(row) if row.id in wanted else row for row in page]
        self.filled()

    def rows(self, offset: int, limit: int) -> list[Row | None]:
        """The rows of a stretch; ``None`` for those still on their way, which ``filled`` will tell of."""
        stop = min(offset + limit, self.total)
        missing = [number for number in _numbers(offset, stop) if number not in self._pages]
        if missing:
            wanted = tuple(range(missing[0], missing[-1] + 1))
            if wanted != self._fetching:
                self._fetch(wanted)
        return [self.row(index) for index in range(offset, stop)]

    def ids(self, start: int, stop: int, then: Callable[[Sequence[int]], None]) -> None:
        """Hand over the ids of a stretch: at once when they are at hand or come quickly, else later."""
        if self._order is None and stop - start <= PAGE:
            shown = [self.row(index) for index in range(start, stop)]
            if all(shown):
                then([row.id for row in shown if row is not None])
                return
        if self._order is not None:
            then(self._order[start:stop])
            return
        ask = self.ask

        def come(order: "array[int]") -> None:
            if self.ask is ask:
                self._order = order
                then(order[start:stop])

        self._pump.call(order_of, self._catalog, ask, then=come, wait_s=ORDER_WAIT_S)

    def _in_order(self, text: str) -> Ask:
        """What is like a sound comes in the order of that, and later all is as it was."""
        before = self._wanted
        if like_in(text) is None:
            return self.usual._replace(text=text)
        if like_in(before.text) is None:
            self._usual = before
            return Ask(text, LIKENESS)
        return before._replace(text=text)

    def _typed(self) -> None:
        self._send(Hold(height=self.height))

    def _send(self, hold: Hold) -> None:
        self._pump.call(answer, self._catalog, self._wanted, hold, then=self._take, fail=self._fail, key="search")

    def _refresh(self) -> None:
        self._refreshing = False
        ask = self.ask if self._unreadable else self._wanted
        if ask != self.ask:
            self.refresh_soon()
            return
        hold = self._hold()

        def come(answer: Answer) -> None:
            now = self._hold()
            if now != hold and answer.order is None:
                self.refresh_soon()  # the user went where this answer does not lead
            else:
                top, focus = placed(now, answer.order, answer.total)
                self._take(answer._replace(top=top, focus=focus))

        self._pump.call(answer, self._catalog, ask, hold, then=come, fail=self._fail, key="search")

    def _hold(self) -> Hold:
        first = self.row(self.top) if self.top else None
        return Hold(self.top, self.height, first.id if first else None, 0, self._focus_id)

    def _take(self, answer: Answer) -> None:
        new_text = answer.ask.text != self.ask.text
        new_order = (answer.ask.sort, answer.ask.desc) != (self.ask.sort, self.ask.desc)
        self._pump.drop("page")
        self._fetching = ()
        self.ask, self.total, self._order = answer.ask, answer.total, answer.order
        self._pages = dict(answer.pages)
        self.top, self.focus = answer.top, answer.focus
        if answer.focus is None:
            self._focus_id = None
        if answer.ask == self._wanted:
            self._unreadable = False
            self.trouble("")
        self.answered(answer, new_text, new_order)

    def _fail(self, error: Exception) -> None:
        self._unreadable = isinstance(error, QueryError)
        self.trouble(str(error))

    def _fetch(self, numbers: tuple[int, ...]) -> None:
        self._fetching = numbers
        ask = self.ask

        def come(pages: Mapping[int, Sequence[Row]]) -> None:
            self._fetching = ()
            if self.ask is ask:
                self._keep(pages)

        def lost(error: Exception) -> None:
            self._fetching = ()
            self._fail(error)

        self._painting = True
        work = (self._catalog, ask, numbers)
        self._pump.call(pages_of, *work, then=come, fail=lost, key="page", wait_s=PAGE_WAIT_S)
        self._painting = False

    def _keep(self, pages: Mapping[int, Sequence[Row]]) -> None:
        self._pages.update(pages)
        while len(self._pages) > PAGES_KEPT:
            del self._pages[next(iter(self._pages))]
        if not self._painting:
            self.filled()
        elif self.focus is not None and self.focus // PAGE in pages:  # others than the list wait for this row
            self._pump.later(0, self.filled, key="filled")


def answer(catalog: Catalog, ask: Ask, hold: Hold) -> Answer:
    """Ask the catalog, on a worker: the pages in sight when what ``hold`` names stays put, and that of the focus."""
    order = None if hold.id is None and hold.focus_id is None else order_of(catalog, ask)
    top, focus = placed(hold, order, None)
    numbers = _numbers(top, top + hold.height)
    offset, limit = numbers[0] * PAGE, len(numbers) * PAGE
    page = catalog.search(ask.text, offset=offset, limit=limit, sort=ask.sort, desc=ask.desc)
    pages = {number: page.rows[at * PAGE : (at + 1) * PAGE] for at, number in enumerate(numbers)}
    if top > (last := max(0, page.total - hold.height)):
        top = last
        pages |= pages_of(catalog, ask, _numbers(top, page.total))
    if focus is not None and focus // PAGE not in pages:
        pages |= pages_of(catalog, ask, (focus // PAGE,))
    return Answer(ask, page.total, pages, top, focus, order)


def like_in(query: str) -> int | None:
    """The sound whose likes a search text asks for."""
    found = _LIKE.search(query)
    return None if found is None else int(found[1])


def placed(hold: Hold, order: "array[int] | None", total: int | None) -> tuple[int, int | None]:
    """The position to show on top and that of the focus, when what ``hold`` names stays put in ``order``."""
    top, focus = hold.top, None
    if order is not None:
        focus = position(order, hold.focus_id)
        held = position(order, hold.id)
        top = top if held is None else max(0, held - hold.line)
    return (top if total is None else max(0, min(top, total - hold.height))), focus


def pages_of(catalog: Catalog, ask: Ask, numbers: Sequence[int]) -> dict[int, Sequence[Row]]:
    """Whole pages of a result that follow one another, on a worker."""
    if not numbers:
        return {}
    first, count = numbers[0], len(numbers)
    page = catalog.search(ask.text, offset=first * PAGE, limit=count * PAGE, sort=ask.sort, desc=ask.desc)
    return {first + at: page.rows[at * PAGE : (at + 1) * PAGE] for at in range(count)}


def order_of(catalog: Catalog, ask: Ask) -> "array[int]":
    """All ids of a result, on a worker."""
    return catalog.ids(ask.text, sort=ask.sort, desc=ask.desc)


def position(order: "array[int]", id: int | None) -> int | None:
    """Where ``id`` is in ``order``; several times as fast as ``order.index``, which would hold up the window."""
    if id is None:
        return None
    stored, wanted = order.tobytes(), array("q", [id]).tobytes()
    found = stored.find(wanted)
    while found >= 0 and found % len(wanted):
        found = stored.find(wanted, found + 1)
    return found // len(wanted) if found >= 0 else None


def _numbers(start: int, stop: int) -> tuple[int, ...]:
    return tuple(range(start // PAGE, -(-stop // PAGE)))
