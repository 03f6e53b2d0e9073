"""APEv2 tags, which close WavPack, Monkey's Audio, TTA and some MP3 files."""

from struct import Struct
from typing import Final

from ctk.sources.headers.content import Content
from ctk.sources.headers.metadata import add

_FOOTER: Final = Struct("<8sIIII").unpack_from
_ITEM: Final = Struct("<II").unpack_from

_FOOTER_BYTES: Final = 32
_HAS_HEADER: Final = 1 << 31
_BINARY: Final = 0b110
_ITEMS_LIMIT: Final = 200
_TAG_LIMIT: Final = 1 << 20
_ID3V1_BYTES: Final = 128


def at_end(content: Content) -> dict[str, str]:
    """The texts of the tag that closes the file, before an ID3v1 tag if there is one."""
    end = content.size_bytes
    if content.at(max(end - _ID3V1_BYTES, 0), 3) == b"TAG":
        end -= _ID3V1_BYTES
    return before(content, end)[1]


def before(content: Content, end: int) -> tuple[int, dict[str, str]]:
    """How many bytes the tag that ends at ``end`` takes (0: there is none), and its texts."""
    footer = content.at(max(end - _FOOTER_BYTES, 0), _FOOTER_BYTES)
    if len(footer) < _FOOTER_BYTES or not footer.startswith(b"APETAGEX"):
        return 0, {}
    _, _, size, count, flags = _FOOTER(footer)
    if not _FOOTER_BYTES <= size <= end:
        return 0, {}
    items = content.at(end - size, min(size - _FOOTER_BYTES, _TAG_LIMIT))
    return size + (_FOOTER_BYTES if flags & _HAS_HEADER else 0), _texts(items, min(count, _ITEMS_LIMIT))


def _texts(items: bytes, count: int) -> dict[str, str]:
    texts: dict[str, str] = {}
    at = 0
    for _ in range(count):
        if at + 9 > len(items):
            break
        size, flags = _ITEM(items, at)
        key_end = items.find(b"\0", at + 8, at + 8 + 256)
        if key_end < 0:
            break
        if not flags & _BINARY:
            value = items[key_end + 1 : key_end + 1 + min(size, 4_000)].replace(b"\0", b", ")
            add(texts, items[at + 8 : key_end].decode("ascii", "replace"), value.decode("utf-8", "replace"))
        at = key_end + 1 + size
    return texts
