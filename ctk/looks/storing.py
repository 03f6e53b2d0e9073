"""Folders of looks that are there whole or not at all, whatever happens meanwhile.

A new one is written beside its place and moved there; the one it replaces is kept until that is done.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from ctk import paths

OLD, NEW = ".old-", ".new-"


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


def drop(shelf: Path, id: str) -> None:
    """Take a look away. Raises ``OSError``."""
    import shutil
    import tempfile

    place = find(shelf, id)
    if place is not None:
        gone = tempfile.mkdtemp(prefix=NEW, dir=paths.os_path(str(shelf)))
        os.replace(paths.os_path(str(place)), os.path.join(gone, "look"))
        shutil.rmtree(gone, ignore_errors=True)


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
    shutil.rmtree(old, ignore_errors=True)
