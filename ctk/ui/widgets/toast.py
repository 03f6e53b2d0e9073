"""A few words that rise over the window for a while, with buttons; one at a time, the newest wins."""

import tkinter as tk
from collections import deque
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from ctk.ui.widgets.retiring import retire

STAY_MS = 10_000
SHORT_MS = 5_000
"""How long words without a button stay."""
REMEMBERED = 8
"""So many places for the keys, of which one is still in sight."""

Act = tuple[str, Callable[[], None]]
"""What a button says, and what it does."""


class Toast(ttk.Frame):
    """``show`` it over the lower edge of ``over``; while the pointer or the keys rest on it, it stays."""

    def __init__(self, over: tk.Misc, *, gap: int, clear: Callable[[], tk.PhotoImage]) -> None:
        """``gap`` is the distance to the edge, ``clear`` gives the picture of the button that closes it."""
        super().__init__(over, style="Toast.TFrame")
        self._gap = gap
        self._clear = clear
        self._timer: str | None = None
        self._stay_ms = STAY_MS
        self._words = ttk.Label(self, style="Toast.TLabel")
        self._close = ttk.Label(self, style="Toast.TLabel", cursor="hand2")
        self._close.bind("<Button-1>", lambda _: self.hide())
        self._buttons: list[ttk.Button] = []
        self._words.grid(row=0, column=0)
        self.bind("<<ThemeChanged>>", lambda _: self._fit())
        self._fit()
        self.bind("<Enter>", lambda _: self._stop())
        self.bind("<Leave>", lambda _: self._wait())
        self.bind("<Destroy>", lambda _: self._stop())
        self._left: deque[str] = deque(maxlen=REMEMBERED)
        self.winfo_toplevel().bind("<FocusOut>", self._remember, add=True)

    @property
    def text(self) -> str:
        """The words that are shown now; empty when there are none."""
        return str(self._words.cget("text")) if self.winfo_manager() else ""

    @property
    def buttons(self) -> dict[str, ttk.Button]:
        """The buttons that are shown now, by what they say."""
        return {str(button.cget("text")): button for button in self._buttons} if self.winfo_manager() else {}

    def show(self, text: str, *acts: Act) -> None:
        """Show ``text`` instead of what is there; a button also closes it."""
        self._give_back()
        for button in self._buttons:
            retire(button)
        room = max(self._gap * 10, self.master.winfo_width() * 2 // 3)
        self._words.configure(text=text, wraplength=room)
        self._buttons = [self._button(label, act) for label, act in acts]
        for column, button in enumerate(self._buttons, 1):
            button.grid(row=0, column=column, padx=(self._gap, 0))
        self._close.configure(image=self._clear())
        self._close.grid(row=0, column=len(acts) + 1, padx=(self._gap, 0))
        self.place(relx=0.5, rely=1.0, y=-self._gap, anchor="s")
        self.lift()
        self._stay_ms = STAY_MS if acts else SHORT_MS
        self._wait()

    def _fit(self) -> None:
        """A frame does not take the padding of its style by itself."""
        self.configure(padding=ttk.Style(self).lookup("Toast.TFrame", "padding"))

    def hide(self) -> None:
        self._stop()
        self._give_back()
        self.place_forget()

    def _button(self, label: str, act: Callable[[], None]) -> ttk.Button:
        def pressed() -> None:
            self.hide()
            act()

        made = ttk.Button(self, text=label, style="Toast.TButton", command=pressed)
        made.bind("<FocusIn>", lambda _: self._stop())
        made.bind("<FocusOut>", lambda _: self._wait())
        made.bind("<Escape>", lambda _: self.hide())
        return made

    def _remember(self, event: "tk.Event[Any]") -> None:
        """The keys leave this widget; Tk tells so of all that is around it as well."""
        left, last = str(event.widget), self._left[-1] if self._left else ""
        around = left == str(self.winfo_toplevel()) or last.startswith(f"{left}.")
        if not around and not f"{left}.".startswith(f"{self}."):
            self._left.append(left)

    def _give_back(self) -> None:
        """The keys go to where they were before they came here; what had them may be out of sight by now."""
        if not str(self.tk.call("focus")).startswith(f"{self}."):  # a menu may have them, which is no widget of ours
            return
        for path in reversed(self._left):
            if int(self.tk.call("winfo", "exists", path)) and int(self.tk.call("winfo", "viewable", path)):
                self.tk.call("focus", path)
                return

    def _wait(self) -> None:
        self._stop()
        self._timer = self.after(self._stay_ms, self.hide)

    def _stop(self) -> None:
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None
