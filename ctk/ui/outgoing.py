"""What other programs get of the picked sounds: files copied, shown in their folder, opened."""

import os
import sys
import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ctk.errors import CtkError
from ctk.settings import Settings
from ctk.ui import programs, reveal
from ctk.ui.models import words
from ctk.ui.models.picked import Files, Picked
from ctk.ui.models.technical import technical
from ctk.ui.pump import Pump

if TYPE_CHECKING:
    from ctk.ui.views.jobs import StatusLine
    from ctk.ui.x11.selections import Selections

MANY_OPENED = 20
"""Each of them may get a window of its own."""
_PROGRAMS = {"win32": os.environ.get("PROGRAMFILES", ""), "darwin": "/Applications"}


class Outgoing:
    """Each does it with the picked sounds, and says in the status line what came of it.

    ``selections()`` leads to other programs on X11; it raises ``CtkError`` where there is no way.
    """

    def __init__(
        self,
        root: tk.Misc,
        picked: Picked,
        settings: Settings,
        pump: Pump,
        status: "StatusLine",
        selections: "Callable[[], Selections]",
    ) -> None:
        self._root = root
        self._picked = picked
        self._settings = settings
        self._pump = pump
        self._status = status
        self._selections = selections

    def can(self) -> bool:
        """Whether there is anything to hand over."""
        return self._picked.any()

    def copy_path(self) -> None:
        """Put the paths on the clipboard, one on a line."""
        self._picked.paths(self._put_text)

    def copy_files(self) -> None:
        """Put the files on the clipboard."""
        self._picked.files(self._put_files)

    def reveal(self) -> None:
        """Show the file in focus in the system's file manager."""
        row = self._picked.focused()
        if row is not None:
            self._pump.call(reveal.reveal, row.path, key="reveal")

    def open(self) -> None:
        """Open the sounds with what the system opens such files with."""
        self._picked.files(lambda files: self._open(files, programs.open_default))

    def open_with(self) -> None:
        """Open the sounds with the user's own choice, who is asked the first time."""
        program = self._settings.open_with
        if program:
            opener, by = partial(programs.open_with, program), f" in {programs.title(program)}"
            self._picked.files(lambda files: self._open(files, opener, by))
        else:
            self.choose_program()

    def choose_program(self) -> None:
        """Ask for the program to open sounds with, remember it, and open the picked ones with it."""
        from tkinter import filedialog

        chosen = filedialog.askopenfilename(
            parent=self._root,
            title="Open sounds with which program?",
            initialdir=os.path.dirname(self._settings.open_with) or _PROGRAMS.get(sys.platform, "/usr/bin"),
            filetypes=[("Programs", "*.exe")] if sys.platform == "win32" else [],
        )
        if chosen:
            self._settings.open_with = os.path.normpath(chosen)
            self._settings.save()
            if self.can():
                self.open_with()

    @property
    def labels(self) -> Mapping[str, str]:
        """Actions by better names: the user's own choice is called what it is called."""
        program = self._settings.open_with
        return {"edit.open_with": f"Open in {programs.title(program)}"} if program else {}

    def _put_text(self, text: str) -> None:
        self._root.clipboard_clear()
        self._root.clipboard_append(text)

    def _put_files(self, files: Files) -> None:
        if not files.paths:
            self._status.complain(files.remark)
            return
        from ctk.ui import clipboard

        system = str(self._root.tk.call("tk", "windowingsystem"))
        if system == "aqua":
            put = clipboard.put_on_mac
            self._pump.call(put, files.paths, then=lambda _: self._tell_copied(files), key="copy")
            return
        try:
            if system == "win32":
                clipboard.put_on_windows(files.paths, self._root.winfo_id())
            else:
                clipboard.put_on_x11(files.paths, self._selections())
        except CtkError as exc:
            self._status.complain(str(exc), technical(exc))
        else:
            self._tell_copied(files)

    def _tell_copied(self, files: Files) -> None:
        self._status.say(files.remark or f"{_named(files)} copied; paste into a folder or a track.")

    def _open(self, files: Files, opener: Callable[[Sequence[str]], None], by: str = "") -> None:
        if not files.paths:
            self._status.complain(files.remark)
        elif len(files.paths) > MANY_OPENED:
            self._status.complain(
                f"No more than {words.sounds(MANY_OPENED)} at a time; {len(files.paths):,} are picked."
            )
        else:
            self._status.say(files.remark or f"Opening {_named(files)}{by}...")
            self._pump.call(opener, files.paths, key="open")


def _named(files: Files) -> str:
    return words.name(files.paths[0]) if len(files.paths) == 1 else words.sounds(len(files.paths))
