"""The keys of actions in the window: some count everywhere, some only in lists, and a look may give others."""

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence

from ctk.actions import Actions
from ctk.ui import keys
from ctk.ui.theme import Theme

TEXT_KEYS = ("Control-z", "Control-c", "Control-Shift-C")
"""In a text box these are about its text."""
BUTTONS = ("TButton", "TCheckbutton", "TRadiobutton")
Run = Callable[["tk.Event[tk.Misc]"], str | None]


class Keyboard:
    """Runs ``actions`` by their keys. Those without a modifier only count in what is given to ``add_list``: a text box
    needs them itself."""

    def __init__(self, actions: Actions, root: tk.Misc) -> None:
        self._actions = actions
        self._root = root
        self._lists: list[tk.Misc] = []
        self._given: Mapping[str, tuple[str, ...]] = {}
        self._bound: list[tuple[tk.Misc, str, str]] = []
        self._bind([root])

    def add_list(self, widget: tk.Misc) -> None:
        """The keys without a modifier count here as well."""
        self._lists.append(widget)
        self._bind([widget])

    def follow(self, theme: Theme) -> None:
        """Use the keys of its look, now and when another one comes."""
        theme.changed.connect(lambda: self.use(theme.look.keys))
        self.use(theme.look.keys)

    def use(self, given: Mapping[str, tuple[str, ...]]) -> None:
        """Give the named actions these keys instead of their usual ones, from now on."""
        if given == self._given:
            return
        self._actions.use(given)
        self._given = dict(given)
        for widget, sequence, before in reversed(self._bound):
            widget.tk.call("bind", str(widget), sequence, before)
        self._bound = []
        self._bind([self._root, *self._lists])

    def _bind(self, widgets: Sequence[tk.Misc]) -> None:
        for action in self._actions:
            for key in action.keys:
                bare = keys.is_bare(key)
                run = self._runner(action.id, spare_text=key in TEXT_KEYS)
                if not bare:
                    self._free(key)
                for widget in widgets:
                    if (widget is not self._root) == bare:
                        self._put(widget, key, run)

    def _put(self, widget: tk.Misc, key: str, run: Run) -> None:
        """What the widget did with the key comes back when the action loses it."""
        for sequence in keys.sequences(key):
            self._bound.append((widget, sequence, str(widget.bind(sequence))))
            widget.bind(sequence, run)

    def _free(self, key: str) -> None:
        """What old editors did with the key in text boxes would come first: Control-d, for one, deletes a character."""
        if key not in TEXT_KEYS and len(key.rpartition("-")[2]) == 1:
            for kind in ("TEntry", "Text"):
                self._root.unbind_class(kind, keys.sequence(key))

    def _runner(self, id: str, *, spare_text: bool) -> Run:
        def run(event: "tk.Event[tk.Misc]") -> str | None:
            if spare_text and _has_text(event.widget):
                return None
            action = self._actions[id]
            if action.enabled():
                action.run()
            return "break"

        return run


def calm(root: tk.Misc) -> None:
    """A click on a button leaves the keys where they are, Return presses the button that has them, and Control-a picks
    all of a text, where Tk would follow old editors and go to its beginning."""
    for kind in BUTTONS:
        root.bind_class(kind, "<Button-1>", "%W instate !disabled {%W state pressed}")
        root.bind_class(kind, "<Return>", "%W instate !disabled {%W invoke}")
    if root.tk.call("tk", "windowingsystem") == "x11":
        for key in ("<Control-a>", "<Control-Lock-A>"):
            root.event_delete("<<LineStart>>", key)
            root.event_add("<<SelectAll>>", key)


def _has_text(widget: tk.Misc) -> bool:
    """Whether it is a text box with something in it."""
    if isinstance(widget, tk.Text):
        return str(widget.cget("state")) == "normal" and bool(widget.get("1.0", "end-1c"))
    return isinstance(widget, tk.Entry) and bool(widget.get())
