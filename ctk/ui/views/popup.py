"""A menu that opens beside a button, filled anew each time."""

import tkinter as tk
from collections.abc import Callable

from ctk.ui.theme import Theme


class Popup:
    """``fill(menu)`` is asked for its lines just before it opens."""

    def __init__(self, master: tk.Misc, theme: Theme, fill: Callable[[tk.Menu], None]) -> None:
        self.menu = tk.Menu(master, tearoff=False)
        self._theme = theme
        self._fill = fill

    def open(self, beside: tk.Misc) -> None:
        """Above the widget, or below where there is no room."""
        menu = self.menu
        menu.delete(0, "end")
        self._fill(menu)
        self._theme.paint_menu(menu, popup=True)
        menu.update_idletasks()
        x, y = beside.winfo_rootx(), beside.winfo_rooty() - menu.winfo_reqheight()
        x = min(x, beside.winfo_screenwidth() - menu.winfo_reqwidth())
        try:
            menu.tk_popup(max(0, x), y if y >= 0 else beside.winfo_rooty() + beside.winfo_height())
        finally:
            menu.grab_release()
