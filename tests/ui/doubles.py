"""A small library with duplicates, the state of its tree, and a window over it."""

import os
import shutil
from pathlib import Path

from tests.sources.library import wav
from tests.ui.conftest import Rig

GROUPS, SPARES = 3, 4


def library(folder: Path) -> Path:
    """Three groups: a kick that is there three times, a snare and a bass twice; a hat and a pad that are there once."""
    for number, (name, frames) in enumerate((("kick", 90_000), ("snare", 50_000), ("bass", 20_000), ("hat", 8_000))):
        wav(folder / "Pack A" / f"{name}.wav", number, frames)
    for name in ("kick", "snare", "bass"):
        _copy(folder / "Pack A" / f"{name}.wav", folder / "Downloads" / "Pack A" / f"{name}.wav")
    _copy(folder / "Pack A" / "kick.wav", folder / "Track" / "kick copy.wav")
    wav(folder / "Pack B" / "pad.wav", 99, 30_000)
    return folder


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """What is in a folder: contents and times by path, holding folders and all."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = (file.read(), os.stat(path).st_mtime_ns)
    return found


def in_place(folder: Path) -> list[str]:
    """The sounds that are not put aside."""
    return sorted(path.replace(os.sep, "/") for path in tree(folder) if ".ctk-held" not in path)


def shown(rig: Rig) -> list[str]:
    """The first column of the duplicates, from the top."""
    page = rig.window.cleanup.page
    assert page is not None
    tree = page.table.tree
    return [name for item in tree.get_children() if (name := str(tree.item(item, "text")))]


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
