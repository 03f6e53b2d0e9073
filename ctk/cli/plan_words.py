"""Duplicates, plans and receipts as lines for people to read."""

import time
from collections.abc import Iterator, Sequence

from ctk.cli.words import SHOWN_PROBLEMS, count, line, size
from ctk.records import Group, Groups, Held, Overlap, Plan, Receipt

SHOWN_GROUPS = 50
SHOWN_STEPS = 50
_DONE = {"move": "moved", "rename": "renamed", "remove": "removed", "clean": "removed"}


def groups(found: Groups, overlaps: Sequence[Overlap]) -> str:
    lines = [_overlap(overlap) for overlap in overlaps]
    for group in found.groups[:SHOWN_GROUPS]:
        lines += _group(group)
    if len(found.groups) > SHOWN_GROUPS:
        lines.append(f"... and {len(found.groups) - SHOWN_GROUPS:,} more (--json lists them all)")
    lines.append(f"{count(found.total, 'group')}, {size(found.wasted_bytes)} to free.")
    return "\n".join(lines)


def _overlap(overlap: Overlap) -> str:
    share = f"{overlap.shared:,} of {count(overlap.files, 'file')}, {size(overlap.bytes)}"
    return f"{overlap.percent:.0f} % of {line(overlap.folder)}\n  is also in {line(overlap.inside)}  ({share})"


def _group(group: Group) -> Iterator[str]:
    tie = ", a tie" if group.tie else ""
    free = f", {size(group.wasted_bytes)} to free" if group.kind == "exact" else ""
    yield f"#{group.id}  {group.kind}, {size(group.size_bytes)} each{free}{tie}. {group.proof}"
    for copy in group.files:
        mark = "     " if group.kind != "exact" else "keep " if copy.keep else "spare"
        yield f"  {mark} {copy.id:>7}  {line(copy.path)}  ({copy.reason})"
    yield from (f"        {sentence}" for sentence in group.differences)


def plan(plan: Plan) -> str:
    """What would happen, and what would not."""
    lines = [f"{plan.title}:"]
    for step in plan.steps[:SHOWN_STEPS]:
        target = "" if step.action == "remove" else f"\n    -> {line(step.target)}"
        twin = f"\n    stays: {line(step.twin)}" if step.twin else ""
        lines.append(f"  {step.action} {line(step.path)}{target}{twin}")
    lines += _more(len(plan.steps) - SHOWN_STEPS)
    lines += [f"  not {line(refusal.path)}: {refusal.reason}" for refusal in plan.refused[:SHOWN_PROBLEMS]]
    lines += _more(len(plan.refused) - SHOWN_PROBLEMS)
    lines += [f"Mind: {warning}" for warning in plan.warnings]
    freed = f", {size(plan.bytes_freed)} freed once the trash is emptied" if plan.bytes_freed else ""
    lines.append(f"{count(len(plan.steps), 'file')} to change{freed}." if plan.steps else "Nothing to do.")
    return "\n".join(lines)


def receipt(receipt: Receipt) -> str:
    """What was done, what was not, and how to take it back."""
    undone = receipt.state in ("undone", "partly undone")
    what = "brought back" if undone else _DONE[receipt.kind]
    lines = [f"{receipt.done:,} of {count(receipt.steps, 'file')} {what}."]
    lines += [f"  not {line(problem.path)}: {problem.reason}" for problem in receipt.problems[:SHOWN_PROBLEMS]]
    lines += _more(len(receipt.problems) - SHOWN_PROBLEMS)
    if not undone and receipt.done:
        lines.append(f"ctk undo {receipt.id} takes it back.")
    return "\n".join(lines)


def history(receipts: Sequence[Receipt]) -> str:
    lines = [
        f"{receipt.id:>5}  {time.strftime('%Y-%m-%d %H:%M', time.localtime(receipt.created_s))}"
        f"  {receipt.state:<13}  {line(receipt.title)}  ({receipt.done:,} of {receipt.steps:,})"
        for receipt in receipts
    ]
    return "\n".join(lines) or "Nothing was changed yet."


def held(files: Sequence[Held]) -> str:
    lines = [
        f"  {size(file.size_bytes):>9}  {line(file.path)}  (undo {file.receipt_id})" for file in files[:SHOWN_STEPS]
    ]
    lines += _more(len(files) - SHOWN_STEPS)
    lines.append(f"{count(len(files), 'removed file')}, {size(sum(file.size_bytes for file in files))}.")
    return "\n".join(lines)


def emptying(files: Sequence[Held], *, permanently: bool) -> str:
    where = "deleted for good" if permanently else "sent to the system's trash"
    return f"{held(files)}\nThey are {where}; undo cannot bring them back then."


def emptied(freed: int, *, permanently: bool) -> str:
    return f"{size(freed)} freed." if permanently else f"{size(freed)} sent to the system's trash."


def _more(left: int) -> list[str]:
    return [f"  ... and {left:,} more (--json lists them all)"] if left > 0 else []
