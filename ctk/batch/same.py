"""Whether two files, or two paths, are the same."""

import io
import os
import stat
from collections.abc import Callable

from ctk.batch.names import folded
from ctk.paths import os_path

_BLOCK = 1 << 20
_GRAINS_NS = (1, 100, 1_000, 10_000_000, 1_000_000_000, 2_000_000_000)
"""How finely file systems keep times: ext4 and APFS, NTFS, some network drives, exFAT, HFS+, FAT."""

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def status(path: str) -> os.stat_result | None:
    """What is at ``path``, links not followed; ``None`` for nothing. Raises ``OSError`` when that cannot be told."""
    try:
        return os.lstat(os_path(path))
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_as_noted(found: os.stat_result, size_bytes: int, mtime_ns: int) -> bool:
    """Whether this is a plain file of that size and time."""
    return stat.S_ISREG(found.st_mode) and found.st_size == size_bytes and found.st_mtime_ns == mtime_ns


def is_as_kept(found: os.stat_result, size_bytes: int, mtime_ns: int) -> bool:
    """The same for a file that may have been copied to a drive that keeps times less finely."""
    time_ns = found.st_mtime_ns
    return (
        stat.S_ISREG(found.st_mode)
        and found.st_size == size_bytes
        and any(time_ns in (mtime_ns // grain * grain, -(-mtime_ns // grain) * grain) for grain in _GRAINS_NS)
    )


def is_other_file(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether these surely are two files; false when the drive does not say."""
    return one.st_ino != 0 and other.st_ino != 0 and not os.path.samestat(one, other)


def are_two_names(path: str, target: str) -> bool:
    """Whether two paths that lead to one file are two links to it, so that either may go; false when in doubt."""
    one, other = os.lstat(os_path(path)), os.lstat(os_path(target))
    if one.st_nlink < 2 or not os.path.samestat(one, other):
        return False
    folder, name = os.path.split(path)
    other_folder, other_name = os.path.split(target)
    if not os.path.samefile(os_path(folder), os_path(other_folder)):
        return True
    listed = os.listdir(os_path(folder))
    return name != other_name and name in listed and other_name in listed


def is_spelling(path: str, target: str) -> bool:
    """Whether ``target`` is only another spelling of the one name ``path``, on a disk that ignores case. Not told by
    what the disk says of the files: some give each spelling a number of its own."""
    folder, name = os.path.split(path)
    other_folder, other_name = os.path.split(target)
    if folded(name) != folded(other_name) or not os.path.lexists(os_path(target)):
        return False
    if not os.path.samefile(os_path(folder), os_path(other_folder)):
        return False
    alike = [listed for listed in os.listdir(os_path(folder)) if folded(listed) == folded(name)]
    return alike in ([name], [other_name])


def is_there(path: str) -> bool:
    """Whether a file can be opened now; asks the drive itself, where a mere look may be answered from memory."""
    try:
        os.close(_opened(path))
    except OSError:
        return False
    return True


def bytes_agree(path: str, other: str, check: Callable[[], None]) -> bool:
    """Whether two plain files hold the same bytes, all of them read; ``check`` is called each MB and may raise."""
    with open(_opened(path), "rb", buffering=0) as one, open(_opened(other), "rb", buffering=0) as two:
        first, second = bytearray(_BLOCK), bytearray(_BLOCK)
        while True:
            check()
            count = _fill(one, first)
            if count != _fill(two, second):
                return False
            if count < _BLOCK:
                return first[:count] == second[:count]
            if first != second:
                return False


def _opened(path: str) -> int:
    return os.open(os_path(path), _FLAGS)


def _fill(file: io.RawIOBase, block: bytearray) -> int:
    view, done = memoryview(block), 0
    while done < len(block) and (count := file.readinto(view[done:])):
        done += count
    return done
