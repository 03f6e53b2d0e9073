"""Which sounds are meant: files, the ids that search shows, or what a search finds."""

import os
import re
from collections.abc import Sequence

from ctk.contract import Toolkit
from ctk.errors import NotFound, UsageError


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


def chosen(toolkit: Toolkit, targets: Sequence[str], query: str | None) -> Sequence[int]:
    """The ids of the sounds named, then those that the search finds; none twice. Raises ``NotFound``, and
    ``UsageError`` where nothing is named."""
    if not targets and query is None:
        raise UsageError("Say which sounds: files, the ids that search shows, or --query TEXT.")
    named = [id_of(toolkit, target) for target in targets]
    found = toolkit.catalog.ids(query) if query is not None else ()
    return list(dict.fromkeys([*named, *found]))
