"""Walking the chunks of RIFF and IFF files, tolerating what sloppy writers do."""

from collections.abc import Callable, Iterator, Mapping

from ctk.sources.headers.content import Content

CHUNKS_LIMIT = 1_000
OPEN_END = 0xFFFF_FFFF

_PRINTABLE = frozenset(range(0x20, 0x7F))


def chunks(
    content: Content, size_of: Callable[[bytes, int], tuple[int]], large: Mapping[bytes, int]
) -> Iterator[tuple[bytes, int, int]]:
    """Each chunk's name, where its body starts, and the size it claims; ``size_of`` unpacks that size.

    ``large`` (filled while walking) holds the real sizes of chunks that claim ``OPEN_END``.
    """
    at, end, head = 12, content.size_bytes - 8, content.head
    in_head = len(head) - 8
    for _ in range(CHUNKS_LIMIT):
        if at > end:
            return
        if at <= in_head:
            name, (size,) = head[at : at + 4], size_of(head, at + 4)
        else:
            opening = content.at(at, 8)
            name, (size,) = opening[:4], size_of(opening, 4)
        if not _PRINTABLE.issuperset(name):
            return
        if size == OPEN_END:
            size = large.get(name, size)
        yield name, at + 8, size
        at += 8 + size
        if size & 1 and not _unpadded(content, at):
            at += 1


def _unpadded(content: Content, at: int) -> bool:
    """Some writers forget the pad byte after an odd chunk: then a chunk name stands right there."""
    name = content.at(at, 4)
    return len(name) == 4 and name[:1].isalpha() and _PRINTABLE.issuperset(name)
