"""Which look the user chose: one of the shelf, or light or dark as the system says, which may change while we run."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ctk.looks.look import Entry
from ctk.settings import Settings
from ctk.ui import system
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme, Unpaintable

if TYPE_CHECKING:
    from ctk.looks.shelf import Shelf

SYSTEM: Final = "system"
CHOICES = (SYSTEM, "light", "dark")
"""Those that have actions of their own."""
WHERE = "View > Looks > Choose a look..."


class Look:
    """``choose`` a look; ``preview`` others, and go ``back`` to the one that was chosen; ``ask`` the system now and
    then. ``complained(sentence)`` tells what is wrong with the one that was chosen."""

    def __init__(self, theme: Theme, settings: Settings, pump: Pump, home: Path) -> None:
        """``theme`` has taken on what the settings say."""
        self.complained: Signal[[str]] = Signal()
        self._theme = theme
        self._settings = settings
        self._pump = pump
        self._home = home
        self._previewing = False
        self._told = ""

    @property
    def chosen(self) -> str:
        """An id, or ``SYSTEM``."""
        return self._settings.theme

    @property
    def shown(self) -> str:
        """The id of the one in sight."""
        return self._theme.look.id

    @property
    def shelf(self) -> "Shelf":
        """All looks there are."""
        from ctk.looks.shelf import Shelf

        return Shelf(self._home)

    def is_chosen(self, choice: str) -> bool:
        return self._settings.theme == choice

    def choose(self, choice: str) -> None:
        """An id or ``SYSTEM``, from now on."""
        self._settings.theme = choice
        self._settings.save()
        self._previewing = False
        self._told = ""
        self._theme.use(first(self._settings))
        self.ask()

    def preview(self, id: str) -> None:
        """Show another one for a while."""
        self._previewing = True
        self._take(id)

    def back(self) -> None:
        """Show the one that was chosen again."""
        if self._previewing:
            self._previewing = False
            self._theme.use(first(self._settings))
            self.ask()

    def reload(self) -> Entry | None:
        """Read the files of the look in sight again, and show what they say now unless there are errors; what was found
        of it."""
        id = self._theme.look.id if self.chosen == SYSTEM else self.chosen
        found = next((entry for entry in self.shelf.list() if entry.id == id), None)
        if found is not None and not found.errors:
            self._take(id)
        return found

    def ask(self) -> None:
        """Have the system's answer fetched, where it counts, or say what is wrong with a look of one's own."""
        if self._settings.theme == SYSTEM:
            self._pump.call(system.ask, then=self._follow, key="system look")
        elif not self._previewing:
            self._judge()

    def _take(self, id: str) -> None:
        try:
            self._theme.take(self.shelf.get(id))
        except Unpaintable as exc:
            self.complained(str(exc))

    def _judge(self) -> None:
        """Say it once when something else is shown than what was chosen."""
        shown = self._theme.look
        if self.chosen in (shown.id, self._told):
            return
        self._told = self.chosen
        found = next((entry for entry in self.shelf.list() if entry.id == self.chosen), None)
        if found is None:
            what = f"There is no look {self.chosen} any more"
        else:
            what = f"The look {found.name} {'has errors' if found.errors else 'cannot be shown'}"
        self.complained(f"{what}, so you see {shown.name}; {WHERE} tells more.")

    def _follow(self, mode: system.Mode | None) -> None:
        wanted = mode is not None and self._settings.theme == SYSTEM and not self._previewing
        if mode is not None and wanted:
            self._settings.system_look = mode
            if mode != self._theme.look.id:
                self._theme.use(mode)


def first(settings: Settings) -> str:
    """The id to begin with: where the system tells nothing at once, it is what it said last time."""
    if settings.theme != SYSTEM:
        return settings.theme
    return system.guess() or (settings.system_look if settings.system_look in CHOICES else "light")
