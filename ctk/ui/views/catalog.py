"""The catalog pane: the search box over the list of what it finds."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk
from typing import Any

from ctk.contract import SORT_COLUMNS
from ctk.records import NowPlaying, Row
from ctk.settings import Settings
from ctk.ui.models import categories, words
from ctk.ui.models.library import Library
from ctk.ui.models.marking import STAR
from ctk.ui.models.search import Answer, Search
from ctk.ui.models.selection import Selection
from ctk.ui.models.signal import Signal
from ctk.ui.panes import Panes
from ctk.ui.playing import Playing
from ctk.ui.theme import Theme
from ctk.ui.views import columns
from ctk.ui.views.pictures import Ground, Pictures, Sign
from ctk.ui.views.search import SearchBar
from ctk.ui.widgets.fitting import Fitting
from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.table import HERE, Line, Table

FILTERS, DETAIL = "filters", "detail"
BESIDE = 14
"""What a cell has beside its text."""
ROOMY = 1000
"""The width of a window in which the filters stand unasked."""
_CONTROL, _ALT_X11, _ALT_WINDOWS = 0x4, 0x8, 0x20000


class CatalogView(ttk.Frame):
    """``bar`` is the search box, ``table`` the list, ``panes`` lays them out. ``arrived(row)`` tells which sound is in
    focus now, if any. ``room`` is what place is kept for until it comes."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        settings: Settings,
        search: Search,
        selection: Selection,
        playing: Playing,
        library: Library,
    ) -> None:
        super().__init__(master)
        self.arrived: Signal[[Row | None]] = Signal()
        self._theme = theme
        self._settings = settings
        self._search = search
        self._selection = selection
        self._transport = playing.transport
        self._ahead = playing.ahead
        self._outlines = playing.outlines
        self._library = library
        self.room: set[str] = set()
        self._playing: int | None = None
        self._owed = False
        self._entering = False
        self.bar = SearchBar(self, theme, search, selection, library, enter=self.enter, leave=self.leave)
        self.table = Table(self, columns.make(theme), self._lines)
        self.wishes = columns.Wishes(self.table.columns, theme, settings)
        self._fitting = Fitting(self.table, "Table.Treeview")
        self._pictures = Pictures(self.table, theme, self._outlines)
        self._empty = ttk.Label(self.table, style="Quiet.Surface.TLabel", justify="center")
        self.panes = Panes(self, "catalog", theme, settings)
        self.panes.put("search", self.bar)
        self.panes.put("list", self.table)
        self._connect()
        self._paint_look()

    def enter(self) -> None:
        """The keys go on to the list; where nothing is in focus yet, to its first sound."""
        self._search.hurry()
        self.table.tree.focus_set()
        if self._search.ask.text != self._search.wanted.text:
            self._entering = True  # and pick when the answer is here
        elif self._selection.focus is None and self._search.total:
            self._selection.only(0)

    def arrive(self) -> None:
        """Take the keys: the list when something is in focus there, else the search box."""
        (self.bar.field.entry if self._selection.focus is None else self.table.tree).focus_set()

    def point(self, position: int) -> None:
        """A menu opens over this sound: it is picked, unless it is among those picked."""
        row = self._search.row(position)
        if row is None or row.id not in self._selection.marks:
            self._selection.only(position)

    def keep_room(self, width: int) -> None:
        """In a window of this ``width``: keep the places of what is to come, so that no row moves when it does."""
        chosen, px = self._settings.filters, self._theme.px
        if chosen == "shown" or (chosen == "auto" and width >= px(ROOMY)):
            self.room.add(FILTERS)
        if self._settings.detail:
            self.room.add(DETAIL)
        for name in self.room:
            self.panes.show(name, True)

    def settle(self) -> None:
        """What the first rows can do without."""
        self.panes.settle()
        self.table.columns.let_move(self.wishes.keep_order)

    def take_letters(self, widget: tk.Misc) -> None:
        """Letters typed there go to the search box."""
        widget.bind("<Key>", self._typed)

    def leave(self) -> None:
        """The keys go to the list as it is."""
        self.table.tree.focus_set()

    def find(self) -> None:
        """The keys go to the search box, over the words that stand there."""
        self.bar.field.entry.focus_set()
        self.bar.field.entry.select_range(0, "end")

    def pick_all(self) -> None:
        self._selection.all(self._search.total)

    def play_focused(self) -> None:
        """Play what is in focus from its start."""
        row = self.focused_row()
        if row is not None:
            self._transport.play(row)

    @property
    def advice(self) -> str:
        """What stands in the place of an empty result."""
        return str(self._empty.cget("text")) if self._empty.winfo_manager() else ""

    def focused_row(self) -> Row | None:
        return None if self._selection.focus is None else self._search.row(self._selection.focus)

    def _connect(self) -> None:
        table, search, selection = self.table, self._search, self._selection
        table.on_pick = self._pick
        table.on_all = self.pick_all
        table.on_open = lambda _: self.play_focused()
        table.on_sort = lambda id: search.sort_by(id) if id in SORT_COLUMNS else None
        table.on_view = self._view_moved
        table.on_widths = self.wishes.keep_widths
        self.panes.left.connect(self.leave)
        table.tree.bind("<Key>", self._typed)
        search.answered.connect(self._answered)
        search.trouble.connect(lambda _: self._paint_empty())
        search.filled.connect(self._filled)
        selection.changed.connect(table.refresh)
        selection.focused.connect(self._focused)
        for event in ("<FocusIn>", "<FocusOut>"):
            table.tree.bind(event, lambda _: table.refresh(), add=True)
        self._transport.changed.connect(self._heard)
        self._outlines.changed.connect(lambda _: table.refresh())
        self._outlines.switched.connect(self._switch_pictures)
        self._library.changed.connect(table.refresh)
        self._theme.changed.connect(self.wishes.apply)
        self._theme.changed.connect(self._paint_look)

    def _pick(self, position: int, how: Pick) -> None:
        if self._entering:  # this list is about to be replaced
            return
        match how:
            case "only":
                self._selection.only(position)
            case "toggle":
                self._selection.toggle(position)
            case "move":
                self._selection.move(position)
            case _:
                self._selection.extend(position, keep=how == "extend more")

    def _focused(self, position: int) -> None:
        self._search.move_focus(position)
        self.table.focus_on(position)
        self._arrive()

    def _arrive(self) -> None:
        """Audition what came into focus, as soon as its row is here."""
        row = self.focused_row()
        self._owed = row is None
        if row is not None:
            self._transport.arrive(row)
            self._ahead.arrive(self._selection.focus or 0)
        self.arrived(row)

    def _filled(self) -> None:
        self.table.refresh()
        self._look()
        if self._owed:
            self._search.move_focus(self._selection.focus)
            self._arrive()

    def _answered(self, answer: Answer, new_text: bool, new_order: bool) -> None:
        self._owed = False
        self._selection.reset(answer.focus, keep=not new_text, same_order=not new_order)
        self.table.reset(answer.total, top=answer.top, focus=answer.focus)
        self._paint_sort()
        self._paint_empty()
        self._look()
        self.arrived(self.focused_row())
        if new_text:
            self._ahead.begin()
        if self._entering and answer.ask.text == self._search.wanted.text:
            self._entering = False
            if answer.total:
                self._selection.only(0)

    def _view_moved(self, top: int, height: int) -> None:
        self._search.top, self._search.height = top, height
        self._look()

    def _switch_pictures(self) -> None:
        """Waveforms are to be seen, or not any more."""
        self._paint_heading()
        self.table.refresh()
        self._look()

    def _look(self) -> None:
        """Have the outlines of what is in sight shown, once scrolling rests."""
        table = self.table
        self._outlines.look(lambda: self._search.rows(table.top, table.height + 1))

    def _heard(self, now: NowPlaying) -> None:
        playing = now.id if now.state == "playing" else None
        if playing != self._playing:
            self._playing = playing
            self.table.refresh()

    def _lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        marks, here = self._selection.marks, self.table.focus_at
        keyed: Ground = "focused" if self.table.tree.instate(("focus",)) else "picked"
        room = int(self.table.tree.column("path", "width")) - self._theme.px(BESIDE)
        lines: list[Line | None] = []
        for position, row in enumerate(self._search.rows(offset, limit), offset):
            if row is None:
                lines.append(None)
            else:
                grounds: tuple[Ground, Ground] = (keyed, "here") if position == here else ("picked", "plain")
                lines.append(self._line(row, grounds[row.id not in marks], room))
        return lines

    def _line(self, row: Row, ground: Ground = "plain", room: int = ROOMY) -> Line:
        sign: Sign = "volume" if row.id == self._playing else "alert" if row.state == "bad" else "blank"
        if sign == "blank" and row.favourite:
            sign = "heart"
        cells = (
            words.safe(row.name),
            self._fitting.fit(words.folder(row.path, self._library.roots), room),
            STAR * row.rating,
            words.safe(", ".join(row.tags)),
            (row.format or "").upper(),
            words.length(row.duration_s),
            words.tempo(row.bpm, row.heard_bpm),
            row.key or "",
            row.type or "",
            categories.shown(row),
            words.rate(row.sample_rate_hz),
            words.channels(row.channels),
            words.depth(row.bit_depth),
            words.size(row.size_bytes),
        )
        return Line(cells, ground in ("picked", "focused"), row.state, self._pictures.get(row, ground, sign))

    def _typed(self, event: "tk.Event[Any]") -> str | None:
        """Letters typed in the list go to the search box."""
        alt = _ALT_X11 if self.tk.call("tk", "windowingsystem") != "win32" else _ALT_WINDOWS
        if not event.char or not event.char.isprintable() or event.state & (_CONTROL | alt):  # type: ignore[operator]
            return None
        self.bar.field.type(event.char)
        return "break"

    def _paint_sort(self) -> None:
        ask = self._search.ask
        icon = self._theme.icon("down" if ask.desc else "up", 14, self._theme.tokens.accent)
        self.table.columns.mark_sort(ask.sort, icon)

    def _paint_heading(self) -> None:
        """It begins above the names, not above the pictures before them."""
        self.table.columns.entitle("name", "Name", indent=self._pictures.indent)

    def _paint_empty(self) -> None:
        ask = self._search.ask
        if self._search.total or not ask.text or self.bar.trouble:  # of a text that cannot be read nothing is known
            self._empty.place_forget()
            return
        self._empty.configure(
            text=f"Nothing matches “{words.safe(ask.text)}”.\n\n"
            "Try fewer or shorter words, or press Esc in the search box to see everything."
        )
        self._empty.place(relx=0.5, rely=0.4, anchor="center")

    def _paint_look(self) -> None:
        tokens = self._theme.tokens
        for state, colour in (
            ("bad", tokens.danger),
            ("missing", tokens.dim),
            ("offline", tokens.dim),
            ("cloud", tokens.dim),
            ("held", tokens.dim),
        ):
            self.table.colour(state, foreground=colour)
        self.table.colour(HERE, background=tokens.hover)
        self._paint_sort()
        self._paint_heading()
        self._fitting.renew()
        self.table.refresh()
