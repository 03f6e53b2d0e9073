"""Which sound is meant: a file, or the id that search shows."""

import os
import re

from ctk.contract import Toolkit
from ctk.errors import NotFound


def id_of(toolkit: Toolkit, target: str) -> int:
    """The id of a file that is in the catalog, or that id itself. Raises ``NotFound``."""
    if target.isascii() and target.isdigit():
        return toolkit.catalog.get(int(target)).id
    path = os.path.abspath(target)
    query = " ".join(f'"{word}"' for word in re.findall(r"[^\W_]+", os.path.basename(path)))
    wanted = os.path.normcase(path)
    for row in toolkit.catalog.search(query, limit=toolkit.catalog.stats().files + 1).rows:
        if os.path.normcase(row.path) == wanted and row.state not in ("missing", "held"):
            return row.id
    raise NotFound(f"This file is not in the catalog: {path}. Scan its folder first.")
