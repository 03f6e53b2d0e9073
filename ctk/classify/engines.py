"""Which engines there are, and which is the best that is ready."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ctk.classify import weights, worker
from ctk.errors import UsageError
from ctk.records.categories import Listener
from ctk.records.hearing import Engine

_NAMES: Final = Engine("names", True, "reads the names of files and folders")
_BUILT_IN: Final = Engine("built-in", True, "listens with the small model that comes with the program")
_CNN14: Final = "listens with CNN14, which knows 527 kinds of sound"


def all_of(home: Path) -> Sequence[Engine]:
    """Every engine, the quickest first."""
    return (_NAMES, _BUILT_IN, Engine("cnn14", (why := _missing(home)) is None, why or _CNN14))


def best(home: Path) -> Listener:
    """The best engine that is ready."""
    return [engine.name for engine in all_of(home) if engine.ready][-1]


def chosen(home: Path, engine: Listener | None, device: str) -> Listener:
    """``engine``, or the best one. Raises ``UsageError`` with the reason why it is not ready, or for no device."""
    worker.check_device(device)
    if engine is None:
        return best(home)
    for one in all_of(home):
        if one.name == engine and one.ready:
            return engine
        if one.name == engine:
            raise UsageError(one.detail)
    raise UsageError(f"There is no engine {engine}, only names, built-in and cnn14.")


def weights_words(home: Path) -> str:
    """Where what CNN14 learned is, or what having it takes."""
    found = weights.find(home)
    return weights.ABOUT if found is None else f"What CNN14 learned is in {found}."


def lacks_weights_only(home: Path) -> bool:
    """Whether CNN14 would be ready with what it learned."""
    return worker.panns_missing() is None and weights.find(home) is None


def _missing(home: Path) -> str | None:
    if why := worker.panns_missing():
        return why
    if weights.find(home) is None:
        return "CNN14 is not trained yet: fetch what it learned, 327 MB, with 'ctk classify --fetch' or in the window."
    return None
