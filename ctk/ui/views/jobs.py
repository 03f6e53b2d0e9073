"""The status line: what just happened or where the focus is, what is at work, the library in numbers."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from ctk.ui.models.jobs import Scans
from ctk.ui.models.library import Library
from ctk.ui.models.signal import Signal
from ctk.ui.models.work import Work
from ctk.ui.theme import Theme
from ctk.ui.views.progress import Cancellable, Progress

NEWS_MS, DETAILS_MS = 8_000, 30_000
"""So long a sentence stands, and one of which there is more to read."""
SIGN = 16
FIRST = 3
"""The column of what is at work, or of the numbers."""


class StatusLine(ttk.Frame):
    """``say`` and ``complain`` show a sentence for a while; ``rest`` is what stands there otherwise. ``asked(sentence,
    details)`` is told when somebody wants to know more of what went wrong."""

    def __init__(
        self, master: tk.Misc, theme: Theme, scans: Scans, work: Work, others: Sequence[Cancellable], library: Library
    ) -> None:
        super().__init__(master, padding=(theme.px(16), theme.px(5)))
        self.asked: Signal[[str, str]] = Signal()
        self._theme = theme
        self._library = library
        self._rest = ""
        self._timer: str | None = None
        self._icon = ttk.Label(self)
        self._news = ttk.Label(self, style="Small.TLabel", width=1)
        self.more = ttk.Button(self, text="Details", style="Link.TButton")
        jobs: list[Cancellable] = [scans, work, *others]
        self.progress = [Progress(self, theme, job, lambda _: self._lay_out()) for job in jobs]
        self._totals = ttk.Label(self, style="Small.TLabel")
        self._tall = ttk.Button(self, text="Cancel", style="Small.TButton")
        self._build()
        self.bind("<Destroy>", lambda _: self._stop())
        self._tall.bind("<<ThemeChanged>>", lambda _: self._keep_height())
        theme.changed.connect(self._paint_sign)
        scans.ended.connect(self.say)
        scans.failed.connect(self.complain)
        library.changed.connect(lambda: self._totals.configure(text=library.summary))

    @property
    def text(self) -> str:
        """The sentence that stands there now."""
        return str(self._news.cget("text"))

    def say(self, sentence: str) -> None:
        """Good news."""
        self._tell(sentence, "Small.TLabel", NEWS_MS)

    def complain(self, sentence: str, details: str = "") -> None:
        """Bad news, with what is technical about it; an empty sentence takes it back."""
        if sentence:
            self._tell(sentence, "Trouble.TLabel", DETAILS_MS if details else NEWS_MS)
            self._icon.grid(row=0, column=0, padx=(0, self._theme.px(6)))
            self._paint_sign()
            if details:
                self.more.configure(command=lambda: self.asked(sentence, details))
                self.more.grid(row=0, column=2)
        elif str(self._news.cget("style")) == "Trouble.TLabel":
            self._calm()

    def rest(self, text: str) -> None:
        self._rest = text
        if self._timer is None:
            self._news.configure(text=text)

    def _build(self) -> None:
        px = self._theme.px
        self._news.grid(row=0, column=1, sticky="we")
        self._totals.grid(row=0, column=FIRST, padx=(px(24), 0))
        self.columnconfigure(1, weight=1)
        self._keep_height()

    def _keep_height(self) -> None:
        """As high as the highest that comes and goes in it, lest everything above it moves."""
        asked = [widget.winfo_reqheight() for widget in (self._news, self._totals, self.more, self._tall)]
        self.rowconfigure(0, minsize=max(*asked, self._theme.px(SIGN)))

    def _paint_sign(self) -> None:
        if self._icon.winfo_manager():
            self._icon.configure(image=self._theme.icon("alert", SIGN, self._theme.tokens.danger))

    def _tell(self, sentence: str, style: str, stay_ms: int) -> None:
        self._calm()
        self._news.configure(text=sentence, style=style)
        self._timer = self.after(stay_ms, self._calm)

    def _calm(self) -> None:
        self._stop()
        self._icon.grid_remove()
        self.more.grid_remove()
        self._news.configure(text=self._rest, style="Small.TLabel")

    def _stop(self) -> None:
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None

    def _lay_out(self) -> None:
        """What is at work stands in the place of the numbers."""
        for column, strip in enumerate(self.progress, FIRST):
            if strip.on:
                strip.grid(row=0, column=column, padx=(self._theme.px(24), 0))
            else:
                strip.grid_remove()
        if any(strip.on for strip in self.progress):
            self._totals.grid_remove()
        else:
            self._totals.grid()
