"""Which look the user chose: light, dark, or what the system says, which may change while we run."""

from ctk.settings import Settings
from ctk.ui import system
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme

CHOICES = ("system", "light", "dark")


class Look:
    """``choose`` a look, and ``ask`` the system now and then."""

    def __init__(self, theme: Theme, settings: Settings, pump: Pump) -> None:
        self._theme = theme
        self._settings = settings
        self._pump = pump

    def choose(self, choice: str) -> None:
        """One of ``CHOICES``, from now on."""
        self._settings.theme = choice
        self._theme.use(choice)
        self.ask()

    def is_chosen(self, choice: str) -> bool:
        return self._settings.theme == choice

    def ask(self) -> None:
        """Have the system's answer fetched, where it counts."""
        if self._settings.theme == "system":
            self._pump.call(system.ask, then=self._follow, key="system look")

    def _follow(self, mode: system.Mode | None) -> None:
        if mode is not None and self._settings.theme == "system" and mode != self._theme.tokens.name:
            self._theme.use(mode)
