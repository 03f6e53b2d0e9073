"""Across volumes: a copy under a passing name, on the disk and compared byte by byte before the original goes."""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress

from ctk.batch.rename import rename
from ctk.batch.same import bytes_agree, is_as_noted, status
from ctk.batch.trouble import Refused
from ctk.paths import os_path

_BLOCK = 1 << 20
_CHANGED = "The file changed while it was copied."
_DRIVE = "The drive it should go to is no longer here."


def part_name(receipt_id: int, position: int) -> str:
    """The passing name of a copy; one that is left behind is worth nothing."""
    return f".ctk-copy-{receipt_id}-{position}"


def carry(path: str, target: str, part: str, volume: int, mtime_ns: int, check: Callable[[], None]) -> os.stat_result:
    """Bring a file to another volume, where ``part`` is its passing name and ``volume`` the device of that folder.

    The original goes last, and only while the copy stands under its final name. Raises ``Refused`` or ``OSError``;
    then the original is there as it was, and nothing stands at ``target``.
    """
    before = os.lstat(os_path(path))
    try:
        _copy(path, part, volume, check)
        _dress(path, part, before.st_atime_ns, mtime_ns)
        if not bytes_agree(path, part, check):
            raise Refused("The copy did not come out the same; the drive may be failing.")
        made = os.lstat(os_path(part))
        rename(part, target)
    except BaseException:
        discard(part)
        raise
    try:
        sync_folder(os.path.dirname(target))
        _let_original_go(path, before, target, made, volume)
    except BaseException:
        _take_back(path, before, target, made)
        raise
    return os.lstat(os_path(target))


def discard(part: str) -> None:
    """Remove what is left of a copy that did not come to its end."""
    with suppress(OSError):
        os.unlink(os_path(part))


def sync_folder(folder: str) -> None:
    """Have the names in a folder on the disk, where the system can be asked for that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):  # some network drives refuse; there is nothing better to do then
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _copy(path: str, part: str, volume: int, check: Callable[[], None]) -> None:
    discard(part)
    with open(os_path(path), "rb", buffering=0) as source, open(os_path(part), "xb", buffering=0) as sink:
        if os.stat(os_path(os.path.dirname(part))).st_dev != volume:
            raise Refused(_DRIVE)
        while block := source.read(_BLOCK):
            check()
            left = memoryview(block)
            while left:
                left = left[sink.write(left) :]
        os.fsync(sink.fileno())


def _dress(path: str, part: str, atime_ns: int, mtime_ns: int) -> None:
    """Give a copy the rights and times of its original, once it is closed: closing may set the time anew."""
    with suppress(OSError):  # rights and the like; a drive that has none loses none
        shutil.copystat(os_path(path), os_path(part))
    os.utime(os_path(part), ns=(atime_ns, mtime_ns))
    if hasattr(os, "posix_fadvise"):
        descriptor = os.open(part, os.O_RDONLY)
        try:
            os.fsync(descriptor)
            # What is compared next is then what the disk has, not what memory has.
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def _let_original_go(path: str, before: os.stat_result, target: str, made: os.stat_result, volume: int) -> None:
    now, there = os.lstat(os_path(path)), os.lstat(os_path(target))
    if not (os.path.samestat(now, before) and is_as_noted(now, before.st_size, before.st_mtime_ns)):
        raise Refused(_CHANGED)
    if not os.path.samestat(there, made) or os.stat(os_path(os.path.dirname(target))).st_dev != volume:
        raise Refused(_DRIVE)
    os.unlink(os_path(path))


def _take_back(path: str, before: os.stat_result, target: str, made: os.stat_result) -> None:
    """The original could not go, so the copy does, once it is sure that the original is there."""
    with suppress(OSError):
        now, there = os.lstat(os_path(path)), status(target)
        if os.path.samestat(now, before) and there is not None and os.path.samestat(there, made):
            os.unlink(os_path(target))


def is_other_volume(exc: OSError) -> bool:
    return exc.errno == errno.EXDEV
