"""What stands above the duplicates: the numbers, and what can be done about them."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from ctk.ui.models.duplicates import Duplicates
from ctk.ui.theme import Theme
from ctk.ui.widgets.tip import Tip


class DuplicatesBar(ttk.Frame):
    """``clean()`` is called for the button, ``list_folders(on)`` when the folders are to be shown instead."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        duplicates: Duplicates,
        clean: Callable[[], None],
        list_folders: Callable[[bool], None],
    ) -> None:
        px = theme.px
        super().__init__(master, padding=(px(16), px(10), px(16), px(10)))
        self._duplicates = duplicates
        self._near = tk.BooleanVar(self, duplicates.near)
        self._folders = tk.BooleanVar(self, False)
        self._numbers = ttk.Label(self, style="Large.TLabel", width=1)
        self.near = self._toggle("Similar too", self._near, duplicates.set_near)
        self.folders = self._toggle("Folders", self._folders, list_folders)
        self.look = ttk.Button(self, text="Look for duplicates", command=duplicates.find)
        self.clean = ttk.Button(self, text="Clean up...", style="Go.TButton", command=clean)
        for column, (widget, gap) in enumerate(
            ((self._numbers, 0), (self.near, 12), (self.folders, 4), (self.look, 12), (self.clean, 8))
        ):
            widget.grid(row=0, column=column, padx=(px(gap), 0), sticky="we")
        self.columnconfigure(0, weight=1)
        Tip(self.near, "Also list other versions of a sound: another format, length or place")
        Tip(self.folders, "Folders that lie inside others, wholly or mostly")
        duplicates.changed.connect(self._paint)
        duplicates.choices.changed.connect(self._paint)
        self._paint()

    @property
    def numbers(self) -> str:
        """What it says."""
        return str(self._numbers.cget("text"))

    def _toggle(self, text: str, variable: tk.BooleanVar, switch: Callable[[bool], None]) -> ttk.Checkbutton:
        style = "Tab.Toolbutton"
        return ttk.Checkbutton(self, text=text, style=style, variable=variable, command=lambda: switch(variable.get()))

    def _paint(self) -> None:
        model = self._duplicates
        summary = model.summary if model.outline.total else ""
        self._numbers.configure(text="Comparing..." if model.searching else summary)
        self.look.state(["disabled" if model.searching else "!disabled"])
        self.clean.state(["!disabled" if model.can_clean else "disabled"])
        count = len(model.overlaps)
        self.folders.configure(text=f"Folders ({count:,})" if count else "Folders")
        if count:
            self.folders.grid()
        elif not self._folders.get():
            self.folders.grid_remove()
