"""Whether a file still is what the catalog says of it."""

import os
import stat

from ctk.paths import os_path


def status(path: str) -> os.stat_result | None:
    """What the system says of a file; ``None`` when there is no file or that cannot be told."""
    try:
        found = os.stat(os_path(path))
    except (OSError, ValueError):
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def is_intact(found: os.stat_result, size_bytes: int, mtime_ns: int) -> bool:
    return found.st_size == size_bytes and found.st_mtime_ns == mtime_ns
