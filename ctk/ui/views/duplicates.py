"""The duplicates pane: groups with their copies, which of them go, and the button that cleans up."""

import os
import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk
from typing import Any, Literal, get_args

from ctk.records import Copy, Group, NowPlaying, Row
from ctk.ui import keys
from ctk.ui.models import words
from ctk.ui.models.choices import Fate
from ctk.ui.models.duplicates import Duplicates, Shown
from ctk.ui.models.library import Library
from ctk.ui.models.signal import Signal
from ctk.ui.models.transport import Transport
from ctk.ui.theme import Theme
from ctk.ui.views.duplicates_bar import DuplicatesBar
from ctk.ui.views.folders import FolderList
from ctk.ui.widgets.columns import Column
from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.table import HERE, Line, Table

INDENT = 26
Ground = Literal["plain", "picked", "focused"]
"""What is behind a line."""
_OTHERS = 0x4 | (0x20000 if keys.WINDOWS else 0x8)
"""Control, and Alt or Command, among the bits of an event's state."""
HEADING = "\N{EM SPACE}\N{EN SPACE}"
"""Begins above the names, not above their marks."""
_MARKS: dict[Fate, str] = {"kept": "lock", "stays": "lock", "goes": "checked", "left out": "unchecked"}
_SAID: dict[Fate, str] = {"kept": "stays", "stays": "stays", "goes": "goes", "left out": "stays, as you wish"}
DIVIDE = ("Similar sounds", "for you to compare:", "nothing here is removed for you", "")
NOTHING = "Every sound is there once."
INVITATION = (
    "Files that are the same byte for byte are found, whatever they are called.\n"
    "Nothing is removed before you have seen it, and everything can be brought back."
)


