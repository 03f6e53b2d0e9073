"""Staying in the tray when the window is closed, starting there, and coming back; or ending where there is no tray."""

import time
import tkinter as tk
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal, Protocol

from ctk.actions import Actions, Line
from ctk.contract import Toolkit
from ctk.errors import CtkError
from ctk.ui.models.technical import technical
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.startup import Startup

FIRST_MS = 5000
"""The first time the window stays so long for its words to be read."""
FOUND_MS = 3000
"""By then a tray has been found, where there is one."""
LOOK_MS = 1000
LOST_S = 10.0
"""How long a hidden window waits for a tray: one may come up with the desktop, or be started again."""
GAP = 8
"""Between the pointer and a menu above it, lest its last line is chosen by mistake."""

STAYS = "Closing the window leaves Creator's Toolkit in the tray; a click on its icon there brings it back."
ENDS = "Closing the window ends Creator's Toolkit."
NONE = f"There is no tray here. {ENDS}"
LOST = "There is no tray here, so the window is open instead."
STARTS = "Creator's Toolkit starts with the computer now, hidden in the tray."
STARTS_NOT = "Creator's Toolkit does not start with the computer any more."


class Tray(Protocol):
    """The icon in the tray, as far as the window needs it."""

    @property
    def stands(self) -> bool: ...
    def start(
        self,
        actions: Actions,
        *,
        checked: Mapping[str, Callable[[], bool]],
        hand_over: Callable[[Callable[[], None]], None],
        open_menu: Callable[[tuple[Line, ...], int, int], None],
    ) -> None: ...
    def choose(self, id: str) -> None: ...
    def renew(self) -> None: ...
    def close(self) -> None: ...


class Status(Protocol):
    """The status line."""

    def say(self, sentence: str) -> None: ...
    def complain(self, sentence: str, details: str = "") -> None: ...


class Staying:
    """``close`` is what the window's own button does, ``quit`` is what ends the program. Without a ``tray`` they are
    the same."""

    def __init__(
        self,
        root: tk.Tk,
        toolkit: Toolkit,
        theme: Theme,
        pump: Pump,
        status: Status,
        toast: Toast,
        tray: Tray | None,
        quit: Callable[[], None],
    ) -> None:
        self._root = root
        self._settings = toolkit.settings
        self._home = toolkit.home
        self._theme = theme
        self._pump = pump
        self._status = status
        self._toast = toast
        self._tray = tray
        self._quit = quit
        self._menu: tk.Menu | None = None
        self._marks: list[tk.BooleanVar] = []
        self._missing_s: float | None = None

    @cached_property
    def _startup(self) -> "Startup":
        from ctk.startup import startup

        return startup(self._home)

    @property
    def stands(self) -> bool:
        """Whether the icon is in the tray."""
        return self._tray is not None and self._tray.stands

    def switches(self) -> dict[str, Callable[[], bool]]:
        """Whether each action that switches something is on."""
        return {"file.stay": lambda: self._settings.keep_in_tray, "file.startup": lambda: self._startup.is_on()}  # noqa: PLW0108  # loaded when it is asked for

    def begin(self, actions: Actions) -> None:
        """Be in the tray from now on, and say so once where there is none."""
        if self._tray is not None:
            checked = self.switches()
            self._tray.start(actions, checked=checked, hand_over=self._pump.hand, open_menu=self._open_menu)
            self._pump.later(FOUND_MS, self._tell_none, key="no tray")

    def show(self) -> None:
        """Bring the window back, to the front, also when it was about to go."""
        self._pump.later(LOOK_MS, self._look, key="tray")
        self._root.deiconify()
        self._root.lift()
        self._root.focus_force()

    def close(self) -> None:
        """Leave the window for the tray, where that is wanted; the first time say so."""
        if not (self.stands and self._settings.keep_in_tray):
            self._quit()
        elif self._settings.tray_told == "stays":
            self.hide()
        else:
            self._tell("stays")
            self._toast.show(STAYS, ("Quit instead", self._end), ("All right", self.hide))
            self._pump.later(FIRST_MS, self.hide, key="tray")

    def hide(self) -> None:
        """Out of sight; back where the tray does not come, or not come back."""
        self._toast.hide()
        self._root.withdraw()
        self._missing_s = None
        self._pump.later(LOOK_MS, self._look, key="tray")

    def switch(self) -> None:
        """Stay in the tray when closed, or not any more."""
        self._settings.keep_in_tray = not self._settings.keep_in_tray
        self._settings.save()
        stays = STAYS if self.stands else NONE
        self._status.say(stays if self._settings.keep_in_tray else ENDS)
        self._renew()

    def switch_startup(self) -> None:
        """Start with the computer, or not any more."""
        try:
            self._startup.turn(not self._startup.is_on())
        except CtkError as exc:
            self._status.complain(str(exc), technical(exc))
        else:
            self._status.say(STARTS if self._startup.is_on() else STARTS_NOT)
        self._renew()

    def leave(self) -> None:
        """The program ends: so does the icon."""
        if self._tray is not None:
            self._tray.close()

    def _renew(self) -> None:
        if self._tray is not None:
            self._tray.renew()

    def _end(self) -> None:
        self._settings.keep_in_tray = False
        self._quit()

    def _look(self) -> None:
        """While the window is out of sight: is there an icon that brings it back?"""
        if str(self._root.state()) != "withdrawn":
            return
        now = time.monotonic()
        self._missing_s = None if self.stands else self._missing_s or now
        if self._missing_s is not None and now - self._missing_s > LOST_S:
            self.show()
            self._status.say(LOST)
        else:
            self._pump.later(LOOK_MS, self._look, key="tray")

    def _tell_none(self) -> None:
        settings = self._settings
        if not self.stands and settings.keep_in_tray and settings.tray_told != "none" and self._root.winfo_viewable():
            self._tell("none")
            self._status.say(NONE)

    def _tell(self, what: str) -> None:
        self._settings.tray_told = what
        self._settings.save()

    def _open_menu(self, lines: tuple[Line, ...], x: int, y: int) -> None:
        """The menu of the tray, where the tray has none of its own."""
        if self._menu is not None:
            self._menu.destroy()
        self._menu = menu = tk.Menu(self._root, tearoff=False)
        self._marks = []
        self._theme.paint_menu(menu, popup=True)
        for line in lines:
            state: Literal["normal", "disabled"] = "normal" if line.enabled else "disabled"
            run = partial(self._choose, line.id)
            if not line.label:
                menu.add_separator()
            elif line.checked is None:
                menu.add_command(label=line.label, state=state, command=run)
            else:
                self._marks.append(tk.BooleanVar(menu, line.checked))
                menu.add_checkbutton(label=line.label, state=state, command=run, variable=self._marks[-1])
        menu.update_idletasks()
        below = y < menu.winfo_screenheight() // 2
        menu.tk_popup(x, y if below else y - menu.winfo_reqheight() - self._theme.px(GAP))

    def _choose(self, id: str) -> None:
        if self._tray is not None:
            self._tray.choose(id)
