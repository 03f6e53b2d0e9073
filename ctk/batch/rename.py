"""Renaming a file within its volume so that nothing is ever overwritten.

The system does that in one stroke where it can. Where it cannot, the new name is made as a second link before the old
one goes; and where there are no links (FAT, some network drives) the place is looked at just before.
"""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from typing import Final

from ctk.paths import os_path

_AT_FDCWD: Final = -100
_RENAME_NOREPLACE: Final = 1  # linux/fs.h
_RENAME_EXCL: Final = 4  # sys/stdio.h of macOS
_UNABLE: Final = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
_NO_LINKS: Final = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EACCES}

Call = Callable[[bytes, bytes], int]


def _system_call() -> Call | None:
    """The call that renames and refuses to overwrite, where this system has one."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            call = library.renamex_np
            call.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint]
            return lambda path, target: int(call(path, target, _RENAME_EXCL))
        call = library.renameat2
        call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
        return lambda path, target: int(call(_AT_FDCWD, path, _AT_FDCWD, target, _RENAME_NOREPLACE))
    except (OSError, AttributeError, TypeError):
        return None


_exclusive = None if sys.platform == "win32" else _system_call()


def rename(path: str, target: str) -> None:
    """Give a file another name on the same volume. Raises ``FileExistsError`` when that is taken, or ``OSError``."""
    if sys.platform == "win32":
        os.rename(os_path(path), os_path(target))
        return
    if _exclusive is not None:
        if _exclusive(os.fsencode(path), os.fsencode(target)) == 0:
            return
        code = ctypes.get_errno()
        if code not in _UNABLE:
            raise OSError(code, os.strerror(code), path, None, target)
    _by_link(path, target)


def rename_case(path: str, target: str) -> None:
    """Spell a name in another way on a disk that takes both spellings for one; ``path`` and ``target`` are one file."""
    os.rename(os_path(path), os_path(target))


def _by_link(path: str, target: str) -> None:
    try:
        os.link(path, target, follow_symlinks=False)
    except OSError as exc:
        if exc.errno not in _NO_LINKS:
            raise
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target) from exc
        os.rename(path, target)
        return
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
    except OSError:
        if os.path.samefile(path, target):
            os.unlink(target)
        raise
