"""Watching folders on Linux: an inotify watch on each, and of an event no more is kept than where it was.

Spoken to directly, because what matters most here is hidden by wrappers: that the system has no more watches to give,
and that it lost events. See ``man 7 inotify``.
"""

import ctypes
import errno
import logging
import os
import select
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from ctk.errors import Cancelled
from ctk.sources.walk import is_skipped
from ctk.sources.watch.eye import Tree, is_of_interest
from ctk.sources.watch.watches import Watches

if sys.platform != "linux":
    raise ImportError("inotify is only on Linux")

log = logging.getLogger(__name__)

MODIFY: Final = 0x2
ATTRIB: Final = 0x4
CLOSE_WRITE: Final = 0x8
MOVED_FROM: Final = 0x40
MOVED_TO: Final = 0x80
CREATE: Final = 0x100
DELETE: Final = 0x200
DELETE_SELF: Final = 0x400
MOVE_SELF: Final = 0x800
UNMOUNT: Final = 0x2000
Q_OVERFLOW: Final = 0x4000
IGNORED: Final = 0x8000
ONLYDIR: Final = 0x1000000
EXCL_UNLINK: Final = 0x4000000
ISDIR: Final = 0x40000000

_CAME: Final = CREATE | MOVED_TO
_WENT: Final = DELETE | MOVED_FROM
_ROOT: Final = DELETE_SELF | MOVE_SELF | UNMOUNT
_MASK: Final = MODIFY | ATTRIB | CLOSE_WRITE | _CAME | _WENT | DELETE_SELF | MOVE_SELF | ONLYDIR | EXCL_UNLINK
_EVENT: Final = struct.Struct("iIII")
_READ_BYTES: Final = 1 << 18

REST_S: Final = 0.02
"""Between reads: repeated events of one file become one in the meantime, and many come at a time."""
SHARE: Final = 0.8
"""How much of what the system has to give is taken; other programs watch folders too."""
OFF_AT_ONCE: Final = 1000
"""Watches taken off between two reads: each makes an event, and the system keeps only so many."""
END_WAIT_S: Final = 1.0
TOO_MANY: Final = "this system lets a program watch only {:,} folders"
_LIMIT: Final = "/proc/sys/fs/inotify/max_user_watches"
_OLD_LIMIT: Final = 8192


def limit() -> int:
    """How many folders the system lets one user watch."""
    try:
        with open(_LIMIT) as file:
            return int(file.read())
    except (OSError, ValueError):
        return _OLD_LIMIT


class Event(NamedTuple):
    """One event as the system tells it; ``name`` is empty when it is the watched folder's own."""

    watch: int
    mask: int
    name: bytes


