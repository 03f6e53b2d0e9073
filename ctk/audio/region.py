"""The part of a sound that is played: whether there is such a part, and what lies in it."""

import math

from ctk.errors import UsageError

Region = tuple[float, float]
"""From and to, in seconds."""


def checked(region: Region | None, duration_s: float | None = None) -> Region | None:
    """``region``, when it is a part of a sound so long. Raises ``UsageError``."""
    if region is None:
        return None
    try:
        from_s, to_s = map(float, region)
    except (TypeError, ValueError) as exc:
        raise UsageError(f"{region} is not a part of a sound: it takes two numbers of seconds, from and to.") from exc
    if not (math.isfinite(from_s) and math.isfinite(to_s) and 0 <= from_s < to_s):
        raise UsageError(f"From {from_s:g} s to {to_s:g} s is not a part of a sound.")
    if duration_s is not None and from_s >= duration_s:
        raise UsageError(f"There is nothing from {from_s:g} s on: this sound ends at {duration_s:.3f} s.")
    return from_s, to_s


def clamped(position_s: float, region: Region | None, duration_s: float | None) -> float:
    """The nearest place that can be played."""
    first_s, end_s = region or (0.0, math.inf)
    return max(first_s, min(position_s, end_s if duration_s is None else min(end_s, duration_s)))
