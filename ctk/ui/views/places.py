"""The places where audio was found, as a list to tick."""

import os
import tkinter as tk
from collections.abc import Sequence
from typing import Any

from ctk.ui.models import words
from ctk.ui.models.places import Choice, Fate, Places
from ctk.ui.theme import Theme
from ctk.ui.widgets.columns import Column
from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.table import HERE, Line, Table

HEADING = "\N{EM SPACE}\N{EM SPACE}"
"""Begins above the names, not above their marks."""
_MARKS: dict[Fate, str] = {"added": "checked", "left out": "unchecked", "inside": "lock", "known": "lock"}


class PlaceList(Table):
    """Space and a click tick the place in focus, Return adds what is ticked."""

    def __init__(self, master: tk.Misc, theme: Theme, places: Places) -> None:
        px = theme.px
        super().__init__(
            master,
            [
                Column("name", f"{HEADING}Place", px(230), px(140), stretch=True),
                Column("where", "Where", px(300), px(120), stretch=True),
                Column("sounds", "Sounds", px(90), px(60), "e"),
                Column("size", "Size", px(80), px(60), "e"),
            ],
            self._cells,
        )
        self._theme = theme
        self._places = places
        self._home = os.path.expanduser("~")
        self.on_pick = self._pick
        self.on_all = places.toggle_all
        self.on_view = lambda _, height: self._fit_bar(height)
        self._bind_keys()
        for event in ("<FocusIn>", "<FocusOut>"):
            self.tree.bind(event, lambda _: self.refresh(), add=True)
        places.changed.connect(self._changed)
        theme.changed.connect(self._paint_look)
        self._paint_look()

    def _bind_keys(self) -> None:
        tree = self.tree
        tree.bind("<space>", lambda _: self._toggle())
        tree.bind("<Return>", lambda _: self._places.add())
        tag = f"Ticks{self}"
        tree.bindtags((tag, *tree.bindtags()))
        tree.bind_class(tag, "<Button-1>", self._click)

    def _click(self, event: "tk.Event[Any]") -> str | None:
        position = self.position(event.y)
        if position is None:
            return None
        self.tree.focus_set()
        self.focus_on(position)
        return self._toggle()

    def _toggle(self) -> str:
        if self.focus_at is not None and self.focus_at < len(self._places.choices):
            self._places.toggle(self.focus_at)
        return "break"

    def _pick(self, position: int, _: Pick) -> None:
        self.focus_on(position)

    def _changed(self) -> None:
        """The place in focus keeps it while the list grows."""
        self.reset(len(self._places.choices), top=self.top, focus=self.focus_at)
        self._fit_bar(self.height)

    def _fit_bar(self, height: int) -> None:
        """A short list has no scroll bar."""
        if self.total > height:
            self._down.grid()
        else:
            self._down.grid_remove()

    def _cells(self, offset: int, limit: int) -> Sequence[Line | None]:
        choices = self._places.choices[offset : offset + limit]
        return [self._line(choice, offset + at == self.focus_at) for at, choice in enumerate(choices)]

    def _line(self, choice: Choice, picked: bool) -> Line:
        place = choice.place
        cells = (words.safe(place.name), self._where(choice), f"{place.files:,}", words.size(place.bytes))
        tag = "" if choice.fate == "added" else "aside"
        ground = "plain" if not picked else "focused" if self.tree.instate(("focus",)) else "picked"
        return Line(cells, picked, tag, self._images[_MARKS[choice.fate], ground])

    def _where(self, choice: Choice) -> str:
        place = choice.place
        parts = [words.safe(_from_home(place.path, self._home))]
        if choice.fate == "known":
            parts.append("in your catalog")
        if choice.around is not None:
            parts.append(f"part of {words.safe(choice.around.name)}")
        if place.cloud:
            parts.append("only online" if place.cloud == place.files else f"{place.cloud:,} only online")
        return "   ·   ".join(parts)

    def _paint_look(self) -> None:
        theme, tokens = self._theme, self._theme.tokens
        colours = {"checked": tokens.accent, "unchecked": tokens.dim, "lock": tokens.muted}
        inks = {"plain": "", "picked": tokens.on_selected, "focused": tokens.on_focused}
        self._images = {
            (mark, ground): str(theme.icon(mark, 16, ink or colour, gap=8))
            for mark, colour in colours.items()
            for ground, ink in inks.items()
        }
        self.colour("aside", foreground=tokens.dim)
        self.colour(HERE, background=tokens.hover)
        self.refresh()


def _from_home(path: str, home: str) -> str:
    """``~/Music`` for a folder of the user, where paths are written so."""
    inside = path.startswith(os.path.join(home, "")) and os.sep == "/"
    return f"~{path[len(home) :]}" if inside else path
