"""The looks that there are: those of the program, and those in the folder ``looks`` of the home."""

import os
from pathlib import Path
from typing import Final, Literal

from ctk import paths
from ctk.errors import CtkError, NotFound, UsageError
from ctk.looks import package, storing, writing
from ctk.looks.about import MOST_NAME, ROOT, fit_id
from ctk.looks.chain import Chain
from ctk.looks.look import SHEET, Entry, Fault, Look
from ctk.looks.report import Verdict, shown
from ctk.looks.vocabulary import VOCABULARY, Vocabulary

BUILTIN: Final = ("dark", "light", "high-contrast", "compact", "neon")
"""In the order in which they are shown."""


class Refused(CtkError):
    """A look with errors, all of which are in ``faults``."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"The look {name} has errors{more}: {faults[0]}")
        self.faults = faults


class Shelf:
    """``known`` is all that looks may name. A look that is asked for again is read again."""

    def __init__(self, home: Path, *, known: Vocabulary = VOCABULARY) -> None:
        self._builtin = paths.assets() / "looks"
        self._own = home / "looks"
        self._known = known

    def list(self) -> tuple[Entry, ...]:
        """All of them, those of the program first."""
        chain = self._chain()
        own = [id for id in storing.ids(self._own) if id not in BUILTIN]
        return tuple(entry for id in (*BUILTIN, *own) if (entry := self._entry(id, chain)) is not None)

    def get(self, id: str) -> Look:
        """The look of this id. Where it has errors or is not there, it is the next of its parents that can be had:
        the ``id`` of what comes tells, and ``faults`` say why."""
        chain = self._chain()
        found = None if id == ROOT else chain.resolve(id)
        return found[0] if found else chain.root()

    def faults(self, id: str) -> tuple[Fault, ...]:
        """What is wrong with a look of the shelf, and what its maker should know. Raises ``NotFound``."""
        return self._judged(id).faults

    def check(self, place: str | Path) -> Verdict:
        """Of a folder, a ``look.toml`` or a package, here or elsewhere. Raises ``NotFound``."""
        place = Path(place)
        if not os.path.exists(paths.os_path(str(place))):
            raise NotFound(f"There is no file {place}.")
        return self._chain().judge(place)[1]

    def install(self, file: str | Path) -> Entry:
        """Take over a package or folder that has no errors; an older version of the look is put aside.

        Raises ``Refused`` and ``CtkError``."""
        verdict = self.check(file)
        if verdict.errors:
            raise Refused(verdict.name or Path(file).name, verdict.errors)
        if verdict.id in BUILTIN:
            raise CtkError(f"There is a look {verdict.id} that belongs to the program; give yours another id.")
        try:
            files, _ = package.load(Path(file))
            storing.put(files, self._own, verdict.id)
        except OSError as exc:
            raise CtkError(f"The look could not be installed: {exc.strerror}.") from exc
        return self._present(verdict.id)

    def fork(self, id: str, new_id: str, *, name: str | None = None) -> Entry:
        """A look of the user's own that begins as a copy of another, which is its parent from now on.

        Raises ``NotFound``, ``Refused``, and ``UsageError`` where ``new_id`` cannot be one."""
        wrong = fit_id(new_id)
        if wrong:
            raise UsageError(wrong[0].upper() + wrong[1:])
        if self._place(new_id) is not None:
            raise CtkError(f"There is a look {new_id} already.")
        self._sound(id)
        look = self.get(id)
        name = f"{look.name} of my own"[:MOST_NAME] if name is None else name.strip()
        if not (name and len(name) <= MOST_NAME and name.isprintable()):
            raise UsageError(f"A name is one line of up to {MOST_NAME} letters.")
        try:
            files = writing.fork(look, new_id, name, self._known)
            storing.put(files, self._own, new_id)
        except OSError as exc:
            raise CtkError(f"The look could not be written: {exc.strerror}.") from exc
        return self._present(new_id)

    def export(self, id: str, file: str | Path) -> Path:
        """Write a look as a package; into a folder under its own name. Raises ``NotFound`` and ``Refused``."""
        place = self._sound(id)
        target = Path(file)
        if target.is_dir():
            target /= f"{id}{package.SUFFIX}"
        try:
            storing.write(package.packed(package.load(place)[0]), target)
        except OSError as exc:
            raise CtkError(f"The look could not be written to {target}: {exc.strerror}.") from exc
        return target

    def remove(self, id: str) -> Path:
        """Take a look of the user's own away; its folder is kept, for ``put_back``. Raises ``NotFound``."""
        if id in BUILTIN:
            raise CtkError(f"The look {id} belongs to the program and stays.")
        place = self.folder(id)
        try:
            return storing.put_aside(place, self._own, id)
        except OSError as exc:
            raise CtkError(f"The look could not be removed: {exc.strerror}.") from exc

    def put_back(self, id: str, kept: Path) -> Entry:
        """A look that was removed is there again. Raises ``NotFound`` where its folder is gone."""
        if not os.path.isdir(paths.os_path(str(kept))):
            raise NotFound(f"The look {id} that was removed is not in {kept.parent} any more.")
        try:
            storing.put_back(kept, self._own, id)
        except FileExistsError as exc:
            raise CtkError(f"There is another look {id} now; remove it first.") from exc
        except OSError as exc:
            raise CtkError(f"The look could not be put back: {exc.strerror}.") from exc
        return self._present(id)

    def folder(self, id: str) -> Path:
        """Where its files are. Raises ``NotFound``."""
        place = self._place(id)
        if place is None:
            raise NotFound(f"There is no look {shown(id)}.")
        return place

    def line(self, id: str) -> tuple[Path, ...]:
        """The folders of a look and of all its parents; none, where one of them is not here or has errors."""
        chain, found = self._chain(), []
        while id:
            place, judged = self._place(id), chain.resolve(id)
            if place is None or judged is None or judged[1].errors:
                return ()
            found.append(place)
            id = judged[1].parent
        return tuple(found)

    def _chain(self) -> Chain:
        return Chain(self._place, self._known)

    def _place(self, id: str) -> Path | None:
        if id in BUILTIN:
            return self._builtin / id
        return None if fit_id(id) else storing.find(self._own, id)

    def _judged(self, id: str) -> Verdict:
        found = self._chain().resolve(id)
        if found is None:
            raise NotFound(f"There is no look {shown(id)}.")
        return found[1]

    def _sound(self, id: str) -> Path:
        """The folder of a look without errors."""
        verdict = self._judged(id)
        if verdict.errors:
            raise Refused(verdict.name, verdict.errors)
        return self.folder(id)

    def _present(self, id: str) -> Entry:
        entry = self._entry(id, self._chain())
        if entry is None:
            raise NotFound(f"There is no look {id}.")
        return entry

    def _entry(self, id: str, chain: Chain) -> Entry | None:
        if wrong := fit_id(id):  # a folder that someone put there
            return Entry(id, id, ROOT, "broken", (Fault(SHEET, 0, wrong),), self._own / id)
        place, found = self._place(id), chain.resolve(id)
        if place is None or found is None:
            return None
        verdict = found[1]
        status: Literal["builtin", "installed", "broken"] = "builtin" if id in BUILTIN else "installed"
        if verdict.errors:
            status = "broken"
        return Entry(id, verdict.name, verdict.parent, status, verdict.errors, place)
