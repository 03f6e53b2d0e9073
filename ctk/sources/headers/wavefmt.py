"""The ``fmt `` chunk that WAV, RF64 and W64 share: which codec, and how many frames some bytes hold."""

from dataclasses import dataclass
from struct import Struct
from typing import Final

from ctk.sources.headers.header import Header

_BASE: Final = Struct("<HHIIHH").unpack_from
_U16: Final = Struct("<H").unpack_from

PCM: Final = 0x0001
FLOAT: Final = 0x0003
EXTENSIBLE: Final = 0xFFFE
MPEG: Final = (0x0050, 0x0055)

_CODECS: Final[dict[int, str]] = {
    PCM: "pcm",
    0x0002: "adpcm_ms",
    FLOAT: "float",
    0x0006: "alaw",
    0x0007: "mulaw",
    0x0011: "adpcm_ima",
    0x0031: "gsm",
    0x0050: "mp2",
    0x0055: "mp3",
    0x00FF: "aac",
    0x0160: "wmav1",
    0x0161: "wmav2",
    0x0162: "wmapro",
    0x0163: "wmalossless",
    0x2000: "ac3",
    0x2001: "dts",
    0x566F: "vorbis",
    0xF1AC: "flac",
    **dict.fromkeys([*range(0x674F, 0x6752), *range(0x676F, 0x6772)], "vorbis"),
}


@dataclass(slots=True)
class WaveFormat:
    """A parsed ``fmt `` chunk."""

    tag: int
    channels: int
    rate_hz: int
    bytes_per_s: int
    block_bytes: int
    bits: int
    extra: bytes

    def frames(self, data_bytes: int, fact: int) -> float:
        """Sample frames in so many bytes of sound; ``fact`` is what the header counts (0: nothing)."""
        if self.tag in (PCM, FLOAT):
            return data_bytes // self.frame_bytes if self.frame_bytes else 0
        if self.tag in (0x0006, 0x0007):
            return data_bytes // self.channels if self.channels else 0
        per_block = self._samples_per_block()
        if per_block and self.block_bytes:
            blocks, rest = divmod(data_bytes, self.block_bytes)
            frames: float = blocks * per_block + rest * per_block // self.block_bytes
            least, most = 0.9 * frames, frames
        else:
            frames = data_bytes * self.rate_hz / self.bytes_per_s if self.bytes_per_s else 0
            least, most = frames / 5, 5 * frames
        # A count that the bytes cannot bear out is a leftover of another file.
        return fact if fact and least <= fact <= most else frames

    @property
    def frame_bytes(self) -> int:
        """Bytes of one sample frame of PCM; block sizes that contradict the depth are ignored."""
        least = self.channels * ((self.bits + 7) // 8)
        if self.block_bytes >= least and self.channels and self.block_bytes % self.channels == 0:
            return self.block_bytes
        return least

    def _samples_per_block(self) -> int:
        if self.tag not in (0x0002, 0x0011) or not self.channels:
            return 0
        if len(self.extra) >= 4 and (count := _U16(self.extra, 2)[0]):
            return int(count)
        if self.tag == 0x0002:
            return (self.block_bytes - 7 * self.channels) * 2 // self.channels + 2
        return (self.block_bytes - 4 * self.channels) * 2 // self.channels + 1


def parse(chunk: bytes, header: Header) -> WaveFormat:
    """Read the chunk and set codec, rate, channels and depth. Raises ``struct.error`` when it is too short."""
    tag, channels, rate, per_s, block, bits = _BASE(chunk)
    depth = bits
    if tag == EXTENSIBLE and len(chunk) >= 26:
        valid, tag = _U16(chunk, 18)[0], _U16(chunk, 24)[0]
        depth = valid if 0 < valid <= bits else bits
    if not bits and channels and tag in (PCM, FLOAT):
        depth = bits = block * 8 // channels
    header.codec = _CODECS.get(tag, f"wave_{tag:04x}")
    header.sample_rate_hz, header.channels = rate, channels
    if tag in (PCM, FLOAT, 0xF1AC, 0x0163):
        header.bit_depth = depth or None
    return WaveFormat(tag, channels, rate, per_s, block, bits, chunk[16:])
