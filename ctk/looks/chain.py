"""A look with its parents, up to the one that says everything."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from ctk.errors import CtkError
from ctk.looks import check, filling, package
from ctk.looks.about import ROOT
from ctk.looks.check import Draft
from ctk.looks.look import Fault, Look
from ctk.looks.report import Verdict, shown
from ctk.looks.vocabulary import Vocabulary

MOST_PARENTS: Final = 16

Judged = tuple[Look, Verdict]
"""What can be shown, which is the parent's where there are errors, and what was found."""


class Chain:
    """``find`` tells the folder of an id. One chain reads each look once."""

    def __init__(self, find: Callable[[str], Path | None], known: Vocabulary) -> None:
        self._find = find
        self._known = known
        self._judged: dict[str, Judged] = {}

    def resolve(self, id: str, children: tuple[str, ...] = ()) -> Judged | None:
        """The look of this id, for ``children`` that come from it; ``None`` where there is none."""
        place = self._find(id)
        if place is None:
            return None
        if id not in self._judged:
            judged = self.judge(place, id, children)
            if judged[1].ring or children:  # another start may see it otherwise
                return judged
            self._judged[id] = judged
        return self._judged[id]

    def judge(self, place: Path, id: str = "", children: tuple[str, ...] = ()) -> Judged:
        """The look in a folder or zip, which must have this ``id``, if any is given."""
        try:
            files, troubles = package.load(place)
        except OSError as exc:
            files, troubles = {}, (Fault(place.name, 0, f"it cannot be read: {exc.strerror}."),)
        draft = check.draft(files, troubles, self._known)
        said = draft.sheet.about if draft.sheet else None
        if said and id and said.id and said.id != id:
            draft.report.error(("id",), f"id is {shown(said.id)}, and its folder is called {shown(id)}.")
        own = id or (said.id if said else "")
        base, ring = self._base(draft, own, children)
        check.fit(draft, base, self._known)
        errors = draft.report.errors
        if not said or not draft.sheet:
            return base, Verdict(id, id, ROOT, errors, draft.report.remarks)
        look = base if errors else filling.fill(draft.sheet, base, place, self._known)
        return look, Verdict(own, said.name or own, said.parent, errors, draft.report.remarks, ring)

    def root(self) -> Look:
        """The look that says everything. Raises ``CtkError`` where the program's own files are damaged."""
        found = self.resolve(ROOT)
        if found is None or found[1].errors:
            first = f": {found[1].errors[0]}" if found else "."
            raise CtkError(f"The look {ROOT} that belongs to the program is damaged; install the program again{first}")
        return found[0]

    def _base(self, draft: Draft, id: str, children: tuple[str, ...]) -> tuple[Look, tuple[str, ...]]:
        """What the look is filled up from, and the looks that come from each other, if there are such."""
        parent = draft.sheet.about.parent if draft.sheet else ROOT
        if id == ROOT or not parent:
            return filling.bare(self._known), ()
        if parent == ROOT:
            return self.root(), ()
        line = (*children, id)
        if parent in line:
            ring = line[line.index(parent) :]
            draft.report.error(("parent",), f"looks come from each other: {', '.join((*ring, parent))}.")
            return self.root(), ring
        if len(line) > MOST_PARENTS:
            draft.report.error(("parent",), f"a look has up to {MOST_PARENTS} parents above each other.")
            return self.root(), ()
        above = self.resolve(parent, line)
        if above is None:
            draft.report.remark(("parent",), f"there is no look {parent} here: what is not said comes from {ROOT}.")
            return self.root(), ()
        base, verdict = above
        if id in verdict.ring:
            draft.report.error(
                ("parent",), f"looks come from each other: {', '.join((*verdict.ring, verdict.ring[0]))}."
            )
        elif verdict.errors:
            draft.report.remark(("parent",), f"{parent} has errors: what is not said comes from {base.id}.")
        return base, verdict.ring
