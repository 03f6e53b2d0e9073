"""Who tells what sounds are, how far that is, and how to have the best engine, in the drawer."""

import tkinter as tk
from collections.abc import Callable, Mapping
from tkinter import filedialog, ttk
from typing import Any, Final

from ctk.records import Engine, Listener
from ctk.ui.models.listeners import NAMES, Listeners
from ctk.ui.theme import Theme
from ctk.ui.views.drawer import Panel
from ctk.ui.views.progress import Progress

CHOICES: Final[Mapping[str, tuple[Listener | None, str]]] = {
    "CNN14": (None, "auto"),
    "CNN14 on the processor": (None, "cpu"),
    "Built-in": ("built-in", "auto"),
}
"""What to listen with, and on what."""
LEAST, DETAIL = 160, 420
"""An explanation is as wide as this at 100 %, at least and at most."""


class HearingPanel(Panel):
    """The engines on the left, what each came to on the right; ``listen``, ``fetch`` and ``choose`` are the buttons."""

    def __init__(self, master: tk.Misc, theme: Theme, listeners: Listeners, close: Callable[[], None]) -> None:
        super().__init__(master, theme, close)
        self.title.configure(text="What sounds are")
        self._listeners = listeners
        self._engines = ttk.Frame(self.middle)
        self._by = ttk.Frame(self.middle)
        self._rows: dict[str, tuple[ttk.Label, ttk.Label]] = {}
        self._counts: list[tuple[ttk.Label, ttk.Label]] = []
        self._shown: object = None
        self.fetch, self.choose = self._make_fetching()
        self._lay_out()
        self._make_choices()
        self._make_foot()
        listeners.changed.connect(self._paint)
        for part in (self.middle, self._by):
            part.bind("<Configure>", lambda _: self._fit(self.middle.winfo_width()))
        self.paint_look()

    def _fit(self, width: int) -> None:
        """Explanations leave room for the numbers beside them."""
        px = self.theme.px
        names = max((name.winfo_reqwidth() for name, _ in self._rows.values()), default=0)
        room = width - names - px(20 + 48) - self._by.winfo_reqwidth()
        for label in (self._weights, *(detail for _, detail in self._rows.values())):
            label.configure(wraplength=max(px(LEAST), min(px(DETAIL), room)))

    def _lay_out(self) -> None:
        px = self.theme.px
        for column, (title, part) in enumerate((("Who can tell", self._engines), ("Who told it", self._by))):
            gap = (px(48) * column, 0)
            ttk.Label(self.middle, text=title, style="Small.TLabel").grid(row=0, column=column, sticky="w", padx=gap)
            part.grid(row=1, column=column, sticky="nw", padx=gap, pady=(px(2), 0))

    def arrive(self) -> None:
        self._listeners.show(True)
        self.listen.focus_set()

    def paint_look(self) -> None:
        super().paint_look()
        theme, muted = self.theme, self.theme.tokens.muted
        pictures: Any = (theme.icon("unchecked", 16, muted), "selected", theme.icon("checked", 16, theme.tokens.accent))
        self.by_itself.configure(image=pictures)
        self._shown = None
        self._paint()

    def _make_fetching(self) -> tuple[ttk.Button, ttk.Button]:
        px = self.theme.px
        self._fetching = ttk.Frame(self._engines)
        self._weights = ttk.Label(self._fetching, style="Muted.TLabel", wraplength=px(DETAIL))
        fetch = ttk.Button(self._fetching, text="Fetch", style="Small.TButton", command=self._listeners.fetch)
        choose = ttk.Button(self._fetching, text="Choose a file...", style="Small.TButton", command=self._choose_file)
        self._weights.grid(row=0, column=0, columnspan=3, sticky="w", pady=(0, px(6)))
        fetch.grid(row=1, column=0)
        choose.grid(row=1, column=1, padx=px(8))
        self._fetching.columnconfigure(2, weight=1)
        return fetch, choose

    def _make_choices(self) -> None:
        """What to listen with; only offered where there is something to choose."""
        self._choices = ttk.Frame(self._engines)
        self._choice = tk.StringVar(self, next(iter(CHOICES)))
        ttk.Label(self._choices, text="Listen with", style="Muted.TLabel").pack(side="left")
        for choice in CHOICES:
            button = ttk.Radiobutton(
                self._choices,
                text=choice,
                value=choice,
                variable=self._choice,
                command=self._chosen,
                style="Tab.Toolbutton",
            )
            button.pack(side="left", padx=(self.theme.px(6), 0))

    def _make_foot(self) -> None:
        px = self.theme.px
        self.listen = self.button("Listen now", self._listeners.listen, accent=True)
        self.button("Close", self.close)
        self._by_itself = tk.BooleanVar(self, self._listeners.by_itself)
        self.by_itself = ttk.Checkbutton(
            self.foot,
            text="Listen to new sounds by itself",
            variable=self._by_itself,
            command=self._switch,
            style="Tab.Toolbutton",
            compound="left",
        )
        self.by_itself.pack(side="left")
        self._news = ttk.Label(self, style="Muted.TLabel")
        self._news.grid(row=3, column=0, columnspan=2, sticky="we", pady=(0, px(10)))
        self.foot.grid(row=4)
        self._strips = [
            Progress(self, self.theme, work, lambda _: self._lay_out_strips())
            for work in (self._listeners.asked, self._listeners.fetching)
        ]

    def _lay_out_strips(self) -> None:
        """What is at work stands in the place of the news."""
        for strip in self._strips:
            if strip.on:
                strip.grid(row=3, column=0, columnspan=2, sticky="w", pady=(0, self.theme.px(10)))
            else:
                strip.grid_remove()
        if any(strip.on for strip in self._strips):
            self._news.grid_remove()
        else:
            self._news.grid()

    def _paint(self) -> None:
        listeners = self._listeners
        self.words.configure(text=listeners.summary)
        shown = (tuple(listeners.engines), tuple(listeners.by), listeners.weights)
        if shown != self._shown:
            self._shown = shown
            self._paint_engines()
            self._paint_counts()
        self._news.configure(
            text=listeners.trouble or listeners.news,
            style="Danger.TLabel" if listeners.trouble else "Muted.TLabel",
        )
        self._by_itself.set(listeners.by_itself)
        for button in (self.listen, self.fetch, self.choose):
            button.state(["disabled" if listeners.busy else "!disabled"])

    def _paint_engines(self) -> None:
        px, listeners = self.theme.px, self._listeners
        for row, engine in enumerate(listeners.engines):
            if engine.name not in self._rows:
                name = ttk.Label(self._engines, compound="left")
                detail = ttk.Label(self._engines, style="Muted.TLabel", wraplength=px(DETAIL))
                name.grid(row=row, column=0, sticky="nw", padx=(0, px(20)), pady=px(2))
                detail.grid(row=row, column=1, sticky="nw", pady=px(2))
                self._rows[engine.name] = name, detail
            self._paint_engine(engine, *self._rows[engine.name])
        last = len(listeners.engines)
        _put(self._fetching, listeners.fetchable, row=last - 1, column=1, sticky="w", pady=px(2))
        self._weights.configure(text=listeners.weights)
        _put(self._choices, listeners.can_choose, row=last, column=0, columnspan=2, sticky="w", pady=(px(10), 0))

    def _paint_engine(self, engine: Engine, name: ttk.Label, detail: ttk.Label) -> None:
        theme, tokens = self.theme, self.theme.tokens
        sign = (
            theme.icon("check", 16, tokens.accent, gap=6)
            if engine.ready
            else theme.icon("blank", 16, tokens.dim, gap=6)
        )
        name.configure(text=NAMES[engine.name], image=sign, style="Strong.TLabel" if engine.ready else "Muted.TLabel")
        detail.configure(text=engine.detail)
        _put(detail, not (engine.name == "cnn14" and self._listeners.fetchable))

    def _paint_counts(self) -> None:
        px, by = self.theme.px, self._listeners.by
        while len(self._counts) < len(by):
            row = len(self._counts)
            said, count = ttk.Label(self._by, style="Muted.TLabel"), ttk.Label(self._by, anchor="e")
            said.grid(row=row, column=0, sticky="w", pady=px(2))
            count.grid(row=row, column=1, sticky="e", padx=(px(20), 0), pady=px(2))
            self._counts.append((said, count))
        for number, (said, count) in enumerate(self._counts):
            text, many = by[number] if number < len(by) else ("", None)
            said.configure(text=text)
            count.configure(text="" if many is None else f"{many:,}")

    def _choose_file(self) -> None:
        file = filedialog.askopenfilename(parent=self, title="The file with what CNN14 learned")
        if file:
            self._listeners.fetch(file)

    def _chosen(self) -> None:
        self._listeners.engine, self._listeners.device = CHOICES[self._choice.get()]

    def _switch(self) -> None:
        self._listeners.switch(self._by_itself.get())


def _put(widget: tk.Widget, on: bool, **place: object) -> None:
    """In its place in the grid, or out of sight."""
    if on:
        widget.grid(**place)  # type: ignore[arg-type]
    else:
        widget.grid_remove()
