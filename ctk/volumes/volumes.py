"""The drives that are plugged in: which one a path is on, under whatever letter or mount point, and where else."""

import os
import sys
from dataclasses import dataclass
from types import ModuleType
from typing import cast

from ctk.volumes.mount import IN_MEMORY, Mount, System


@dataclass(frozen=True, slots=True)
class Volume:
    """``id`` names the drive wherever it is plugged in, ``None`` where the system has no name for it; ``label`` is
    what people call it; ``place`` is the path that was asked about, from the top of the drive on."""

    id: str | None
    label: str
    place: str
    network: bool = False


class Volumes:
    """As they are at one moment, so it is made anew for each look."""

    def __init__(self, system: System | None = None) -> None:
        self._system = system or _this_system()
        self._mounts = self._system.mounts()

    def of(self, path: str) -> Volume | None:
        """The drive that ``path`` is on, which need not be there itself. Asks the drive."""
        real = os.path.realpath(path)
        mount = self._mount(real)
        if mount is None:
            return None
        id, label = self._system.identify(mount, real if os.path.exists(real) else mount.at)
        return Volume(id, label, _joined(mount.top, _below(mount.at, real)), mount.network)

    def inside(self, folder: str) -> list[tuple[str, Volume]]:
        """The drives that are seen below ``folder``, each with where that is; none that is only in memory. Asks those
        that are on no network."""
        found: dict[str, Volume] = {}
        for mount in self._mounts:
            place = _below(folder, mount.at)
            if place and mount.kind not in IN_MEMORY:
                id, label = self._system.identify(mount, mount.at)
                found[place] = Volume(id, label, mount.top, mount.network)
        return list(found.items())

    def is_network(self, path: str) -> bool:
        """Whether ``path`` is on a network drive; asks no drive."""
        mount = self._mount(path)
        return mount is not None and mount.network

    def where(self, id: str, place: str) -> list[str]:
        """The paths under which ``place`` of a drive can be reached now. Asks drives, but no network ones."""
        found = []
        for mount in self._mounts:
            inside = _below(mount.top, place)
            if inside is not None and self._system.identify(mount, mount.at)[0] == id:
                found.append(_joined(mount.at, inside))
        return list(dict.fromkeys(reversed(found)))

    def mounts(self) -> list[Mount]:
        return list(self._mounts)

    def _mount(self, path: str) -> Mount | None:
        """The deepest mount around ``path``; of two at one folder the later, which hides the other."""
        around = [mount for mount in self._mounts if _below(mount.at, path) is not None]
        if around:
            return max(reversed(around), key=lambda mount: len(mount.at))
        share = os.path.splitdrive(path)[0]
        return Mount(share, share, "share", network=True) if share.startswith("\\\\") else None


def _this_system() -> System:
    module: ModuleType
    if sys.platform == "win32":
        from ctk.volumes import windows as module
    elif sys.platform == "darwin":
        from ctk.volumes import macos as module
    else:
        from ctk.volumes import linux as module
    return cast(System, module)


def _below(top: str, path: str) -> str | None:
    """The rest of ``path`` from ``top`` on, '' when it is ``top`` itself; ``None`` when it lies elsewhere."""
    if not top:
        return path
    base, wanted = os.path.normcase(os.path.join(top, "")), os.path.normcase(os.path.join(path, ""))
    return path[len(base) :].rstrip(os.sep) if wanted.startswith(base) else None


def _joined(top: str, rest: str | None) -> str:
    return os.path.join(top, rest) if rest else top
