"""Where audio usually is: one table for all systems.

A pattern is a path with ``/`` between its parts. It begins with a folder that the system knows by that name
(``{music}``), of which there may be several or none; ``*`` in a part stands for anything.
"""

import fnmatch
import ntpath
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ctk.records import PlaceKind

LINUX, MAC, WINDOWS = "linux", "darwin", "win32"
Children = Callable[[str], Sequence[str]]
"""The names of the folders in a folder; none when it cannot be looked into."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """Folders where audio is, on the systems ``on``. Without a ``name`` each is called as its folder is."""

    name: str
    kind: PlaceKind
    patterns: tuple[str, ...]
    on: tuple[str, ...] = (LINUX, MAC, WINDOWS)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A folder that may be there, and hold audio."""

    path: str
    name: str
    kind: PlaceKind


LANDMARKS: Final = (
    Landmark("Splice", "library", ("{home}/Splice", "{documents}/Splice", "{music}/Splice")),
    Landmark("Native Instruments", "library", ("{shared}/Native Instruments", "{documents}/Native Instruments")),
    Landmark("", "library", ("{shared}/*Library",), (MAC, WINDOWS)),
    Landmark("Ableton", "library", ("{documents}/Ableton", "{music}/Ableton")),
    Landmark("Ableton Core Library", "library", ("{program_data}/Ableton/Live */Resources/Core Library",), (WINDOWS,)),
    Landmark(
        "Ableton Core Library",
        "library",
        ("/Applications/Ableton Live *.app/Contents/App-Resources/Core Library",),
        (MAC,),
    ),
    Landmark("FL Studio", "library", ("{documents}/Image-Line",)),
    Landmark("FL Studio Packs", "library", ("{programs}/Image-Line/FL Studio*/Data/Patches/Packs",), (WINDOWS,)),
    Landmark(
        "FL Studio Packs", "library", ("/Applications/FL Studio*.app/Contents/Resources/FL/Data/Patches/Packs",), (MAC,)
    ),
    Landmark("Apple Loops", "library", ("/Library/Audio/Apple Loops", "{home}/Library/Audio/Apple Loops"), (MAC,)),
    Landmark("GarageBand", "library", ("{music}/GarageBand", "/Library/Application Support/GarageBand"), (MAC,)),
    Landmark("Logic", "library", ("{music}/Logic", "/Library/Application Support/Logic"), (MAC,)),
    Landmark("Logic and GarageBand", "library", ("{music}/Audio Music Apps",), (MAC,)),
    Landmark("REAPER Media", "library", ("{documents}/REAPER Media",)),
    Landmark("Bitwig Studio", "library", ("{documents}/Bitwig Studio", "{home}/Bitwig Studio")),
    Landmark("LMMS", "library", ("{documents}/lmms", "{home}/lmms")),
    Landmark("LMMS samples", "library", ("/usr/share/lmms/samples",), (LINUX,)),
    Landmark("Hydrogen drum kits", "library", ("/usr/share/hydrogen/data", "{home}/.hydrogen/data"), (LINUX,)),
    Landmark("Sonic Pi samples", "library", ("/usr/share/sonic-pi/samples", "/opt/sonic-pi/etc/samples"), (LINUX,)),
    Landmark("", "folder", ("{home}/Samples", "{home}/samples", "{home}/Sounds", "{home}/Audio", "{home}/Loops")),
    Landmark("", "folder", ("{home}/Recordings", "{home}/Sample Packs", "{home}/Sample Library")),
    Landmark("Music", "folder", ("{music}",)),
    Landmark("Desktop", "folder", ("{desktop}",)),
    Landmark("Downloads", "folder", ("{downloads}",)),
    Landmark("Documents", "folder", ("{documents}",)),
    Landmark("OneDrive", "cloud", ("{onedrive}", "{home}/OneDrive", "{home}/OneDrive - *")),
    Landmark("OneDrive", "cloud", ("{home}/Library/CloudStorage/OneDrive*",), (MAC,)),
    Landmark("Google Drive", "cloud", ("{home}/Library/CloudStorage/GoogleDrive*",), (MAC,)),
    Landmark("iCloud Drive", "cloud", ("{home}/Library/Mobile Documents/com~apple~CloudDocs",), (MAC,)),
    Landmark("iCloud Drive", "cloud", ("{home}/iCloudDrive",), (WINDOWS,)),
    Landmark("Dropbox", "cloud", ("{dropbox}", "{home}/Dropbox", "{home}/Dropbox (*)")),
    Landmark("Google Drive", "cloud", ("{home}/Google Drive", "{home}/GoogleDrive")),
    Landmark("", "cloud", ("{home}/Library/CloudStorage/*",), (MAC,)),
    Landmark("", "cloud", ("{home}/Nextcloud", "{home}/ownCloud", "{home}/Box", "{home}/MEGA", "{home}/Proton Drive")),
    Landmark("pCloud", "cloud", ("{home}/pCloud Drive", "{home}/pCloudDrive")),
    Landmark("", "drive", ("/media/{user}/*", "/run/media/{user}/*", "/mnt/*"), (LINUX,)),
    Landmark("", "drive", ("/Volumes/*",), (MAC,)),
    Landmark("", "drive", ("{letters}",), (WINDOWS,)),
)
"""The first that names a folder says what it is."""


def candidates(system: str, known: Mapping[str, Sequence[str]], children: Children) -> Iterator[Candidate]:
    """What the table says for a system (as in ``sys.platform``) whose ``known`` folders are these."""
    for landmark in LANDMARKS:
        if system in landmark.on:
            for pattern in landmark.patterns:
                for path in _expanded(pattern, system, known, children):
                    yield Candidate(path, _called(path, landmark.name, system), landmark.kind)


def _expanded(pattern: str, system: str, known: Mapping[str, Sequence[str]], children: Children) -> Iterator[str]:
    paths = ntpath if system == WINDOWS else posixpath
    first, *rest = pattern.split("/")
    found = list(known.get(first.strip("{}"), ())) if first else ["/"]
    for part in rest:
        if part.startswith("{"):
            found = [paths.join(path, name) for path in found for name in known.get(part.strip("{}"), ())]
        elif "*" in part:
            found = [
                paths.join(path, name)
                for path in found
                for name in sorted(children(path))
                if fnmatch.fnmatchcase(name.lower(), part.lower())
            ]
        else:
            found = [paths.join(path, part) for path in found]
    yield from found


def _called(path: str, name: str, system: str) -> str:
    """The name of a place; its folder's own where that says more: ``OneDrive - Studio``."""
    paths = ntpath if system == WINDOWS else posixpath
    own = paths.basename(path.rstrip("/\\")) or path
    return own if own.lower().startswith(name.lower()) else name
