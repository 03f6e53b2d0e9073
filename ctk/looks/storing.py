"""Folders of looks that are there whole or not at all, whatever happens meanwhile.

A new one is written beside its place and moved there; the one it replaces is put aside after that.
"""

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from ctk import paths

OLD, NEW = ".old-", ".new-"
REMOVED = ".removed"
"""The folder of what was taken away; it lies beside the looks."""


def find(shelf: Path, id: str) -> Path | None:
    """Where a look is; what was being replaced when the program ended counts as well."""
    for place in (shelf / id, shelf / f"{OLD}{id}"):
        if os.path.isdir(paths.os_path(str(place))):
            return place
    return None


def ids(shelf: Path) -> list[str]:
    """All that can be found, sorted."""
    try:
        with os.scandir(paths.os_path(str(shelf))) as entries:
            folders = [entry.name for entry in entries if entry.is_dir()]
    except OSError:
        return []
    return sorted({name.removeprefix(OLD) for name in folders if name.startswith(OLD) or name[0] != "."})


def put(files: Mapping[str, bytes], shelf: Path, id: str) -> None:
    """Make these files the look of this id. Raises ``OSError``."""
    import shutil
    import tempfile

    os.makedirs(paths.os_path(str(shelf)), exist_ok=True)
    fresh = tempfile.mkdtemp(prefix=NEW, dir=paths.os_path(str(shelf)))
    try:
        for name, data in files.items():
            place = os.path.join(fresh, *name.split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "xb") as file:
                file.write(data)
        os.chmod(fresh, 0o755)
        _exchange(fresh, shelf, id)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def put_aside(place: Path, shelf: Path, id: str) -> Path:
    """Take the look that ``find`` found away; where its folder is kept. Raises ``OSError``."""
    import shutil

    kept = _keep(place, shelf, id)
    shutil.rmtree(paths.os_path(str(shelf / f"{OLD}{id}")), ignore_errors=True)  # or it would come back
    return kept


def put_back(kept: Path, shelf: Path, id: str) -> None:
    """What was put aside is a look again, if there is none of this id. Raises ``OSError``."""
    if find(shelf, id) is not None:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(shelf / id))
    os.rename(paths.os_path(str(kept)), paths.os_path(str(shelf / id)))


def write(data: bytes, target: Path) -> None:
    """One file, whole. Raises ``OSError``."""
    part = paths.os_path(f"{target}.part")
    try:
        with open(part, "wb") as file:
            file.write(data)
        os.replace(part, paths.os_path(str(target)))
    finally:
        if os.path.exists(part):
            os.unlink(part)


def _exchange(fresh: str, shelf: Path, id: str) -> None:
    import shutil

    place, old = (paths.os_path(str(shelf / name)) for name in (id, f"{OLD}{id}"))
    if os.path.isdir(place):
        shutil.rmtree(old, ignore_errors=True)
        os.replace(place, old)
    try:
        os.replace(fresh, place)
    except OSError:
        if os.path.isdir(old):
            os.replace(old, place)
        raise
    if os.path.isdir(old):
        _keep(shelf / f"{OLD}{id}", shelf, id)  # somebody may have worked on it


def _keep(place: Path, shelf: Path, id: str) -> Path:
    os.makedirs(paths.os_path(str(shelf / REMOVED)), exist_ok=True)
    kept = shelf / REMOVED / id
    number = 1
    while os.path.lexists(paths.os_path(str(kept))):
        number += 1
        kept = shelf / REMOVED / f"{id}~{number}"
    os.rename(paths.os_path(str(place)), paths.os_path(str(kept)))
    return kept
