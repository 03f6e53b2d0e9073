"""Sources and places as lines for people to read."""

import time
from collections.abc import Iterator, Sequence

from ctk.cli.words import count, length, line, size
from ctk.records import Place, Source

_HEAD = ("#", "files", "size", "length", "missing", "problems", "last scan", "folder")
_LEFT = ("last scan", "folder")


def table(sources: Sequence[Source]) -> str:
    """One line a source, and a second one where there is something to say of it."""
    if not sources:
        return "No folders yet: ctk scan FOLDER adds one."
    cells = [_HEAD, *(_cells(source) for source in sources)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    notes = ["", *(_note(source) for source in sources)]
    lines: list[str] = []
    for row, note in zip(cells, notes, strict=True):
        fields = zip(_HEAD, row, widths, strict=True)
        padded = [text.ljust(width) if name in _LEFT else text.rjust(width) for name, text, width in fields]
        lines.append("  ".join(padded).rstrip())
        if note:
            lines.append(" " * (widths[0] + 2) + note)
    return "\n".join(lines)


def state(source: Source) -> str:
    """Where a source is: ``offline, on SAMPLES, last seen 2026-05-01``; nothing to say of one that is here."""
    if source.state == "ok":
        return ""
    on = f", on {line(source.volume)}" if source.volume else ""
    seen = f", last seen {_day(source.seen_s)}" if source.seen_s else ""
    return f"offline{on}{seen}"


def changes(before: Sequence[Source], now: Sequence[Source]) -> Iterator[str]:
    """What is other than it was."""
    old = {source.id: source for source in before}
    for source in now:
        was = old.pop(source.id, None)
        name = line(source.path)
        if was is None:
            yield f"{name}: added"
            continue
        if was.path != source.path:
            yield f"{line(was.path)}: is {name} now"
        if was.state != source.state:
            yield f"{name}: {state(source) or 'here again'}"
        if told := _differences(was, source):
            yield f"{name}: {', '.join(told)}"
    for source in old.values():
        yield f"{line(source.path)}: removed"


def places(places: Sequence[Place]) -> str:
    """Where audio was found, and how much."""
    if not places:
        return "No audio was found in the places where it usually is."
    lines = []
    for place in places:
        notes = [f"{count(place.cloud, 'file')} only online"] if place.cloud else []
        notes += ["in the catalog"] if place.source_id is not None else []
        note = f"  ({', '.join(notes)})" if notes else ""
        lines.append(f"{place.files:>9,}  {size(place.bytes):>9}  {line(place.name)}: {line(place.path)}{note}")
    return "\n".join(lines)


def _cells(source: Source) -> tuple[str, ...]:
    return (
        str(source.id),
        f"{source.files:,}",
        size(source.bytes),
        length(source.duration_s),
        f"{source.missing:,}" if source.missing else "",
        f"{source.problems:,}" if source.problems else "",
        _day(source.scanned_s) if source.scanned_s else "never",
        line(source.path),
    )


def _note(source: Source) -> str:
    notes = [state(source)] if source.state != "ok" else []
    notes += [f"{count(source.cloud, 'file')} only online"] if source.cloud else []
    notes += ["protected"] if source.protected else []
    return "; ".join(notes)


def _differences(was: Source, source: Source) -> list[str]:
    more = source.files - was.files
    told = [f"{count(abs(more), 'file')} {'more' if more > 0 else 'fewer'}"] if more else []
    for words, number in (
        ("missing", source.missing - was.missing),
        ("only online", source.cloud - was.cloud),
        ("unreadable", source.problems - was.problems),
    ):
        if number:
            told.append(f"{abs(number):,} {'more' if number > 0 else 'fewer'} {words}")
    if not told and abs(source.bytes - was.bytes):
        told.append("changed")
    return told


def _day(moment_s: float) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(moment_s))