class DuplicatesView(ttk.Frame):
    """``bar`` has the numbers and buttons, ``table`` the groups. ``clean()`` is asked for with a click.

    ``told(text)`` says more of what is pointed at, or in focus: a copy's path, or how sameness is known.
    """

    _picked: Ground = "picked"

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        duplicates: Duplicates,
        transport: Transport,
        library: Library,
        clean: Callable[[], None],
    ) -> None:
        super().__init__(master)
        self.told: Signal[[str]] = Signal()
        self._theme = theme
        self._duplicates = duplicates
        self._choices = duplicates.choices
        self._transport = transport
        self._library = library
        self._playing: int | None = None
        self._at: tuple[int, int | None] | None = None
        self._owed = False
        px = theme.px
        self.bar = DuplicatesBar(self, theme, duplicates, clean, self._show_list)
        self._line = ttk.Frame(self, style="Line.TFrame", height=max(1, px(1)))
        self.table = Table(
            self,
            [
                Column("name", f"{HEADING}Name", px(330), px(140), stretch=True),
                Column("folder", "Folder", px(300), px(100), stretch=True),
                Column("why", "What happens, and why", px(300), px(100), stretch=True),
                Column("size", "Size", px(150), px(60), "e"),
            ],
            self._lines,
        )
        self.folders = FolderList(self, theme, duplicates, library)
        self._empty = _Empty(self.table, theme, duplicates.find)
        self.bar.pack(fill="x")
        self._line.pack(fill="x")
        self.table.pack(fill="both", expand=True)
        self._connect()
        self._paint_look()

    def arrive(self) -> None:
        """Take the keys."""
        self.table.tree.focus_set()
        self._begin()
        self._empty.arrive()

    def focused(self) -> Shown | None:
        """What is in focus."""
        at = self.table.focus_at
        return None if at is None else self._duplicates.row(at)

    def go(self, position: int, *, listen: bool = True) -> None:
        """Put the focus there, and hear it."""
        self.table.focus_on(position)
        shown = self._duplicates.row(position)
        self._at = (shown.group.id, shown.copy.id if shown.copy else None) if shown and shown.group else None
        self._owed = shown is None
        if shown is not None and shown.group is not None:
            self.told(_about(shown))
            if shown.copy is not None and listen:
                beside = [copy.id for copy in shown.group.files]
                self._transport.arrive(playable(shown.group, shown.copy), beside=beside)

    def play_focused(self) -> None:
        """Play what is in focus from its start."""
        shown = self.focused()
        if shown is not None and shown.group is not None:
            self._transport.play(playable(shown.group, shown.copy or shown.group.files[0]))

    def toggle(self) -> None:
        """Leave what is in focus out, or take it in again."""
        shown = self.focused()
        if shown is not None and shown.group is not None:
            self._choices.toggle(shown.group, shown.copy)

    def keep(self) -> None:
        """Keep the copy that is in focus."""
        shown = self.focused()
        if shown is not None and shown.group is not None and shown.copy is not None:
            self._choices.keep(shown.group, shown.copy)

    def _begin(self) -> None:
        """Where nothing is in focus, the first line is."""
        if self.table.focus_at is None and self.table.total:
            self.go(0, listen=False)

    def _connect(self) -> None:
        table = self.table
        table.on_pick = self._pick
        table.on_open = lambda _: self.play_focused()
        for key, act in (("x", self.toggle), ("X", self.toggle), ("k", self.keep), ("K", self.keep)):
            table.tree.bind(f"<{key}>", partial(_bare, act))
        table.tree.bind("<<TraverseIn>>", lambda _: self._begin(), add=True)
        for event in ("<FocusIn>", "<FocusOut>"):
            table.tree.bind(event, lambda _: table.refresh(), add=True)
        table.tree.bind("<Motion>", self._point, add=True)
        table.tree.bind("<Leave>", lambda _: self._tell_focus(), add=True)
        self._duplicates.changed.connect(self._changed)
        self._duplicates.filled.connect(self._filled)
        self._choices.changed.connect(table.refresh)
        self._transport.changed.connect(self._heard)
        self._library.changed.connect(table.refresh)
        self._theme.changed.connect(self._paint_look)
        self.bind("<Map>", lambda _: self._duplicates.show(True))
        self.bind("<Unmap>", lambda _: self._duplicates.show(False))
        self._catch_clicks(f"Marks{self}")

    def _catch_clicks(self, tag: str) -> None:
        """A click on a mark toggles it, and does nothing else."""
        tree = self.table.tree
        tree.bindtags((tag, *tree.bindtags()))
        tree.bind_class(tag, "<Button-1>", self._click)

    def _click(self, event: "tk.Event[Any]") -> str | None:
        tree = self.table.tree
        position = self.table.position(event.y)
        if position is None or "image" not in str(tree.identify_element(event.x, event.y)):
            return None
        tree.focus_set()
        self.go(position, listen=False)
        self.toggle()
        return "break"

    def _pick(self, position: int, _: Pick) -> None:
        self.go(position)

    def _point(self, event: "tk.Event[Any]") -> None:
        """The pointer is on a head: say how it is known that its copies are the same."""
        position = self.table.position(event.y)
        shown = None if position is None else self._duplicates.row(position)
        if shown is not None and shown.group is not None and shown.copy is None:
            self.told(_about(shown))
        else:
            self._tell_focus()

    def _tell_focus(self) -> None:
        shown = self.focused()
        self.told(_about(shown) if shown else "")

    def _show_list(self, folders: bool) -> None:
        shown, hidden = (self.folders, self.table) if folders else (self.table, self.folders)
        hidden.pack_forget()
        shown.pack(fill="both", expand=True)

    def _changed(self) -> None:
        """The list was replaced: what was in focus stays in focus."""
        model, table = self._duplicates, self.table
        focus = model.position(*self._at) if self._at else None
        top = table.top if focus is None or table.focus_at is None else focus - (table.focus_at - table.top)
        table.reset(model.outline.total, top=top, focus=focus)
        self._empty.show(
            NOTHING if model.searched else INVITATION,
            not model.outline.total and model.loaded and not model.searching,
            asking=not model.searched,
        )

    def _filled(self) -> None:
        self.table.refresh()
        if self._owed and self.table.focus_at is not None:
            self.go(self.table.focus_at)

    def _heard(self, now: NowPlaying) -> None:
        playing = now.id if now.state == "playing" else None
        if playing != self._playing:
            self._playing = playing
            self.table.refresh()

    def _lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        self._picked = "focused" if self.table.tree.instate(("focus",)) else "picked"
        rows = self._duplicates.rows(offset, limit)
        return [shown and self._line_of(shown, offset + at) for at, shown in enumerate(rows)]

    def _line_of(self, shown: Shown, position: int) -> Line:
        picked = position == self.table.focus_at
        if shown.group is None:
            return Line(DIVIDE, tag="divide")
        if shown.copy is None:
            return self._head(shown.group, picked)
        return self._copy(shown.group, shown.copy, picked)

    def _head(self, group: Group, picked: bool) -> Line:
        first = group.files[0]
        spares = [self._choices.fate(group, copy) for copy in group.files]
        goes, out = spares.count("goes"), spares.count("left out")
        mark = "checked" if goes and not out else "partly" if goes else "unchecked" if out else "blank"
        cells = (
            words.name(first.path),
            _count(group),
            _note(group, self._choices.is_tie(group)),
            f"{words.size(group.wasted_bytes)} to free" if group.wasted_bytes else "",
        )
        return Line(cells, picked, "head", self._image(mark, picked, inside=False))

    def _copy(self, group: Group, copy: Copy, picked: bool) -> Line:
        fate = self._choices.fate(group, copy)
        exact = group.kind == "exact"
        said = f"{_SAID[fate]}: {self._choices.reason(group, copy)}" if exact else copy.reason
        if fate == "left out":
            said = _SAID[fate]
        mark = "volume" if copy.id == self._playing else _MARKS[fate] if exact else "blank"
        name = words.name(copy.path)
        cells = (
            name,
            words.folder(copy.path, self._library.roots),
            said,
            words.size(group.size_bytes) if exact else "",
        )
        tag = "playing" if copy.id == self._playing else "goes" if fate == "goes" else "copy"
        return Line(cells, picked, tag, self._image(mark, picked, inside=True))

    def _image(self, mark: str, picked: bool, *, inside: bool) -> str:
        return self._images[mark, self._picked if picked else "plain", inside]

    def _paint_look(self) -> None:
        theme, tokens = self._theme, self._theme.tokens
        colours = {"lock": tokens.muted, "checked": tokens.accent, "partly": tokens.accent, "volume": tokens.accent}
        inks = {"picked": tokens.on_selected, "focused": tokens.on_focused}
        self._images = {
            (mark, ground, inside): str(
                theme.icon(mark, 16, inks.get(ground) or colours.get(mark, tokens.dim), gap=8, indent=indent)
            )
            for mark in ("lock", "checked", "partly", "unchecked", "volume", "blank")
            for ground in get_args(Ground)
            for inside, indent in ((False, 0), (True, INDENT))
        }
        table = self.table
        table.colour("head", background=tokens.chrome, foreground=tokens.text, font="CtkStrong")
        table.colour("divide", foreground=tokens.muted, font="CtkStrong")
        table.colour("goes", foreground=tokens.muted)
        table.colour("playing", foreground=tokens.accent)
        table.colour(HERE, background=tokens.hover)
        table.refresh()


