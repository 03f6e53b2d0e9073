"""The player bar: what plays, its waveform, how loud, the habits of the list, and where sound comes out."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from ctk.records import NowPlaying, Row
from ctk.ui.models import words
from ctk.ui.models.transport import MAX_DB, MIN_DB, Region, title
from ctk.ui.playing import Playing
from ctk.ui.theme import Theme
from ctk.ui.views.output import OutputMenu
from ctk.ui.views.popup import Popup
from ctk.ui.views.waveform import FINE_S, Wave
from ctk.ui.widgets.slider import Slider
from ctk.ui.widgets.tip import Tip

NAME_CHARS, FEW_CHARS = 22, 13
NARROW = 900
"""Below this width at 100 % the waveform gets the room of what can be done without."""
HEIGHT = 48
"""Of the waveform."""


class TransportBar(ttk.Frame):
    """Follows the player; ``output`` and ``recent`` are the menus that open above it."""

    def __init__(self, master: tk.Misc, theme: Theme, playing: Playing) -> None:
        super().__init__(master, padding=(theme.px(16), theme.px(6)))
        self._theme = theme
        self._playing = playing
        self._narrow = False
        self._transport = transport = playing.transport
        self._habits = habits = playing.habits
        self._loop = tk.BooleanVar(self, habits.loop)
        self._go_on = tk.BooleanVar(self, habits.go_on)
        self._audition = tk.BooleanVar(self, habits.audition)
        self._build()
        self._lay_out()
        self._menu = OutputMenu(self, playing.output, playing.set_even_loudness)
        self.output = Popup(self, theme, self._menu.fill)
        self.recent = Popup(self, theme, self._fill_recent)
        transport.changed.connect(self._paint)
        habits.changed.connect(self._paint_habits)
        theme.changed.connect(self._paint_look)
        self._paint_look()

    def show_output(self) -> None:
        """Open the menu of where sound comes out."""
        self.output.open(self._output_button)

    def show_recent(self) -> None:
        """Open the menu of what was played last."""
        self._playing.recent.ask()
        self.recent.open(self._name)

    def _build(self) -> None:
        px, transport, habits = self._theme.px, self._transport, self._habits
        self._button = ttk.Button(self, style="Flat.TButton", command=transport.toggle)
        self._what = ttk.Frame(self)
        self._name = ttk.Label(self._what, style="Large.TLabel", width=NAME_CHARS)
        self._time = ttk.Label(self._what, style="Small.TLabel")
        self.wave = Wave(self, self._theme, transport, self._playing.waveform, height=HEIGHT)
        self.wave.ask(transport.seek, self._mark)
        self.wave.ticked.connect(self._paint_time)
        self._loop_button = self._toggle(self._loop, habits.set_loop)
        self._go_on_button = self._toggle(self._go_on, habits.set_go_on)
        self._audition_button = self._toggle(self._audition, habits.set_audition)
        self._speaker = ttk.Label(self)
        self._volume = Slider(self, width=px(84), height=px(18), moved=self._turn)
        self._db = ttk.Label(self, style="Small.TLabel", width=8)
        self._output_button = ttk.Button(self, style="Flat.TButton", command=self.show_output)
        self._output_button.bind("<Enter>", lambda _: self._playing.output.ask(), add=True)
        for widget, tip in (
            (self._button, "Play or pause"),
            (self._loop_button, "Loop"),
            (self._go_on_button, "Go on through the list"),
            (self._audition_button, "Play sounds as you move through the list"),
            (self._output_button, "Output"),
        ):
            Tip(widget, tip)

    def _toggle(self, variable: tk.BooleanVar, switch: Callable[[bool], None]) -> ttk.Checkbutton:
        return ttk.Checkbutton(self, style="Toolbutton", variable=variable, command=lambda: switch(variable.get()))

    def _lay_out(self) -> None:
        px = self._theme.px
        self._name.pack(fill="x")
        for column, (widget, gap) in enumerate(
            (
                (self._button, 0),
                (self._what, 12),
                (self.wave.widget, 12),
                (self._loop_button, 12),
                (self._go_on_button, 2),
                (self._audition_button, 2),
                (self._speaker, 12),
                (self._volume, 4),
                (self._db, 4),
                (self._output_button, 2),
            )
        ):
            widget.grid(row=0, column=column, padx=(px(gap), 0), sticky="we")
        self.columnconfigure(2, weight=1)
        self.bind("<Configure>", lambda event: self._fit(event.width < px(NARROW)))

    def _fit(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._name.configure(width=FEW_CHARS if narrow else NAME_CHARS)
        for label in (self._speaker, self._db):
            if narrow:
                label.grid_remove()
            else:
                label.grid()

    def _paint(self, now: NowPlaying) -> None:
        name = title(now)
        self._name.configure(text=name or "Nothing playing", style="Large.TLabel" if name else "Quiet.Large.TLabel")
        icon = "pause" if now.state == "playing" else "play"
        _show(self._button, self._theme.disc(icon, 36), "active", self._theme.disc(icon, 36, hover=True))
        self._volume.set((self._transport.volume_db - MIN_DB) / (MAX_DB - MIN_DB))
        self._db.configure(text=words.volume(self._transport.volume_db))
        self.wave.show(now.id, now.duration_s)
        self._paint_time(now)

    def _paint_habits(self) -> None:
        self._loop.set(self._habits.loop)
        self._go_on.set(self._habits.go_on)
        self._audition.set(self._habits.audition)

    def _paint_time(self, now: NowPlaying) -> None:
        length = self.wave.widget.duration_s if now.path else None
        digits = 2 if length and length < FINE_S else 1
        times = (words.moment(seconds, digits) for seconds in (now.position_s, length or 0.0))
        text = "  /  ".join(times) if length else ""
        if text != self._time.cget("text"):
            self._time.configure(text=text)
            if text:
                self._time.pack(fill="x")
            else:
                self._time.pack_forget()

    def _mark(self, region: Region | None) -> None:
        if region is None:
            self._transport.unmark()
        else:
            self._transport.mark(region)

    def _turn(self, part: float) -> None:
        self._transport.set_volume(MIN_DB + part * (MAX_DB - MIN_DB))

    def _fill_recent(self, menu: tk.Menu) -> None:
        for row in self._playing.recent.rows:
            menu.add_command(
                label=words.safe(row.name), command=self._player(row), accelerator=words.length(row.duration_s)
            )
        if not self._playing.recent.rows:
            menu.add_command(label="Nothing was played yet", state="disabled")

    def _player(self, row: Row) -> Callable[[], None]:
        return lambda: self._transport.play(row)

    def _paint_look(self) -> None:
        theme = self._theme
        for button, icon in (
            (self._loop_button, "loop"),
            (self._go_on_button, "through"),
            (self._audition_button, "headphones"),
        ):
            off, on = theme.icon(icon, 20, theme.tokens.muted), theme.icon(icon, 20, theme.tokens.accent)
            _show(button, off, "selected", on)
        self._speaker.configure(image=theme.icon("volume", 18, theme.tokens.muted))
        self._output_button.configure(image=theme.icon("output", 20, theme.tokens.muted))
        self._paint(self._transport.now)


def _show(button: ttk.Button | ttk.Checkbutton, plain: tk.PhotoImage, state: str, other: tk.PhotoImage) -> None:
    """One picture, and another while ``state`` holds."""
    images: Any = (plain, state, other)
    button.configure(image=images)
