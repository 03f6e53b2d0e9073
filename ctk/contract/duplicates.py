"""Sounds that are there more than once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ctk import records
from ctk.jobs import Job


class Duplicates(Protocol):
    """Sounds that are there more than once, how that is known, and which copy should stay."""

    def find(self, *, near: bool = False) -> Job[records.Groups]:
        """Prove what is the same, reading whole files where that was not done before; ``near`` also looks for other
        versions of a sound (never to be removed with one click). The result holds every group."""
        ...

    def summary(self, *, offset: int = 0, limit: int = 200) -> records.Groups:
        """Groups as the last ``find`` left them, at once, the most wasteful first."""
        ...

    def folders(self, *, limit: int = 100) -> Sequence[records.Overlap]:
        """Which folders lie wholly or mostly inside others, the most bytes first."""
        ...

    def dismiss(self, group_id: int) -> None:
        """These are not duplicates: the group is left out until ``restore``. Raises ``NotFound``."""
        ...

    def restore(self, group_id: int) -> None:
        """Take ``dismiss`` back. Raises ``NotFound``."""
        ...

    def rules(self) -> Sequence[str]:
        """The rules that choose the copy to keep, first first."""
        ...

    def set_rules(self, rules: Sequence[str]) -> None:
        """Choose by other rules from now on. Raises ``UsageError`` that lists the right ones."""
        ...

    def plan(
        self,
        groups: Sequence[int] | None = None,
        *,
        keep: Mapping[int, int] | None = None,
        rules: Sequence[str] | None = None,
    ) -> records.Plan:
        """Remove the spare copies of exact ``groups`` (all when ``None``). ``keep`` maps a group to the sound the user
        wants kept there; ``rules`` replace the stored ones for this plan. Raises ``NotFound``, ``UsageError``."""
        ...
