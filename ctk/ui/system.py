"""What the system says about looks: dark or light, and how large a pixel is. Standard library only."""

import logging
import os
import sys
from pathlib import Path
from typing import Literal

log = logging.getLogger(__name__)

Mode = Literal["light", "dark"]
ASK_S = 1.0
_WINDOWS_KEY = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
_PORTAL = (
    "gdbus call --session --timeout 1 --dest org.freedesktop.portal.Desktop"
    " --object-path /org/freedesktop/portal/desktop --method org.freedesktop.portal.Settings.Read"
    " org.freedesktop.appearance color-scheme"
)


def guess() -> Mode | None:
    """Dark or light from what can be read at once; ``None`` where only asking helps."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return None
    return _gtk_theme(os.environ.get("GTK_THEME", "")) or _gtk_file() or _kde_file()


def ask() -> Mode | None:
    """Dark or light as the desktop answers; may take up to a second or two, so not for the window's thread."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        said = _run("defaults", "read", "-g", "AppleInterfaceStyle")
        return "dark" if said is not None and "dark" in said.lower() else "light"
    return _portal(_run(*_PORTAL.split())) or _gnome(
        _run("gsettings", "get", "org.gnome.desktop.interface", "color-scheme")
    )


def be_sharp() -> None:
    """Windows: draw in real pixels on every screen. Before the first window; elsewhere there is nothing to do."""
    if sys.platform == "win32":
        import ctypes

        try:
            ctypes.windll.shcore.SetProcessDpiAwareness(2)
        except (AttributeError, OSError):
            ctypes.windll.user32.SetProcessDPIAware()


def desktop_dpi() -> float | None:
    """Dots per inch where the desktop sets them apart from the X server; ``None`` elsewhere."""
    if sys.platform in ("win32", "darwin"):
        return None
    for line in _resources().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "Xft.dpi":
            try:
                return min(max(float(value), 48.0), 480.0)
            except ValueError:
                return None
    return None


def _resources() -> str:
    """What the desktop set for programs of X11, as ``xrdb -query`` prints it: running that takes longer."""
    import ctypes

    try:
        library = ctypes.CDLL("libX11.so.6")
        library.XOpenDisplay.argtypes, library.XOpenDisplay.restype = [ctypes.c_char_p], ctypes.c_void_p
        library.XResourceManagerString.argtypes = library.XCloseDisplay.argtypes = [ctypes.c_void_p]
        library.XResourceManagerString.restype = ctypes.c_char_p
    except (OSError, AttributeError) as exc:
        log.debug("no resources of X11: %s", exc)
        return ""
    display = library.XOpenDisplay(None)
    if not display:
        return ""
    try:
        return (library.XResourceManagerString(display) or b"").decode("latin-1")
    finally:
        library.XCloseDisplay(display)


def _windows() -> Mode | None:
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _WINDOWS_KEY) as key:
            return "light" if winreg.QueryValueEx(key, "AppsUseLightTheme")[0] else "dark"
    except OSError:
        return None


def _portal(said: str | None) -> Mode | None:
    """The portal answers ``(<<uint32 1>>,)``: 1 is dark, 2 is light, 0 has no wish."""
    if said is None:
        return None
    return "dark" if "uint32 1" in said else "light" if "uint32 2" in said else None


def _gnome(said: str | None) -> Mode | None:
    if said is None:
        return None
    return "dark" if "dark" in said else "light" if "light" in said else None


def _gtk_theme(name: str) -> Mode | None:
    if not name:
        return None
    return "dark" if "dark" in name.lower() else "light"


def _gtk_file() -> Mode | None:
    section = _ini(_config() / "gtk-3.0" / "settings.ini", "Settings")
    if section.get("gtk-application-prefer-dark-theme", "").lower() in ("1", "true"):
        return "dark"
    return "dark" if "dark" in section.get("gtk-theme-name", "").lower() else None


def _kde_file() -> Mode | None:
    """KDE keeps its window colour as ``red,green,blue``."""
    parts = _ini(_config() / "kdeglobals", "Colors:Window").get("backgroundnormal", "").split(",")
    if len(parts) != 3 or not all(part.strip().isdigit() for part in parts):
        return None
    return "dark" if sum(int(part) for part in parts) < 3 * 128 else "light"


def _config() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def _ini(file: Path, section: str) -> dict[str, str]:
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    import configparser

    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return {}
    return dict(parser[section]) if parser.has_section(section) else {}


def _run(*command: str, limit_s: float = ASK_S) -> str | None:
    """What a command says, ``None`` when it is not there or has no answer."""
    places = os.environ.get("PATH", "").split(os.pathsep)
    if not any(os.access(os.path.join(place, command[0]), os.X_OK) for place in places):
        return None  # cheaper than to load what runs commands
    import subprocess

    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_s, check=False)
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as exc:
        log.debug("%s did not answer: %s", command[0], exc)
        return None
    return done.stdout if done.returncode == 0 else None
