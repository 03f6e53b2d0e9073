"""Drawn pictures kept from one start to the next: drawing them takes longer than all that shows them."""

import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

MOST: Final = 2_000
"""Pictures in the file; with more (many looks, many screens) it begins anew."""


class Kept:
    """``get`` a picture, drawn unless it is in ``file`` from before; ``save`` what was drawn since.

    A file from before the drawing changed is not used. Without a file they are kept in memory alone.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._stamp = _stamp()
        self._pictures: dict[str, str] = self._read()
        self._drawn = False

    def get(self, key: tuple[object, ...], draw: Callable[[], bytes]) -> str:
        """The picture in base64, as Tk takes it."""
        name = repr(key)
        if name not in self._pictures:
            self._pictures[name] = draw().decode("ascii")
            self._drawn = True
        return self._pictures[name]

    def save(self) -> None:
        """Write the file if there is anything new, whole or not at all."""
        if self._file is None or not self._drawn:
            return
        self._drawn = False
        pictures = self._pictures if len(self._pictures) <= MOST else {}
        part = self._file.with_suffix(".part")
        try:
            part.write_text(json.dumps({"stamp": self._stamp, "pictures": pictures}), "utf-8")
            os.replace(part, self._file)
        except OSError as exc:
            log.info("drawn pictures could not be kept: %s", exc)

    def _read(self) -> dict[str, str]:
        if self._file is None:
            return {}
        try:
            found = json.loads(self._file.read_bytes())
            if found["stamp"] == self._stamp:
                return {str(name): str(picture) for name, picture in found["pictures"].items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            pass  # absent, or of no use: drawn anew
        return {}


def _stamp() -> str:
    """Another one whenever the code that draws is another: when its files, or the bundle it is in, were written."""
    here = Path(__file__)
    drawing = (here.with_name(f"{name}.py") for name in ("drawing", "icons", "faces", "masks"))
    files = [*drawing, Path(sys.executable)]
    return " ".join(str(file.stat().st_mtime_ns) for file in files if file.exists())
