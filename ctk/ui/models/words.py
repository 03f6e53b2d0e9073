"""How facts read on screen: lengths, sizes, rates, counts, and names that hold odd characters."""

import datetime
import os
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ctk.records import Row, SoundState

if TYPE_CHECKING:
    from ctk.records import ScanReport

_UNITS = ("bytes", "KB", "MB", "GB", "TB", "PB")
_STATES: dict[SoundState, str] = {
    "missing": "This file is gone; a rescan finds it again where it was moved to.",
    "offline": "The drive this sound is on is not connected.",
    "cloud": "This sound is still in the cloud and was not downloaded.",
    "held": "This sound was removed and can be brought back.",
}


def safe(text: str) -> str:
    """``text`` on one line: what cannot be drawn (line breaks, controls, bytes that are not text) becomes a mark."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _mark(char) for char in text)


def name(path: str) -> str:
    """The name of a file, as it is drawn."""
    return safe(os.path.basename(path))


def length(seconds: float | None) -> str:
    """Short sounds to the millisecond, long ones as a clock: ``0.412 s``, ``1:04``, ``1:02:03``."""
    if seconds is None:
        return ""
    if round(seconds, 3) < 10:
        return f"{seconds:.3f} s"
    return clock(round(seconds, 3))


def clock(seconds: float) -> str:
    """``0:07``, ``12:34``, ``1:02:03``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def moment(seconds: float, digits: int = 1) -> str:
    """A place in a sound, to the tenth or finer: ``0:07.3``, ``0:07.312``."""
    whole, rest = divmod(int(seconds * 10**digits + 1e-6), 10**digits)
    return f"{clock(whole)}.{rest:0{digits}}"


def long_time(seconds: float) -> str:
    """The length of a whole library: ``3 min``, ``5 h 12 min``, ``3 days 4 h``."""
    minutes = int(seconds // 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        days, hours = divmod(hours, 24)
        return f"{days:,} days {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{int(seconds)} s"


def size(count: int) -> str:
    """``812 bytes``, ``44 KB``, ``1.5 MB``."""
    value = float(count)
    for unit in _UNITS:
        if round(value) < 1000 or unit == _UNITS[-1]:
            break
        value /= 1000
    return f"{value:.1f} {unit}" if value < 10 and unit != "bytes" else f"{value:.0f} {unit}"


def rate(hertz: int | None) -> str:
    """``44.1 kHz``."""
    return "" if hertz is None else f"{hertz / 1000:.4g} kHz"


def channels(count: int | None) -> str:
    """``mono``, ``stereo``, ``6``."""
    if count is None:
        return ""
    return {1: "mono", 2: "stereo"}.get(count, str(count))


def tempo(bpm: float | None, heard: float | None = None) -> str:
    """``120``, ``87.5``; ``~124`` where it is not stated and only heard."""
    if bpm is not None:
        return f"{bpm:.5g}"
    return "" if heard is None else f"~{heard:.0f}"


def depth(bits: int | None) -> str:
    return "" if bits is None else f"{bits} bit"


def day(seconds: float) -> str:
    """``7 May 2026``, of Unix time in the zone of this machine; empty for a time that no calendar has."""
    try:
        date = datetime.date.fromtimestamp(seconds)
    except (OverflowError, OSError, ValueError):
        return ""
    return f"{date.day} {date:%b %Y}"


def when(seconds: float) -> str:
    """``today 20:22``, ``7 May 2026 20:22``: a day with its time, where that matters."""
    date = day(seconds)
    if not date:
        return ""
    moment = datetime.datetime.fromtimestamp(seconds)
    return f"{'today' if moment.date() == datetime.date.today() else date} {moment:%H:%M}"


def level(db: float) -> str:
    """``-3.2 dB``."""
    return f"{db:.1f} dB".replace("-0.0 ", "0.0 ")


def sounds(count: int) -> str:
    return "1 sound" if count == 1 else f"{count:,} sounds"


def volume(db: float) -> str:
    """``0.0 dB``, ``-12.5 dB``, and silence at the lower end."""
    return "silent" if db <= -60 else f"{db:+.1f} dB".replace("+0.0", "0.0").replace("-0.0 ", "0.0 ")


def folder(path: str, sources: Sequence[str]) -> str:
    """The folder of ``path``, told from the source it lies in: ``Drums / Kicks``. Sources: the deepest first."""
    parent = os.path.dirname(path)
    for source in sources:
        if parent == source or parent.startswith(source.rstrip(os.sep) + os.sep):
            root = os.path.basename(source.rstrip(os.sep)) or source
            return safe(" / ".join(filter(None, (root, *parent[len(source) :].split(os.sep)))))
    return safe(parent)


def why_silent(row: Row) -> str | None:
    """Why a sound cannot be played as it stands, for all states but bad, which has a reason of its own."""
    return _STATES.get(row.state)


def scan_summary(report: "ScanReport") -> str:
    """What a scan found, in one or two sentences."""
    parts = [
        f"{count:,} {word}"
        for count, word in (
            (report.added, "new"),
            (report.changed, "changed"),
            (report.moved, "moved"),
            (report.missing, "missing"),
        )
        if count
    ]
    text = f"Scanned {sounds(report.files)}: {', '.join(parts) or 'nothing has changed'}."
    if report.problems:
        many = len(report.problems)
        text += " One file cannot be read." if many == 1 else f" {many:,} files cannot be read."
    if report.cloud:
        text += " One more is only online." if report.cloud == 1 else f" {report.cloud:,} more are only online."
    if report.vanished:
        text += " Very many files are gone at once: the Sources page asks about them."
    if report.offline:
        names = ", ".join(safe(os.path.basename(path) or path) for path in report.offline)
        text += f" Not connected: {names}."
    return text


def _mark(char: str) -> str:
    if char in "\n\r\t\v\f\u2028\u2029":
        return "\N{RETURN SYMBOL}" if char != "\t" else " "
    kind = unicodedata.category(char)
    if kind == "Zs":
        return " "
    if kind == "Cf":
        return ""
    return "\N{REPLACEMENT CHARACTER}"
