"""One loudness for all sounds: how much each is turned up or down, from what listening to it taught."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ctk.audio.decode.seeking import Hints

TARGET_DB: Final = -18.0
"""Where the louder parts of every sound come to, against full scale: what most one-shots and loops can reach."""

CEILING_DB: Final = -0.1
MOST_DB: Final = 24.0
"""More than this would be turning up the hiss of a sound that is meant to be quiet."""


def even_gain(hints: "Hints") -> float:
    """The factor that brings a sound to ``TARGET_DB``, as far as its highest sample allows; 1 when nothing is known."""
    if hints.peak_db is None or hints.loudness_db is None:
        return 1.0
    change_db = min(TARGET_DB - hints.loudness_db, CEILING_DB - hints.peak_db, MOST_DB)
    return float(10 ** (change_db / 20))
