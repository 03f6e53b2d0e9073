"""A small library full of traps for whoever looks for duplicates, and the groups found in it as sets of files."""

import os
import random
import shutil
from collections.abc import Iterable
from pathlib import Path

from ctk.records import Group, Groups
from ctk.toolkit import Toolkit
from tests.sources.library import stem, wav

Place = tuple[int, int]
"""Device and inode: a file under whatever name."""

WITH_SYMLINKS = os.name == "posix"


def copy(source: Path, target: Path) -> Path:
    """A byte-identical file that keeps its time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
    return target


def traps(root: Path, seed: int = 1) -> Path:
    """Duplicates small and large beside look-alikes, hard links, symlinks and empty files."""
    chance = random.Random(seed)
    for number in range(12):
        wav(root / f"Pack A/kick {number}.wav", number + 100 * seed, frames=chance.randrange(10, 3000))
        stem(root / f"Pack A/Stems/stem {number}.wav", number + 100 * seed)  # all alike but for their middle
    originals = sorted(root.rglob("*.wav"))
    for number, original in enumerate(chance.sample(originals, 14)):
        copy(original, root / f"Pack B/{number}/{original.name}")
        if number % 3 == 0:
            copy(original, root / f"Downloads/{original.stem} (1).wav")
    (root / "Links").mkdir()
    for number, original in enumerate(chance.sample(sorted(root.rglob("*.wav")), 8)):
        os.link(original, root / f"Links/hard {number}.wav")
        if WITH_SYMLINKS:
            (root / f"Links/soft {number}.wav").symlink_to(original)
    for name in ("empty 1.wav", "empty 2.wav"):
        (root / name).touch()
    wav(root / "edges/whole.wav", 7, frames=(131_072 - 44) // 2)  # the largest size whose fingerprint is everything
    wav(root / "edges/more.wav", 7, frames=(131_072 - 44) // 2 + 1)
    for name in ("whole", "more"):
        copy(root / f"edges/{name}.wav", root / f"edges/{name} copy.wav")
    return root


def place(path: str | Path) -> Place:
    found = os.stat(path)
    return found.st_dev, found.st_ino


def as_files(groups: Iterable[Iterable[str | Path]]) -> set[frozenset[Place]]:
    """Groups of paths as sets of files; those that hold one file only are none."""
    found = (frozenset(map(place, group)) for group in groups)
    return {group for group in found if len(group) > 1}


def paths(group: Group) -> list[str]:
    return [copy.path for copy in group.files]


def found_files(found: Groups) -> set[frozenset[Place]]:
    return as_files(paths(group) for group in found.groups if group.kind == "exact")


def find(toolkit: Toolkit, *folders: Path, near: bool = False) -> Groups:
    """Scan ``folders`` (all sources when none is named), then search."""
    toolkit.sources.scan(folders or None).result(60)
    return toolkit.duplicates.find(near=near).result(60)