class _Empty(ttk.Frame):
    """What stands in the place of an empty list."""

    def __init__(self, table: Table, theme: Theme, find: Callable[[], None]) -> None:
        super().__init__(table, style="Surface.TFrame")
        self._tree = table.tree
        px = theme.px
        self._title = ttk.Label(self, text="What do you have twice?", style="Hero.Surface.TLabel")
        self._words = ttk.Label(self, style="Quiet.Surface.TLabel", justify="center")
        self._look = ttk.Button(self, text="Look for duplicates", style="Accent.TButton", command=find)
        self._title.pack()
        self._words.pack(pady=(px(10), px(24)))
        self._look.pack()

    def show(self, text: str, on: bool, *, asking: bool) -> None:
        self._words.configure(text=text)
        self._title.configure(text="What do you have twice?" if asking else "No duplicates")
        if on:
            self.place(relx=0.5, rely=0.42, anchor="center")
            self.arrive()
        else:
            if str(self.tk.call("focus")) == str(self._look):
                self._tree.focus_set()
            self.place_forget()

    def arrive(self) -> None:
        """The keys of the empty list are of more use here."""
        if self.winfo_manager() and str(self.tk.call("focus")) == str(self._tree):
            self._look.focus_set()


def _bare(act: Callable[[], None], event: "tk.Event[tk.Misc]") -> None:
    """With Control or Alt the key means something else."""
    if not int(event.state) & _OTHERS:
        act()


def playable(group: Group, copy: Copy) -> Row:
    """A copy as what the transport plays."""
    return Row(
        copy.id, copy.path, os.path.basename(copy.path), None, None, None, None, None, None, group.size_bytes, "ok"
    )


def _about(shown: Shown) -> str:
    if shown.copy is not None:
        return words.safe(shown.copy.path)
    return " ".join((shown.group.proof, *shown.group.differences)) if shown.group is not None else ""


def _count(group: Group) -> str:
    count = len(group.files)
    if group.kind == "exact":
        return f"{count} copies, {words.size(group.size_bytes)} each"
    return f"the same sound in {count} files" if group.kind == "same audio" else f"{count} versions"


def _note(group: Group, tie: bool) -> str:
    if group.kind != "exact":
        return group.differences[0] if group.differences else ""
    return "a tie: no rule can choose" if tie else ""
