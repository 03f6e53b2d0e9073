"""The report of a scan while it grows."""

from dataclasses import dataclass, field

from ctk.records import Problem, ScanReport, Vanished


@dataclass(slots=True)
class Tally:
    """Counts that the steps of a scan add to; see ``ScanReport`` for what each means. ``first_read`` are the ids of
    rows that were known, but never could be read before."""

    files: int = 0
    added: int = 0
    changed: int = 0
    moved: int = 0
    unchanged: int = 0
    missing: int = 0
    vanished: list[Vanished] = field(default_factory=list)
    cloud: int = 0
    bytes: int = 0
    duration_s: float = 0.0
    offline: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    first_read: set[int] = field(default_factory=set)

    def count(self, size_bytes: int, duration_s: float | None) -> None:
        self.bytes += size_bytes
        if duration_s is not None:
            self.duration_s += duration_s

    def report(self, elapsed_s: float) -> ScanReport:
        return ScanReport(
            files=self.files,
            added=self.added,
            changed=self.changed,
            moved=self.moved,
            unchanged=self.unchanged,
            missing=self.missing,
            vanished=tuple(self.vanished),
            cloud=self.cloud,
            offline=tuple(self.offline),
            problems=tuple(self.problems),
            bytes=self.bytes,
            duration_s=round(self.duration_s, 3),
            elapsed_s=round(elapsed_s, 3),
            files_per_s=round(self.files / elapsed_s, 1) if elapsed_s > 0 else 0.0,
        )
