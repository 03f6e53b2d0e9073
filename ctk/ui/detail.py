"""The pane with all about the sound in focus: made when it is first wanted, shown and put away."""

from ctk.contract import Catalog
from ctk.records import Row
from ctk.settings import Settings
from ctk.ui.models.detail import Detail
from ctk.ui.models.library import Library
from ctk.ui.models.waveform import Waveform
from ctk.ui.playing import Playing
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.views.catalog import CatalogView
from ctk.ui.views.detail import DetailView
from ctk.ui.views.marks import Says


class DetailPane:
    """``toggle`` it; whether it is shown is kept in the settings."""

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
    ) -> None:
        self.model = Detail(catalog, playing.waveforms, library, pump)
        self._settings = settings
        self._list = list
        waveform = Waveform("detail", playing.waveforms, playing.making, pump)
        self.view = DetailView(
            list, theme, self.model, playing.transport, waveform, says, close=self.toggle, leave=list.leave
        )
        list.bind("<Configure>", lambda event: self.view.fit(event.height), add=True)
        list.arrived.connect(self._arrived)

    def settle(self) -> None:
        """Show it where it was shown last time."""
        self._show(self._settings.detail)

    def write_note(self) -> None:
        """Bring the note into sight, with the keys."""
        if not self._settings.detail:
            self.toggle()
        self.view.update_idletasks()
        self.view.note.text.focus_set()

    def leave(self) -> None:
        """The window closes: what was written last is kept."""
        self.view.note.keep()

    def toggle(self) -> None:
        self._settings.detail = not self._settings.detail
        self._show(self._settings.detail)

    def _show(self, on: bool) -> None:
        self.view.fit(self._list.winfo_height())
        self._list.dock(self.view if on else None)
        self._arrived(self._list.focused_row())

    def _arrived(self, row: Row | None) -> None:
        self.model.show(row if self._settings.detail else None)
