"""The first page: where the sounds are, and one click that adds them."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from ctk.records import JobStatus
from ctk.ui.models.jobs import Scans
from ctk.ui.models.places import Places
from ctk.ui.theme import Theme
from ctk.ui.views.places import PlaceList

LOOK_MS = 300
"""By then the page is painted, and folders that were asked for are being read."""
WIDTH, HEIGHT = 780, 262
"""Of the list at most, at 100 %."""
LEAST = 120
TIGHT = 440
"""Where the page is lower than this the sign makes room."""
PROMISE = "Your files stay where they are; nothing is moved or changed."


class StartPage(ttk.Frame):
    """Shown while the catalog is empty. Looks for places by itself; ``choose()`` asks for a folder instead."""

    def __init__(self, master: tk.Misc, theme: Theme, scans: Scans, places: Places, choose: Callable[[], None]) -> None:
        super().__init__(master, style="Surface.TFrame")
        self._theme = theme
        self._scans = scans
        self._places = places
        self._scanning = ""
        self._owed = False
        self._timer: str | None = None
        self._middle = ttk.Frame(self, style="Surface.TFrame")
        self._middle.place(relx=0.5, rely=0.49, anchor="center")
        self._head()
        self._card()
        self._foot(choose)
        self.bind("<Configure>", lambda event: self._fit(event.width, event.height))
        self.bind("<Map>", lambda _: self._look_soon())
        places.changed.connect(self._paint)
        scans.changed.connect(self._follow)
        self._paint()

    def arrive(self) -> None:
        """Take the keys: what Return does is what is most likely wanted, also once places were found."""
        (self.add if self._places.wanted else self.choose).focus_set()
        self._owed = not self._places.wanted

    def _head(self) -> None:
        theme, px = self._theme, self._theme.px
        self._logo = theme.logo().subsample(2 if theme.scale >= 1.5 else 4)
        self._sign = ttk.Label(self._middle, image=self._logo, style="Surface.TLabel", padding=(0, 0, 0, px(14)))
        self._title = ttk.Label(self._middle, text="Where are all your sounds?", style="Hero.Surface.TLabel")
        self._sign.pack()
        self._title.pack()
        ttk.Label(
            self._middle,
            text="Every sound in these places can then be found by typing, and heard by pressing an arrow key.",
            style="Quiet.Surface.TLabel",
        ).pack(pady=(px(8), px(18)))

    def _card(self) -> None:
        line = max(1, self._theme.px(1))
        self._frame = ttk.Frame(self._middle, style="Line.TFrame", padding=line)
        self._frame.pack_propagate(False)
        self.list = PlaceList(self._frame, self._theme, self._places)
        self.list.pack(fill="both", expand=True)
        self._empty = ttk.Label(self.list.tree, style="Quiet.Surface.TLabel", justify="center")
        self._frame.pack()

    def _foot(self, choose: Callable[[], None]) -> None:
        px = self._theme.px
        foot = ttk.Frame(self._middle, style="Surface.TFrame")
        foot.pack(fill="x", pady=(px(14), 0))
        self._summary = ttk.Label(foot, style="Surface.TLabel")
        self._summary.pack(side="left")
        self.add = ttk.Button(foot, text="Add and scan", style="Go.TButton", command=self._places.add)
        self.choose = ttk.Button(foot, text="Choose a folder...", command=choose)
        self.choose.bind("<FocusOut>", self._leave)
        self.add.pack(side="right", padx=(px(10), 0))
        self.choose.pack(side="right")
        self._note = ttk.Label(self._middle, style="Quiet.Surface.TLabel")
        self._note.pack(pady=(px(18), 0))

    def _look_soon(self) -> None:
        """Once the page is in sight, unless folders are being read already."""
        if self._timer is None:
            self._timer = self.after(LOOK_MS, self._look)

    def _look(self) -> None:
        self._timer = None
        if not self._scans.running and self.winfo_ismapped():
            self._places.look()

    def _leave(self, _: "tk.Event[tk.Misc]") -> None:
        """The user went elsewhere by himself."""
        self._owed = False

    def _follow(self, status: JobStatus | None) -> None:
        self._scanning = status.progress.words if status is not None else ""
        self._paint()

    def _paint(self) -> None:
        places = self._places
        self.add.state(["!disabled" if places.wanted and not self._scanning else "disabled"])
        self._summary.configure(text=places.summary)
        self._note.configure(text=self._scanning or (places.note if places.choices else "") or PROMISE)
        self._empty.configure(text=places.note)
        if places.choices:
            self._empty.place_forget()
        else:
            self._empty.place(relx=0.5, rely=0.5, anchor="center")
        self._offer_to_add(bool(places.choices) or not places.searched)
        if self._owed and places.wanted:
            self.arrive()

    def _offer_to_add(self, on: bool) -> None:
        """Where there is nothing to add, choosing a folder is what is left to do."""
        if on == bool(self.add.winfo_manager()):
            return
        self.choose.configure(style="TButton" if on else "Go.TButton")
        if on:
            self.add.pack(side="right", padx=(self._theme.px(10), 0), before=self.choose)
        else:
            self.add.pack_forget()

    def _fit(self, width: int, height: int) -> None:
        """Give the list what room there is."""
        px = self._theme.px
        if height < px(TIGHT):
            self._sign.pack_forget()
        elif not self._sign.winfo_manager():
            self._sign.pack(before=self._title)
        rest = self._middle.winfo_reqheight() - self._frame.winfo_reqheight()
        wide, high = min(px(WIDTH), width - 2 * px(24)), min(px(HEIGHT), height - rest - 2 * px(16))
        self._frame.configure(width=max(1, wide), height=max(px(LEAST), high))
