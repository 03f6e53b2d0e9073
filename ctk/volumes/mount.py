"""A place where a drive is seen, as each system lists them."""

from dataclasses import dataclass
from typing import Protocol

IN_MEMORY = frozenset(("ramfs", "tmpfs"))
"""File systems that are made anew each time."""


@dataclass(frozen=True, slots=True)
class Mount:
    """``source`` (a device or a share) is seen ``at`` a folder; ``top`` is the part of it that is seen there, '' for
    all. ``kind`` is the name of its file system; a ``network`` drive may take long to answer, or never."""

    at: str
    source: str
    kind: str = ""
    top: str = ""
    network: bool = False


class System(Protocol):
    """What is asked of an operating system."""

    def mounts(self) -> list[Mount]:
        """Every place where files may be; of two at one folder the later one is seen. Touches no drive."""
        ...

    def identify(self, mount: Mount, path: str) -> tuple[str | None, str]:
        """What names the drive of ``mount`` wherever it is plugged in (``None`` when nothing does), and what people
        call it. ``path`` lies on it. Asks the drive, so it may take as long as the drive takes."""
        ...


def share(address: str) -> str:
    r"""The name of a network share, the same from every system: ``\\NAS\Audio`` as ``smb://nas/audio``."""
    plain = address.replace("\\", "/").strip("/").rpartition("@")[2]
    return f"smb://{plain.lower()}"
