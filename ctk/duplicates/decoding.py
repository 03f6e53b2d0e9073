"""Hashes of sounds as they are heard: of their beginning, which tells most apart, and of all of them."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from ctk import cloud, fingerprint
from ctk.catalog.duplicate_traits import Location
from ctk.duplicates.presence import is_intact, status
from ctk.errors import CannotDecode

if TYPE_CHECKING:
    from ctk.audio.decode.samples import Stream

HEAD_FRAMES: Final = 8192
_BLOCK_FRAMES: Final = 65_536


def head(file: Location, check: Callable[[], None]) -> bytes | None:
    """The hash of the first 8192 frames; empty where they cannot be decoded, ``None`` where the file is another now,
    or only online."""
    return _heard(file, check, lambda stream: iter([_bytes(stream, HEAD_FRAMES)]))


def whole(file: Location, check: Callable[[], None]) -> bytes | None:
    """The hash of all frames; empty where they cannot be decoded to the end, ``None`` where the file is another now."""

    def parts(stream: "Stream") -> Iterator[bytes]:
        while block := _bytes(stream, _BLOCK_FRAMES):
            check()
            yield block

    return _heard(file, check, parts)


def _heard(file: Location, check: Callable[[], None], parts: "Callable[[Stream], Iterator[bytes]]") -> bytes | None:
    from ctk.audio import decode

    check()
    if not _is_as_said(file):
        return None
    try:
        with decode.open(file.path) as stream:
            about = f"{stream.sample_rate_hz} {stream.channels} ".encode()
            found = fingerprint.of_parts(chain([about], parts(stream)))
            broken = stream.error is not None
    except CannotDecode:
        found, broken = b"", True
    if not _is_as_said(file):
        return None
    return b"" if broken else found


def _bytes(stream: "Stream", frames: int) -> bytes:
    """The next frames as bytes; adding zero makes -0.0 the same as 0.0."""
    return (stream.read(frames) + 0).tobytes()


def _is_as_said(file: Location) -> bool:
    found = status(file.path)
    if found is None or cloud.is_only_online(file.path, found):
        return False
    return is_intact(found, file.size_bytes, file.mtime_ns)
