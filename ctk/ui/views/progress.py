"""How far a piece of long work is, with its Cancel."""

import time
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Protocol

from ctk.records import JobStatus
from ctk.ui.models.pace import Pace
from ctk.ui.models.signal import Signal
from ctk.ui.theme import Theme


class Cancellable(Protocol):
    """What the strip follows."""

    changed: Signal[[JobStatus | None]]

    @property
    def cancelling(self) -> bool: ...
    def cancel(self) -> None: ...


class Progress(ttk.Frame):
    """In sight while ``work`` has something to do; ``moved(on)`` tells when that begins and ends. What is in it is made
    when it begins for the first time."""

    def __init__(self, master: tk.Misc, theme: Theme, work: Cancellable, moved: Callable[[bool], None]) -> None:
        super().__init__(master)
        self._theme = theme
        self._work = work
        self._moved = moved
        self._on = False
        self._pace = Pace()
        work.changed.connect(self._paint)

    @property
    def on(self) -> bool:
        return self._on

    def _build(self) -> None:
        self._words = ttk.Label(self, style="Small.TLabel")
        self._bar = ttk.Progressbar(self, length=self._theme.px(120), maximum=1.0)
        self._cancel = ttk.Button(self, text="Cancel", style="Small.TButton", command=self._work.cancel)
        self._words.pack(side="left")
        self._bar.pack(side="left", padx=self._theme.px(10))
        self._cancel.pack(side="left")

    def _paint(self, status: JobStatus | None) -> None:
        if status is None:
            if self._on:
                self._bar.stop()
            self._turn(False)
            return
        if not self.winfo_children():
            self._build()
        progress, stopping = status.progress, self._work.cancelling
        said = "   ".join(filter(None, (progress.words, self._pace.tell(status, time.monotonic()))))
        self._words.configure(text="Stopping..." if stopping else said)
        self._cancel.state(["disabled" if stopping else "!disabled"])
        if progress.total:
            self._bar.stop()
            self._bar.configure(mode="determinate", value=progress.done / progress.total)
        elif str(self._bar.cget("mode")) == "determinate" or not self._on:
            self._bar.configure(mode="indeterminate")
            self._bar.start(40)
        self._turn(True)

    def _turn(self, on: bool) -> None:
        if on != self._on:
            self._on = on
            self._moved(on)
