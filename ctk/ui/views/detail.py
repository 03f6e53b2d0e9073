"""The pane below the list: the sound in focus, large, and everything that is known of it."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import Literal

from ctk.records import Row
from ctk.ui.fonts import SMALL
from ctk.ui.models.detail import Detail, Section
from ctk.ui.models.transport import Region, Transport
from ctk.ui.models.waveform import Waveform
from ctk.ui.theme import Theme
from ctk.ui.views.marks import MarksLine, NoteBox, Says
from ctk.ui.views.waveform import Wave
from ctk.ui.widgets.stretch import Stretch

FACTS = 330
NARROW, TALL = 760, 420
"""Below this width the facts make room for the waveform: from this height on they are below it, else not seen."""
LOW = 160
"""Below this height the waveform is alone."""
NAMES, SECOND = 74, 168
"""Where in the facts the first and the second column of values begin, and the second of names ends."""
SHORT = 10
"""Facts with values no longer than this stand two on a line."""
HINT = "Wheel, + and - zoom; a drag, [ and ] mark a part to loop."
EMPTY = "Pick a sound to see it here."

Place = Literal["beside", "below", "away", "alone"]
"""Where the facts are, seen from the waveform, which is ``alone`` when there is no room for its hint either."""


class DetailView(ttk.Frame):
    """``wave`` is the waveform, ``facts`` the text beside it; ``marks`` and ``note`` are the user's own."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        detail: Detail,
        transport: Transport,
        waveform: Waveform,
        says: Says,
        *,
        close: Callable[[], None],
        leave: Callable[[], None],
    ) -> None:
        """``leave()`` gives the keys back to the list."""
        px = theme.px
        super().__init__(master, padding=(px(16), px(10), px(12), px(10)))
        self._theme = theme
        self._place: Place = "beside"
        self._detail = detail
        self._transport = transport
        self._title = ttk.Label(self, style="Strong.TLabel")
        self._folder = ttk.Label(self, style="Muted.TLabel", width=1)
        self._cross = ttk.Button(self, style="Flat.TButton", command=close)
        self.wave = Wave(self, theme, transport, waveform, height=60, style="Surface.Waveform", zoomable=True)
        self.wave.ask(self._seek, self._mark)
        self._below = ttk.Frame(self)
        self._hint = ttk.Label(self._below, text=HINT, style="Small.TLabel", width=1)
        self._along = ttk.Scrollbar(self._below, orient="horizontal", command=self._scroll)
        self.facts = tk.Text(
            self, width=1, height=1, relief="flat", borderwidth=0, highlightthickness=0, wrap="word", takefocus=False
        )
        self._down = ttk.Scrollbar(self, style="Ticks.Vertical.TScrollbar", command=self.facts.yview)
        self.marks = MarksLine(self, theme, detail, says)
        self.note = NoteBox(self, theme, detail, says, leave)
        self._empty = ttk.Label(self, text=EMPTY, style="Muted.TLabel", anchor="center")
        self._lay_out()
        self.grid_propagate(False)
        self._connect()
        self._paint_look()

    def _lay_out(self) -> None:
        px = self._theme.px
        self._title.grid(row=0, column=0, sticky="w")
        self._folder.grid(row=0, column=1, sticky="we", padx=(px(12), 0))
        self._cross.grid(row=0, column=2, columnspan=2, sticky="e")
        self.marks.grid(row=1, column=0, columnspan=4, sticky="we", pady=(px(4), 0))
        self.wave.widget.grid(row=2, column=0, columnspan=2, sticky="nswe", pady=(px(6), 0))
        self._below.grid(row=3, column=0, columnspan=2, sticky="we", pady=(px(4), 0))
        self._hint.pack(fill="x")
        self.facts.grid(row=2, column=2, sticky="nswe", padx=(px(16), 0), pady=(px(6), 0))
        self.note.grid(row=3, column=2, columnspan=2, sticky="we", padx=(px(16), 0), pady=(px(6), 0))
        self.facts.configure(yscrollcommand=self._fit_down)
        self.columnconfigure(1, weight=1)
        self.columnconfigure(2, minsize=self._wide(FACTS))
        self.rowconfigure(2, weight=1)

    def _connect(self) -> None:
        self._detail.changed.connect(self._paint)
        self._theme.changed.connect(self._paint_look)
        look = self.wave.widget.on_view

        def looked(view: Stretch) -> None:
            look(view)
            self._paint_zoom(view)

        self.wave.widget.on_view = looked
        self.bind("<Configure>", lambda event: self._fit(event.width, event.height))

    def _fit(self, width: int, height: int) -> None:
        """Where there is little room the waveform gets it."""
        px = self._theme.px
        place: Place = "beside" if width >= px(NARROW) else "below" if height >= px(TALL) else "away"
        place = "alone" if height < px(LOW) else place
        if place == self._place:
            return
        self._place = place
        beside = place == "beside"
        if place in ("away", "alone"):
            for widget in (self.facts, self.note, self._down):
                widget.grid_remove()
        else:
            row, column = (2, 2) if beside else (4, 0)
            gap = (px(16), 0) if beside else 0
            self.facts.grid(row=row, column=column, columnspan=1 if beside else 3, padx=gap)
            self.note.grid(row=row + 1, column=column, columnspan=2 if beside else 4, padx=gap)
        self.rowconfigure(4, weight=2 if place == "below" else 0)
        self.columnconfigure(2, minsize=self._wide(FACTS) if beside else 0)
        for shown in (self.wave.widget, self._below):
            shown.grid(columnspan=2 if beside else 4)
        if place == "alone":
            self._below.grid_remove()
        self._write(self._detail.sections)

    def _wide(self, pixels: float) -> int:
        """So many at 100 %, as wide as the writing of the look needs it."""
        return self._theme.px(pixels * self._theme.look.fonts.size / 100)

    def _paint(self) -> None:
        detail, row = self._detail, self._detail.row
        self._title.configure(text=detail.title)
        self._folder.configure(text=detail.folder)
        self.wave.show(None if row is None else row.id, None if row is None else row.duration_s)
        self._paint_zoom(self.wave.widget.view)
        self._write(detail.sections)
        if row is None:
            self._empty.place(relwidth=1, relheight=1)
            self._cross.lift()
        else:
            self._empty.place_forget()

    def _paint_zoom(self, view: Stretch) -> None:
        """Where in the sound the part in view is; a hint while all of it is."""
        whole_s = self.wave.widget.duration_s
        if self.wave.widget.zoomed:
            self._along.set(view.start_s / whole_s, view.end_s / whole_s)
            self._hint.pack_forget()
            self._along.pack(fill="x")
        else:
            self._along.pack_forget()
            self._hint.configure(text=HINT if whole_s else "")
            self._hint.pack(fill="x")

    def _scroll(self, verb: str, amount: str, unit: str = "") -> None:
        """What the scroll bar asks for."""
        wave = self.wave.widget
        if verb == "moveto":
            by_s = float(amount) * wave.duration_s - wave.view.start_s
        else:
            by_s = int(amount) * wave.view.length_s * (0.9 if unit.startswith("page") else 0.1)
        wave.look(wave.view.moved(by_s, whole_s=wave.duration_s))

    def _write(self, sections: Sequence[Section]) -> None:
        text = self.facts
        text.configure(state="normal")
        text.delete("1.0", "end")
        for at, section in enumerate(sections):
            text.insert("end", f"{section.title}\n" if section.title else "", "title" if at else "first")
            for sentence in section.sentences:
                text.insert("end", f"{sentence}\n", "sentence")
            for line in _lines(section.facts, two=self._place != "below"):
                told = "\t".join(f"{name}\t{said}" for name, said in line)
                text.insert("end", f"{told}\n", "line")
                self._mute(line)
        text.delete("end-2c", "end")
        text.configure(state="disabled")

    def _mute(self, line: Sequence[tuple[str, str]]) -> None:
        """The names of the facts on the last line are not what one reads."""
        at = 0
        for name, said in line:
            self.facts.tag_add("name", f"end-2l linestart +{at}c", f"end-2l linestart +{at + len(name)}c")
            at += len(name) + len(said) + 2

    def _fit_down(self, first: float, last: float) -> None:
        """The scroll bar is only there when there is more than fits."""
        if (float(first) <= 0 and float(last) >= 1) or not self.facts.winfo_manager():
            self._down.grid_remove()
        else:
            self._down.grid(row=4 if self._place == "below" else 2, column=3, sticky="ns")
        self._down.set(float(first), float(last))

    def _seek(self, position_s: float) -> None:
        """Hear it from there on."""
        row = self._detail.row
        if row is not None and self._plays(row):
            self._transport.seek(position_s)
        elif row is not None:
            self._transport.play(row, start_s=position_s)

    def _mark(self, region: Region | None) -> None:
        row = self._detail.row
        if row is None:
            return
        if region is not None:
            self._transport.play(row, start_s=region[0], region=region)
        elif self._plays(row):
            self._transport.unmark()

    def _plays(self, row: Row) -> bool:
        return self._transport.now.id == row.id

    def _paint_look(self) -> None:
        tokens, px, wide = self._theme.tokens, self._theme.px, self._wide
        self._cross.configure(image=self._theme.icon("clear", 16, tokens.muted))
        self.facts.configure(
            background=tokens.chrome,
            foreground=tokens.text,
            font="TkDefaultFont",
            cursor="arrow",
            tabs=(wide(NAMES), wide(SECOND), wide(SECOND + NAMES)),
            spacing1=px(2),
            selectbackground=tokens.selected,
            selectforeground=tokens.on_selected,
        )
        self.facts.tag_configure("line", lmargin2=wide(NAMES))
        self.facts.tag_configure("name", foreground=tokens.muted)
        self.facts.tag_configure("sentence", foreground=tokens.danger, spacing3=px(4))
        for title, above in (("first", px(2)), ("title", px(9))):
            self.facts.tag_configure(title, foreground=tokens.dim, font=SMALL, spacing1=above)
        self.columnconfigure(2, minsize=wide(FACTS) if self._place == "beside" else 0)
        self._paint()


def _lines(facts: Sequence[tuple[str, str]], *, two: bool = True) -> list[Sequence[tuple[str, str]]]:
    """Two short facts share a line, where it is long enough for ``two``."""
    lines: list[Sequence[tuple[str, str]]] = []
    for fact in facts:
        room = two and lines and len(lines[-1]) == 1 and len(fact[1]) <= SHORT and len(lines[-1][0][1]) <= SHORT
        if room:
            lines[-1] = (*lines[-1], fact)
        else:
            lines.append((fact,))
    return lines
