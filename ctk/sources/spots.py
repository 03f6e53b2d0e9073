"""Which of the folders where audio usually is are there, each once, and in which source they lie."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from ctk.catalog.source_rows import Root
from ctk.paths import os_path
from ctk.records import PlaceKind
from ctk.sources import walk
from ctk.sources.landmarks import WINDOWS, Candidate, candidates
from ctk.sources.surroundings import known_folders
from ctk.volumes import patience
from ctk.volumes.volumes import Volumes

ANSWER_S: Final = 2.0
"""How long a folder has to say that it is there."""

GOOGLE_DRIVE: Final = "Google Drive"
"""How the drive of that service is labelled on Windows, whatever its letter."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A folder that is there; ``real`` is its path with links followed, ``source_id`` the source around it."""

    candidate: Candidate
    real: str
    where: walk.Place
    source_id: int | None = None


def usual() -> list[Candidate]:
    """The folders of this system where audio usually is, whether they are there or not."""
    drives = [mount.at for mount in Volumes().mounts()]
    return list(candidates(sys.platform, known_folders(drives=drives), _children))


def spots(wanted: Sequence[Candidate], roots: Sequence[Root], check: Callable[[], None]) -> list[Spot]:
    """Those of the folders ``wanted`` that are there; what holds the user's whole home is too much to be one.

    ``check`` is called often and may raise to stop.
    """
    asked = {candidate.path: partial(_look, candidate) for candidate in reversed(_likely(wanted, check))}
    there = patience.within(ANSWER_S, asked, check)
    sources = _sources(roots, check)
    home = os.path.realpath(os.path.expanduser("~"))
    found: dict[walk.Place, Spot] = {}
    for candidate in wanted:
        spot = there.get(candidate.path)
        if spot is not None and not _holds(spot.real, home):
            found.setdefault(spot.where, replace(spot, source_id=_source_of(spot.real, sources)))
    return list(found.values())


def _likely(wanted: Sequence[Candidate], check: Callable[[], None]) -> list[Candidate]:
    """What is left when all that is surely not there was left out by one question, which asks no other drive."""
    volumes = Volumes()
    near = [place for place in wanted if place.kind != "drive" and not volumes.is_network(place.path)]

    def absent() -> set[Candidate]:
        return {place for place in near if not os.path.lexists(place.path)}

    answer = patience.within(ANSWER_S, {"the usual places": absent}, check)
    left_out = set[Candidate]().union(*answer.values())
    return [place for place in wanted if place not in left_out]


def _look(candidate: Candidate) -> Spot | None:
    """Asks the drive, so it may take as long as the drive takes."""
    try:
        real = os.path.realpath(candidate.path)
        where = walk.place(real) if os.path.isdir(os_path(real)) else None
        return where and Spot(_labelled(candidate) if candidate.kind == "drive" else candidate, real, where)
    except (OSError, ValueError):
        return None


def _labelled(drive: Candidate) -> Candidate:
    """A drive under the name that the user gave it, where its path does not tell."""
    if sys.platform != WINDOWS:
        return drive
    volume = Volumes().of(drive.path)
    letter = drive.path.rstrip("\\")
    if volume is None or volume.label in ("", letter):
        return drive
    kind: PlaceKind = "cloud" if volume.label.startswith(GOOGLE_DRIVE) else "drive"
    return replace(drive, name=f"{volume.label} ({letter})", kind=kind)


def _sources(roots: Sequence[Root], check: Callable[[], None]) -> dict[str, int]:
    """The sources by their paths with links followed, as far as they answer."""
    asked = {root.path: partial(os.path.realpath, root.path) for root in roots}
    real = patience.within(ANSWER_S, asked, check)
    return {real[root.path]: root.id for root in roots if root.path in real}


def _source_of(path: str, sources: dict[str, int]) -> int | None:
    """The deepest source that a folder is, or lies in."""
    around = [source for source in sources if _holds(source, path)]
    return sources[max(around, key=len)] if around else None


def _holds(folder: str, path: str) -> bool:
    """Whether ``path`` is ``folder`` or lies in it."""
    folder, path = os.path.normcase(folder), os.path.normcase(path)
    return path == folder or path.startswith(os.path.join(folder, ""))


def _children(folder: str) -> list[str]:
    """The folders in a folder, and links, by their names."""
    try:
        with os.scandir(os_path(folder)) as entries:
            return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False) or entry.is_symlink()]
    except (OSError, ValueError):
        return []
