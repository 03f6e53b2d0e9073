"""What a look says of itself: its number, names, and where it comes from."""

import re
from typing import Final, NamedTuple

from ctk.looks.look import API
from ctk.looks.part import Part
from ctk.looks.report import shown

ROOT: Final = "dark"
"""The look that says everything; what no parent says comes from it."""
RESERVED: Final = frozenset(
    {"system", "con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""The choice to go by the system, and what Windows lets no folder be called."""
MOST_NAME: Final = 60

_TOLD = {"version": 40, "author": 200, "licence": 100}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


class About(NamedTuple):
    """Empty is what is not said, or wrong."""

    id: str
    name: str
    version: str
    author: str
    licence: str
    parent: str


def about(part: Part) -> About | None:
    """From the top of a sheet; ``None`` where it is for another version of the program."""
    api = part.number("api", 1, 10**9)
    if api is not None and api != API:
        part.wrong("api", f"this look is for a newer version of the program: api is {api}, here it is {API}.")
        return None
    for key in ("api", "id", "name"):
        if key not in part:
            part.wrong(key, f"{key} is missing.")
    id, parent = _id(part, "id"), _id(part, "parent")
    if id == ROOT:
        if "parent" in part:
            part.wrong("parent", f"{ROOT} has no parent: it says everything.")
        parent = ""
    elif id and id == parent:
        part.wrong("parent", "a look cannot be its own parent.")
        parent = ROOT
    name = (part.text("name", MOST_NAME) or "").strip()
    if "name" in part and not name:
        part.wrong("name", "name is empty.")
    version, author, licence = (part.text(key, most) or "" for key, most in _TOLD.items())
    return About(id, name, version, author, licence, parent if id == ROOT else parent or ROOT)


def fit_id(id: str) -> str:
    """What is wrong with an id; empty when it can be one."""
    if not _ID.fullmatch(id):
        return f"{shown(id)} cannot be an id: 2 to 40 small letters, digits and hyphens, no hyphen first."
    if id in RESERVED:
        return f"{shown(id)} cannot be an id: the name is taken by the system."
    return ""


def _id(part: Part, key: str) -> str:
    id = part.text(key, 200)
    wrong = "" if id is None else fit_id(id)
    if wrong:
        part.wrong(key, wrong)
    return "" if id is None or wrong else id
