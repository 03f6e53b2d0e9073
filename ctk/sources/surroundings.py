"""The folders that this system knows by name: the user's own, those of cloud services, drives."""

import json
import ntpath
import os
import sys
from collections.abc import Iterable, Mapping

from ctk import paths
from ctk.sources.landmarks import MAC, WINDOWS

_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_PROGRAMS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
_DROPBOX_SETTINGS = "info.json"


def known_folders(
    system: str = sys.platform,
    environ: Mapping[str, str] = os.environ,
    folders: Mapping[str, str] | None = None,
    drives: Iterable[str] = (),
) -> dict[str, list[str]]:
    """For each name in the patterns of the landmarks the folders it stands for. ``folders`` are those of the user."""
    found = {name: [path] for name, path in (folders or paths.user_folders()).items()}
    home = found["home"][0]
    found["user"] = [environ.get("USER") or os.path.basename(home)]
    found["dropbox"] = _dropbox(home, environ)
    if system == MAC:
        found["shared"] = ["/Users/Shared"]
    if system == WINDOWS:
        found["shared"] = [ntpath.join(folder, "Documents") for folder in _named(environ, ("PUBLIC",))]
        found["program_data"] = _named(environ, ("ProgramData",))
        found["programs"] = _named(environ, _PROGRAMS)
        found["onedrive"] = _named(environ, _ONEDRIVE)
        found["letters"] = [drive for drive in drives if len(drive) <= len("C:\\")]
    return found


def _named(environ: Mapping[str, str], names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(environ[name] for name in names if environ.get(name)))


def _dropbox(home: str, environ: Mapping[str, str]) -> list[str]:
    """Where Dropbox says that its folders are, wherever the user moved them to
    (https://help.dropbox.com/installs/locate-dropbox-folder)."""
    places = [os.path.join(folder, "Dropbox") for folder in _named(environ, ("APPDATA", "LOCALAPPDATA"))]
    found: list[str] = []
    for place in (os.path.join(home, ".dropbox"), *places):
        try:
            with open(os.path.join(place, _DROPBOX_SETTINGS), encoding="utf-8") as file:
                accounts = json.load(file)
        except (OSError, ValueError):
            continue
        accounts = accounts.values() if isinstance(accounts, dict) else ()
        found += [account["path"] for account in accounts if isinstance(account, dict) and "path" in account]
    return [path for path in found if isinstance(path, str)]
