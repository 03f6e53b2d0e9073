"""Vorbis comments, as FLAC and Ogg files carry them."""

from struct import Struct
from typing import Final

from ctk.sources.headers.metadata import CHARACTERS, KEYS, add

_U32: Final = Struct("<I").unpack_from
_COMMENTS_LIMIT: Final = 5 * KEYS
_KEYS: Final = {"description": "comment", "encoded-by": "software", "trackbpm": "bpm"}


def comments(block: bytes, metadata: dict[str, str]) -> None:
    """Add what the block holds; a block that ends early gives what it has."""
    if len(block) < 8:
        return
    at = 4 + _U32(block)[0]
    if at + 4 > len(block):
        return
    count = min(_U32(block, at)[0], _COMMENTS_LIMIT)
    at += 4
    for _ in range(count):
        if at + 4 > len(block):
            return
        size = _U32(block, at)[0]
        key, found, value = block[at + 4 : at + 4 + min(size, 8 * CHARACTERS)].partition(b"=")
        if found and len(key) <= CHARACTERS:
            name = key.decode("ascii", "replace").lower()
            add(metadata, _KEYS.get(name, name), value.decode("utf-8", "replace"))
        at += 4 + size
