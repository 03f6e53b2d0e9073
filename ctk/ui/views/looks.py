"""Choosing a look: each is seen while the keys move through the list; Return keeps it, Escape goes back."""

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from tkinter import ttk
from typing import Protocol

from ctk.ui.models import words
from ctk.ui.models.looks import Looks
from ctk.ui.theme import Theme
from ctk.ui.views.drawer import Panel
from ctk.ui.widgets.columns import Column
from ctk.ui.widgets.field import Field
from ctk.ui.widgets.flow import Flow
from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.table import HERE, Line, Table

HINT = "Move through the list to see them, Enter keeps one, Esc goes back."
NAME = "Name your look: Enter makes it and opens its folder, Esc does not."


class Files(Protocol):
    """Asks the user where files are, and shows them."""

    def install(self) -> None: ...
    def export(self, id: str) -> None: ...
    def open(self, folder: str) -> None: ...


class LooksPanel(Panel):
    """The list and, where something is wrong with a look, what and in which line."""

    def __init__(self, master: tk.Misc, theme: Theme, looks: Looks, files: Files, close: Callable[[], None]) -> None:
        super().__init__(master, theme, self._leave)
        self._shut = close
        self._looks = looks
        self._files = files
        self.title.configure(text="Looks")
        self._lists = ttk.Frame(self.middle)
        self._high = 0
        self.table = Table(self._lists, self._columns(), self._lines)
        self.table.on_pick = self._pick
        self.table.on_open = lambda _: self._keep()
        self.table.tree.bind("<Return>", lambda _: self._entered())
        self.table.on_view = self._viewed
        self.faults = Table(self._lists, self._fault_columns(), self._fault_lines)
        self.faults.on_pick = lambda position, _: self.faults.focus_on(position)
        self.name = Field(self.middle, hint="The name of your look", changed=lambda _: None)
        self.name.entry.bind("<Return>", lambda _: self._fork())
        self.name.entry.bind("<Escape>", self._no_fork)
        self._lay_out()
        self.yes = self.button("Keep", self._keep, accent=True)
        self.button("Back", self._leave)
        self.bind("<Unmap>", lambda _: None if self.winfo_manager() else looks.back())  # another panel took its place
        looks.changed.connect(self._show)
        self.paint_look()

    def arrive(self) -> None:
        self._no_fork()

    def paint_look(self) -> None:
        super().paint_look()
        tokens = self.theme.tokens
        for table in (self.table, self.faults):
            table.colour(HERE, background=tokens.hover)
            table.colour("broken", foreground=tokens.danger)
        muted = tokens.muted
        self.name.set_icons(self.theme.icon("pencil", 16, muted), self.theme.icon("clear", 16, muted))
        self.table.refresh()

    def _lay_out(self) -> None:
        gap = self.theme.px(10)
        self._tools = Flow(self.middle, gap=self.theme.px(6))
        self._tools.pack(side="bottom", fill="x", pady=(gap, 0))
        self._lists.pack(fill="both", expand=True)
        self._lists.rowconfigure(0, weight=1)
        self._lists.columnconfigure(0, weight=1, uniform="list")
        self.table.grid(row=0, column=0, sticky="nswe")
        acts: Mapping[str, Callable[[], None]] = {
            "Make your own...": self._ask_name,
            "Install from file...": self._files.install,
            "Export...": self._export,
            "Open folder": self._open,
            "Remove": self._remove,
        }
        self.tools = {text: self._tool(text, act) for text, act in acts.items()}
        self.undo: ttk.Button | None = None
        self._tools.show(list(self.tools.values()))

    def _columns(self) -> list[Column]:
        px = self.theme.px
        return [
            Column("name", "Name", px(220), px(120), stretch=True),
            Column("author", "By", px(180), px(80), stretch=True),
            Column("parent", "Made from", px(120), px(70)),
            Column("state", "", px(100), px(70)),
        ]

    def _fault_columns(self) -> list[Column]:
        px = self.theme.px
        return [
            Column("where", "Where", px(130), px(90)),
            Column("what", "What to put right", px(360), px(160), stretch=True),
        ]

    def _show(self) -> None:
        """The list, what is wrong, and what can be done now."""
        looks = self._looks
        self.table.reset(len(looks.known), top=self.table.top, focus=looks.at)
        self.table.see(looks.at)
        self.faults.reset(len(looks.faults))
        self._place_faults()
        known = looks.focused
        broken, own = known is not None and bool(known.entry.errors), known is not None and known.own
        self.words.configure(text=f"{looks.blamed} has to be put right." if broken else HINT)
        self._offer_back()
        for able, button in (
            (not broken, self.yes),
            (not broken, self.tools["Make your own..."]),
            (not broken, self.tools["Export..."]),
            (own, self.tools["Remove"]),
        ):
            button.state(["!disabled" if able else "disabled"])

    def _place_faults(self) -> None:
        """They take half of the width, while there are some."""
        if not self._looks.faults:
            self.faults.grid_remove()
            self._lists.columnconfigure(1, weight=0, uniform="")
        elif not self.faults.winfo_manager():
            self._lists.columnconfigure(1, weight=1, uniform="list")
            self.faults.grid(row=0, column=1, sticky="nswe", padx=(self.theme.px(12), 0))

    def _viewed(self, _: int, height: int) -> None:
        """Another look or size has another number of lines, among them the one in focus."""
        if height != self._high:
            self._high = height
            self.table.see(self._looks.at)

    def _lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        theme, looks = self.theme, self._looks
        lines: list[Line | None] = []
        for known in looks.known[offset : offset + limit]:
            icon = theme.icon("check" if looks.is_chosen(known) else "blank", 16, theme.tokens.accent, gap=6)
            entry = known.entry
            cells = (words.safe(entry.name), words.safe(known.author), entry.parent, known.state)
            lines.append(Line(cells, tag="broken" if entry.errors else "", image=str(icon)))
        return lines

    def _fault_lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        return [
            Line((f"{fault.file}:{fault.line}" if fault.line else fault.file, words.safe(fault.text)))
            for fault in self._looks.faults[offset : offset + limit]
        ]

    def _pick(self, position: int, _: Pick) -> None:
        if position != self._looks.at:
            self._looks.move(position)

    def _entered(self) -> str:
        self._keep()
        return "break"

    def _keep(self) -> None:
        if self._looks.can_keep():
            self._looks.keep()
            self._shut()

    def _leave(self) -> None:
        self._looks.back()
        self._shut()

    def _ask_name(self) -> None:
        known = self._looks.focused
        if known is not None:
            self.name.put(f"My {known.entry.name}")
            self.words.configure(text=NAME)
            self.name.pack(side="top", fill="x", pady=(0, self.theme.px(8)), before=self._lists)
            self.name.entry.focus_set()
            self.name.entry.select_range(0, "end")

    def _fork(self) -> str:
        folder = self._looks.fork(self.name.text)
        if folder is not None:
            self._no_fork()
            self._files.open(str(folder))
        return "break"

    def _no_fork(self, _: object = None) -> str:
        self.name.pack_forget()
        self._show()
        self.table.tree.focus_set()
        return "break"

    def _export(self) -> None:
        if self._looks.focused is not None:
            self._files.export(self._looks.focused.entry.id)

    def _open(self) -> None:
        if self._looks.focused is not None:
            self._files.open(str(self._looks.focused.entry.folder))

    def _remove(self) -> None:
        self._looks.remove()
        self.table.tree.focus_set()

    def _put_back(self) -> None:
        self._looks.put_back()
        self.table.tree.focus_set()

    def _offer_back(self) -> None:
        """A button for what was removed last."""
        gone = f"Bring {words.safe(self._looks.gone)} back" if self._looks.gone else ""
        if gone != (str(self.undo.cget("text")) if self.undo else ""):
            self.undo = self._tool(gone, self._put_back) if gone else None
            self._tools.show([*self.tools.values(), *filter(None, [self.undo])])

    def _tool(self, text: str, act: Callable[[], None]) -> ttk.Button:
        return ttk.Button(self._tools, text=text, style="Small.TButton", command=act)
