"""The player bar: what plays, where it is, how loud, and the two habits loop and audition."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from ctk.records import NowPlaying
from ctk.ui.models import words
from ctk.ui.models.transport import MAX_DB, MIN_DB, Transport, title
from ctk.ui.theme import Theme
from ctk.ui.widgets.slider import Slider
from ctk.ui.widgets.tip import Tip

CURSOR_MS = 40
NAME_CHARS = 16


class TransportBar(ttk.Frame):
    """Follows the player; the cursor is read from it 25 times a second while it plays."""

    def __init__(self, master: tk.Misc, theme: Theme, transport: Transport) -> None:
        super().__init__(master, padding=(theme.px(16), theme.px(8)))
        self._theme = theme
        self._transport = transport
        self._timer: str | None = None
        self._loop = tk.BooleanVar(self, transport.loop)
        self._audition = tk.BooleanVar(self, transport.audition)
        self._build()
        transport.changed.connect(self._paint)
        theme.changed.connect(self._paint_look)
        self._paint_look()

    def _build(self) -> None:
        px, transport = self._theme.px, self._transport
        self._button = ttk.Button(self, style="Flat.TButton", command=transport.toggle, takefocus=False)
        self._name = ttk.Label(self, style="Large.TLabel", width=NAME_CHARS)
        self._elapsed = ttk.Label(self, style="Small.TLabel", width=8, anchor="e")
        self._seek = Slider(self, width=px(80), height=px(20), settled=transport.seek, moved=self._show_drag)
        self._length = ttk.Label(self, style="Small.TLabel", width=8)
        self._loop_button = self._toggle(self._loop, transport.set_loop)
        self._audition_button = self._toggle(self._audition, transport.set_audition)
        self._speaker = ttk.Label(self)
        self._volume = Slider(self, width=px(96), height=px(18), moved=self._turn)
        self._db = ttk.Label(self, style="Small.TLabel", width=8)
        self._lay_out()
        Tip(self._button, "Play or pause (Space)")
        Tip(self._loop_button, "Loop")
        Tip(self._audition_button, "Play sounds as you move through the list")

    def _toggle(self, variable: tk.BooleanVar, switch: Callable[[bool], None]) -> ttk.Checkbutton:
        return ttk.Checkbutton(
            self, style="Toolbutton", variable=variable, command=lambda: switch(variable.get()), takefocus=False
        )

    def _lay_out(self) -> None:
        for column, (widget, gap) in enumerate(
            (
                (self._button, 0),
                (self._name, 12),
                (self._elapsed, 8),
                (self._seek, 4),
                (self._length, 4),
                (self._loop_button, 8),
                (self._audition_button, 2),
                (self._speaker, 12),
                (self._volume, 4),
                (self._db, 4),
            )
        ):
            widget.grid(row=0, column=column, padx=(self._theme.px(gap), 0), sticky="we")
        self.columnconfigure(1, weight=2)
        self.columnconfigure(3, weight=5)

    def _paint(self, now: NowPlaying) -> None:
        name = title(now)
        self._name.configure(text=name or "Nothing playing", style="Large.TLabel" if name else "Quiet.Large.TLabel")
        icon = "pause" if now.state == "playing" else "play"
        _show(self._button, self._theme.disc(icon, 36), "active", self._theme.disc(icon, 36, hover=True))
        self._loop.set(self._transport.loop)
        self._audition.set(self._transport.audition)
        self._volume.set((self._transport.volume_db - MIN_DB) / (MAX_DB - MIN_DB))
        self._db.configure(text=words.volume(self._transport.volume_db))
        self._seek.enable(bool(now.duration_s))
        self._paint_cursor(now)
        if now.state == "playing" and self._timer is None:
            self._timer = self.after(CURSOR_MS, self._follow)

    def _follow(self) -> None:
        now = self._transport.now
        self._timer = self.after(CURSOR_MS, self._follow) if now.state == "playing" else None
        self._paint_cursor(now)

    def _paint_cursor(self, now: NowPlaying) -> None:
        length = now.duration_s or 0.0
        self._length.configure(text=words.moment(length) if length else "")
        if not self._seek.dragging:
            self._elapsed.configure(text=words.moment(now.position_s) if length else "")
            self._seek.set(now.position_s / length if length else 0.0)

    def _show_drag(self, part: float) -> None:
        self._elapsed.configure(text=words.moment(part * (self._transport.now.duration_s or 0.0)))

    def _turn(self, part: float) -> None:
        self._transport.set_volume(MIN_DB + part * (MAX_DB - MIN_DB))

    def _paint_look(self) -> None:
        theme = self._theme
        for button, icon in ((self._loop_button, "loop"), (self._audition_button, "headphones")):
            off, on = theme.icon(icon, 20, theme.tokens.muted), theme.icon(icon, 20, theme.tokens.accent)
            _show(button, off, "selected", on)
        self._speaker.configure(image=theme.icon("volume", 18, theme.tokens.muted))
        self._paint(self._transport.now)


def _show(button: ttk.Button | ttk.Checkbutton, plain: tk.PhotoImage, state: str, other: tk.PhotoImage) -> None:
    """One picture, and another while ``state`` holds."""
    images: Any = (plain, state, other)
    button.configure(image=images)
