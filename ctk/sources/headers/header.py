"""What one header says, before it becomes facts: the record every reader fills in, and what may be believed of it."""

from dataclasses import dataclass, field
from typing import Final

from ctk.facts.stated import NO_CLAIMS, Claims

HIGHEST_RATE_HZ: Final = 4_000_000
MOST_CHANNELS: Final = 1_024
DEEPEST_BITS: Final = 64
LONGEST_S: Final = 10_000_000.0

SLACK_BYTES: Final = 64
"""A sound that lacks no more than this is whole: some writers count their own header into it."""

NO_SOUND: Final = "The file has a header but no sound in it."
CUT_BEFORE_SOUND: Final = "The file is cut off before its sound begins."
CUT_NO_INDEX: Final = "The file is cut off: its table of contents is missing, so nothing of it can be played."


@dataclass(slots=True)
class Header:
    """Facts as one reader found them; ``reason`` says what is wrong with the file, if anything is."""

    format: str | None
    codec: str | None = None
    duration_s: float | None = None
    sample_rate_hz: int | None = None
    channels: int | None = None
    bit_depth: int | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    reason: str | None = None
    claims: Claims = NO_CLAIMS

    def lasts(self, frames: float, promised: float = 0.0) -> None:
        """Set the duration from sample frames; where the header promised clearly more, the file is cut off."""
        rate = self.sample_rate_hz
        if not rate:
            return
        self.duration_s = frames / rate
        if promised > frames:
            self.reason = cut_off(self.duration_s, promised / rate)

    def believable(self, size_bytes: int) -> bool:
        """Whether everything is there and within what real sounds have."""
        return (
            self.codec is not None
            and _lasting(self.duration_s, size_bytes)
            and _within(self.sample_rate_hz, HIGHEST_RATE_HZ)
            and _within(self.channels, MOST_CHANNELS)
            and (self.bit_depth is None or (_within(self.bit_depth, DEEPEST_BITS) and self._fits(size_bytes)))
        )

    def _fits(self, size_bytes: int) -> bool:
        """Whether a sound stored as plain numbers has room in the file."""
        if self.codec not in ("pcm", "float"):
            return True
        frames = (self.duration_s or 0.0) * (self.sample_rate_hz or 0)
        return frames * (self.channels or 0) * ((self.bit_depth or 0) // 8) <= size_bytes

    def clear(self, size_bytes: int) -> None:
        """Forget the numbers that are not believable."""
        if not _lasting(self.duration_s, size_bytes):
            self.duration_s = None
        if not _within(self.sample_rate_hz, HIGHEST_RATE_HZ):
            self.sample_rate_hz = None
        if not _within(self.channels, MOST_CHANNELS):
            self.channels = None
        if not _within(self.bit_depth, DEEPEST_BITS):
            self.bit_depth = None


def _within(number: int | None, most: int) -> bool:
    return number is not None and 1 <= number <= most


def _lasting(seconds: float | None, size_bytes: int) -> bool:
    """The most silent streams of all formats still spend a byte on a second. Not true of NaN."""
    return seconds is not None and 0.0 <= seconds <= min(LONGEST_S, size_bytes)


def cut_off(there_s: float, promised_s: float) -> str:
    """The sentence for a file that ends early."""
    return f"The file is cut off: {_clock(there_s)} of {_clock(promised_s)} are there."


def _clock(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(min(seconds, LONGEST_S)), 60)
    return f"{minutes}:{rest:02d} min"
