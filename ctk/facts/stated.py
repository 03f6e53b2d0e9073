"""What is stated of a sound, and by whom. Pure."""

from dataclasses import dataclass
from typing import Final, Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")
Kind = Literal["loop", "one-shot"]


class Said(NamedTuple, Generic[T]):
    """A value, and where it was read: ``by`` is a word such as ``acid`` or ``name``, ``text`` is what stood there."""

    value: T
    by: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Claims:
    """What the chunks of a file claim, as they claim it; nothing is believed yet.

    ``by`` names the chunk that says ``one_shot``, ``beats``, ``tempo`` (0 where it has none), ``root`` and ``key``:
    ``acid``, or ``basc`` and ``caf`` of Apple Loops. ``root`` is the MIDI note that a loop is built on. ``note`` is the
    MIDI note at which a sampler plays the sound as it is, by ``note_by``; it is ``mapped`` where the chunk shows that
    somebody made an instrument of it, and did not leave everything as writers fill it in. Keys are as in ``music``.
    """

    by: str = ""
    one_shot: bool = False
    beats: int = 0
    tempo: float = 0.0
    root: int | None = None
    key: int | None = None
    note: int | None = None
    note_by: str = ""
    mapped: bool = False


NO_CLAIMS: Final = Claims()


class Stated(NamedTuple):
    """``bpm`` in beats a minute; ``key`` and ``note`` as in ``music``. ``None`` where nothing trustworthy says."""

    bpm: Said[float] | None = None
    key: Said[int] | None = None
    kind: Said[Kind] | None = None
    note: Said[int] | None = None


NOTHING: Final = Stated()
