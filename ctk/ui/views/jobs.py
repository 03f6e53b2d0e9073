"""The status line: what just happened or where the focus is, what is at work, the library in numbers."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from ctk.ui.models.jobs import Scans
from ctk.ui.models.library import Library
from ctk.ui.models.work import Work
from ctk.ui.theme import Theme
from ctk.ui.views.progress import Cancellable, Progress

NEWS_MS = 8000


class StatusLine(ttk.Frame):
    """``say`` and ``complain`` show a sentence for a while; ``rest`` is what stands there otherwise."""

    def __init__(
        self, master: tk.Misc, theme: Theme, scans: Scans, work: Work, others: Sequence[Cancellable], library: Library
    ) -> None:
        super().__init__(master, padding=(theme.px(16), theme.px(5)))
        self._theme = theme
        self._library = library
        self._rest = ""
        self._timer: str | None = None
        self._icon = ttk.Label(self)
        self._news = ttk.Label(self, style="Small.TLabel", width=1)
        jobs: list[Cancellable] = [scans, work, *others]
        self.progress = [Progress(self, theme, job, lambda _: self._lay_out()) for job in jobs]
        self._totals = ttk.Label(self, style="Small.TLabel")
        self._build()
        self.bind("<Destroy>", lambda _: self._stop())
        scans.ended.connect(self.say)
        scans.failed.connect(self.complain)
        library.changed.connect(lambda: self._totals.configure(text=library.summary))

    @property
    def text(self) -> str:
        """The sentence that stands there now."""
        return str(self._news.cget("text"))

    def say(self, sentence: str) -> None:
        """Good news."""
        self._tell(sentence, "Small.TLabel")

    def complain(self, sentence: str) -> None:
        """Bad news; an empty sentence takes it back."""
        if sentence:
            self._tell(sentence, "Trouble.TLabel")
            self._icon.configure(image=self._theme.icon("alert", 16, self._theme.tokens.danger))
            self._icon.grid(row=0, column=0, padx=(0, self._theme.px(6)))
        elif str(self._news.cget("style")) == "Trouble.TLabel":
            self._calm()

    def rest(self, text: str) -> None:
        self._rest = text
        if self._timer is None:
            self._news.configure(text=text)

    def _build(self) -> None:
        px = self._theme.px
        self._news.grid(row=0, column=1, sticky="we")
        self._totals.grid(row=0, column=4, padx=(px(24), 0))
        self.columnconfigure(1, weight=1)

    def _tell(self, sentence: str, style: str) -> None:
        self._calm()
        self._news.configure(text=sentence, style=style)
        self._timer = self.after(NEWS_MS, self._calm)

    def _calm(self) -> None:
        self._stop()
        self._icon.grid_remove()
        self._news.configure(text=self._rest, style="Small.TLabel")

    def _stop(self) -> None:
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None

    def _lay_out(self) -> None:
        """What is at work stands in the place of the numbers."""
        for column, strip in enumerate(self.progress, 2):
            if strip.on:
                strip.grid(row=0, column=column, padx=(self._theme.px(24), 0))
            else:
                strip.grid_remove()
        if any(strip.on for strip in self.progress):
            self._totals.grid_remove()
        else:
            self._totals.grid()
