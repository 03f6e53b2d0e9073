"""Sounds that are like one: the way there, and whose likes are listed."""

from collections.abc import Callable
from typing import Final

from ctk.contract import Catalog, Classify
from ctk.records import Row, Similar, Sound
from ctk.ui.models import words
from ctk.ui.models.search import LIKENESS, Search, like_in
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

SOON_MS: Final = 250
"""What takes longer is told of."""


class Likeness:
    """``find`` those most like a sound. ``wanted(text)`` is the search for them, ``told(sentence)`` and
    ``trouble(sentence)`` are news; ``changed()`` tells of another ``title``."""

    def __init__(self, catalog: Catalog, classify: Callable[[], Classify], pump: Pump, search: Search) -> None:
        self.wanted: Signal[[str]] = Signal()
        self.told: Signal[[str]] = Signal()
        self.trouble: Signal[[str]] = Signal()
        self.changed: Signal[[]] = Signal()
        self.title = ""
        self._catalog = catalog
        self._classify = classify
        self._pump = pump
        self._search = search
        self._id: int | None = None
        self._names: dict[int, str] = {}
        self._asking: Row | None = None

    @property
    def out_of_order(self) -> bool:
        """Whether the list is in another order than that of likeness."""
        return bool(self.title) and self._search.ask.sort != LIKENESS

    def find(self, row: Row) -> None:
        """Search for those most like this one, which is listened to first where that was never done."""
        self._asking = row
        self._names[row.id] = row.name
        self._pump.later(SOON_MS, self._tell, key="liken soon")
        self._pump.call(self._listen, row.id, then=lambda _: self._ready(row), fail=self._failed, key="liken")

    def order(self) -> None:
        """The likest first."""
        if self.out_of_order:
            self._search.sort_by(LIKENESS)

    def follow(self) -> None:
        """There is an answer to another question: say whose likes these are."""
        id = like_in(self._search.ask.text)
        if id is None:
            self._name(None, "")
        elif id in self._names:
            self._name(id, self._names[id])
        else:
            self._id = id
            self._pump.call(self._catalog.get, id, then=self._learn, fail=lambda _: self._name(id, ""), key="liked")

    def _listen(self, id: int) -> Similar:
        """On a worker."""
        return self._classify().similar(id, limit=1)

    def _tell(self) -> None:
        if self._asking is not None:
            self.told(f"Listening to {words.safe(self._asking.name)}...")

    def _ready(self, row: Row) -> None:
        self._asking = None
        self.told("")
        self.wanted(f"like:{row.id}")
        self.order()

    def _failed(self, error: Exception) -> None:
        self._asking = None
        self.trouble(str(error))

    def _learn(self, sound: Sound) -> None:
        self._names[sound.id] = sound.name
        if self._id == sound.id:
            self._name(sound.id, sound.name)

    def _name(self, id: int | None, name: str) -> None:
        self._id = id
        self.title = f"Most like {words.safe(name)}" if name else ""
        self.changed()
