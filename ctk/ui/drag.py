"""Dragging files out of the window, and taking in what is dropped on it. The only import of tkinterdnd2.

On X11 tkdnd only takes drops: what it gives away is marked as text, which GTK programs do not take for files, so
``ctk.ui.x11`` gives it away instead. On Windows and macOS it does both.
"""

import logging
import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ctk.ui import uris

if TYPE_CHECKING:
    from ctk.ui.x11.dragging import Dragging
    from ctk.ui.x11.selections import Selections

log = logging.getLogger(__name__)

FILES = "DND_Files"
COPY, REFUSE = "copy", "refuse_drop"
_RAW_LISTS = """
rename ::tkdnd::xdnd::normalise_data ::tkdnd::xdnd::normalise_other_data
proc ::tkdnd::xdnd::normalise_data {type data} {
    if {![string match text/uri-list* $type]} {return [::tkdnd::xdnd::normalise_other_data $type $data]}
    if {[catch {::tkdnd::bytes_to_string $data} text]} {return $data}
    return $text
}
"""
"""Hand lists of addresses on as they came: tkdnd makes text of the bytes of names, which not all names survive."""


def load(root: tk.Misc) -> bool:
    """Bring in tkdnd; false where there is none for this system, and then nothing can be dropped here."""
    try:
        from tkinterdnd2 import TkinterDnD

        TkinterDnD.require(root)
        if on_x11(root):
            root.tk.eval(_RAW_LISTS)
    except (ImportError, RuntimeError, OSError, tk.TclError) as exc:
        log.info("nothing can be dropped on the window: %s", exc)
        return False
    return True


class Out(Protocol):
    """A way to drag files out; ``on`` while that goes on. ``start`` raises ``CtkError`` when it cannot be done."""

    on: bool

    def start(self, paths: Sequence[str], event: "tk.Event[Any]") -> None: ...


class DropIn:
    """Calls ``take(paths)`` when files or folders are dropped anywhere on ``root``, unless ``closed()``."""

    def __init__(self, root: tk.Misc, take: Callable[[list[str]], None], closed: Callable[[], bool]) -> None:
        self._root = root
        self._take = take
        self._closed = closed
        root.tk.call("tkdnd::drop_target", "register", str(root), (FILES,))
        for event, handler, parts in (("<<DropPosition>>", self._over, ""), ("<<Drop>>", self._dropped, "%D")):
            root.tk.call("bind", str(root), event, f"{root.register(handler)} {parts}")

    def _over(self) -> str:
        return REFUSE if self._closed() else COPY

    def _dropped(self, data: str) -> str:
        """Only note it: the program that it came from waits meanwhile."""
        paths = uris.dropped(data, self._root.tk.splitlist)
        if self._closed() or not paths:
            return REFUSE
        self._root.after_idle(self._take, paths)
        return COPY


class SystemDrag:
    """Windows and macOS: ``start`` returns when the files were dropped somewhere, or were not."""

    def __init__(self, tree: tk.Misc) -> None:
        self.on = False
        self._tree = tree
        self._paths: Sequence[str] = ()
        given = tree.register(lambda: ((COPY,), (FILES,), tuple(self._paths)))
        tree.tk.call("bind", str(tree), "<<DragInitCmd>>", given)

    def start(self, paths: Sequence[str], event: "tk.Event[Any]") -> None:
        self._paths, self.on = paths, True
        place = (event.x_root, event.y_root, event.x, event.y)
        try:
            self._tree.tk.call("tkdnd::_init_drag", 1, str(self._tree), event.state, *place)
        finally:
            self.on = False


class X11Drag:
    """``start`` returns at once; the pointer is followed until the button is let go or Escape is pressed."""

    def __init__(self, tree: tk.Misc, selections: "Callable[[], Selections]") -> None:
        self.on = False
        self._tree = tree
        self._selections = selections
        self._made: Dragging | None = None
        self._tag = f"Drag{tree}"
        self._cursor = ""
        for event, handler in (
            ("<B1-Motion>", self._moved),
            ("<ButtonRelease-1>", self._dropped),
            ("<Motion>", self._cancelled),  # without the button, so its release went elsewhere
            ("<Escape>", self._cancelled),
            ("<Key>", lambda _: "break"),
        ):
            tree.bind_class(self._tag, event, handler)

    def start(self, paths: Sequence[str], event: "tk.Event[Any]") -> None:
        tree = self._tree
        self._dragging.begin({"text/uri-list": uris.uri_list(paths)}, tree.winfo_toplevel().winfo_id(), event.time)
        self.on = True
        self._cursor = str(tree.cget("cursor"))
        tree.bindtags((self._tag, *tree.bindtags()))
        self._moved(event)
        self._show()

    @property
    def _dragging(self) -> "Dragging":
        if self._made is None:
            from ctk.ui.x11.dragging import Dragging

            selections = self._selections()
            self._made = Dragging(selections.connection, selections, self._show)
        return self._made

    def _moved(self, event: "tk.Event[Any]") -> str:
        self._dragging.move(event.x_root, event.y_root, event.time)
        return "break"

    def _dropped(self, event: "tk.Event[Any]") -> str:
        self._end()
        self._dragging.drop(event.time)
        return "break"

    def _cancelled(self, _: "tk.Event[Any]") -> str:
        self._end()
        self._dragging.cancel()
        return "break"

    def _end(self) -> None:
        self.on = False
        self._tree.bindtags(tuple(tag for tag in self._tree.bindtags() if tag != self._tag))
        self._tree.configure(cursor=self._cursor)  # type: ignore[call-arg]  # every widget has one

    def _show(self) -> None:
        if self.on:
            self._tree.configure(cursor="hand2" if self._dragging.accepted else "circle")  # type: ignore[call-arg]


def out_of(tree: tk.Misc, selections: "Callable[[], Selections]") -> Out:
    """What drags files out of ``tree`` on this system."""
    return X11Drag(tree, selections) if on_x11(tree) else SystemDrag(tree)


def on_x11(widget: tk.Misc) -> bool:
    return str(widget.tk.call("tk", "windowingsystem")) == "x11"
