"""What keys, menus and the detail pane say of sounds: marks on what is picked, and the box for tags and collections."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from ctk.actions import Actions
from ctk.contract import Toolkit
from ctk.ui.models.marking import Done, Kind, Marking, asking, collection_in
from ctk.ui.models.picked import Picked
from ctk.ui.models.search import Search
from ctk.ui.models.selection import Selection
from ctk.ui.models.successor import Successor
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.views.catalog import CatalogView
from ctk.ui.views.context import Entry, entries
from ctk.ui.views.jobs import StatusLine
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.ui.views.marking import LabelBox

WAIT_S = 0.1
"""So long a menu waits for the names in it."""
LISTED = 20
"""No more collections than these in a menu; the box has them all."""


class Marker:
    """Marks what is picked, or else what is in focus. ``show_note()`` brings the note of the focus into sight."""

    def __init__(
        self,
        theme: Theme,
        toolkit: Toolkit,
        pump: Pump,
        picked: Picked,
        search: Search,
        selection: Selection,
        catalog: CatalogView,
        status: StatusLine,
        toast: Toast,
        show_note: Callable[[], None],
    ) -> None:
        self.note = show_note
        self._theme = theme
        self._toolkit = toolkit
        self._pump = pump
        self._picked = picked
        self._search = search
        self._catalog = catalog
        self._status = status
        self._toast = toast
        self._successor = Successor(search, selection)
        self._collections: Sequence[str] = ()
        self.model = Marking(lambda: toolkit.facts, pump, search)
        self.model.told.connect(self._tell)
        self.model.trouble.connect(status.complain)
        self.model.changed.connect(lambda: catalog.arrived(catalog.focused_row()))

    @cached_property
    def box(self) -> "LabelBox":
        """Where tags and collections are typed."""
        from ctk.ui.models.labels import Labels
        from ctk.ui.views.marking import LabelBox

        labels = Labels(self._toolkit.catalog, lambda: self._toolkit.facts, self._pump, self.model)
        return LabelBox(self._catalog, self._theme, labels, self._catalog.leave)

    def can(self) -> bool:
        """Whether there is anything to mark."""
        return self._picked.any()

    def rate(self, stars: int) -> None:
        self.model.rate(self._ids(), stars)

    def favour(self) -> None:
        """Make all of them favourites, or no longer where all are."""
        self.model.favour(self._ids())

    def tags(self) -> None:
        self.ask("tag", self._ids())

    def collections(self) -> None:
        self.ask("collection", self._ids())

    def ask(self, kind: Kind, ids: Sequence[int]) -> None:
        """Open the box over these sounds."""
        self.box.open(kind, ids, self._catalog.table.line_of_focus())

    def find(self, kind: Kind, name: str) -> None:
        """Search for all that has it."""
        self._catalog.bar.field.put(asking(kind, name))

    def rate_one(self, id: int, stars: int) -> None:
        self.model.rate(self._about([id]), stars)

    def favour_one(self, id: int) -> None:
        self.model.favour(self._about([id]))

    def ask_one(self, kind: Kind, id: int) -> None:
        self.ask(kind, self._about([id]))

    def drop_one(self, kind: Kind, id: int, name: str) -> None:
        self.model.drop(kind, self._about([id]), name)

    def write(self, id: int, text: str) -> None:
        self.model.note(id, text)

    def lines(self, actions: Actions) -> list[Entry]:
        """What can be said of the picked sounds, as lines of a menu."""
        stars = entries(actions, [f"mark.{stars}" for stars in (5, 4, 3, 2, 1, 0)])
        can = self.can()
        better = {"mark.favourite": "No longer a favourite"} if self.model.favoured(self._picked.ids()) else {}
        lines = [
            Entry("Stars", enabled=can, lines=stars),
            *entries(actions, ("mark.favourite", "mark.tags"), better),
            Entry("Add to collection", enabled=can, lines=[*self._into(), *entries(actions, ("mark.collection",))]),
        ]
        open_now = (collection_in(self._search.ask.text) or "").casefold()
        for name in self._collections:
            if name.casefold() == open_now:
                lines.append(Entry(f"Remove from “{name}”", lambda name=name: self._drop(name), can))  # type: ignore[misc]
        return lines

    def _into(self) -> list[Entry]:
        """The collections there are, then a thin line."""
        self._pump.call(self._names, then=self._take_names, key="collections", wait_s=WAIT_S)
        shown = self._collections[:LISTED]
        found = [Entry(name, partial(self._collect, name)) for name in shown]
        return [*found, Entry()] if found else []

    def _names(self) -> Sequence[str]:
        """On a worker."""
        return [label.name for label in self._toolkit.facts.collections()]

    def _take_names(self, names: Sequence[str]) -> None:
        self._collections = names

    def _collect(self, name: str) -> None:
        self.model.add("collection", self._ids(), [name])

    def _drop(self, name: str) -> None:
        self.model.drop("collection", self._ids(), name)

    def _ids(self) -> Sequence[int]:
        return self._about(self._picked.ids())

    def _about(self, ids: Sequence[int]) -> Sequence[int]:
        """What is said now is about these."""
        return self._successor.of(ids)

    def _tell(self, done: Done) -> None:
        if done.undo is not None and done.sounds > 1:
            self._toast.show(done.sentence, ("Undo", lambda: self.model.undo(done)))
        elif done.sentence:
            self._status.say(done.sentence)
