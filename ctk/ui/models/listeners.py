"""The engines that tell what sounds are: which there are, what each came to, and how to have the best one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from ctk.contract import Classify
from ctk.errors import Cancelled, CtkError
from ctk.events import CatalogChanged
from ctk.records import Engine, Hearing, JobStatus, Listener
from ctk.settings import Settings
from ctk.ui.models import words
from ctk.ui.models.hearing import Hears
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

AGAIN_MS: Final = 1_000
"""While the catalog changes, it is looked at most this often."""
NAMES: Final[dict[Listener, str]] = {"names": "Names", "built-in": "Built-in", "cnn14": "CNN14"}
WORTH: Final = "knows 527 kinds of sound and hears much better, but is large."
_BY: Final = (
    ("user", "Your own word"),
    ("name", "Their names"),
    ("head", "Learned from this library"),
    ("cnn14", "Heard by CNN14"),
    ("built-in", "Heard by the built-in model"),
)


class Asked:
    """Hearing, as far as the user waits for it: ``changed(status)`` tells how far it is (``None``: not any more)."""

    def __init__(self, hears: Hears) -> None:
        self.changed: Signal[[JobStatus | None]] = Signal()
        self.cancel = hears.cancel
        self._hears = hears
        hears.changed.connect(lambda status: self.changed(status if hears.asked else None))

    @property
    def cancelling(self) -> bool:
        return self._hears.cancelling


class Listeners:
    """``changed()`` tells that there is something new. ``engine`` (``None``: the best) and ``device`` are what
    ``listen`` uses; ``asked`` and ``fetching`` are at work for it."""

    def __init__(self, classify: Callable[[], Classify], settings: Settings, hears: Hears, pump: Pump) -> None:
        self.changed: Signal[[]] = Signal()
        self.engine: Listener | None = None
        self.device = "auto"
        self.asked = Asked(hears)
        self.fetching = hears.fetching
        self.trouble = ""
        self.news = ""
        self._classify = classify
        self._settings = settings
        self._hears = hears
        self._pump = pump
        self._hearing: Hearing | None = None
        self._shown = self._waiting = False
        pump.listen(CatalogChanged, lambda _: self._look_soon())
        hears.changed.connect(lambda status: None if status else self._look_soon())
        hears.ended.connect(self._say)
        hears.failed.connect(self._complain)

    @property
    def engines(self) -> Sequence[Engine]:
        """The quickest first, and what the best ran on; none before they are known."""
        hearing = self._hearing
        if hearing is None:
            return ()
        if hearing.engine != "cnn14" or " " not in hearing.device:
            return hearing.engines
        return [
            replace(engine, detail=f"{engine.detail}, {place(hearing.device)}") if engine.name == "cnn14" else engine
            for engine in hearing.engines
        ]

    @property
    def by(self) -> Sequence[tuple[str, int]]:
        """Who said of how many sounds what they are."""
        if self._hearing is None:
            return ()
        counts = self._hearing.by
        return [(said, counts.get(name, 0)) for name, said in _BY if counts.get(name) or name in ("user", "name")]

    @property
    def summary(self) -> str:
        """How well the library is heard."""
        hearing = self._hearing
        if hearing is None:
            return "Looking..."
        ear = NAMES[hearing.engine] if hearing.engine == "cnn14" else f"The {hearing.engine} model"
        if not hearing.unheard:
            return f"{ear} has listened to every sound that is here."
        if hearing.unheard <= self._hears.beyond:
            return f"{ear} has listened to every sound that is here and can be read."
        return f"{ear} has not listened to {words.sounds(hearing.unheard)} yet."

    @property
    def fetchable(self) -> bool:
        """Whether CNN14 only lacks what it learned."""
        return self._hearing is not None and self._hearing.fetchable

    @property
    def weights(self) -> str:
        """What fetching that takes."""
        return "" if self._hearing is None else f"{WORTH} {self._hearing.weights}"

    @property
    def can_choose(self) -> bool:
        """Whether there is an engine better than the built-in one."""
        return any(engine.name == "cnn14" and engine.ready for engine in self.engines)

    @property
    def by_itself(self) -> bool:
        """Whether new sounds are listened to unasked."""
        return self._settings.hear_new

    @property
    def busy(self) -> bool:
        """Whether the user waits for something."""
        return self._hears.asked or self.fetching.running

    def show(self, on: bool) -> None:
        """Somebody looks at this, or nobody any more."""
        self._shown = on
        if on:
            self.trouble = self.news = ""
            self._look()

    def switch(self, on: bool) -> None:
        """Listen to new sounds unasked, or not."""
        self._settings.hear_new = on
        self._hears.switch()
        self.changed()

    def listen(self) -> None:
        """Hear now what was not heard."""
        self.trouble = self.news = ""
        self._hears.listen(self.engine, self.device)
        self.changed()

    def fetch(self, file: str | None = None) -> None:
        """Have what CNN14 learned: from the net, or from a ``file`` that was downloaded by hand."""
        self.trouble = self.news = ""
        self.fetching.run(lambda: self._classify().fetch_weights(file), self._fetched, self._failed)
        self.changed()

    def _fetched(self, _: object) -> None:
        self._say("CNN14 is ready. Listen now, and it hears your library.")
        self._look()

    def _failed(self, error: CtkError) -> None:
        if isinstance(error, Cancelled):
            self._say("Stopped; what came so far is kept, and fetching goes on from there.")
        else:
            self._complain(str(error))

    def _say(self, sentence: str) -> None:
        self.news, self.trouble = sentence, ""
        self.changed()

    def _complain(self, sentence: str) -> None:
        self.news, self.trouble = "", sentence
        self.changed()

    def _look_soon(self) -> None:
        self.changed()
        if self._shown and not self._waiting:
            self._waiting = True
            self._pump.later(AGAIN_MS, self._due, key="listeners")

    def _due(self) -> None:
        self._waiting = False
        self._look()

    def _look(self) -> None:
        if self._shown:
            self._pump.call(lambda: self._classify().status(), then=self._take, key="listeners")

    def _take(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self.changed()


def place(device: str) -> str:
    """Where CNN14 ran: ``on the processor``, ``on NVIDIA H200``."""
    kind, *name, _ = device.split()
    return "on the processor" if kind == "cpu" else f"on {' '.join(name) or kind}"
