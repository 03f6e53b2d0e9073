"""Who stated what of a sound, as its row keeps it."""

import json

NAMES = ("bpm", "key", "type", "note")
"""How the facts are called where people see them, in the order of ``Stated``."""


def said_of(said: str | None) -> dict[str, tuple[str, str]]:
    """For each of ``NAMES`` that is known: by whom it is said, and what stood there."""
    return {name: (by, text) for name, (by, text) in json.loads(said).items()} if said else {}
