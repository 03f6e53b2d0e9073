"""Files that are only online: a cloud service shows them in their folder and downloads each when it is opened.

So none is opened to find out; what the folder says of it must do.

* Windows marks them with attributes, whatever the service (OneDrive, iCloud, Dropbox, Google Drive, ...).
* macOS marks them as dataless. Before macOS 14, iCloud put a stub in their place, which is hidden and called
  ``.kick.wav.icloud``. Stubs of Nextcloud and ownCloud are called ``kick.wav.nextcloud``, on every system.
* What is left is a file with a length of which nothing is on the disk. That alone proves little: many network drives
  count no blocks at all, and small files may lie where their names are kept. So it is believed only of what is larger
  than any such file, in a folder of a service. Nothing is remembered: a file that was downloaded meanwhile is told
  by the next look.
"""

import os
import re
import sys
from typing import Final

from ctk.paths import os_path

OFFLINE: Final = 0x1000
RECALL_ON_OPEN: Final = 0x40000
RECALL_ON_DATA_ACCESS: Final = 0x400000
"""https://learn.microsoft.com/en-us/windows/win32/fileio/file-attribute-constants"""

DATALESS: Final = 0x40000000
"""``SF_DATALESS`` of macOS' sys/stat.h, which Python knows by name from 3.13 on."""

INSIDE_BYTES: Final = 65_536
"""The longest file that a file system keeps without a block of its own: a sector of btrfs at its largest."""

STUBS: Final = frozenset((b"icloud", b"nextcloud", b"owncloud"))
"""The extensions of stubs."""

_SERVICES: Final = re.compile(
    r"[/\\](cloudstorage|mobile documents"
    r"|(dropbox|onedrive|google ?drive|icloud ?drive|nextcloud|owncloud|pcloud ?drive|proton ?drive|seadrive)"
    r"([^a-z/\\][^/\\]*)?)[/\\]",
    re.IGNORECASE,
)


def is_only_online(path: str, found: os.stat_result | None = None) -> bool:
    """Whether opening the file ``path`` would download it; ``found`` is what is known of it already.

    False for what cannot be looked at: whoever opens it will say why.
    """
    if not may_serve(os.path.dirname(path)):
        return False
    try:
        return is_hollow(found or os.stat(os_path(path)))
    except (OSError, ValueError):
        return False


def may_serve(folder: str) -> bool:
    """Whether files in ``folder`` may be only online; if not, there is no need to ask ``is_hollow``."""
    return sys.platform in ("win32", "darwin") or is_service(folder)


def is_hollow(found: os.stat_result) -> bool:
    """Whether nothing of a file in such a folder is on the disk."""
    if sys.platform == "win32":
        return by_attributes(found.st_file_attributes)
    if sys.platform == "darwin":
        return by_flags(found.st_flags)
    return by_blocks(found.st_blocks, found.st_size)


def by_attributes(attributes: int) -> bool:
    """The same from the attributes that Windows keeps of a file."""
    return bool(attributes & (OFFLINE | RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS))


def by_flags(flags: int) -> bool:
    """The same from the flags that macOS keeps of a file."""
    return bool(flags & DATALESS)


def by_blocks(blocks: int, size_bytes: int) -> bool:
    """The same from what a file takes on the disk, on systems that do not mark it."""
    return not blocks and size_bytes > INSIDE_BYTES


def is_service(folder: str) -> bool:
    """Whether a folder, or one around it, is called as those of cloud services are."""
    return _SERVICES.search(f"/{folder}/") is not None


def real_name(stub: bytes) -> bytes:
    """The name of the file that a stub (whose extension is one of ``STUBS``) stands for."""
    name, _, extension = stub.rpartition(b".")
    return name.removeprefix(b".") if extension == b"icloud" else name
