"""The looks to choose from, the one in focus, and what can be done with it. Knows no Tk."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from ctk.errors import CtkError, NotFound
from ctk.looks.about import fit_id
from ctk.looks.look import Entry, Fault
from ctk.looks.shelf import BUILTIN, Refused, Shelf
from ctk.ui.models.signal import Signal
from ctk.ui.models.technical import technical

MOST_ID: Final = 40


class Worn(Protocol):
    """What is in sight, as far as the choice needs it."""

    @property
    def chosen(self) -> str: ...
    @property
    def shown(self) -> str: ...
    @property
    def shelf(self) -> Shelf: ...
    def choose(self, choice: str) -> None: ...
    def preview(self, id: str) -> None: ...
    def back(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Known:
    """A look of the list; of a broken one no author can be told."""

    entry: Entry
    author: str

    @property
    def own(self) -> bool:
        """Whether it is the user's, to be removed."""
        return self.entry.id not in BUILTIN

    @property
    def state(self) -> str:
        """In a few words."""
        if self.entry.errors:
            return "1 error" if len(self.entry.errors) == 1 else f"{len(self.entry.errors)} errors"
        return "yours" if self.own else "built in"


class Gone(NamedTuple):
    """A look that was removed, where it is ``kept``, and what was chosen ``instead`` where it had been."""

    entry: Entry
    kept: Path
    instead: str


class Looks:
    """``begin``, then ``move`` through ``known``: the one ``at`` is shown for a while; ``keep`` it or go ``back``.

    ``remove`` it, and ``put_back`` what was removed last: ``gone``. ``faults`` are those of ``blamed``: the look in
    focus, or a file that was not taken. ``changed()`` tells of either, ``told(sentence)`` what was done and
    ``failed(sentence, details)`` what was not.
    """

    def __init__(self, worn: Worn) -> None:
        self.changed: Signal[[]] = Signal()
        self.told: Signal[[str]] = Signal()
        self.failed: Signal[[str, str]] = Signal()
        self.known: tuple[Known, ...] = ()
        self.at = 0
        self.blamed = ""
        self.faults: tuple[Fault, ...] = ()
        self._worn = worn
        self._gone: list[Gone] = []

    @property
    def focused(self) -> Known | None:
        return self.known[self.at] if self.at < len(self.known) else None

    @property
    def gone(self) -> str:
        """The name of the look that can be put back; empty when there is none."""
        return self._gone[-1].entry.name if self._gone else ""

    def is_chosen(self, known: Known) -> bool:
        """Whether the user chose it, or it is what the system wants now."""
        return known.entry.id == (self._worn.shown if self._worn.chosen == "system" else self._worn.chosen)

    def begin(self) -> None:
        """List them anew; in focus is the one that was chosen."""
        self._list()
        self._stand(next((at for at, known in enumerate(self.known) if self.is_chosen(known)), 0))

    def reread(self) -> None:
        """List them anew after files have changed."""
        self._list()
        self._stand(min(self.at, len(self.known) - 1))

    def move(self, at: int) -> None:
        """Show another one, which is in focus from now on; for a broken one it is that which was chosen."""
        self._stand(at)
        if self.focused is not None and self.can_keep():
            self._worn.preview(self.focused.entry.id)
        else:
            self._worn.back()

    def can_keep(self) -> bool:
        return self.focused is not None and not self.focused.entry.errors

    def keep(self) -> None:
        """Choose the one in focus."""
        if self.focused is not None and self.can_keep():
            self._worn.choose(self.focused.entry.id)

    def back(self) -> None:
        self._worn.back()

    def install(self, file: str) -> None:
        """Take over a file, and show what came of it."""
        try:
            entry = self._worn.shelf.install(file)
        except Refused as exc:
            self.blamed, self.faults = Path(file).name, exc.faults
            self.failed(f"{Path(file).name} was not taken: a look with errors is not installed.", "")
            self.changed()
        except CtkError as exc:
            self.failed(str(exc), technical(exc))
        else:
            self._come_to(entry.id)
            self.told(f"{entry.name} is installed.")

    def fork(self, name: str) -> Path | None:
        """Begin a look of the user's own from the one in focus, and choose it; the folder of its files."""
        source, name = self.focused, name.strip()
        if source is None:
            return None
        try:
            entry = self._worn.shelf.fork(source.entry.id, self._free_id(name), name=name)
        except CtkError as exc:
            self.failed(str(exc), technical(exc))
            return None
        self._worn.choose(entry.id)
        self._come_to(entry.id)
        self.told(f"{entry.name} is yours now: change its look.toml, and reload.")
        return entry.folder

    def export(self, file: str) -> None:
        """Write the one in focus as a file to share."""
        if self.focused is not None:
            made = self._do(lambda shelf, id: shelf.export(id, file))
            if made is not None:
                self.told(f"{made.name} is ready to be shared.")

    def remove(self) -> None:
        """Take away the one in focus; where it was chosen, what it came from is chosen now."""
        known = self.focused
        kept = self._do(lambda shelf, id: shelf.remove(id)) if known is not None and known.own else None
        if known is None or kept is None:
            return
        instead = known.entry.parent if known.entry.id == self._worn.chosen else ""
        self._gone.append(Gone(known.entry, kept, instead))
        if instead:
            self._worn.choose(instead)
        self._worn.back()
        self.begin()
        self.told(f"{known.entry.name} is removed.")

    def put_back(self) -> None:
        """Have the look again that was removed last; chosen, if it was, and nothing else was chosen since."""
        if not self._gone:
            return
        gone = self._gone[-1]
        try:
            entry = self._worn.shelf.put_back(gone.entry.id, gone.kept)
        except NotFound as exc:
            self._gone.pop()
            self.failed(str(exc), technical(exc))
            self.changed()
        except CtkError as exc:
            self.failed(str(exc), technical(exc))
        else:
            self._gone.pop()
            if gone.instead and gone.instead == self._worn.chosen:
                self._worn.choose(entry.id)
            self._come_to(entry.id)
            self.told(f"{entry.name} is back.")

    def _do(self, act: Callable[[Shelf, str], Path]) -> Path | None:
        try:
            return act(self._worn.shelf, self.known[self.at].entry.id)
        except CtkError as exc:
            self.failed(str(exc), technical(exc))
            return None

    def _list(self) -> None:
        shelf = self._worn.shelf
        self.known = tuple(Known(entry, "" if entry.errors else shelf.get(entry.id).author) for entry in shelf.list())

    def _come_to(self, id: str) -> None:
        self._list()
        self.move(next((at for at, known in enumerate(self.known) if known.entry.id == id), 0))

    def _stand(self, at: int) -> None:
        self.at = at
        known = self.focused
        self.blamed, self.faults = "", ()
        if known is not None and known.own:
            self.blamed, self.faults = known.entry.name, known.entry.errors or self._remarks(known.entry.id)
        self.changed()

    def _remarks(self, id: str) -> tuple[Fault, ...]:
        """What its maker should know."""
        try:
            return self._worn.shelf.faults(id)
        except CtkError:
            return ()  # it went meanwhile

    def _free_id(self, name: str) -> str:
        return free_id(name, {known.entry.id for known in self.known})


def free_id(name: str, taken: Collection[str]) -> str:
    """An id that is like the name of a look, and not ``taken``."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[: MOST_ID - 4]
    if fit_id(plain):
        plain = f"look-{plain}".rstrip("-")
    number, id = 1, plain
    while id in taken:
        number += 1
        id = f"{plain}-{number}"
    return id
