"""Renaming by a template: what it would come to, as it is typed."""

from array import array

from ctk.contract import Batch
from ctk.errors import CtkError
from ctk.records import Plan
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

DEBOUNCE_MS = 150
FIRST = "{name}"
FIELDS = (
    ("name", "the name it has"),
    ("n", "1, 2, 3, ...; {n:03} for 001"),
    ("folder", "the folder it is in"),
    ("title", "its title"),
    ("artist", "its artist"),
    ("bpm", "its tempo"),
    ("key", "its key"),
    ("len", "its length in seconds"),
    ("rate", "its sample rate"),
    ("depth", "its bits a sample"),
    ("format", "its format"),
)
"""What can be put into a template, and what it stands for."""


class Rename:
    """``planned(plan)`` tells what the template comes to, ``trouble(sentence)`` why it cannot be read."""

    def __init__(self, batch: Batch, pump: Pump) -> None:
        self.planned: Signal[[Plan]] = Signal()
        self.trouble: Signal[[str]] = Signal()
        self.ids: array[int] = array("q")
        self.template = FIRST
        self.plan: Plan | None = None
        self._batch = batch
        self._pump = pump

    def begin(self, ids: "array[int]") -> None:
        """Rename these, numbered in this order."""
        self.ids = ids

    def hurry(self) -> None:
        """Try what was typed at once."""
        self._pump.hurry("template")

    def type(self, template: str) -> None:
        """The template changed; it is tried once typing rests."""
        self.template = template
        self.plan = None
        self._pump.drop("template plan")
        self._pump.later(DEBOUNCE_MS, self._try, key="template")

    def end(self) -> None:
        """Forget it all."""
        self._pump.drop("template plan")
        self.ids = array("q")
        self.plan = None

    def _try(self) -> None:
        if self.ids:
            work = (self._batch.plan_rename, self.ids, self.template)
            self._pump.call(*work, then=self._take, fail=self._fail, key="template plan")

    def _take(self, plan: Plan) -> None:
        self.plan = plan
        self.planned(plan)

    def _fail(self, error: Exception) -> None:
        self.trouble(str(error) if isinstance(error, CtkError) else "This could not be tried out.")
