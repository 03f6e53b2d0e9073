"""The pane with all about the sound in focus: made when it is first wanted, shown and put away."""

from collections.abc import Callable

from ctk.contract import Catalog
from ctk.records import Row
from ctk.settings import Settings
from ctk.ui.models.detail import Detail
from ctk.ui.models.library import Library
from ctk.ui.models.waveform import Waveform
from ctk.ui.playing import Playing
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.views.catalog import DETAIL, CatalogView
from ctk.ui.views.detail import DetailView
from ctk.ui.views.marks import Says


class DetailPane:
    """``toggle`` it; whether it is shown is kept in the settings. ``tell(sentence)`` says why it cannot come."""

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        catalog: Catalog,
        pump: Pump,
        playing: Playing,
        library: Library,
        list: CatalogView,
        says: Says,
        tell: Callable[[str], None],
    ) -> None:
        self.model = Detail(catalog, playing.waveforms, library, pump)
        self._theme = theme
        self._settings = settings
        self._list = list
        self._tell = tell
        waveform = Waveform("detail", playing.waveforms, playing.making, pump)
        self.view = DetailView(
            list, theme, self.model, playing.transport, waveform, says, close=self.toggle, leave=list.leave
        )
        list.panes.put(DETAIL, self.view, on=False)
        list.arrived.connect(self._arrived)
        theme.changed.connect(self._follow)

    def settle(self) -> None:
        """Show it where it was shown last time."""
        self._show(self._settings.detail)

    def write_note(self) -> None:
        """Bring the note into sight, with the keys."""
        if not self._sees():
            self.toggle()
        if self._sees():
            self.view.update_idletasks()
            self.view.note.text.focus_set()

    def leave(self) -> None:
        """The window closes: what was written last is kept."""
        self.view.note.keep()

    def toggle(self) -> None:
        """Show it, or put it away when it is in sight."""
        if not self._list.panes.holds(DETAIL):
            self._tell(f"The look {self._theme.look.name} has no place for the details of a sound.")
            return
        self._settings.detail = not self._sees()
        self._show(self._settings.detail)

    def _sees(self) -> bool:
        return self._settings.detail and self._list.panes.sees(DETAIL)

    def _show(self, on: bool) -> None:
        self._list.panes.show(DETAIL, on)
        self._arrived(self._list.focused_row())

    def _arrived(self, row: Row | None) -> None:
        self.model.show(row if self._settings.detail and self._list.panes.holds(DETAIL) else None)

    def _follow(self) -> None:
        """Another look may have a place for it, or none."""
        self._arrived(self._list.focused_row())
