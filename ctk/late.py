"""Names that one module gives on from others, which are loaded when the name is first asked for."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def late(module: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """The ``__getattr__`` of a module: ``homes`` says for each name which module it is from, and, after a colon, what
    it is called there where that is something else."""

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        home, _, there = homes[name].partition(":")
        value: object = getattr(import_module(home), there or name)
        setattr(sys.modules[module], name, value)
        return value

    return find
