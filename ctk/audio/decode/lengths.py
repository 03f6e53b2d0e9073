"""How long a sound is: what the file's header promises, what can be believed, and where padding begins."""

import io
import struct
from dataclasses import dataclass
from typing import Final

import av

from ctk.audio.decode import mp4, tags
from ctk.audio.decode.container import Beginning, peek

_LONGEST_S: Final = 1e8
_BEFORE: Final = 4_096
_W64_DATA: Final = b"data\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a"
_ASF_PROPERTIES: Final = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
_UNKNOWN: Final = 0x7FFF_0000
"""From here on, sizes of 32 bits are what recorders leave behind who never knew how long the sound became."""
_LOOSE_S: Final = 0.1
"""By so much headers with times in milliseconds claim more than there is in a healthy file."""
_LOOSE: Final = ("asf", "matroska")
_CHUNKED: Final = ("wav", "w64", "caf")
_TELLING: Final = ("aiff", "flac", "mov", "wv", "tta", "ape", "au", "mpc", "mpc8", "tak", "dsf")
"""Whose headers say how long the sound is, in a way that FFmpeg reads; of others it estimates the length."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """In frames: ``expected`` is the best guess; for ``promised`` see ``samples.Stream``; what is decoded after
    ``limit`` is the encoder's padding."""

    expected: int | None
    promised: int | None
    limit: int | None


def lengths(file: io.FileIO, size_bytes: int, begun: Beginning) -> Lengths:
    promised = _sane(begun, _promised(file, begun))
    limit = _sane(begun, _limit(file, size_bytes, begun))
    return Lengths(_expected(size_bytes, begun) if limit is None else limit, promised, limit)


def _sane(begun: Beginning, frames: int | None) -> int | None:
    return frames if frames is not None and 0 < frames < _LONGEST_S * begun.rate else None


def _limit(file: io.FileIO, size_bytes: int, begun: Beginning) -> int | None:
    """What an MP4's edit list, iTunes, or the last page of an Ogg file say; and an MP3's own tag, where FFmpeg did not
    believe it because other things follow the sound."""
    if begun.kind == "ogg" and begun.codec in ("vorbis", "opus"):
        return _stated(begun)
    if begun.kind == "mov":
        edited_s = mp4.edited_s(file, size_bytes) if begun.stream.codec_context.codec.lossy else None
        edited = _stated(begun) if edited_s is None else _frames(begun, edited_s)
        return min(filter(None, (edited, _by_itunes(begun.container.metadata.get("iTunSMPB", "")))), default=None)
    if begun.kind == "mp3":
        tag = tags.read(file, begun)
        if tag is not None and tag.trimmed and tag.frames != _stated(begun) and not tags.is_glued(file, begun, tag):
            return tag.frames
    return None


def _expected(size_bytes: int, begun: Beginning) -> int | None:
    frames = _stated(begun)
    if frames is None and begun.container.duration is not None:
        frames = _frames(begun, begun.container.duration / av.time_base)
    if frames is None or not begun.codec.startswith("pcm_"):
        return frames
    # A header that was never completed, or a file cut short: no more than the bytes that are there.
    return min(frames, size_bytes // _frame_bytes(begun))


def _promised(file: io.FileIO, begun: Beginning) -> int | None:
    start = begun.start
    if begun.kind in _LOOSE:
        seconds = _asf_seconds(file) if begun.kind == "asf" else (begun.container.duration or 0) / av.time_base
        return _frames(begun, (seconds or 0) - _LOOSE_S)
    if begun.kind == "mp3":
        tag = tags.read(file, begun)
        return None if tag is None else tag.frames
    if begun.kind in _CHUNKED and start is not None:
        return _in_chunk(file, begun, start)
    return _stated(begun) if begun.kind in _TELLING else None


def _in_chunk(file: io.FileIO, begun: Beginning, start: int) -> int | None:
    plain = begun.codec.startswith("pcm_")
    held = _data_bytes(peek(file, max(0, start - 24), min(start, 24)))
    if held is not None and plain:
        return held // _frame_bytes(begun)
    if held is not None and begun.codec.startswith("adpcm_") and begun.packet_frames:
        return held // begun.packet.size * begun.packet_frames
    stated = _stated(begun)
    if begun.kind == "caf" and not plain and stated is not None:
        return max(0, stated - begun.frame.samples)  # some count the last packet as if it were full
    return stated if plain or b"fact" in peek(file, 0, min(start, _BEFORE)) else None


def _stated(begun: Beginning) -> int | None:
    """FFmpeg's word: from the header, or an estimate where that says nothing."""
    stream = begun.stream
    if stream.duration is None or stream.time_base is None:
        return None
    primed = begun.packet.pts if begun.codec == "opus" and begun.packet.pts else 0
    return _frames(begun, float((stream.duration + min(0, primed)) * stream.time_base))


def _frames(begun: Beginning, seconds: float) -> int | None:
    return round(seconds * begun.rate) if 0 < seconds < _LONGEST_S else None


def _frame_bytes(begun: Beginning) -> int:
    """Of one moment of all channels, where samples are plain numbers."""
    bits = "".join(filter(str.isdigit, begun.codec))
    return max(1, int(bits or 8) // 8) * max(1, len(begun.frame.layout.channels))


def _data_bytes(before: bytes) -> int | None:
    """How long the chunk of samples is that begins after these bytes: in WAV, Wave64 and CAF."""
    if before[:16] == _W64_DATA and len(before) == 24:
        size = struct.unpack("<Q", before[16:])[0] - 24
    elif before[-16:-12] == b"data":
        size = struct.unpack(">q", before[-12:-4])[0] - 4
    elif before[-8:-4] == b"data":
        size = struct.unpack("<I", before[-4:])[0]
        size = 0 if size >= _UNKNOWN else size
    else:
        return None
    return size if size > 0 else None


def _asf_seconds(file: io.FileIO) -> float | None:
    head = peek(file, 0, _BEFORE)
    at = head.find(_ASF_PROPERTIES)
    if at < 0 or len(head) < at + 88:
        return None
    # In units of 100 ns, together with the time before the sound begins, which is given in ms.
    duration, _, before_ms = struct.unpack("<QQQ", head[at + 64 : at + 88])
    return float(duration / 1e7 - before_ms / 1e3)


def _by_itunes(text: str) -> int | None:
    """The third number is the length before encoding."""
    try:
        return int(text.split()[3], 16) or None
    except (ValueError, IndexError):
        return None
