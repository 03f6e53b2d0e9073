"""What the steps of the self-test share: what was handed in, the folder they work in, and the sounds made there."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ctk.contract import Toolkit
from ctk.selftest.kinds import Kind
from ctk.selftest.tones import Tone

Ask = Callable[[str, dict[str, Any], str | None], Any]
"""Ask the open door for a method with parameters, with its own token or another. Raises ``CtkError``."""
WAIT_S = 30.0
"""How long each piece of long work may take."""


class Failed(Exception):
    """Something does not hold; the message is one sentence."""


class Parts(Protocol):
    """What the self-test cannot reach by itself: the clients, and how a home is opened. All raise what they like."""

    def open(self, home: Path) -> Toolkit:
        """The library in ``home``, which plays into nothing."""
        ...

    def window(self, toolkit: Toolkit) -> str:
        """Open the window, let it paint, and close it; what was to be seen."""
        ...

    def tray(self) -> str:
        """Load what the icon in the tray needs; which way it would take."""
        ...

    def door(self, toolkit: Toolkit) -> AbstractContextManager[Ask]:
        """The door for other programs, open for a while."""
        ...

    def cnn14(self, checkpoint: Path) -> str:
        """Have CNN14 started with the weights in a file; the sentence with which it refuses them. Empty where CNN14 is
        not part of this variant."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """A sound on the disk."""

    kind: Kind
    path: Path
    tone: Tone


@dataclass(slots=True)
class Bench:
    """Each step finds here what those before it made: ``made`` sounds, the files ``before`` they were cleaned up, and
    the ``receipt`` for that."""

    parts: Parts
    folder: Path | None = None
    opened: Toolkit | None = None
    made: list[Made] = field(default_factory=list)
    before: dict[Path, bytes] = field(default_factory=dict)
    receipt: int | None = None

    @property
    def place(self) -> Path:
        """The folder to work in. Raises ``Failed``."""
        if self.folder is None:
            raise Failed("There is no folder to try this in.")
        return self.folder

    @property
    def sounds(self) -> Path:
        """Where the sounds are. Raises ``Failed``."""
        return self.place / "Sounds"

    @property
    def toolkit(self) -> Toolkit:
        """The open library. Raises ``Failed``."""
        if self.opened is None:
            raise Failed("There is no open catalog to try this with.")
        return self.opened

    def id_of(self, name: str) -> int:
        """The catalogued sound with exactly this file name. Raises ``Failed``."""
        found = [row.id for row in self.toolkit.catalog.search().rows if row.name == name]
        if len(found) != 1:
            raise Failed(f"{name} is in the catalog {len(found)} times instead of once.")
        return found[0]
