"""Where the user's audio is: on the first page while the catalog is empty, later in the drawer."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from ctk.contract import Sources
from ctk.ui.models.jobs import Scans
from ctk.ui.models.work import Work
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.views.pages import Pages

if TYPE_CHECKING:
    from ctk.ui.models.places import Places
    from ctk.ui.views.find import FindPanel
    from ctk.ui.views.start import StartPage


class Discovery:
    """``page`` is the first page; ``show`` opens the drawer. What they need is loaded when it is first used."""

    def __init__(
        self,
        theme: Theme,
        pages: Pages,
        sources: Callable[[], Sources],
        work: Work,
        scans: Scans,
        pump: Pump,
        choose: Callable[[], None],
    ) -> None:
        self._theme = theme
        self._pages = pages
        self._sources = sources
        self._work = work
        self._scans = scans
        self._pump = pump
        self._choose = choose

    @cached_property
    def places(self) -> "Places":
        from ctk.ui.models.places import Places

        return Places(self._sources, self._work, self._scans, self._pump)

    @cached_property
    def page(self) -> "StartPage":
        from ctk.ui.views.start import StartPage

        return StartPage(self._pages.stage, self._theme, self._scans, self.places, self._choose)

    @cached_property
    def panel(self) -> "FindPanel":
        from ctk.ui.views.find import FindPanel

        return FindPanel(self._pages.drawer, self._theme, self.places, self._choose, self._shut)

    def show(self) -> None:
        """Look for audio, and offer what is found."""
        self.places.look()
        self._pages.drawer.show(self.panel)

    def _shut(self) -> None:
        self.places.stop()
        self._pages.drawer.shut()
