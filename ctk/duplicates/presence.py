"""Which sources are here now, and whether a file still is what the catalog says of it."""

import os
import stat

from ctk.paths import has_entries, os_path


class Presence:
    """Looks at each source once; made anew for each piece of work."""

    def __init__(self) -> None:
        self._here: dict[str, bool] = {}

    def of(self, root: str) -> bool:
        """Whether a source is here and holds anything; an empty folder may be a mount point without its drive."""
        if root not in self._here:
            self._here[root] = has_entries(root)
        return self._here[root]


def status(path: str) -> os.stat_result | None:
    """What the system says of a file; ``None`` when there is no file or that cannot be told."""
    try:
        found = os.stat(os_path(path))
    except (OSError, ValueError):
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def is_intact(found: os.stat_result, size_bytes: int, mtime_ns: int) -> bool:
    return found.st_size == size_bytes and found.st_mtime_ns == mtime_ns
