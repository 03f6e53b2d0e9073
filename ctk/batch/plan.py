"""What would happen, found out before anything does: steps, and for each file that cannot go along the reason. Pure.

A ``View`` answers for the disk. Nothing here changes anything, and ``apply`` looks at everything again.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from ctk.batch.names import trouble
from ctk.records import Action, Plan, PlanKind, Refusal, Sound, Step


class Seen(NamedTuple):
    """A file as it is on the disk now; ``kind`` is file, link, other, or hidden when it may not be looked at."""

    kind: Literal["file", "link", "other", "hidden"]
    size_bytes: int = 0
    mtime_ns: int = 0
    device: int = 0
    inode: int = 0
    links: int = 1


class View(Protocol):
    """What a plan asks of the disk."""

    def look(self, path: str) -> Seen | None:
        """What is at ``path``, links not followed."""
        ...

    def side_files(self, path: str) -> Sequence[str]:
        """The endings of the files that belong to the sound ``path``: its own name and then ``.asd``."""
        ...

    def key(self, path: str) -> str:
        """Equal for paths that are one place, also where the disk ignores case."""
        ...

    def volume(self, folder: str) -> int:
        """Which volume a folder is on, or would be on when it is made."""
        ...

    def room(self, folder: str) -> int:
        """How many bytes fit there."""
        ...

    def is_protected(self, path: str) -> bool:
        """Whether it lies in a protected folder."""
        ...


ONLINE = "This file is only in the cloud; download it first."
_STATES = {
    "missing": "This file is missing; there is nothing to be done with it.",
    "offline": "The drive of this file is not here.",
    "cloud": ONLINE,
    "held": "This sound was removed already.",
}
_KINDS = {
    "link": "This is a link to a file elsewhere; links are left alone.",
    "other": "This is not a file.",
    "hidden": "This file cannot be looked at.",
}
PROTECTED = "This file is in a protected folder."
CHANGED = "This file has changed since the last scan; scan its folder again."
GONE = "This file is no longer there; scan its folder again."
OCCUPIED = "There already is a file called {} in that place."
SAME_FILE = "This is the same file as the copy that stays, under another name."


@dataclass(slots=True)
class _Draft:
    """A file that might go from its place to ``target``."""

    sound: Sound
    seen: Seen
    target: str
    endings: Sequence[str]
    twin: str | None = None

    def places(self) -> Iterable[tuple[str, str]]:
        """Where the sound and its side files are, and where they would go."""
        yield self.sound.path, self.target
        for ending in self.endings:
            yield self.sound.path + ending, self.target + ending


@dataclass(slots=True)
class _Sheet:
    """A plan while it is made."""

    view: View
    drafts: list[_Draft] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, sound: Sound, reason: str) -> None:
        self.refused.append(Refusal(sound.id, sound.path, reason))

    def take(self, sound: Sound, target: str, twin: str | None = None) -> None:
        """Put a sound on the sheet, unless the sound itself forbids it."""
        seen = self.view.look(sound.path)
        reason = _objection(sound, seen) or (PROTECTED if self.view.is_protected(sound.path) else None)
        if reason or seen is None:
            self.refuse(sound, reason or GONE)
        else:
            self.drafts.append(_Draft(sound, seen, target, self.view.side_files(sound.path), twin))

    def drop(self, which: dict[int, str]) -> None:
        """Take drafts off again, by their sound's id, each with the reason."""
        for draft in self.drafts:
            if draft.sound.id in which:
                self.refuse(draft.sound, which[draft.sound.id])
        self.drafts = [draft for draft in self.drafts if draft.sound.id not in which]

    def plan(self, kind: PlanKind, title: str, warnings: Sequence[str], bytes_freed: int = 0) -> Plan:
        action: Action = "remove" if kind == "clean" else kind
        steps = [
            Step(
                draft.sound.id,
                action,
                draft.sound.path,
                draft.target,
                draft.seen.size_bytes,
                draft.seen.mtime_ns,
                draft.twin,
                tuple(list(draft.places())[1:]) if draft.endings else (),
            )
            for draft in self.drafts
        ]
        return Plan(kind, title, tuple(steps), tuple(self.refused), tuple(warnings), bytes_freed)


def move(sounds: Sequence[Sound], folder: str, view: View) -> Plan:
    """All ``sounds`` into one folder under the names they have."""
    sheet = _Sheet(view)
    for sound in sounds:
        target = os.path.join(folder, sound.name)
        if view.key(target) == view.key(sound.path):
            sheet.refuse(sound, "This file is in that folder already.")
        else:
            sheet.take(sound, target)
    _settle_places(sheet)
    warnings = _copies(sheet)
    title = f"Move {_counted(len(sheet.drafts))} to {os.path.basename(folder) or folder}"
    return sheet.plan("move", title, warnings)


def rename(named: Sequence[tuple[Sound, str]], view: View, refused: Sequence[Refusal] = ()) -> Plan:
    """Give each sound its new name; ``refused`` are those for which there was none."""
    sheet = _Sheet(view, refused=list(refused))
    for sound, name in named:
        if name == sound.name:
            sheet.refuse(sound, "This is the name it has already.")
        elif problem := trouble(name, sound.name):
            sheet.refuse(sound, problem)
        else:
            target = os.path.join(os.path.dirname(sound.path), name)
            sheet.take(sound, target)
    _settle_places(sheet)
    return sheet.plan("rename", f"Rename {_counted(len(sheet.drafts))}", ())


