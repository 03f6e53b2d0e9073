"""The library as a map: where each sound is on it, which of them the search finds, and what is to be seen of them."""

import logging
from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from math import cos, sin, sqrt
from typing import Final, NamedTuple

from ctk.contract import Catalog, Classify
from ctk.errors import Cancelled, CtkError
from ctk.events import CatalogChanged
from ctk.jobs import Job
from ctk.records import CATEGORIES, Category, JobStatus, SoundMap
from ctk.ui.models import words
from ctk.ui.models.hearing import Hears
from ctk.ui.models.search import Answer, Search, like_in
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

log = logging.getLogger(__name__)

LIMIT: Final = 20_000
"""No more dots than this; of a larger library the map shows as many, spread evenly over it."""
LOOK_MS: Final = 2_000
"""While the catalog changes, it is looked at most this often whether the map still holds."""
HIDDEN, FAINT, FIRST = 0, 1, 2
"""How a dot is seen: not at all, in the background, or in the colour of its category, counted from here on."""
OTHER: Final = CATEGORIES.index("other")
STEP: Final = 0.0015
"""So far apart are sounds that would be in one place."""
_GRAIN: Final = 2048
_TURN: Final = 2.399963
"""The golden angle: as the seeds of a sunflower lie."""

Mark = tuple[int, int, tuple[tuple[str, int], ...]]
"""What changes with the library: which sounds there are, and who says what they are."""


class Drawn(NamedTuple):
    """A map of the hits of ``text``; ``x`` and ``y`` are those of ``found``, apart from one another."""

    text: str
    found: SoundMap
    x: Sequence[float]
    y: Sequence[float]
    mark: Mark

    @property
    def is_whole(self) -> bool:
        """Whether everything that was heard is on it."""
        return not self.text and len(self.found.ids) < LIMIT


