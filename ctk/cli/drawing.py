"""A sound drawn with characters, as tall as a few lines of text."""

from collections.abc import Sequence

from ctk.records import Peaks

LINES = 3
"""Above the middle, and again below it."""
RISING, HANGING, PLAIN = " ▁▂▃▄▅▆▇█", " ▀█", " #"


def outline(peaks: Peaks, encoding: str | None) -> str:
    """From left to right, how far the samples go up and down; with plain signs where there are no better ones."""
    up = _columns([max(0.0, value) for value in peaks.high], _steps(RISING, encoding))
    down = _columns([max(0.0, -value) for value in peaks.low], _steps(HANGING, encoding))
    return "\n".join([*reversed(up), *down])


def _columns(heights: Sequence[float], steps: str) -> list[str]:
    """Lines from the middle outwards; the last of ``steps`` is a full line."""
    whole = len(steps) - 1
    lines = []
    for line in range(LINES):
        levels = (round((min(height, 1.0) * LINES - line) * whole) for height in heights)
        lines.append("".join(steps[max(0, min(level, whole))] for level in levels).rstrip())
    return lines


def _steps(wanted: str, encoding: str | None) -> str:
    try:
        wanted.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return PLAIN
    return wanted
