"""The doctor: looks at the installation and says, line by line, what is fine and what to do about what is not."""

import importlib.metadata
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from ctk.catalog.store import Store, is_sound
from ctk.errors import AudioError
from ctk.records import Check, Health, LibraryHealth
from ctk.remote import door

LEAST_FREE_BYTES = 200_000_000

_MORE_WATCHES = (
    "To have changes seen at once, allow more: write fs.inotify.max_user_watches=1048576 into a file in /etc/sysctl.d,"
    " and restart the computer."
)


class _Device(Protocol):
    """What the doctor needs of the player."""

    def check(self) -> str:
        """What sound would come out of. Raises ``AudioError``."""
        ...


class _Listener(Protocol):
    """What the doctor needs of the waveforms."""

    def unwell(self) -> LibraryHealth:
        """The sounds that something is wrong with."""
        ...


class _Follower(Protocol):
    """What the doctor needs of the sources."""

    def unwatched(self) -> Mapping[str, str]:
        """The folders whose changes are not seen at once, and why."""
        ...


class Doctor:
    """See ``ctk.contract.Doctor``."""

    def __init__(self, home: Path, store: Store, audio: _Device, waveforms: _Listener, sources: _Follower) -> None:
        self._home = home
        self._store = store
        self._audio = audio
        self._waveforms = waveforms
        self._sources = sources

    def report(self) -> Health:
        looks: tuple[Callable[[], Check], ...] = (
            self._check_home,
            self._check_catalog,
            self._check_watching,
            self._check_door,
            self._check_audio,
            _check_formats,
            _check_tray,
            _check_display,
        )
        return Health(tuple(look() for look in looks))

    def library(self) -> LibraryHealth:
        return self._waveforms.unwell()

    def _check_home(self) -> Check:
        free = shutil.disk_usage(self._home).free
        detail = f"{self._home}, {free / 1e9:.1f} GB free"
        if not os.access(self._home, os.W_OK):
            return Check("home", False, detail, "This folder cannot be written; choose another with --home.")
        if free < LEAST_FREE_BYTES:
            return Check("home", False, detail, "Free some space on this disk.")
        return Check("home", True, detail)

    def _check_catalog(self) -> Check:
        file = self._store.file
        detail = f"{file}, {file.stat().st_size / 1e6:.1f} MB"
        if not is_sound(file):
            return Check("catalog", False, detail, "It is damaged: close the program and take a copy from backups.")
        aside = sorted(file.parent.glob(f"{file.stem}.damaged-*{file.suffix}"))
        if aside:
            detail += f"; set aside because it was damaged: {', '.join(found.name for found in aside)}"
        return Check("catalog", True, detail)

    def _check_watching(self) -> Check:
        unwatched = self._sources.unwatched()
        if not unwatched:
            return Check("watching", True, "changes in the sources are seen at once while the program runs")
        detail = "; ".join(f"{path} is only looked through every minute: {why}" for path, why in unwatched.items())
        return Check("watching", False, detail, _MORE_WATCHES)

    def _check_door(self) -> Check:
        """Whether other programs, and the browser, can reach the library now."""
        found = {name: there for name in door.FILES if (there := door.read(self._home, name))}
        for name in found:
            if os.name == "posix" and (self._home / name).stat().st_mode & 0o077:
                detail = f"others on this computer can read {self._home / name}, and so open the library"
                return Check("door", False, detail, "Close the program and start it again.")
        words = {name: _door_words(there) for name, there in found.items()}
        if not words:
            return Check("door", True, "closed: neither the window nor a server is running")
        return Check("door", True, "; the window beside it: ".join(words.values()))

    def _check_audio(self) -> Check:
        try:
            return Check("sound device", True, self._audio.check())
        except AudioError as exc:
            return Check(
                "sound device", False, str(exc), "Connect a sound device, or check the system's sound settings."
            )


def _door_words(there: door.Door) -> str:
    try:
        if there.pid != os.getpid():
            door.ask(there, "core.info", {})
    except (OSError, ValueError):
        return "left over from a program that did not end properly; the next start takes its place"
    return f"open to programs of this computer at port {there.port}, process {there.pid}"


def _check_formats() -> Check:
    try:
        found = [f"{name} {importlib.metadata.version(name)}" for name in ("miniaudio", "av", "tinytag")]
    except importlib.metadata.PackageNotFoundError as exc:
        return Check("formats", False, f"{exc.name} is missing", "Install Creator's Toolkit again.")
    return Check("formats", True, "WAV, AIFF, FLAC, MP3, Ogg, Opus, AAC, ALAC, WMA, CAF and more: " + ", ".join(found))


def _check_tray() -> Check:
    present = importlib.util.find_spec("pystray") is not None
    return Check(
        "tray", present, "pystray" if present else "pystray is missing", "" if present else "pip install pystray"
    )


def _check_display() -> Check:
    if not importlib.util.find_spec("_tkinter"):
        advice = "Install Python with tkinter (Debian: apt install python3-tk)."
        return Check("display", False, "tkinter is missing", advice)
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        return Check("display", False, "no display", "The command line works here; the window needs a desktop.")
    return Check("display", True, os.environ.get("DISPLAY", "here"))
