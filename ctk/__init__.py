"""Creator's Toolkit: where are all my audio files?

``ctk.open()`` gives an open library: ``toolkit.catalog.search("kick")``, ``toolkit.audio.play(id)``,
``toolkit.sources.scan()``. See ``ctk.contract`` for everything it can do.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctk.toolkit import Toolkit

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(home: str | os.PathLike[str] | None = None) -> "Toolkit":
    """Open the library in ``home`` (else ``CTK_HOME``, else the system's place), made when it is not there.

    Close it with ``close()`` or use it in a ``with`` statement. Raises ``CatalogError``.
    """
    from ctk.toolkit import Toolkit

    return Toolkit(home)
