"""Which copies of duplicates stay and which go: what the rules chose, and what the user says instead."""

from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from typing import Literal

from ctk.contract import Duplicates
from ctk.records import Copy, Group, Plan
from ctk.ui.models.signal import Signal

Fate = Literal["kept", "stays", "goes", "left out"]
"""The copy that is kept, one that stays as well, one that goes, and one that would go but for the user's word."""

SIMILAR = "Similar sounds are never removed for you: compare them, and remove one in the Catalog."
KEPT = "This copy stays. Keep another one instead, and this one can go."


class Choices:
    """``changed()`` tells that the user chose; ``trouble(sentence)`` why something cannot be chosen.

    One copy of every group always stays: the user can say which, and can spare others.
    """

    def __init__(self) -> None:
        self.changed: Signal[[]] = Signal()
        self.trouble: Signal[[str]] = Signal()
        self._keep: dict[int, int] = {}
        self._left_out: dict[int, int] = {}

    @property
    def left_out(self) -> int:
        """How many copies are spared."""
        return len(self._left_out)

    @property
    def bytes_left_out(self) -> int:
        return sum(self._left_out.values())

    def fate(self, group: Group, copy: Copy) -> Fate:
        """What happens to a copy when everything is cleaned up."""
        first, chosen = group.files[0], self._keep.get(group.id)
        if group.kind != "exact":
            return "stays"
        if copy.id == (first.id if chosen is None and first.keep else chosen):
            return "kept"
        if copy.keep and copy.id != first.id:
            return "stays"
        return "left out" if copy.id in self._left_out else "goes"

    def reason(self, group: Group, copy: Copy) -> str:
        """Why."""
        chosen = self._keep.get(group.id)
        if chosen is None or (copy.keep and copy.id not in (chosen, group.files[0].id)):
            return copy.reason
        return "you chose it" if copy.id == chosen else "you chose another"

    def is_tie(self, group: Group) -> bool:
        """Whether no rule could choose, and the user did not either."""
        return group.tie and group.id not in self._keep

    def toggle(self, group: Group, copy: Copy | None = None) -> None:
        """Spare a copy that goes, or let it go after all; without ``copy``, all of the group."""
        fates = {each.id: self.fate(group, each) for each in group.files if copy is None or each.id == copy.id}
        spares = [id for id, fate in fates.items() if fate in ("goes", "left out")]
        if not spares:
            self.trouble(SIMILAR if group.kind != "exact" else KEPT)
            return
        if any(fates[id] == "goes" for id in spares):
            self._left_out |= dict.fromkeys(spares, group.size_bytes)
        else:
            for id in spares:
                del self._left_out[id]
        self.changed()

    def keep(self, group: Group, copy: Copy) -> None:
        """Keep this copy, whatever the rules say."""
        if group.kind != "exact":
            self.trouble(SIMILAR)
            return
        first = group.files[0]
        if copy.id == first.id and first.keep:
            self._keep.pop(group.id, None)
        else:
            self._keep[group.id] = copy.id
        self._left_out.pop(copy.id, None)
        self.changed()

    def forget_all_but(self, group_ids: Set[int]) -> None:
        """Drop what was chosen in groups that are no more."""
        self._keep = {id: copy for id, copy in self._keep.items() if id in group_ids}

    def plan(self, duplicates: Duplicates, group: Group | None = None) -> Callable[[], Plan]:
        """What makes the plan to clean up one group, or all; to be run on a worker."""
        keep = {id: copy for id, copy in self._keep.items() if group is None or id == group.id}
        spared = dict(self._left_out)
        return lambda: narrowed(duplicates.plan(None if group is None else [group.id], keep=keep), spared)


def narrowed(plan: Plan, spared: Mapping[int, int]) -> Plan:
    """The plan without the copies that the user spares."""
    steps = [step for step in plan.steps if step.sound_id not in spared]
    if len(steps) == len(plan.steps):
        return plan
    dropped = sum(step.size_bytes for step in plan.steps if step.sound_id in spared)
    count = len(steps)
    return replace(
        plan,
        title="Remove 1 duplicate" if count == 1 else f"Remove {count:,} duplicates",
        steps=steps,
        refused=[refusal for refusal in plan.refused if refusal.sound_id not in spared],
        bytes_freed=max(0, plan.bytes_freed - dropped),
    )
