"""What the icon in the tray needs, loaded to see whether it is all here: for the self-test."""

import importlib.util
import sys

from ctk.errors import CtkError
from ctk.tray import native
from ctk.tray.pictures import STATES, picture
from ctk.tray.spot import NoTray

NO_DISPLAY = "no display here"


def glance() -> str:
    """Which way the icon would take. Raises ``CtkError`` where something is missing, and what loading raises."""
    for state in STATES:
        picture(state, native.SIDE)
    if sys.platform not in ("win32", "darwin"):
        from ctk.tray import x11

        if x11.is_here():
            return "a tray of X11"
    if importlib.util.find_spec("pystray") is None:
        raise CtkError("pystray is missing, so there is no icon in the tray.")
    try:
        return native.kind(native.load())
    except NoTray as exc:
        if isinstance(exc.__cause__, ImportError):  # of pystray's ways none is here; without a display they say so
            raise CtkError(f"The icon in the tray cannot be loaded: {exc.__cause__}.") from exc
        return NO_DISPLAY
