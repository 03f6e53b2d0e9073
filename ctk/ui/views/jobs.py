"""The status line: what just happened or where the focus is, the scan with its Cancel, the library in numbers."""

import tkinter as tk
from tkinter import ttk

from ctk.records import JobStatus
from ctk.ui.models.jobs import Scans
from ctk.ui.models.library import Library
from ctk.ui.theme import Theme

NEWS_MS = 8000


class StatusLine(ttk.Frame):
    """``say`` and ``complain`` show a sentence for a while; ``rest`` is what stands there otherwise."""

    def __init__(self, master: tk.Misc, theme: Theme, scans: Scans, library: Library) -> None:
        super().__init__(master, padding=(theme.px(16), theme.px(5)))
        self._theme = theme
        self._scans = scans
        self._library = library
        self._rest = ""
        self._timer: str | None = None
        self._icon = ttk.Label(self)
        self._news = ttk.Label(self, style="Small.TLabel", width=1)
        self._scan = ttk.Frame(self)
        self._words = ttk.Label(self._scan, style="Small.TLabel")
        self._bar = ttk.Progressbar(self._scan, length=theme.px(120), maximum=1.0)
        self._cancel = ttk.Button(
            self._scan, text="Cancel", style="Small.TButton", command=scans.cancel, takefocus=False
        )
        self._totals = ttk.Label(self, style="Small.TLabel")
        self._build()
        scans.changed.connect(self._paint_scan)
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
        self._totals.grid(row=0, column=3, padx=(px(24), 0))
        self.columnconfigure(1, weight=1)
        self._words.pack(side="left")
        self._bar.pack(side="left", padx=px(10))
        self._cancel.pack(side="left")

    def _tell(self, sentence: str, style: str) -> None:
        self._calm()
        self._news.configure(text=sentence, style=style)
        self._timer = self.after(NEWS_MS, self._calm)

    def _calm(self) -> None:
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None
        self._icon.grid_remove()
        self._news.configure(text=self._rest, style="Small.TLabel")

    def _paint_scan(self, status: JobStatus | None) -> None:
        if status is None:
            self._bar.stop()
            self._scan.grid_remove()
            self._totals.grid()
            return
        progress = status.progress
        stopping = self._scans.cancelling
        self._words.configure(text="Stopping..." if stopping else progress.words)
        self._cancel.state(["disabled" if stopping else "!disabled"])
        if progress.total:
            self._bar.stop()
            self._bar.configure(mode="determinate", value=progress.done / progress.total)
        elif str(self._bar.cget("mode")) == "determinate" or not self._scan.winfo_ismapped():
            self._bar.configure(mode="indeterminate")
            self._bar.start(40)
        self._scan.grid(row=0, column=2, padx=(self._theme.px(24), 0))
        self._totals.grid_remove()
