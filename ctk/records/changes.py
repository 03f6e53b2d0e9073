"""The records of changing files, and of which sounds are the same, as ``ctk.records`` gives them on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ctk.records.library import Problem

Action = Literal["move", "rename", "remove"]
PlanKind = Literal["move", "rename", "remove", "clean"]
ReceiptState = Literal["applying", "done", "undone", "partly undone"]
GroupKind = Literal["exact", "same audio", "near"]


@dataclass(frozen=True, slots=True)
class Step:
    """One file that goes from ``path`` to ``target``; size and time are checked again just before.

    For ``remove`` the target is in the holding folder of the source. ``twin`` is the copy that stays, whose bytes must
    still be the same when a duplicate is removed. Side files (``.asd`` ...) go along as (path, target).
    """

    sound_id: int
    action: Action
    path: str
    target: str
    size_bytes: int
    mtime_ns: int
    twin: str | None = None
    side_files: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that will not be touched, and why, in one sentence."""

    sound_id: int
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen, whole, before anything does. ``bytes_freed`` counts what leaves its folder for good once
    held files are emptied; ``warnings`` are sentences."""

    kind: PlanKind
    title: str
    steps: Sequence[Step] = ()
    refused: Sequence[Refusal] = ()
    warnings: Sequence[str] = ()
    bytes_freed: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a plan came to: ``done`` of ``steps`` were done, ``problems`` say why others were not. It can be undone."""

    id: int
    kind: PlanKind
    title: str
    created_s: float
    state: ReceiptState
    steps: int
    done: int
    bytes_freed: int
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A removed file that waits in a holding folder: where it was, where it is, and which receipt brings it back."""

    sound_id: int
    path: str
    held_path: str
    size_bytes: int
    receipt_id: int
    removed_s: float


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of a group of duplicates; ``reason`` says why it is the one to keep, or why it is not."""

    id: int
    path: str
    keep: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """Sounds that are the same. ``proof`` says how that is known; only ``exact`` groups have ``wasted_bytes``.

    ``tie`` is true when no rule could choose the copy to keep; ``differences`` are sentences on what differs.
    """

    id: int
    kind: GroupKind
    proof: str
    size_bytes: int
    files: Sequence[Copy]
    wasted_bytes: int
    tie: bool = False
    differences: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Groups:
    """Some of ``total`` groups, the most wasteful first; ``wasted_bytes`` is of all exact ones.

    ``problems`` are files that a search had to leave out, and why.
    """

    total: int
    wasted_bytes: int
    groups: Sequence[Group]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Overlap:
    """``percent`` of the ``files`` in ``folder`` (``shared`` of them, ``bytes``) are also in the folder ``inside``."""

    folder: str
    inside: str
    files: int
    shared: int
    percent: float
    bytes: int