class Map:
    """``moved()`` tells of another map, ``changed()`` of what is seen on it or said about it.

    The map of a library that fits on it stays as it is while the user searches: what is found keeps its colour, the
    rest steps back. Of a larger library, the hits get a map of their own. Nothing is asked for before ``show``.
    """

    def __init__(
        self, classify: Callable[[], Classify], catalog: Catalog, search: Search, hears: Hears, pump: Pump
    ) -> None:
        self.moved: Signal[[]] = Signal()
        self.changed: Signal[[]] = Signal()
        self.drawn: Drawn | None = None
        self.drawing = self.stale = False
        self.text = self.trouble = self.listening = ""
        self.hidden: set[Category] = set()
        self.counts: Sequence[int] = (0,) * len(CATEGORIES)
        self._classify = classify
        self._catalog = catalog
        self._search = search
        self._hears = hears
        self._pump = pump
        self._hits: set[int] | None = None
        self._job: Job[SoundMap] | None = None
        self._unheard = self._hopeless = 0
        self._visible = self._waiting = self._tried = self._wished = False
        search.answered.connect(self._answered)
        hears.changed.connect(self._follow)
        pump.listen(CatalogChanged, lambda _: self._look_soon())

    @property
    def ids(self) -> Sequence[int]:
        """Which sound each dot is."""
        return () if self.drawn is None else self.drawn.found.ids

    @property
    def empty(self) -> bool:
        """Whether nothing was heard yet, so that there is nothing to see."""
        return self.drawn is not None and not self.drawn.text and not len(self.ids)

    @property
    def unheard(self) -> int:
        """So many could still be listened to; those that nobody can hear do not count once that was tried."""
        return 0 if self.drawn is None else max(0, self._unheard - self._hopeless)

    @property
    def summary(self) -> str:
        """``1,204 of 20,770 sounds match “kick”``."""
        if self.drawn is None or self.empty:
            return ""
        count, found = len(self.ids), sum(self.counts)
        quoted = f"“{words.safe(self.text)}”"
        if self.text and not found:
            return f"Nothing here matches {quoted}"
        if like_in(self.text) is not None and self._hits is not None:
            return f"{found:,} of {words.sounds(count)} are most like it"
        if self.text and self._hits is not None:
            return f"{found:,} of {words.sounds(count)} match {quoted}"
        every = max(self._search.total, count)
        some = f"{count:,} of {words.sounds(every)}" if LIMIT <= count < every else words.sounds(count)
        return f"{some} that match {quoted}" if self.text else some

    def faces(self) -> bytes:
        """How each dot is seen."""
        if self.drawn is None:
            return b""
        face = [FIRST + at for at in range(len(CATEGORIES))]
        for category in self.hidden:
            face[CATEGORIES.index(category)] = HIDDEN
        hits = self._hits
        categories = (OTHER if at < 0 else at for at in self.drawn.found.categories)
        if hits is None:
            return bytes([face[at] for at in categories])
        return bytes(
            [face[at] if id in hits else min(face[at], FAINT) for id, at in zip(self.ids, categories, strict=True)]
        )

    def show(self, on: bool) -> None:
        """Somebody looks at this, or nobody any more."""
        self._visible = on
        if not on:
            return
        if self.drawn is None or self.trouble:
            self.draw()
        else:
            self._search_again()
            self._look_soon()

    def draw(self) -> None:
        """Draw the map anew."""
        if self._job is not None:
            self._job.cancel()
        self.drawing, self.trouble = True, ""
        self._pump.call(self._draw, self._search.ask.text, then=self._take, fail=self._fail, key="map")
        self.changed()

    def listen(self) -> None:
        """Listen to what was not heard yet; the map grows as it comes, and is whole in the end."""
        self._wished = True
        self._hears.listen()

    def toggle(self, category: Category) -> None:
        """Hide what is this, or show it again."""
        self.hidden ^= {category}
        self.changed()

    def only(self, category: Category | None) -> None:
        """Hide everything else; where that is so already, or for ``None``, show everything."""
        others = set(CATEGORIES) - {category}
        self.hidden = set() if category is None or self.hidden == others else others
        self.changed()

    def _draw(self, text: str) -> tuple[Drawn, str, "set[int] | None", int]:
        """On a worker."""
        classify = self._classify()
        found, of = self._mapped(classify, ""), ""
        if text and len(found.ids) >= LIMIT:
            found, of = self._mapped(classify, text), text
        hits = set(self._catalog.ids(text)) if text and not of else None
        mark, unheard = self._marked(classify)
        return Drawn(of, found, *apart(found.x, found.y), mark), text, hits, unheard

    def _mapped(self, classify: Classify, text: str) -> SoundMap:
        self._job = job = classify.map(text, limit=LIMIT)
        return job.result()

    def _marked(self, classify: Classify) -> tuple[Mark, int]:
        """On a worker: what the library is like, and how much of it is unheard."""
        status, ids = classify.status(), self._catalog.ids("", sort="id")
        return (len(ids), hash(ids.tobytes()), tuple(sorted(status.by.items()))), status.unheard

    def _take(self, result: tuple[Drawn, str, "set[int] | None", int]) -> None:
        self.drawn, self.text, self._hits, unheard = result
        self._miss(unheard)
        self.drawing = self.stale = False
        self._job = None
        self._count()
        self.moved()
        self.changed()
        if self.text != self._search.ask.text:
            self._search_again()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        self.drawing = False
        self.trouble = str(error)
        if not isinstance(error, CtkError):
            log.error("the map could not be drawn", exc_info=error)
            self.trouble = "The map could not be drawn; the log in your catalog's folder says more."
        self.changed()

    def _answered(self, answer: Answer, new_text: bool, new_order: bool) -> None:
        if self._visible and (new_text or not new_order):
            self._search_again()

    def _search_again(self) -> None:
        """What the search finds now."""
        text = self._search.ask.text
        if self.drawn is None or self.drawing:
            return
        if self.drawn.is_whole:
            self._pump.call(self._find, text, then=self._found, key="map hits")
        elif text != self.text:
            self.draw()

    def _find(self, text: str) -> tuple[str, "set[int] | None"]:
        """On a worker."""
        return text, set(self._catalog.ids(text)) if text else None

    def _found(self, result: tuple[str, "set[int] | None"]) -> None:
        if result != (self.text, self._hits) and not self.drawing:
            self.text, self._hits = result
            self._count()
            self.changed()

    def _count(self) -> None:
        """How many of each category are found."""
        counts = [0] * (len(CATEGORIES) + 1)
        hits = self._hits
        if self.drawn is not None:
            for id, at in zip(self.ids, self.drawn.found.categories, strict=True):
                if hits is None or id in hits:
                    counts[at] += 1
        counts[OTHER] += counts.pop()  # those that nobody could tell anything of
        self.counts = counts

    def _follow(self, status: JobStatus | None) -> None:
        """How far listening is."""
        self.listening = "" if status is None else status.progress.words
        self._tried |= status is None
        if status is None and self._wished and not self._hears.asked:
            self._wished = False
            self.draw()
        self._look_soon()
        if self._visible:
            self.changed()

    def _look_soon(self) -> None:
        if self._visible and not self._waiting:
            self._waiting = True
            self._pump.later(LOOK_MS, self._look, key="map due")

    def _look(self) -> None:
        self._waiting = False
        if self._visible and self.drawn is not None and not self.drawing:
            self._pump.call(lambda: self._marked(self._classify()), then=self._weigh, key="map mark")

    def _weigh(self, now: tuple[Mark, int]) -> None:
        """A map that has become another is only said to be so; one that shows less than half of it is drawn anew."""
        drawn, (mark, unheard) = self.drawn, now
        if drawn is None or self.drawing:
            return
        self._miss(unheard)
        heard = min(mark[0] - unheard, LIMIT)
        if not drawn.text and heard > 2 * len(self.ids):
            self.draw()
        else:
            self.stale = mark != drawn.mark
            self.changed()

    def _miss(self, unheard: int) -> None:
        """So many were not listened to; after everything was tried they never will be."""
        self._unheard = unheard
        if self._tried and not self._hears.running:
            self._tried, self._hopeless = False, unheard


def apart(x: Sequence[float], y: Sequence[float]) -> tuple[Sequence[float], Sequence[float]]:
    """The same places, but those that are one are laid out around it, so that each can be pointed at."""
    crowds: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, place in enumerate(zip(x, y, strict=True)):
        crowds[round(place[0] * _GRAIN), round(place[1] * _GRAIN)].append(at)
    across, down = array("d", x), array("d", y)
    for crowd in crowds.values():
        for number, at in enumerate(crowd if len(crowd) > 1 else ()):
            far = STEP * sqrt(number)
            across[at] = min(max(x[crowd[0]] + far * cos(number * _TURN), 0.0), 1.0)
            down[at] = min(max(y[crowd[0]] + far * sin(number * _TURN), 0.0), 1.0)
    return across, down
