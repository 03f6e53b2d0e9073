"""What chunks claim of loops and instruments: ACID's, samplers' and Apple's. Whether it is true is judged elsewhere."""

from collections.abc import Mapping
from struct import Struct
from typing import Final

from ctk.facts import music
from ctk.facts.stated import NO_CLAIMS, Claims
from ctk.sources.headers.metadata import text

_ACID: Final = Struct("<IHHfIHHf")
_SMPL: Final = Struct("<9I")
_SMPL_LOOP: Final = Struct("<6I")
_INST: Final = Struct("7b")
_BASC: Final = Struct(">IIHH")
_U32: Final = Struct(">I").unpack_from

WAVE: Final = {b"acid": _ACID.size, b"smpl": _SMPL.size + _SMPL_LOOP.size, b"inst": _INST.size}
AIFF: Final = {b"basc": _BASC.size, b"INST": _INST.size}
"""The chunks that claim something, and how much of each is read."""

APPLE: Final = bytes.fromhex("29819273b5bf4aefb78d62d1ef90bb2c")
"""Which of the ``uuid`` chunks of a CAF file holds the texts of an Apple Loop."""

_ONE_SHOT, _ROOT_SET = 1, 2
_MINOR, _MAJOR, _BOTH = 1, 2, 4
_MODES: Final = {_MINOR: music.MINOR, _MAJOR: 0, _BOTH: music.TONIC}
_MODE_NAMES: Final = {"minor": music.MINOR, "major": 0, "both": music.TONIC}
_KEYS_ON_A_KEYBOARD: Final = 127
_PAIRS_LIMIT: Final = 200


def wave(chunks: Mapping[bytes, bytes]) -> Claims:
    """Of the chunks of a WAV file that are in ``WAVE``."""
    one_shot, beats, tempo, root = _acid(chunks.get(b"acid", b""))
    note, note_by, mapped = None, "", False
    if len(inst := chunks.get(b"inst", b"")) == _INST.size:
        note, mapped = _instrument(inst)
        note_by = "inst"
    if len(smpl := chunks.get(b"smpl", b"")) >= _SMPL.size:
        _, _, _, played, fraction, _, _, loops, _ = _SMPL.unpack_from(smpl)
        mapped = (mapped and note == played) or fraction != 0 or (loops > 0 and _sustains(smpl))
        note, note_by = played, "smpl"
    if note is not None and not 0 <= note <= _KEYS_ON_A_KEYBOARD:
        note, note_by, mapped = None, "", False
    return Claims("acid" if b"acid" in chunks else "", one_shot, beats, tempo, root, None, note, note_by, mapped)


def aiff(chunks: Mapping[bytes, bytes]) -> Claims:
    """Of the chunks of an AIFF file that are in ``AIFF``. An Apple Loop without beats is a one-shot."""
    note, note_by, mapped = None, "", False
    if len(inst := chunks.get(b"INST", b"")) == _INST.size:
        note, mapped = _instrument(inst, gain=False)
        note_by = "INST"
    if note is not None and note < 0:
        note, note_by, mapped = None, "", False
    if len(basc := chunks.get(b"basc", b"")) < _BASC.size:
        return Claims(note=note, note_by=note_by, mapped=mapped)
    _, beats, root, scale = _BASC.unpack(basc)
    key = root % 12 + _MODES[scale] if scale in _MODES and root <= _KEYS_ON_A_KEYBOARD else None
    return Claims("basc", not beats, beats, key=key, note=note, note_by=note_by, mapped=mapped)


def apple(chunk: bytes) -> Claims:
    """Of the texts of an Apple Loop in a CAF file, which follow the chunk's own id."""
    if len(chunk) < 4:
        return NO_CLAIMS
    count = min(_U32(chunk)[0], _PAIRS_LIMIT)
    parts = [text(part) for part in chunk[4:].split(b"\0", 2 * count)[: 2 * count]]
    told = dict(zip(parts[::2], parts[1::2], strict=False))
    beats = told.get("beat count", "")
    tonic, mode = told.get("key signature", ""), told.get("key type", "")
    found = music.key(tonic.partition("/")[0])
    key = found % 12 + _MODE_NAMES[mode] if found is not None and mode in _MODE_NAMES else None
    number = int(beats) if beats.isascii() and beats.isdigit() and len(beats) < 6 else 0
    return Claims("caf", False, number, key=key) if number or key is not None else NO_CLAIMS


def _acid(chunk: bytes) -> tuple[bool, int, float, int | None]:
    if len(chunk) < _ACID.size:
        return False, 0, 0.0, None
    flags, root, _, _, beats, _, _, tempo = _ACID.unpack(chunk)
    told = bool(flags & _ROOT_SET) and root <= _KEYS_ON_A_KEYBOARD
    return bool(flags & _ONE_SHOT), beats, tempo, root if told else None


def _instrument(inst: bytes, *, gain: bool = True) -> tuple[int, bool]:
    """The note, and whether it is tuned, or stands among others on a keyboard."""
    note, cents, *rest = _INST.unpack(inst)
    low, high = rest[1:3] if gain else rest[:2]
    return note, cents != 0 or (low <= note <= high and 0 <= high - low < _KEYS_ON_A_KEYBOARD - 1 and high > 0)


def _sustains(smpl: bytes) -> bool:
    """Whether its first loop starts within the sound: a held note, not a loop of the whole."""
    return len(smpl) >= _SMPL.size + _SMPL_LOOP.size and _SMPL_LOOP.unpack_from(smpl, _SMPL.size)[2] > 0