def remove(sounds: Sequence[Sound], holding: Callable[[Sound], str], view: View) -> Plan:
    """Put ``sounds`` aside, each where ``holding`` says."""
    sheet = _Sheet(view)
    for sound in sounds:
        sheet.take(sound, holding(sound))
    return _removal(sheet, "remove", "sound")


def clean(pairs: Sequence[tuple[Sound, Sound]], holding: Callable[[Sound], str], view: View) -> Plan:
    """Put the first of each pair aside; the second, the same sound in another file, stays and is looked at as well."""
    sheet = _Sheet(view)
    spares = {view.key(spare.path) for spare, _ in pairs}
    for spare, kept in pairs:
        if view.key(kept.path) in spares:
            sheet.refuse(spare, "The copy that should stay is to be removed itself.")
        elif _objection(kept, view.look(kept.path)):
            sheet.refuse(spare, f"The copy that should stay is not there as it was found: {kept.path}")
        elif spare.size_bytes != kept.size_bytes:
            sheet.refuse(spare, f"This file is not the same as the copy that should stay: {kept.path}")
        elif _identity(view.look(spare.path)) == _identity(view.look(kept.path)):
            sheet.refuse(spare, SAME_FILE)
        else:
            sheet.take(spare, holding(spare), kept.path)
    return _removal(sheet, "clean", "duplicate")


def _removal(sheet: _Sheet, kind: PlanKind, noun: str) -> Plan:
    _settle_places(sheet)
    warnings = _copies(sheet)
    names = Counter((draft.seen.device, draft.seen.inode) for draft in sheet.drafts if draft.seen.links > 1)
    freed, linked = 0, 0
    for draft in sheet.drafts:
        if draft.seen.links == 1:
            freed += draft.seen.size_bytes
            continue
        linked += 1
        place = (draft.seen.device, draft.seen.inode)
        if names.pop(place, 0) >= draft.seen.links:
            freed += draft.seen.size_bytes
    if linked:
        warnings.append(
            f"{_counted(linked)} can be reached under several names (hard links): space is freed only when all go."
        )
    return sheet.plan(kind, f"Remove {_counted(len(sheet.drafts), noun)}", warnings, freed)


def _objection(sound: Sound, seen: Seen | None) -> str | None:
    """Why nothing may be done with a sound as it is in the catalog and on the disk."""
    if sound.state in _STATES:
        return _STATES[sound.state]
    if seen is None:
        return GONE
    if seen.kind != "file":
        return _KINDS[seen.kind]
    if (seen.size_bytes, seen.mtime_ns) != (sound.size_bytes, sound.mtime_ns):
        return CHANGED
    return None


def _identity(seen: Seen | None) -> tuple[int, int] | None:
    return None if seen is None or seen.inode == 0 else (seen.device, seen.inode)


def _settle_places(sheet: _Sheet) -> None:
    """Refuse whatever would meet a file in its new place; who waits for a place that then stays taken goes with it."""
    view = sheet.view
    leaving = {view.key(path): draft for draft in sheet.drafts for path, _ in draft.places()}
    waiting: defaultdict[int, list[_Draft]] = defaultdict(list)
    coming: dict[str, _Draft] = {}
    out: dict[int, str] = {}
    for draft in sheet.drafts:
        for _, target in draft.places():
            key = view.key(target)
            first = coming.setdefault(key, draft)
            if first is not draft:
                out[draft.sound.id] = f"{first.sound.path} would get the same name."
            elif (owner := leaving.get(key)) is not None:
                waiting[owner.sound.id].append(draft)
            elif view.look(target) is not None:
                out[draft.sound.id] = OCCUPIED.format(os.path.basename(target))
    todo = list(out)
    while todo:
        for draft in waiting.pop(todo.pop(), ()):
            if draft.sound.id not in out:
                out[draft.sound.id] = OCCUPIED.format(os.path.basename(draft.target))
                todo.append(draft.sound.id)
    sheet.drop(out)


def _copies(sheet: _Sheet) -> list[str]:
    """What goes to another volume has to be copied: say so, and refuse what does not fit there."""
    view = sheet.view
    left: dict[int, int] = {}
    out: dict[int, str] = {}
    count, size_bytes = 0, 0
    for draft in sheet.drafts:
        folder = os.path.dirname(draft.target)
        volume = view.volume(folder)
        if volume == view.volume(os.path.dirname(draft.sound.path)):
            continue
        left.setdefault(volume, view.room(folder))
        if left[volume] < draft.seen.size_bytes:
            out[draft.sound.id] = "There is not enough space left on the other drive."
            continue
        left[volume] -= draft.seen.size_bytes
        count, size_bytes = count + 1, size_bytes + draft.seen.size_bytes
    sheet.drop(out)
    if not count:
        return []
    return [f"{_counted(count)} ({size_bytes / 1e6:,.1f} MB) must be copied to another drive, which takes time."]


def _counted(count: int, noun: str = "sound") -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
