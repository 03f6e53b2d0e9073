"""Why a file could not be carried: reasons as sentences, also for what the system says."""

import errno
import os

_WORDS = {
    errno.ENOSPC: "There is no space left on the drive.",
    errno.EDQUOT: "There is no space left for you on the drive.",
    errno.EFBIG: "The file is too large for the drive.",
    errno.EROFS: "The drive can only be read.",
    errno.EACCES: "You do not have permission to change this file or its folder.",
    errno.EPERM: "You do not have permission to change this file or its folder.",
    errno.ENOENT: "The file or its folder is no longer there.",
    errno.ENOTDIR: "There is a file where a folder is needed.",
    errno.ENAMETOOLONG: "The name is too long for the drive.",
    errno.EINVAL: "The drive cannot have a file of this name.",
    errno.EILSEQ: "The drive cannot have a file of this name.",
    errno.EIO: "The drive failed.",
    errno.EBUSY: "Another program is using this file.",
}
_IN_USE = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION of winerror.h


class Refused(Exception):
    """This file is left as it is; ``str`` is the sentence that says why."""


def words(exc: OSError) -> str:
    """What the system said, as a sentence."""
    if isinstance(exc, FileExistsError):
        return occupied(exc.filename2 or exc.filename or "")
    if getattr(exc, "winerror", None) in _IN_USE:
        return _WORDS[errno.EBUSY]
    return _WORDS.get(exc.errno or 0, f"The system refused: {exc.strerror or exc}.")


def occupied(path: str | bytes) -> str:
    return f"There already is a file called {os.path.basename(os.fsdecode(path))} in that place."
