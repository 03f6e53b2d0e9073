"""What the user says of the sound in the detail pane: stars, a heart, tags, collections, and a note."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk
from typing import Protocol

from ctk.records import Marks
from ctk.ui.models import words
from ctk.ui.models.detail import Detail
from ctk.ui.models.marking import Kind
from ctk.ui.theme import Theme
from ctk.ui.widgets.chip import Chip
from ctk.ui.widgets.drawing import Colour, mix
from ctk.ui.widgets.flow import Flow
from ctk.ui.widgets.stars import Stars
from ctk.ui.widgets.tip import Tip

REST_MS = 700
"""What is written is kept when typing rests so long."""
NOTE_LINES = 2
UNLIT = 0.22
"""So far a star that is not given stands out."""


class Says(Protocol):
    """Who is told what is said of a sound."""

    def rate_one(self, id: int, stars: int) -> None: ...
    def favour_one(self, id: int) -> None: ...
    def drop_one(self, kind: Kind, id: int, name: str) -> None: ...
    def ask_one(self, kind: Kind, id: int) -> None: ...
    def write(self, id: int, text: str) -> None: ...
    def find(self, kind: Kind, name: str) -> None: ...


class MarksLine(ttk.Frame):
    """Stars, the heart, and a chip for each tag and collection, of the sound that ``detail`` shows."""

    def __init__(self, master: tk.Misc, theme: Theme, detail: Detail, says: Says) -> None:
        super().__init__(master)
        self._theme = theme
        self._detail = detail
        self._says = says
        self._painted: tuple[int, Marks] | None = None
        self.stars = Stars(self, picked=lambda stars: self._with(lambda id: says.rate_one(id, stars)))
        self.heart = ttk.Label(self, cursor="hand2")
        self.heart.bind("<Button-1>", lambda _: self._with(says.favour_one))
        Tip(self.heart, "Favourite")
        self.chips = Flow(self, gap=theme.px(6))
        self.stars.pack(side="left", anchor="n")
        self.heart.pack(side="left", anchor="n", padx=(theme.px(10), theme.px(12)))
        self.chips.pack(side="left", fill="x", expand=True)
        detail.changed.connect(self._paint)
        theme.changed.connect(self._repaint)
        self._repaint()

    def _with(self, act: Callable[[int], None]) -> None:
        row = self._detail.row
        if row is not None:
            act(row.id)

    @property
    def _unlit(self) -> Colour:
        """Of stars and a heart that are not given, in any look."""
        tokens = self._theme.tokens
        return mix(tokens.chrome, tokens.text, UNLIT)

    def _repaint(self) -> None:
        """There is another look."""
        theme, tokens = self._theme, self._theme.tokens
        self.stars.set_icons(theme.icon("star", 18, tokens.accent), theme.icon("star", 18, self._unlit))
        self._painted = None
        self._paint()

    def _paint(self) -> None:
        row, marks = self._detail.row, self._detail.marks
        if row is None or self._painted == (row.id, marks):
            return
        self._painted = row.id, marks
        tokens = self._theme.tokens
        self.stars.set(marks.rating)
        colour = tokens.danger if marks.favourite else self._unlit
        self.heart.configure(image=self._theme.icon("heart", 18, colour))
        chips = [self._chip("tag", row.id, name) for name in marks.tags]
        chips.append(self._plus("tag", row.id, "+ Tag"))
        chips += [self._chip("collection", row.id, name) for name in marks.collections]
        chips.append(self._plus("collection", row.id, "+ Collection"))
        self.chips.show(chips)

    def _chip(self, kind: Kind, id: int, name: str) -> Chip:
        text = words.safe(name) if kind == "tag" else f"in {words.safe(name)}"
        cross = self._theme.icon("clear", 12, self._theme.tokens.muted)
        find, drop = partial(self._says.find, kind, name), partial(self._says.drop_one, kind, id, name)
        return Chip(self.chips, text, pressed=find, dropped=drop, cross=cross)

    def _plus(self, kind: Kind, id: int, text: str) -> Chip:
        return Chip(self.chips, text, pressed=partial(self._says.ask_one, kind, id), style="Plus.Chip.TButton")


class NoteBox(ttk.Frame):
    """A few lines of the user's own, kept while they are written."""

    def __init__(self, master: tk.Misc, theme: Theme, detail: Detail, says: Says, leave: Callable[[], None]) -> None:
        super().__init__(master, style="Field.TFrame", padding=(theme.px(8), theme.px(5)))
        self._theme = theme
        self._detail = detail
        self._says = says
        self._id: int | None = None
        self._kept = ""
        self._timer: str | None = None
        self.text = tk.Text(
            self, width=1, height=NOTE_LINES, relief="flat", borderwidth=0, highlightthickness=0, wrap="word", undo=True
        )
        self._hint = ttk.Label(self.text, text="A note...", style="Field.TLabel", cursor="xterm")
        self._hint.bind("<Button-1>", lambda _: self.text.focus_set())
        self.text.pack(fill="both", expand=True)
        self._bind_events(leave)
        detail.changed.connect(self._paint)
        theme.changed.connect(self._paint_look)
        self._paint_look()

    @property
    def written(self) -> str:
        return self.text.get("1.0", "end-1c").strip()

    def keep(self) -> None:
        """Hand over what was written and is not kept yet."""
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None
        if self._id is not None and self.written != self._kept:
            self._kept = self.written
            self._says.write(self._id, self._kept)

    def _bind_events(self, leave: Callable[[], None]) -> None:
        def escape(_: object) -> str:
            leave()
            return "break"

        def tab(_: object) -> str:
            self.text.tk_focusNext().focus_set()  # type: ignore[union-attr]  # the list is always there
            return "break"

        self.text.bind("<Escape>", escape)
        self.text.bind("<Tab>", tab)
        self.text.bind("<FocusIn>", lambda _: self.state(["focus"]), add=True)
        self.text.bind("<FocusOut>", lambda _: self._left(), add=True)
        self.text.bind("<<Modified>>", lambda _: self._typed())

    def _left(self) -> None:
        self.state(["!focus"])
        self.keep()

    def _typed(self) -> None:
        if not self.text.edit_modified():
            return
        self.text.edit_modified(False)
        self._paint_hint()
        if self._timer is not None:
            self.after_cancel(self._timer)
        self._timer = self.after(REST_MS, self.keep)

    def _paint(self) -> None:
        """Another sound, or another note on this one; what is being written stays."""
        row, note = self._detail.row, self._detail.marks.note
        id = None if row is None else row.id
        if id == self._id and (note == self._kept or self.written != self._kept):
            return
        self.keep()
        self._id, self._kept = id, note
        if self.written != note:
            self.text.delete("1.0", "end")
            self.text.insert("1.0", note)
        self.text.edit_reset()
        self.text.edit_modified(False)
        self._paint_hint()

    def _paint_hint(self) -> None:
        if self.text.get("1.0", "end-1c"):
            self._hint.place_forget()
        else:
            self._hint.place(x=0, y=0)

    def _paint_look(self) -> None:
        tokens = self._theme.tokens
        self.text.configure(
            background=tokens.raised,
            foreground=tokens.text,
            insertbackground=tokens.text,
            selectbackground=tokens.focused,
            selectforeground=tokens.on_focused,
            font="TkDefaultFont",
        )
        self._paint_hint()
