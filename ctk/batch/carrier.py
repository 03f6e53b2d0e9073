"""Carrying one file to its place, everything looked at again just before."""

import os
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ctk import cloud
from ctk.batch import copying
from ctk.batch.order import Hop, flipped
from ctk.batch.plan import CHANGED, ONLINE, PROTECTED, SAME_FILE
from ctk.batch.rename import rename, rename_case
from ctk.batch.same import bytes_agree, is_as_kept, is_as_noted, is_other_file, is_spelling, is_there, status
from ctk.batch.trouble import Refused, occupied, words
from ctk.batch.view import volume
from ctk.catalog.journal_rows import Entry
from ctk.catalog.protection import Protected
from ctk.paths import os_path

_GONE = "This file is no longer there."


class Carried(NamedTuple):
    """A file that arrived; ``copy`` is (mtime_ns, device, inode) when it is another file than before."""

    links: int
    inode: tuple[int, int]
    copy: tuple[int, int, int] | None = None


class Carrier:
    """Carries the files of one receipt, forth or ``back``.

    ``leaving`` are the paths the batch itself takes away, where no copy can be counted on. ``release`` makes whoever
    plays a file let go of it. Without ``may_copy`` nothing goes to another volume.
    """

    def __init__(
        self,
        receipt_id: int,
        protected: Protected,
        release: Callable[[str], None],
        check: Callable[[], None],
        *,
        back: bool = False,
        leaving: frozenset[str] = frozenset(),
        may_copy: bool = True,
    ) -> None:
        self._receipt_id = receipt_id
        self._protected = protected
        self._release = release
        self._check = check
        self._back = back
        self._leaving = leaving
        self._may_copy = may_copy
        self._volumes: dict[str, int] = {}

    def note_volumes(self, folders: Iterable[str]) -> None:
        """Remember which volume each folder is on, so that a drive that leaves meanwhile is noticed."""
        for folder in folders:
            self._volumes[folder] = volume(folder)

    def carry(self, hop: Hop) -> Carried:
        """Take one file as far as ``hop`` says. Raises ``Refused``; the file is then where it was."""
        entry = hop.entry
        path, target = self.ends(hop)
        try:
            found = status(path)
            if found is None:
                raise Refused(_GONE)
            self._examine(entry, found, parked=hop.kind == "unpark")
            if hop.kind != "unpark":
                self._release(entry.path)
            carried = self._bring(entry, path, target, found)
            if entry.twin is not None and not self._back and not is_there(entry.twin):
                self._bring(flipped(entry), target, path, os.lstat(os_path(target)))
                raise Refused(SAME_FILE)
            return carried
        except OSError as exc:
            raise Refused(words(exc)) from exc

    def ends(self, hop: Hop) -> tuple[str, str]:
        """From where to where a hop goes."""
        entry, kind = hop
        if kind == "whole":
            return entry.path, entry.target
        aside = os.path.join(os.path.dirname(entry.path), f".ctk-move-{self._receipt_id}-{entry.position}")
        return (entry.path, aside) if kind == "park" else (aside, entry.target)

    def part(self, entry: Entry) -> str:
        """The passing name of a copy on its way to the entry's target."""
        return os.path.join(os.path.dirname(entry.target), copying.part_name(self._receipt_id, entry.position))

    def turn_back(self, hop: Hop) -> None:
        """Take a hop back that was carried just now within its volume. Raises ``OSError``; the file then stays."""
        path, target = self.ends(hop)
        rename(target, path)

    def _examine(self, entry: Entry, found: os.stat_result, *, parked: bool) -> None:
        as_it_was = is_as_kept if self._back else is_as_noted
        if not as_it_was(found, entry.size_bytes, entry.mtime_ns):
            raise Refused("This file has changed since." if self._back else CHANGED)
        restored = self._back and entry.action == "remove"
        if not parked and not restored and self._protected.covers(entry.path):
            raise Refused(PROTECTED)
        if entry.twin is not None and not self._back:
            self._prove(entry.path, found, entry.twin)

    def _prove(self, path: str, found: os.stat_result, twin: str) -> None:
        """The copy that stays must stay, be another file, and hold the same bytes at this moment."""
        kept = status(twin)
        if kept is None or twin in self._leaving:
            raise Refused(f"The copy that should stay is not there: {twin}")
        if not is_other_file(found, kept):
            raise Refused(SAME_FILE)
        if cloud.is_only_online(path, found):
            raise Refused(ONLINE)
        if cloud.is_only_online(twin, kept):
            raise Refused(f"The copy that should stay is only in the cloud; download it first: {twin}")
        same = kept.st_size == found.st_size and bytes_agree(path, twin, self._check)
        after = status(twin)
        if not same or after is None or not is_as_noted(after, kept.st_size, kept.st_mtime_ns):
            raise Refused(f"This file is not the same as the copy that should stay: {twin}")

    def _bring(self, entry: Entry, path: str, target: str, found: os.stat_result) -> Carried:
        try:
            self._rename(path, target)
        except FileExistsError as exc:
            if not is_spelling(path, target):
                raise Refused(occupied(target)) from exc
            rename_case(path, target)
        except OSError as exc:
            if not copying.is_other_volume(exc):
                raise
            return self._copy(entry, path, target, found)
        return Carried(found.st_nlink, (found.st_dev, found.st_ino))

    def _rename(self, path: str, target: str) -> None:
        try:
            rename(path, target)
        except FileNotFoundError:
            folder = os.path.dirname(target)
            if os.path.isdir(os_path(folder)):
                raise
            self._make(folder)
            rename(path, target)

    def _copy(self, entry: Entry, path: str, target: str, found: os.stat_result) -> Carried:
        if not self._may_copy:
            raise Refused("This file has to be copied back from another drive; undo once more to do that.")
        if os.path.lexists(os_path(target)):
            raise Refused(occupied(target))
        if cloud.is_only_online(path, found):
            raise Refused(ONLINE)
        folder = os.path.dirname(target)
        on = self._volumes.setdefault(folder, volume(folder))
        mtime_ns = entry.mtime_ns if self._back else found.st_mtime_ns
        made = copying.carry(path, target, self.part(entry), on, mtime_ns, self._check)
        place = (made.st_dev, made.st_ino)
        return Carried(made.st_nlink, place, (made.st_mtime_ns, *place))

    def _make(self, folder: str) -> None:
        """Make a folder, unless the drive it was on has left."""
        if folder in self._volumes and volume(folder) != self._volumes[folder]:
            raise Refused("The drive it should go to is no longer here.")
        os.makedirs(os_path(folder), exist_ok=True)
