"""More audio of the user, offered in the drawer."""

import tkinter as tk
from collections.abc import Callable

from ctk.ui.models.places import Places
from ctk.ui.theme import Theme
from ctk.ui.views.drawer import Panel
from ctk.ui.views.places import PlaceList


class FindPanel(Panel):
    """The places where audio was found; ``choose()`` asks for a folder instead."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        places: Places,
        choose: Callable[[], None],
        close: Callable[[], None],
    ) -> None:
        super().__init__(master, theme, close)
        self.title.configure(text="Find my audio")
        self._places = places
        self.list = PlaceList(self.middle, theme, places)
        self.list.pack(fill="both", expand=True)
        self.add = self.button("Add and scan", self._add, accent=True)
        self.choose = self.button("Choose a folder...", choose)
        self.button("Close", close)
        self.list.tree.bind("<Return>", lambda _: self._add())
        places.changed.connect(self._paint)
        self._paint()

    def arrive(self) -> None:
        self.list.tree.focus_set()

    def _add(self) -> None:
        if self._places.wanted:
            self._places.add()
            self.close()

    def _paint(self) -> None:
        places = self._places
        self.words.configure(text=places.note or places.summary or "All of it is in your catalog already.")
        self.add.state(["!disabled" if places.wanted else "disabled"])
