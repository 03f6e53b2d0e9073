"""What one header says, before it becomes facts: the record every reader fills in, and what may be believed of it."""

import math
from dataclasses import dataclass, field
from typing import Final

RATES_HZ: Final = range(1, 4_000_001)
CHANNELS: Final = range(1, 1_025)
DEPTHS: Final = range(1, 65)
LONGEST_S: Final = 10_000_000.0

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
        duration = self.duration_s
        return (
            duration is not None
            and self.codec is not None
            and math.isfinite(duration)
            # The most silent streams of all formats still spend a byte on a second.
            and 0.0 <= duration <= min(LONGEST_S, size_bytes)
            and self.sample_rate_hz in RATES_HZ
            and self.channels in CHANNELS
            and (self.bit_depth is None or self.bit_depth in DEPTHS)
        )

    def clear(self, size_bytes: int) -> None:
        """Forget the numbers that are not believable."""
        if self.duration_s is not None and not 0.0 <= self.duration_s <= min(LONGEST_S, size_bytes):
            self.duration_s = None
        if self.sample_rate_hz not in RATES_HZ:
            self.sample_rate_hz = None
        if self.channels not in CHANNELS:
            self.channels = None
        if self.bit_depth not in DEPTHS:
            self.bit_depth = None


def cut_off(there_s: float, promised_s: float) -> str:
    """The sentence for a file that ends early."""
    return f"The file is cut off: {_clock(there_s)} of {_clock(promised_s)} are there."


def _clock(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(min(seconds, LONGEST_S)), 60)
    return f"{minutes}:{rest:02d} min"
