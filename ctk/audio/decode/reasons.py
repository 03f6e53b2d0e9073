"""Why a file cannot be played, in one sentence that a musician understands."""

import io
import os
from typing import Final

import av

from ctk import paths

_HEAD_BYTES: Final = 4096
_AT_START: Final = (
    *b"RIFF RF64 BW64 riff FORM fLaC OggS caff wvpk TTA1 TTA2 tBaK .snd ADIF #!AM FRM8 ID3".split(),
    *(b"MAC ", b"DSD ", b"\x30\x26\xb2\x75", b"\xff\xfb", b"\xff\xf1", b"\xff\xf9"),
)
_AT_FOUR: Final = b"ftyp moov mdat wide free".split()


class NoSound(Exception):
    """All is well with the file, but its sound has no length."""


class Changed(Exception):
    """The file is no longer what was read of it before."""


def why(path: str, exc: Exception) -> str:
    """The sentence for ``exc``, which was raised when the file was opened or read."""
    name = os.fsencode(os.path.basename(path)).decode("utf-8", "replace")
    if isinstance(exc, OSError) and not isinstance(exc, av.FFmpegError):
        return _of_system(name, exc)
    if isinstance(exc, Changed):
        return f"{name} was changed while it was played."
    return _of_content(name, _head(path), exc)


def _of_content(name: str, head: bytes, exc: Exception) -> str:
    if not head:
        return f"{name} is empty."
    if head.startswith(b"FORM") and b"able" in head[:512]:
        return f"{name} belongs to an encrypted Ableton pack: only Live can play it."
    if b"drms" in head or b"aavd" in head:
        return f"{name} is copy-protected: only the shop's own player can play it."
    known = head.startswith(_AT_START) or head[4:8] in _AT_FOUR
    if known and isinstance(exc, NoSound):
        return f"{name} has no sound in it."
    if known and isinstance(exc, av.error.DecoderNotFoundError):
        return f"{name} is in a format that cannot be played here."
    return f"{name} is damaged and cannot be played." if known else f"{name} is not a sound file."


def _of_system(name: str, exc: OSError) -> str:
    if isinstance(exc, FileNotFoundError | NotADirectoryError):
        return f"{name} is not there."
    if isinstance(exc, IsADirectoryError):
        return f"{name} is not a file but a folder or a device."
    if isinstance(exc, PermissionError):
        return f"You do not have permission to read {name}."
    return f"{name} cannot be read: {exc.strerror or exc}."


def _head(path: str) -> bytes:
    try:
        with io.FileIO(paths.os_path(path)) as file:
            return file.read(_HEAD_BYTES)
    except (OSError, ValueError):
        return b""
