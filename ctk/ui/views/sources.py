"""The page of sources: the folders, how each stands, and the files in them that cannot be read."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from ctk.records import Problem, Source, Vanished
from ctk.ui.models import plan_words, sources, words
from ctk.ui.models.library import Library
from ctk.ui.models.sources import Sources
from ctk.ui.theme import Theme
from ctk.ui.widgets.columns import Column
from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.table import HERE, Line, Table

TABLE, TROUBLE = 3, 5
"""Where the lists are, counted from the top."""
HINT = "Enter scans a folder again. A right click, or Shift+F10, shows all that can be done with it."


class SourcesView(ttk.Frame):
    """``bar`` holds the buttons, ``table`` the sources, ``troubles`` what cannot be read in the one in focus."""

    def __init__(self, master: tk.Misc, theme: Theme, model: Sources, library: Library) -> None:
        super().__init__(master)
        self._theme = theme
        self._model = model
        self._library = library
        self._told: Sequence[Problem] = ()
        px = theme.px
        self.bar = ttk.Frame(self, padding=(px(16), px(10)))
        self._summary = ttk.Label(self.bar, style="Large.TLabel", width=1)
        self._summary.pack(side="left", fill="x", expand=True)
        self.question = Question(self, theme, model)
        self.table = Table(self, [self._column(*column) for column in COLUMNS], self._lines)
        self.troubles = Table(self, [self._column(*column) for column in TROUBLES], self._trouble_lines)
        self._heading = ttk.Label(self, style="Strong.TLabel", padding=(px(16), px(10), px(16), px(6)))
        self._hint = ttk.Label(self, style="Small.TLabel", text=HINT, padding=(px(16), px(6)))
        self._lay_out()
        self.table.on_pick = self._pick
        self.troubles.on_pick = lambda at, _: self.troubles.focus_on(at)
        model.changed.connect(self._paint)
        theme.changed.connect(self._paint_look)
        self._paint_look()
        self._paint()

    def button(self, text: str, act: Callable[[], None], *, accent: bool = False) -> ttk.Button:
        """One more button at the right end of the bar."""
        made = ttk.Button(self.bar, text=text, style="Go.TButton" if accent else "TButton", command=act)
        made.pack(side="left", padx=(self._theme.px(8), 0))
        return made

    def arrive(self) -> None:
        """Take the keys."""
        self.table.tree.focus_set()

    def trouble(self) -> Problem | None:
        """The file that is pointed at among those that cannot be read."""
        at = self.troubles.focus_at
        return self._told[at] if at is not None and at < len(self._told) else None

    def _column(self, id: str, title: str, width: int, least: int, numbers: bool, stretch: bool) -> Column:
        px = self._theme.px
        return Column(id, title, px(width), px(least), "e" if numbers else "w", stretch=stretch)

    def _lay_out(self) -> None:
        for row, widget in enumerate(
            (self.bar, self._line(), self.question, self.table, self._heading, self.troubles, self._line(), self._hint)
        ):
            widget.grid(row=row, column=0, sticky="nswe")
        self.question.grid_remove()
        self.columnconfigure(0, weight=1)
        self.rowconfigure(TABLE, weight=3)

    def _line(self) -> ttk.Frame:
        return ttk.Frame(self, style="Line.TFrame", height=max(1, self._theme.px(1)))

    def _pick(self, position: int, _: Pick) -> None:
        self._model.point(position)

    def _paint(self) -> None:
        model = self._model
        self._summary.configure(text=self._library.summary)
        self.table.reset(len(model.rows), top=self.table.top, focus=model.focus)
        self._told = model.problems
        _show(bool(self._told), self._heading, self.troubles)
        self.rowconfigure(TROUBLE, weight=2 if self._told else 0)
        many = len(self._told)
        self._heading.configure(text=f"{plan_words.files(many)} in it cannot be read, or not to the end")
        self.troubles.reset(many, top=self.troubles.top)
        _show(bool(model.vanished), self.question)
        if model.vanished:
            self.question.ask(model.vanished[0])

    def _lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        return [
            Line(_cells(source), offset + at == self._model.focus, "" if source.state == "ok" else "away")
            for at, source in enumerate(self._model.rows[offset : offset + limit])
        ]

    def _trouble_lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        return [
            Line((*plan_words.name_and_folder(problem.path, self._library.roots), problem.reason))
            for problem in self._told[offset : offset + limit]
        ]

    def _paint_look(self) -> None:
        tokens = self._theme.tokens
        for table in (self.table, self.troubles):
            table.colour(HERE, background=tokens.hover)
        self.table.colour("away", foreground=tokens.dim)


class Question(ttk.Frame):
    """What has to be decided before very many files are marked missing."""

    def __init__(self, master: tk.Misc, theme: Theme, model: Sources) -> None:
        px = theme.px
        super().__init__(master, style="Surface.TFrame", padding=(px(16), px(10)))
        self._vanished: Vanished | None = None
        self._words = ttk.Label(self, style="Surface.TLabel", justify="left")
        self.accept = ttk.Button(self, text="They are gone", command=lambda: self._answer(model.accept))
        self.keep = ttk.Button(
            self, text="Leave as it is", style="Go.TButton", command=lambda: self._answer(model.keep)
        )
        self._words.pack(side="left", fill="x", expand=True)
        self.keep.pack(side="right", padx=(px(8), 0))
        self.accept.pack(side="right", padx=(px(16), 0))
        self.bind("<Configure>", lambda event: self._words.configure(wraplength=max(px(200), event.width - px(320))))

    def ask(self, vanished: Vanished) -> None:
        self._vanished = vanished
        self._words.configure(text=sources.question(vanished))

    def _answer(self, answer: Callable[[Vanished], None]) -> None:
        if self._vanished is not None:
            answer(self._vanished)


def _show(on: bool, *widgets: tk.Widget) -> None:
    for widget in widgets:
        if on:
            widget.grid()
        else:
            widget.grid_remove()


COLUMNS = (
    # id, title, width, least width, numbers, stretch
    ("folder", "Folder", 320, 140, False, True),
    ("state", "State", 240, 90, False, True),
    ("files", "Files", 84, 60, True, False),
    ("size", "Size", 90, 60, True, False),
    ("length", "Length", 90, 60, True, False),
    ("missing", "Missing", 80, 60, True, False),
    ("cloud", "In the cloud", 100, 60, True, False),
    ("problems", "Problems", 84, 60, True, False),
    ("scanned", "Last scan", 150, 80, False, False),
)
TROUBLES = (
    ("name", "Name", 260, 100, False, True),
    ("where", "Folder", 260, 100, False, True),
    ("why", "Why", 420, 120, False, True),
)


def _cells(source: Source) -> tuple[str, ...]:
    return (
        words.safe(source.path),
        sources.state(source),
        f"{source.files:,}",
        words.size(source.bytes),
        words.long_time(source.duration_s),
        *(f"{count:,}" if count else "" for count in (source.missing, source.cloud, source.problems)),
        words.when(source.scanned_s) if source.scanned_s else "never",
    )
