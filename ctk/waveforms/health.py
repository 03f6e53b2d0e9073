"""What ails a sound, judged by the numbers that listening to it gave, and how to say it. Pure."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Final

from ctk.records import Ailment

SILENT: Final = 4 / 32_768
"""A sound whose highest sample is below this, at -78 dB, holds nothing that anybody hears: only the noise of dither."""

CLIPS: Final = 5
"""So many peaks cut off flat are heard and seen; one or two are a loud note that nobody will ever notice."""

OFFSET: Final = 0.01
"""Below 1 % of full scale an offset takes less than 0.1 dB of headroom, and makes no click that is heard."""
OFFSET_SHARE: Final = 0.1
"""Next to the strength of the sound: what is less is nothing beside what is heard."""
OFFSET_LEAST_S: Final = 0.05
"""A shorter sound is part of a wave, which may lie anywhere."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was measured. ``frames`` is 0 when nothing of the file can be played.

    ``promised`` is set where the header promises clearly more frames; ``broken`` counts parts that could not be
    decoded, ``clips`` peaks that are cut off; ``offset`` is how far off the middle the worst channel is, all the time,
    and ``rms`` the strength of all; ``quiet`` are the channels, from 0, in which nothing is heard. ``bpm`` is its tempo
    by ear and ``sure`` how sure of it one can be: 0 where none is heard, ``None`` where nobody listened for it.
    """

    frames: int = 0
    sample_rate_hz: int = 0
    channels: int = 0
    promised: int | None = None
    broken: int = 0
    peak: float = 0.0
    rms: float = 0.0
    offset: float = 0.0
    quiet: Sequence[int] = ()
    clips: int = 0
    loudness_db: float | None = None
    bpm: float = 0.0
    sure: float | None = None

    @property
    def duration_s(self) -> float:
        return self.frames / self.sample_rate_hz if self.sample_rate_hz else 0.0

    @property
    def peak_db(self) -> float | None:
        """Against full scale; ``None`` for silence."""
        return 20 * math.log10(self.peak) if self.peak >= SILENT else None

    def pack(self) -> str:
        return json.dumps(astuple(self), separators=(",", ":"))

    @classmethod
    def unpack(cls, packed: str) -> "Numbers":
        """Raises ``ValueError`` for anything that ``pack`` did not make."""
        try:
            found = cls(*json.loads(packed))
            return replace(found, quiet=tuple(found.quiet))
        except TypeError as exc:
            raise ValueError("not numbers of a sound") from exc


def truncated(numbers: Numbers) -> str | None:
    """It ends before its header says."""
    if numbers.promised is None or not numbers.sample_rate_hz:
        return None
    promised_s = numbers.promised / numbers.sample_rate_hz
    return f"Ends early: {clock(numbers.duration_s, promised_s)} of {clock(promised_s, promised_s)} are there."


def damaged(numbers: Numbers) -> str | None:
    """Some of it, or all, cannot be decoded."""
    if not numbers.frames:
        return "Nothing of it can be played."
    if not numbers.broken:
        return None
    return f"Damaged in {_counted(numbers.broken, 'place')}: what is broken there is left out."


def silent(numbers: Numbers) -> str | None:
    """Nobody hears anything."""
    return "Nothing but silence." if numbers.frames and numbers.peak < SILENT else None


def clipped(numbers: Numbers) -> str | None:
    """Recorded or rendered too loud. What goes beyond full scale, as floating-point samples may, is not lost: it can be
    turned down."""
    if numbers.clips < CLIPS or numbers.peak > 1:
        return None
    return f"Clipped: {numbers.clips} peaks are cut off flat at full scale."


def offset(numbers: Numbers) -> str | None:
    """It swings around something else than the middle."""
    far = abs(numbers.offset)
    if numbers.duration_s < OFFSET_LEAST_S or far < OFFSET or far < OFFSET_SHARE * numbers.rms:
        return None
    side = "above" if numbers.offset > 0 else "below"
    return f"Off the middle: it swings around {100 * far:.0f} % {side} zero (DC offset)."


def dead_channel(numbers: Numbers) -> str | None:
    """Some channels are silent, others are not."""
    quiet = numbers.quiet
    if not quiet or len(quiet) >= numbers.channels:
        return None
    if numbers.channels == 2:
        return f"The {'right' if quiet[0] else 'left'} channel is silent."
    named = [str(channel + 1) for channel in quiet]
    if len(named) == 1:
        return f"Channel {named[0]} is silent."
    return f"Channels {', '.join(named[:-1])} and {named[-1]} are silent."


JUDGES: Final[dict[Ailment, Callable[[Numbers], str | None]]] = {
    "truncated": truncated,
    "damaged": damaged,
    "silent": silent,
    "clipped": clipped,
    "offset": offset,
    "dead-channel": dead_channel,
}


def findings(numbers: Numbers) -> dict[Ailment, str]:
    """What ails the sound, each in a sentence."""
    found = {ailment: judge(numbers) for ailment, judge in JUDGES.items()}
    return {ailment: words for ailment, words in found.items() if words}


def clock(seconds: float, longest_s: float) -> str:
    """Minutes and seconds, or a fraction of a second where nothing is longer than some."""
    if longest_s < 10:
        return f"{seconds:.2f} s"
    whole = math.floor(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if longest_s >= 3600 else f"{minutes}:{rest:02d}"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
