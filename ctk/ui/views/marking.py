"""The small box over the list in which tags are given and taken, and collections likewise."""

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from ctk.records import Label
from ctk.ui.models import words
from ctk.ui.models.labels import Labels
from ctk.ui.models.marking import Kind
from ctk.ui.theme import Theme
from ctk.ui.widgets.chip import Chip
from ctk.ui.widgets.field import Field
from ctk.ui.widgets.flow import Flow
from ctk.ui.widgets.retiring import retire
from ctk.ui.widgets.tip import Tip

WIDTH = 340
AT = 56
"""From the left of the list, where names begin."""
ROOM = 330
"""Without so much below a row the box opens above it."""
WAIT_S = 0.1
TITLES: dict[Kind, str] = {"tag": "Tags", "collection": "Collections"}
HINTS: dict[Kind, str] = {"tag": "Add a tag, or several with commas", "collection": "Add to a collection"}


class LabelBox(ttk.Frame):
    """``open`` it beside a line; ``back()`` gives the keys back to the list."""

    def __init__(self, master: tk.Misc, theme: Theme, labels: Labels, back: Callable[[], None]) -> None:
        px = theme.px
        super().__init__(master, style="Card.TFrame", padding=(px(14), px(10), px(14), px(12)))
        self._theme = theme
        self._labels = labels
        self._back = back
        self._chosen: int | None = None
        self._line = (0, 0, 0)
        self._title = ttk.Label(self, style="Strong.TLabel")
        self._cross = ttk.Button(self, style="Flat.TButton", command=self.close, takefocus=False)
        self.chips = Flow(self, gap=px(6))
        self.field = Field(self, hint="", changed=lambda _: self._typed())
        self.hints = ttk.Frame(self)
        self._lay_out()
        self._bind_keys()
        labels.changed.connect(self._paint)
        self.bind("<<ThemeChanged>>", lambda _: self._paint_look())
        self.bind("<Configure>", lambda _: self._grown())
        self._paint_look()

    @property
    def shown(self) -> bool:
        return bool(self.winfo_manager())

    def open(self, kind: Kind, ids: Sequence[int], line: tuple[int, int, int]) -> None:
        """Over these sounds; ``line`` is where the one in focus is drawn: its left, top and bottom."""
        many = f" of {words.sounds(len(ids))}" if len(ids) > 1 else ""
        self._title.configure(text=TITLES[kind] + many)
        self.field.hint(HINTS[kind])
        self.field.entry.delete(0, "end")
        self._labels.open(kind, ids, wait_s=WAIT_S)
        self._line = line
        self._place()
        self.lift()
        self._paint()
        self.field.entry.focus_set()

    def close(self) -> None:
        """Put it away; the keys go back to the list, unless they are elsewhere already."""
        if self.shown:
            self.place_forget()
            self._labels.close()
            self._back()

    def _place(self) -> None:
        """Below its line, or above where there is more room; all of it is in sight."""
        left, top, bottom = self._line
        room, high, px = self.master.winfo_height(), self.winfo_reqheight(), self._theme.px
        below = bottom + px(ROOM) <= room or bottom < room // 2
        y = max(0, min(bottom if below else top - high, room - high))
        x = max(0, min(left + px(AT), self.master.winfo_width() - px(WIDTH)))
        self.place(x=x, y=y, width=px(WIDTH))

    def _grown(self) -> None:
        if self.shown:
            self._place()

    def _lay_out(self) -> None:
        gap = self._theme.px(8)
        self._title.grid(row=0, column=0, sticky="w")
        self._cross.grid(row=0, column=1, sticky="e")
        self.chips.grid(row=1, column=0, columnspan=2, sticky="we", pady=(gap // 2, 0))
        self.field.grid(row=2, column=0, columnspan=2, sticky="we", pady=(gap, 0))
        self.hints.grid(row=3, column=0, columnspan=2, sticky="we", pady=(gap // 2, 0))
        self.columnconfigure(0, weight=1)

    def _bind_keys(self) -> None:
        entry = self.field.entry
        for key, act in (
            ("Return", self._enter),
            ("KP_Enter", self._enter),
            ("Tab", self._complete),
            ("Escape", self.close),
            ("Down", lambda: self._choose(1)),
            ("Up", lambda: self._choose(-1)),
        ):
            entry.bind(f"<{key}>", partial(_stop, act))
        entry.bind("<FocusOut>", lambda _: self.after_idle(self._left), add=True)

    def _left(self) -> None:
        """Another widget of the window has the keys: the box is done with."""
        keys = str(self.tk.call("focus"))
        if self.shown and keys and not keys.startswith(str(self)):
            self.place_forget()
            self._labels.close()

    def _typed(self) -> None:
        self._chosen = None
        self._paint_hints()

    def _choose(self, by: int) -> None:
        """Go to another hint; none is before the first."""
        count = len(self._hints())
        at = (-1 if self._chosen is None else self._chosen) + by
        self._chosen = at if 0 <= at < count else None if at < 0 or not count else count - 1
        self._paint_hints()

    def _enter(self) -> None:
        """Take the chosen hint, else what was typed; with nothing typed it is over."""
        if self._chosen is not None:
            self._take(self._hints()[self._chosen].name)
        elif self.field.text.strip(" ,"):
            self._add(self.field.text)
        else:
            self.close()

    def _complete(self) -> None:
        """Write out the likeliest hint."""
        hints = self._hints()
        if hints and self.field.text.rpartition(",")[2].strip():
            entry, name = self.field.entry, hints[self._chosen or 0].name
            entry.delete(len(_before(self.field.text)), "end")
            entry.insert("end", name)

    def _take(self, name: str) -> None:
        self._add(f"{_before(self.field.text)}{name}")

    def _add(self, text: str) -> None:
        self._labels.add(text)
        self.field.entry.delete(0, "end")

    def _hints(self) -> list[Label]:
        return list(self._labels.hints(self.field.text))

    def _paint(self) -> None:
        if not self.shown:
            return
        total, cross = len(self._labels.ids), self._theme.icon("clear", 12, self._theme.tokens.muted)
        chips = []
        for name, count in self._labels.held:
            drop = partial(self._labels.drop, name)
            if count == total:
                chips.append(Chip(self.chips, words.safe(name), pressed=drop, dropped=drop, cross=cross))
                continue
            give, text = partial(self._labels.add, name), f"{words.safe(name)}  {count:,} of {total:,}"
            part = Chip(self.chips, text, pressed=give, dropped=drop, cross=cross, style="Part.Chip.TButton")
            Tip(part, f"Give it to all {words.sounds(total)}")
            chips.append(part)
        self.chips.show(chips)
        if chips:
            self.chips.grid()
        else:
            self.chips.grid_remove()
        self._paint_hints()

    def _paint_hints(self) -> None:
        for line in self.hints.pack_slaves():
            retire(line)
        hints = self._hints()
        for at, label in enumerate(hints):
            text, act = f"{words.safe(label.name)}   {label.count:,}", partial(self._take, label.name)
            line = ttk.Button(self.hints, text=text, style="Hint.TButton", takefocus=False, command=act)
            line.state(["selected" if at == self._chosen else "!selected"])
            line.pack(fill="x")
        if hints:
            self.hints.grid()
        else:
            self.hints.grid_remove()

    def _paint_look(self) -> None:
        theme, muted = self._theme, self._theme.tokens.muted
        self._cross.configure(image=theme.icon("clear", 14, muted))
        self.field.set_icons(theme.icon("plus", 16, muted), theme.icon("clear", 14, muted))
        self._paint()


def _before(text: str) -> str:
    """What was typed up to the last comma, and a blank."""
    first, comma, _ = text.rpartition(",")
    return f"{first}{comma} " if comma else ""


def _stop(act: Callable[[], None], _: object) -> str:
    act()
    return "break"
