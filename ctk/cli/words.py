"""Results as lines for people to read."""

import math
import sys
from collections.abc import Mapping, Sequence

from ctk.records import Ailment, Device, Health, LibraryHealth, Page, Peaks, Row, ScanReport, Stats

SHOWN_PROBLEMS = 20
SHOWN_UNWELL = 20
AILMENTS: Mapping[Ailment, str] = {
    "truncated": "cut off before the end",
    "damaged": "damaged inside",
    "silent": "silent",
    "clipped": "clipped",
    "offset": "off the centre line (DC offset)",
    "dead-channel": "one channel is empty",
}


def complain(sentence: str) -> None:
    print(f"ctk: {sentence}", file=sys.stderr)


def scan(report: ScanReport) -> str:
    """What a scan found, and the first of its problems."""
    lines = [
        f"{count(report.files, 'file')}, {size(report.bytes)}, {length(report.duration_s)} of sound,"
        f" in {report.elapsed_s:.1f} s ({report.files_per_s:,.0f} files/s).",
        f"{report.added:,} new, {report.changed:,} changed, {report.moved:,} moved,"
        f" {report.unchanged:,} unchanged, {report.missing:,} missing.",
    ]
    if report.cloud:
        lines.append(f"{count(report.cloud, 'file')} only online, not opened.")
    lines += [f"Not here now, kept as it was: {line(path)}" for path in report.offline]
    lines += [
        f"{vanished.gone:,} of {count(vanished.files, 'file')} are gone from {line(vanished.path)}."
        " Nothing was marked missing (--accept-missing does that)."
        for vanished in report.vanished
    ]
    if report.problems:
        lines.append(f"{count(len(report.problems), 'problem')}:")
        lines += [f"  {line(problem.path)}: {problem.reason}" for problem in report.problems[:SHOWN_PROBLEMS]]
        if len(report.problems) > SHOWN_PROBLEMS:
            lines.append(f"  ... and {len(report.problems) - SHOWN_PROBLEMS:,} more (--json lists them all)")
    return "\n".join(lines)


def stats(stats: Stats) -> str:
    """The library, its folders and its formats."""
    lines = [f"{count(stats.files, 'file')}, {size(stats.bytes)}, {length(stats.duration_s)} of sound."]
    if not stats.sources:
        lines.append("No folders yet: ctk scan FOLDER adds one.")
    for source in stats.sources:
        offline = "  (not here now)" if source.state == "offline" else ""
        lines.append(f"  {source.files:>9,}  {size(source.bytes):>9}  {line(source.path)}{offline}")
    if stats.formats:
        lines.append("  ".join(f"{name} {files:,}" for name, files in stats.formats.items()))
    return "\n".join(lines)


def page(page: Page, offset: int) -> str:
    lines = [_row(row) for row in page.rows]
    shown = f", {offset + 1:,} to {offset + len(page.rows):,} shown" if 0 < len(page.rows) < page.total else ""
    lines.append(f"{count(page.total, 'sound')}{shown}.")
    return "\n".join(lines)


def health(health: Health) -> str:
    lines: list[str] = []
    for check in health.checks:
        lines.append(f"{'ok  ' if check.ok else 'FIX '} {check.name}: {line(check.detail)}")
        if not check.ok and check.advice:
            lines.append(f"       -> {check.advice}")
    return "\n".join(lines)


def library(health: LibraryHealth) -> str:
    """Sounds that are unwell, by what ails them; one that has two ailments is in both lists."""
    well = health.checked - len(health.sounds)
    lines = [f"{count(health.checked, 'sound')} listened to: {well:,} well, {len(health.sounds):,} not."]
    if health.unchecked:
        lines.append(f"{count(health.unchecked, 'sound')} not listened to yet, or not here.")
    for ailment, name in AILMENTS.items():
        sounds = [sound for sound in health.sounds if ailment in sound.ailments]
        if sounds:
            lines.append(f"{name[0].upper()}{name[1:]} (is:{ailment}): {len(sounds):,}")
        for sound in sounds[:SHOWN_UNWELL]:
            finding = dict(zip(sound.ailments, sound.findings, strict=False)).get(ailment, "")
            lines.append(f"  {sound.id:>7}  {line(sound.path)}" + (f": {finding}" if finding else ""))
        if len(sounds) > SHOWN_UNWELL:
            lines.append(f"  ... and {len(sounds) - SHOWN_UNWELL:,} more (--json lists them all)")
    return "\n".join(lines)


def devices(found: Sequence[Device]) -> str:
    """What can be played on, one on a line; a star is before the one that the system would take."""
    return "\n".join(f"{'*' if device.default else ' '} {line(device.name)}" for device in found) or "No sound device."


def outline(path: str, peaks: Peaks) -> str:
    """The facts below a drawing."""
    loudest = max((max(-low, high) for low, high in zip(peaks.low, peaks.high, strict=True)), default=0.0)
    level = f"peak {20 * math.log10(loudest):.1f} dB" if loudest > 0 else "silent"
    part = (
        f"{peaks.start_s:.3f} to {peaks.end_s:.3f} of " if (peaks.start_s, peaks.end_s) != (0, peaks.duration_s) else ""
    )
    rate = f"{peaks.sample_rate_hz / 1000:g} kHz"
    return f"{line(path)}  ({part}{peaks.duration_s:.3f} s, {rate}, {peaks.channels} ch, {level})"


def is_yes(answer: str) -> bool:
    return answer.strip().lower() in ("y", "yes")


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def size(number: float) -> str:
    for unit in ("bytes", "KB", "MB", "GB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "bytes" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} TB"


def length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} h {minutes:02} min" if hours else f"{minutes}:{rest:02} min"


def line(text: str) -> str:
    """``text`` on one line: file names may hold newlines and other control characters."""
    return "".join(
        char if char.isprintable() or "\udc80" <= char <= "\udcff" else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def _row(row: Row) -> str:
    facts: Sequence[str] = [
        row.format or "?",
        f"{row.duration_s:.2f} s" if row.duration_s is not None else "?",
        f"{row.sample_rate_hz / 1000:g} kHz" if row.sample_rate_hz else "?",
        f"{row.channels} ch" if row.channels else "?",
    ]
    state = "" if row.state == "ok" else f"  [{row.state}]"
    said = [count(row.rating, "star")] if row.rating else []
    said += ["favourite"] if row.favourite else []
    said += [line(tag) for tag in row.tags]
    return f"{row.id:>7}  {line(row.path)}  ({', '.join(facts)}){state}" + (f"  {', '.join(said)}" if said else "")
