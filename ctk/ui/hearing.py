"""What sounds are and which are alike, as keys and menus ask for it: the user's word, likes, and the engines."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from ctk.actions import Actions
from ctk.contract import Toolkit
from ctk.records import CATEGORIES, Category
from ctk.ui.models.categories import NAMES, Saying
from ctk.ui.models.hearing import Hears
from ctk.ui.models.likeness import Likeness
from ctk.ui.models.marking import Done
from ctk.ui.models.picked import Picked
from ctk.ui.models.search import Answer, Search
from ctk.ui.models.selection import Selection
from ctk.ui.models.successor import Successor
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.views.catalog import CatalogView
from ctk.ui.views.context import Entry, entries
from ctk.ui.views.drawer import Drawer
from ctk.ui.views.jobs import StatusLine
from ctk.ui.views.likeness import LikeLine
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.ui.models.listeners import Listeners
    from ctk.ui.views.hearing import HearingPanel

_LETTERS = dict(zip(CATEGORIES, "DSVBGEO", strict=True))
"""With these a category is chosen in the menu; each is in its name."""


class Hearer:
    """``ask`` what the picked sounds are, ``liken`` the one in focus, ``show`` the engines."""

    def __init__(
        self,
        theme: Theme,
        toolkit: Toolkit,
        pump: Pump,
        hears: Hears,
        picked: Picked,
        search: Search,
        selection: Selection,
        catalog: CatalogView,
        drawer: Drawer,
        status: StatusLine,
        toast: Toast,
        open: Callable[[Callable[[], Sequence[Entry]]], object],
    ) -> None:
        """``open(lines)`` shows a menu below the sound in focus."""
        self._theme = theme
        self._toolkit = toolkit
        self._pump = pump
        self._hears = hears
        self._picked = picked
        self._selection = selection
        self._drawer = drawer
        self._status = status
        self._toast = toast
        self._open = open
        self._awaited = ""
        self._successor = Successor(search, selection)
        self.saying = Saying(lambda: toolkit.classify, pump, search)
        self.likeness = Likeness(toolkit.catalog, lambda: toolkit.classify, pump, search)
        self.line = LikeLine(catalog.bar, theme, self.likeness)
        self.saying.done.connect(self._tell)
        self.saying.trouble.connect(status.complain)
        self.saying.changed.connect(lambda: catalog.arrived(catalog.focused_row()))
        self.likeness.told.connect(status.say)
        self.likeness.trouble.connect(status.complain)
        self.likeness.wanted.connect(lambda text: self._search_for(text, catalog.bar.field.put))

    @cached_property
    def listeners(self) -> "Listeners":
        """The engines."""
        from ctk.ui.models.listeners import Listeners

        return Listeners(lambda: self._toolkit.classify, self._toolkit.settings, self._hears, self._pump)

    @cached_property
    def panel(self) -> "HearingPanel":
        """The engines, in the drawer."""
        from ctk.ui.views.hearing import HearingPanel

        return HearingPanel(self._drawer, self._theme, self.listeners, self._close)

    def can(self) -> bool:
        """Whether there is a sound to say something of."""
        return self._picked.any()

    def can_liken(self) -> bool:
        return self._picked.any() and self._picked.focused() is not None

    def liken(self) -> None:
        """List what is most like the sound in focus."""
        row = self._picked.focused()
        if row is not None:
            self.likeness.find(row)

    def ask(self) -> None:
        """A menu below the sound in focus: what is it?"""
        self._open(self.categories)

    def show(self) -> None:
        """Who tells what sounds are."""
        self._drawer.show(self.panel)

    def lines(self, actions: Actions) -> Sequence[Entry]:
        """What can be asked and said of the picked sounds, as lines of a menu."""
        (similar,) = entries(actions, ("hear.similar",))
        return [Entry("This is", enabled=self.can(), lines=self.categories()), similar]

    def categories(self) -> list[Entry]:
        """What the picked sounds can be, as lines of a menu."""
        ids = self._picked.ids()
        common = self.saying.common(ids)
        lines = [
            Entry(
                NAMES[category],
                partial(self._say, category),
                checked=category == common,
                underline=NAMES[category].upper().index(_LETTERS[category]),
            )
            for category in CATEGORIES
        ]
        return [*lines, Entry(), Entry("Take my word back", partial(self._say, None), self.saying.is_word(ids))]

    def follow(self, answer: Answer, new_text: bool) -> None:
        """Another list: say whose likes these are; the sound itself comes first, and is in focus when asked for."""
        if new_text or self.likeness.title:
            self.likeness.follow()
        if new_text and answer.ask.text == self._awaited:
            self._awaited = ""
            if answer.total:
                self._selection.only(0)

    def _search_for(self, text: str, put: Callable[[str], None]) -> None:
        self._awaited = text
        put(text)

    def _say(self, category: Category | None) -> None:
        self.saying.say(self._successor.of(self._picked.ids()), category)

    def _tell(self, done: Done) -> None:
        if done.undo is not None:
            self._toast.show(done.sentence, ("Undo", lambda: self.saying.undo(done)))
        else:
            self._status.say(done.sentence)

    def _close(self) -> None:
        self.listeners.show(False)
        self._drawer.shut()
