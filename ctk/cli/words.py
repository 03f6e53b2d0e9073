"""Results as lines for people to read."""

import sys
from collections.abc import Sequence

from ctk.records import Health, Page, Row, ScanReport, Stats

SHOWN_PROBLEMS = 20


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
    lines += [f"Not here now, kept as it was: {line(path)}" for path in report.offline]
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
    return f"{row.id:>7}  {line(row.path)}  ({', '.join(facts)}){state}"
