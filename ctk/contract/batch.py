"""Changing many files at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ctk import records
from ctk.jobs import Job


class Batch(Protocol):
    """Changing many files at once: planned, shown, done with a journal, undone. Nothing is ever overwritten."""

    def plan_move(self, ids: Sequence[int], folder: str | Path) -> records.Plan:
        """Move sounds into a folder, which is made when it is not there. Raises ``UsageError``."""
        ...

    def plan_rename(self, ids: Sequence[int], template: str) -> records.Plan:
        """Rename sounds by a template such as ``{name}_{n:03}``. Raises ``UsageError`` that lists the fields."""
        ...

    def plan_remove(self, ids: Sequence[int]) -> records.Plan:
        """Put sounds aside in the holding folder of their source, from where ``undo`` brings them back."""
        ...

    def apply(self, plan: records.Plan) -> Job[records.Receipt]:
        """Do what the plan says, checking each file just before; cancelling stops between two files."""
        ...

    def undo(self, receipt: int | None = None) -> Job[records.Receipt]:
        """Take back a receipt, the newest when none is named. What changed meanwhile is left, and said."""
        ...

    def history(self, *, limit: int = 50) -> Sequence[records.Receipt]:
        """Receipts, newest first."""
        ...

    def held(self) -> Sequence[records.Held]:
        """Removed files that wait in holding folders."""
        ...

    def empty(self, *, permanently: bool = False) -> Job[int]:
        """Send held files to the system's trash, or delete them; the bytes that frees. They cannot be undone then."""
        ...

    def protect(self, folder: str | Path, *, on: bool = True) -> None:
        """Nothing in a protected folder is ever moved, renamed or removed."""
        ...

    def protected(self) -> Sequence[str]:
        """The protected folders."""
        ...

    def recovered(self) -> Sequence[records.Receipt]:
        """What was half done when the program ended last time and was put right when it started."""
        ...
