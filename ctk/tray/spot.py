"""A spot in the tray, whatever kind of tray it is, and the errors of not finding one."""

from collections.abc import Callable
from typing import Protocol

from ctk.actions import Line
from ctk.errors import CtkError
from ctk.tray.face import Face


class NoTray(CtkError):
    """There is no tray here, or none that shows anything."""


class Hand(Protocol):
    """What the icon passes on, from its own thread."""

    def choose(self, id: str) -> None:
        """An action was chosen."""
        ...

    def open_menu(self, lines: tuple[Line, ...], x: int, y: int) -> None:
        """A menu is wanted at this place of the screen, since the tray has none of its own."""
        ...


class Spot(Protocol):
    """One stay in the tray. ``show`` and ``stop`` may be called on any thread."""

    def run(self, face: Face, ready: Callable[[], None]) -> None:
        """Be in the tray until ``stop``, or until the tray is gone; ``ready`` is called once it is to be seen.

        Raises ``NoTray`` where there is none.
        """
        ...

    def show(self, face: Face) -> None:
        """Look like this from now on."""
        ...

    def stop(self) -> None:
        """Leave the tray, also before ``run`` has begun."""
        ...
