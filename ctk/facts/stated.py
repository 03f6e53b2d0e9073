"""What is stated of a sound, and by whom. Pure."""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Kind = Literal["loop", "one-shot"]


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """A value, and where it was read: ``by`` is a word such as ``acid`` or ``name``, ``text`` is what stood there."""

    value: T
    by: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Claims:
    """What the chunks of a file claim, as they claim it; nothing is believed yet.

    ``beats`` and ``tempo`` are those of an ``acid`` chunk or an Apple Loop (``basc``, which has no tempo), ``by`` says
    which. Notes are MIDI numbers; ``key`` is as in ``music``. ``whole_loop`` is a sampler loop over the whole sound.
    """

    by: str = ""
    one_shot: bool | None = None
    beats: int = 0
    tempo: float = 0.0
    note: int | None = None
    note_by: str = ""
    key: int | None = None
    whole_loop: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """``bpm`` in beats a minute; ``key`` and ``note`` as in ``music``. ``None`` where nothing trustworthy says."""

    bpm: Said[float] | None = None
    key: Said[int] | None = None
    kind: Said[Kind] | None = None
    note: Said[int] | None = None
