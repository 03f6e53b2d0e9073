"""What an MP3 says of its own length, in a packet without sound before the first: the Xing, Info or LAME tag."""

import io
import struct
from dataclasses import dataclass
from typing import Final

from ctk.audio.decode.container import Beginning, peek
from ctk.audio.decode.hopping import Lost, Mpeg

_BEFORE: Final = 4_096
_MOST_BYTES: Final = 1 << 24
_ENCODERS: Final = (b"LAME", b"Lavf", b"Lavc")


@dataclass(frozen=True, slots=True)
class Tag:
    """``packets`` hold at least ``frames``; exactly so many, without the encoder's padding, when it is ``trimmed``."""

    packets: int
    frames: int
    trimmed: bool


def read(file: io.FileIO, begun: Beginning) -> Tag | None:
    """The tag of an MP3 whose sound begins so; ``None`` when it has none, or that does not say."""
    if begun.start is None:
        return None
    before = peek(file, max(0, begun.start - _BEFORE), min(begun.start, _BEFORE))
    each = begun.stream.codec_context.frame_size
    at = max(before.rfind(b"Xing"), before.rfind(b"Info"))
    if at >= 0 and len(before) >= at + 12:
        flags, packets = struct.unpack(">II", before[at + 4 : at + 12])
        end = at + 8 + 4 * (flags & 3).bit_count() + 100 * (flags >> 2 & 1) + 4 * (flags >> 3 & 1)
    else:
        at, end = before.rfind(b"VBRI"), len(before)
        flags, packets = 1, int.from_bytes(before[at + 14 : at + 18], "big") if at >= 0 else 0
    if not flags & 1 or not packets or each <= 0:
        return None
    encoder = before[end : end + 24]
    if not encoder.startswith(_ENCODERS) or len(encoder) < 24:
        return Tag(packets, (packets - 1) * each, trimmed=False)  # some count the packet that they say it in
    padding = (encoder[21] << 4 | encoder[22] >> 4) + ((encoder[22] & 15) << 8 | encoder[23])
    return Tag(packets, max(0, packets * each - padding), trimmed=True)


def is_glued(file: io.FileIO, begun: Beginning, tag: Tag) -> bool:
    """Whether packets go on after those of the tag: another sound was glued to the first."""
    try:
        packets = Mpeg(bytes(begun.packet)[:4])
        data = peek(file, begun.start or 0, _MOST_BYTES)
        packets.hop(data, packets.hop(data, 0, tag.packets), 2)
    except (Lost, IndexError):
        return False
    return True
