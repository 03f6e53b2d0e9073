"""Which folders of a source changed since they were last read, told by their own times: no file is looked at.

The time of a folder changes when something in it comes, goes or is renamed. It does not when a file is edited in
place, so whole scans are still needed, but what matters most is found at once.
"""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Set
from typing import NamedTuple

from ctk.catalog import folder_times
from ctk.catalog.store import Store
from ctk.paths import os_path
from ctk.sources.compare import is_below
from ctk.sources.walk import Listing

SETTLED_NS = 3_000_000_000
"""Times younger than this when a scan began are not trusted: a folder may change again within the same tick, and some
file systems count in steps of two seconds."""
_UNTRUSTED = 0
_CHECK_EVERY = 1024


class Stale(NamedTuple):
    """Folders relative to the source: those that changed, and those that are not there any more."""

    changed: list[str]
    gone: list[str]


class Freshness:
    """The folder times of one source: ``stale`` compares them with the disk, ``note`` and ``keep`` renew them."""

    def __init__(self, store: Store, source_id: int, root: str) -> None:
        self._store = store
        self._source_id = source_id
        self._top = os.fsencode(os_path(os.path.join(root, "")))
        self._known = folder_times.of(store.read(), source_id)
        self._seen: dict[bytes, int] = {}
        self._noted: dict[bytes, int] = {}
        self._unread: set[bytes] = set()
        self._alive = {b""}
        self._trusted_before = time.time_ns() - SETTLED_NS

    @property
    def known(self) -> bool:
        """Whether this source was ever read to its end."""
        return bool(self._known)

    @property
    def folders(self) -> Set[bytes]:
        """The folders whose times are known, in the OS's bytes."""
        return self._known.keys()

    def stale(self, check: Callable[[], None]) -> Stale:
        """Compare every known folder with the disk. ``check`` is called often and may raise to stop."""
        stale, status, top, seen = Stale([], []), os.stat, self._top, self._seen
        for count, (folder, mtime_ns) in enumerate(self._known.items()):
            if not count % _CHECK_EVERY:
                check()
            try:
                now = seen[folder] = status(top + folder).st_mtime_ns
                if now != mtime_ns:
                    stale.changed.append(os.fsdecode(folder))
            except OSError:
                stale.gone.append(os.fsdecode(folder))
        return stale

    def note(self, listing: Listing, *, whole: bool = True) -> None:
        """This folder was read just now, and the ``whole`` of it is or will be in the catalog before ``keep``."""
        folder = os.fsencode(listing.folder)
        if listing.problem:
            self._unread.add(folder)
        elif folder not in self._noted and folder not in self._unread:
            self._noted[folder] = self._time(folder)
        if not whole:
            self._noted[folder] = _UNTRUSTED
        if listing.files or listing.online:
            while folder not in self._alive:
                self._alive.add(folder)
                folder = os.path.dirname(folder)

    def keep_all(self) -> None:
        """The source was read to its end: what was not noted is not there."""
        noted = {folder: mtime_ns for folder, mtime_ns in self._noted.items() if self._matters(folder)}
        self._write(noted, self._known.keys() - noted.keys())

    def keep(self, gone: Iterable[str] = ()) -> None:
        """Some folders of a source that is known were read, and those in ``gone`` are not there any more, nor what was
        in them."""
        if not self.known:
            return
        tops = {os.fsencode(folder) for folder in gone}
        self._write(self._noted, [folder for folder in self._known if is_below(folder, tops)] if tops else [])

    def _time(self, folder: bytes) -> int:
        """What to keep in mind of a folder: its time, if nothing can have happened in it since."""
        mtime_ns = self._seen.get(folder)
        if mtime_ns is None:
            try:
                mtime_ns = os.stat(self._top + folder).st_mtime_ns
            except OSError:
                return _UNTRUSTED
        return mtime_ns if mtime_ns < self._trusted_before else _UNTRUSTED

    def _matters(self, folder: bytes) -> bool:
        """Sounds may be anywhere; where none are in a folder nor below it, only its first level is kept in mind."""
        return folder in self._alive or os.path.dirname(folder) in self._alive

    def _write(self, noted: Mapping[bytes, int], gone: Iterable[bytes]) -> None:
        new = [pair for pair in noted.items() if self._known.get(pair[0]) != pair[1]]
        old = [*gone]
        if new or old:
            self._store.write(
                lambda connection: folder_times.renew(connection, self._source_id, new, old), quiet=True
            ).result()
