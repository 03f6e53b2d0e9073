"""The menu of a list: on a right click, the Menu key, or Shift+F10."""

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ctk.actions import Actions
from ctk.ui import keys
from ctk.ui.theme import Theme
from ctk.ui.widgets.table import Table


class Entry(NamedTuple):
    """A line of the menu; without a label it is a thin line. With ``lines`` it opens a menu of its own; ``checked``
    tells of what is on or off, ``underline`` which letter chooses it."""

    label: str = ""
    run: Callable[[], None] | None = None
    enabled: bool = True
    keys: str = ""
    lines: "Sequence[Entry]" = ()
    checked: bool | None = None
    underline: int = -1


def entries(
    actions: Actions,
    ids: Sequence[str],
    labels: Mapping[str, str] = {},
    groups: Mapping[str, Callable[[], Sequence[Entry]]] = {},
) -> list[Entry]:
    """Actions as lines of a menu; an empty name is a thin line. ``labels`` are better ones for this moment, ``groups``
    give lines that stand for one name."""
    found: list[Entry] = []
    for id in ids:
        if not id:
            found.append(Entry())
            continue
        if id in groups:
            found += groups[id]()
            continue
        action = actions[id]
        shown = keys.shown(action.keys[0]) if action.keys else ""
        found.append(Entry(labels.get(id, action.label), action.run, action.enabled(), shown))
    return found


class ContextMenu:
    """Opens over ``table``. ``at(position)`` puts the focus there first; ``entries()`` says what can be done then.
    Over the headings it holds ``heading()``."""

    def __init__(
        self,
        table: Table,
        theme: Theme,
        at: Callable[[int], None],
        entries: Callable[[], Sequence[Entry]],
        heading: Callable[[], Sequence[Entry]] = tuple,
    ) -> None:
        self.menu = tk.Menu(table, tearoff=False)
        self._table = table
        self._theme = theme
        self._at = at
        self._entries = entries
        self._heading = heading
        self._cascades: list[tk.Menu] = []
        self._ticks: list[tk.BooleanVar] = []
        tree = table.tree
        mac = tree.tk.call("tk", "windowingsystem") == "aqua"
        for button in ("<Button-2>", "<Control-Button-1>") if mac else ("<Button-3>",):
            tree.bind(button, self._clicked)
        for key in ("<Shift-F10>", "<Menu>", "<App>"):
            self._bind_key(tree, key)

    def _bind_key(self, tree: tk.Misc, key: str) -> None:
        try:
            tree.bind(key, lambda _: self.open_at_focus())
        except tk.TclError:
            return  # not every system has every key

    def _clicked(self, event: "tk.Event[Any]") -> str:
        position = self._table.position(event.y)
        if position is not None:
            self._table.tree.focus_set()
            self._at(position)
            self._open(event.x_root, event.y_root, self._entries())
        elif self._table.tree.identify_region(event.x, event.y) in ("heading", "separator"):
            self._open(event.x_root, event.y_root, self._heading())
        return "break"

    def open_at_focus(self, entries: Callable[[], Sequence[Entry]] | None = None) -> str:
        """Open below the line in focus, with its own entries or others."""
        if self._table.focus_at is not None:
            self.open_here(entries or self._entries)
        return "break"

    def open_here(self, entries: Callable[[], Sequence[Entry]]) -> None:
        """Open below the line in focus, or below the first where none is."""
        table, tree = self._table, self._table.tree
        at = table.focus_at if table.focus_at is not None else table.top
        table.see(at)
        items = tree.get_children()
        place = tree.bbox(items[min(at - table.top, len(items) - 1)]) if items else ()
        x, y = (int(place[0]), int(place[1]) + int(place[3])) if place else (0, 0)
        self._open(tree.winfo_rootx() + x + 40, tree.winfo_rooty() + y, entries())

    def _open(self, x: int, y: int, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        menu = self.menu
        menu.delete(0, "end")
        for cascade in self._cascades:
            cascade.destroy()
        self._cascades, self._ticks = [], []
        self._fill(menu, entries)
        self._theme.paint_menu(menu, popup=True)
        try:
            menu.tk_popup(x, y)
        finally:
            menu.grab_release()

    def _fill(self, menu: tk.Menu, entries: Sequence[Entry]) -> None:
        for entry in entries:
            state: Any = "normal" if entry.enabled else "disabled"
            if entry.lines:
                cascade = tk.Menu(menu, tearoff=False)
                self._cascades.append(cascade)
                self._fill(cascade, entry.lines)
                self._theme.paint_menu(cascade, popup=True)
                menu.add_cascade(label=entry.label, menu=cascade, state=state)
            elif entry.run is None:
                menu.add_separator()
            elif entry.checked is not None:
                on = tk.BooleanVar(menu, entry.checked)
                self._ticks.append(on)
                shown: Any = {"label": entry.label, "underline": entry.underline, "state": state}
                menu.add_checkbutton(command=entry.run, variable=on, **shown)
            else:
                menu.add_command(label=entry.label, command=entry.run, state=state, accelerator=entry.keys)
