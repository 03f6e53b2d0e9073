"""One version and variant of the program, ready to be packed."""

from dataclasses import dataclass
from pathlib import Path

import identity
from linux.needs import Needs


@dataclass(frozen=True)
class Edition:
    """``bundle`` is the folder; ``moment`` is when this version was made, in seconds of Unix time."""

    bundle: Path
    version: str
    variant: str
    needs: Needs
    moment: int

    @property
    def name(self) -> str:
        """What its package is called."""
        return identity.bundle_name(self.variant)