class Inotify:
    """See ``Eye``. Raises ``OSError`` when the system gives no inotify at all."""

    def __init__(self, most: int | None = None) -> None:
        """At ``most`` so many watches are taken, by default a share of what the system allows."""
        self._most = round(limit() * SHARE) if most is None else most
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._inotify = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._inotify < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        self._bell, self._ring = os.pipe()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._trees: dict[int, Tree] = {}
        self._watches = Watches()
        self._blind: dict[int, str] = {}
        self._thread = threading.Thread(target=self._run, name="watch-inotify", daemon=True)
        self._thread.start()

    @property
    def blind(self) -> Mapping[int, str]:
        return self._blind

    def watch(self, tree: Tree, check: Callable[[], None]) -> None:
        self.leave(tree.id)
        self._trees[tree.id] = tree
        self._grow(tree, "", check)

    def leave(self, id: int) -> None:
        self._blind.pop(id, None)
        if self._trees.pop(id, None):
            with self._lock:
                self._watches.loosen(id)
            os.write(self._ring, b"!")

    def close(self) -> None:
        if self._closing.is_set():
            return
        self._closing.set()
        os.write(self._ring, b"!")
        self._thread.join(END_WAIT_S)
        if not self._thread.is_alive():
            for descriptor in (self._inotify, self._bell, self._ring):
                os.close(descriptor)

    def _run(self) -> None:
        poll = select.poll()
        poll.register(self._inotify, select.POLLIN)
        poll.register(self._bell, select.POLLIN)
        while not self._closing.is_set():
            for descriptor, _ in poll.poll():
                if descriptor == self._bell:
                    os.read(self._bell, 1)
            for event in self._read():
                if self._closing.is_set():
                    return
                self.see(event)
            self._take_off()
            self._closing.wait(REST_S)

    def _read(self) -> Iterator[Event]:
        try:
            data = os.read(self._inotify, _READ_BYTES)
        except BlockingIOError:
            return
        at = 0
        while at < len(data):
            watch, mask, _, length = _EVENT.unpack_from(data, at)
            at += _EVENT.size
            yield Event(watch, mask, data[at : at + length].rstrip(b"\0"))
            at += length

    def see(self, event: Event) -> None:
        """Tell whom it concerns; for this eye's own thread."""
        if event.mask & Q_OVERFLOW:
            self._see_overflow()
            return
        with self._lock:
            place = self._watches.forget(event.watch) if event.mask & IGNORED else self._watches.place(event.watch)
        if place is None or event.mask & IGNORED or (tree := self._trees.get(place.tree)) is None:
            return
        if event.mask & _ROOT:
            if not place.folder:  # the others are seen from the folder they are in
                tree.dirt.doubt()
        elif event.mask & ISDIR:
            self._see_folder(tree, place.folder, event)
        else:
            self._see_file(tree, place.folder, event)

    def _see_folder(self, tree: Tree, folder: str, event: Event) -> None:
        if is_skipped(event.name):
            return
        path = os.path.join(folder, os.fsdecode(event.name))
        if event.mask & _CAME:
            self._grow(tree, path, self._check)  # before it is looked at, so that nothing is missed in between
            tree.dirt.came(path)
        elif event.mask & _WENT:
            self._loosen(tree, path)
            tree.dirt.changed(folder)

    def _see_file(self, tree: Tree, folder: str, event: Event) -> None:
        name = os.fsdecode(event.name)
        if is_of_interest(event.name):
            if event.mask & (CREATE | MODIFY):
                tree.dirt.writing(folder, name)
            else:
                tree.dirt.changed(folder, name)
            return
        path = os.path.join(folder, name)
        if event.mask & _CAME and not is_skipped(event.name) and os.path.islink(os.path.join(tree.path, path)):
            self._grow(tree, path, self._check)
            tree.dirt.lost()  # what a link leads to is a question to the whole source
        elif event.mask & _WENT and self._loosen(tree, path):
            tree.dirt.lost()

    def _see_overflow(self) -> None:
        log.info("More happened in the watched folders than could be told; they are looked through.")
        for tree in list(self._trees.values()):
            self._grow(tree, "", self._check)
            tree.dirt.lost()

    def _grow(self, tree: Tree, top: str, check: Callable[[], None]) -> None:
        """Watch the folders at and below ``top``; those that are watched already stay so."""
        try:
            for folder in tree.folders(top):
                check()
                if not self._add(tree, folder):
                    return
        except Cancelled:
            return

    def _add(self, tree: Tree, folder: str) -> bool:
        """Whether to go on; a folder that is gone or closed to us is passed over."""
        path = os.fsencode(os.path.join(tree.path, folder))
        with self._lock:
            if self._trees.get(tree.id) is not tree:
                return False
            full = len(self._watches) >= self._most
            watch = -1 if full else self._libc.inotify_add_watch(self._inotify, path, _MASK)
            if watch >= 0:
                self._watches.put(watch, tree.id, folder)
                return True
            if not full and ctypes.get_errno() != errno.ENOSPC:
                return True
            del self._trees[tree.id]
            self._watches.loosen(tree.id)
        self._blind[tree.id] = TOO_MANY.format(limit())
        tree.dirt.doubt()
        return False

    def _loosen(self, tree: Tree, path: str) -> bool:
        """What was watched at and below ``path`` is elsewhere or gone; whether there was any."""
        with self._lock:
            return self._watches.loosen(tree.id, path)

    def _take_off(self) -> None:
        with self._lock:
            for watch in self._watches.off(OFF_AT_ONCE):
                self._libc.inotify_rm_watch(self._inotify, watch)
            if self._watches.loose:
                os.write(self._ring, b"!")

    def _check(self) -> None:
        if self._closing.is_set():
            raise Cancelled("Stopped.")
