"""Tempo, key, kind and note from the names of files and folders. Pure.

A wrong fact is worse than none: a number is a tempo only where it says so, or among loop-like words and in agreement
with the length; a letter is a key or a note only where it is written, or stands, as those are.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ctk.facts import music
from ctk.facts.stated import Kind, Said, Stated

_BPM_SPAN: Final = (40.0, 300.0)
_BARE_SPAN: Final = (50.0, 220.0)
_LOOSE_BEATS: Final = 0.06
"""What an encoder's padding and a cut to the nearest zero crossing add to whole beats."""

_LOOP_S: Final = (0.5, 90.0)
_HIT_LONGEST_S: Final = 2.0
_RANGE_BPM: Final = 25
"""Two tempos no further apart are the ends of a range, as in ``90-95bpm``."""

_LOOP: Final = frozenset("loop loops looped looping drumloop drumloops percloop percloops".split())
_PHRASE: Final = frozenset(
    "beat beats break breaks breakbeat breakbeats groove grooves riff riffs fill fills arp arps seq sequence melody "
    "melodies topline toplines chords progression progressions phrase phrases songstarter songstarters".split()
)
_HIT: Final = frozenset(
    "kick kicks kik bd bassdrum snare snares sn snr clap claps hat hats hh hihat hihats openhat closedhat ohh chh tom "
    "toms rim rimshot rims cowbell crash ride cymbal cymbals splash stab stabs hit hits snap snaps clave claves conga "
    "bongo tabla shot sidestick shaker tambourine".split()
)
_TONAL: Final = frozenset(
    "bass sub reese piano key keys rhodes wurli organ pad pads synth lead leads pluck plucks string strings guitar gtr "
    "guit bell bells brass choir vox vocal vocals flute sax trumpet violin cello harp marimba vibes chord chords tonal "
    "note notes mallet kalimba epiano drone 808".split()
)
_MACHINES: Final = frozenset(
    "tr tb cr sh juno jupiter jp jx dx mpc sp ms op mc rz kr hr dr sc fm prophet korg roland yamaha linn lm vol volume "
    "pack part take track no nr version ver v kit bank preset op1".split()
)
"""A number after one of these is a model, a volume or a take, not a tempo."""

_NUMBER: Final = r"(\d{2,3}(?:[.,]\d{1,2})?)"
_SPOKEN: Final = re.compile(
    rf"(?<![\d.,]){_NUMBER}[ _-]?bpm(?![a-z])|(?<![a-z])bpm[ _=-]?{_NUMBER}(?![\d.,]*\d)", re.IGNORECASE
)
_RANGE: Final = re.compile(r"(\d{2,3})\s?(?:-|to)\s?$", re.IGNORECASE)
_PIECE: Final = re.compile(r"[^\s_\-.,()\[\]{}+&;~!]+")
_HUMP: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_]+", re.UNICODE)

_MODE: Final = "m|min|minor|maj|major|moll|dur"
_KEY: Final = re.compile(
    rf"(?<![^\W_])([A-G])(#|♯|b|♭|[ _-]?sharp|[ _-]?flat)?(?:[ _-]?({_MODE}|Min|Minor|Maj|Major|MIN|MAJ|MINOR|MAJOR))?"
    r"(?![^\W_]|#)"
)
_OF_KEY: Final = re.compile(
    rf"(?:^|[\s_\-(\[])key[ _-]?(?:of[ _-])?([A-G][#b]?(?:[ _-]?(?:{_MODE}))?)(?![^\W_]|#)", re.I
)
_PLAYED: Final = re.compile(r"(?<![^\W_])([A-Ga-g])(#|♯|b|♭)?(-?[0-8])(?![^\W_]|#)")


class _Piece(NamedTuple):
    """Part of a name between separators; ``words`` are its words, and numbers, in lower case."""

    text: str
    words: tuple[str, ...]

    @property
    def number(self) -> float | None:
        return float(self.text) if self.text.isascii() and self.text.isdigit() and len(self.text) <= 3 else None


def read(folder: str, name: str, duration_s: float | None) -> Stated:
    """What the path says: ``name`` without its ending, ``folder`` inside its source, the length where it is known."""
    pieces, around = _pieces(name), _pieces(folder)
    words, outer = _words(pieces), _words(around)
    kind = _kind(pieces, around, duration_s)
    looped = kind is not None and kind.value == "loop"
    bpm = None
    if kind is None or looped:
        bpm = _spoken(name, folder) or _bare(pieces, duration_s, looped=looped, phrased=_phrased(words | outer))
    if kind is None and bpm is not None and _whole_beats(bpm.value, duration_s, of=4):
        kind, looped = Said("loop", bpm.by, bpm.text), True
    if looped or (kind is None and bpm is not None):
        return Stated(bpm, _key(name, pieces, bpm, words), kind, None)
    return Stated(bpm, _sure_key(name, words), kind, _note(name, pieces, words))


def _pieces(text: str) -> list[_Piece]:
    return [
        _Piece(found[0], tuple(word.casefold() for word in _HUMP.findall(found[0])))
        for part in re.split(r"[/\\]", text)
        for found in _PIECE.finditer(part)
    ]


def _words(pieces: Sequence[_Piece]) -> frozenset[str]:
    return frozenset(word for piece in pieces for word in (*piece.words, piece.text.casefold()))


def _phrased(words: frozenset[str]) -> bool:
    return bool(words & (_PHRASE | _LOOP))


def _kind(pieces: Sequence[_Piece], around: Sequence[_Piece], duration_s: float | None) -> Said[Kind] | None:
    """The name knows better than the folder, and the last folder better than the first."""
    for by, some in (("name", pieces), ("folder", around)):
        flat = [(word, piece.text) for piece in some for word in piece.words]
        told = list(_told(flat))
        if told:
            return Said(told[-1][0], by, told[-1][1])
    words = _words(pieces)
    if words & _HIT and not _phrased(words | _words(around)) and duration_s is not None and duration_s < _HIT_LONGEST_S:
        return Said("one-shot", "name", min(words & _HIT))
    return None


def _told(words: Sequence[tuple[str, str]]) -> Iterator[tuple[Kind, str]]:
    for at, (word, text) in enumerate(words):
        before = words[at - 1][0] if at else ""
        if word in _LOOP:
            yield "loop", text
        elif word in ("oneshot", "oneshots") or (word in ("shot", "shots") and before in ("one", "1", "single")):
            yield "one-shot", text


def _spoken(name: str, folder: str) -> Said[float] | None:
    """``128bpm``, ``92.5 BPM``, ``bpm_140``: a number that says what it is; none where several do."""
    for by, text in (("name", name), ("folder", folder)):
        found: dict[float, str] = {}
        for match in _SPOKEN.finditer(text):
            number = float((match[1] or match[2]).replace(",", "."))
            other = _RANGE.search(text[: match.start()])
            if other and 0 < abs(number - float(other[1])) <= _RANGE_BPM and float(other[1]) >= _BARE_SPAN[0]:
                return None
            if _BPM_SPAN[0] <= number <= _BPM_SPAN[1]:
                found.setdefault(number, match[0].strip(" _-"))
        if found:
            return _only(found, by)
    return None


def _only(found: dict[float, str], by: str) -> Said[float] | None:
    if len(found) != 1:
        return None
    ((number, text),) = found.items()
    return Said(number, by, text)


def _bare(pieces: Sequence[_Piece], duration_s: float | None, *, looped: bool, phrased: bool) -> Said[float] | None:
    """A plain number among loop-like words: where it makes whole bars of the length, or stands where tempos stand."""
    if not phrased:
        return None
    numbers = [at for at in range(len(pieces)) if _may_be_tempo(pieces, at)]
    fitting = [at for at in numbers if _whole_beats(pieces[at].number or 0, duration_s, of=4)]
    if len(fitting) != 1 and looped and len(numbers) == 1 and _stands_as_tempo(pieces, numbers[0]):
        at = numbers[0]
        if duration_s is None or _in_key(pieces, at) or _whole_beats(pieces[at].number or 0, duration_s, of=1):
            fitting = numbers
    if len(fitting) != 1:
        return None
    piece = pieces[fitting[0]]
    return Said(piece.number or 0.0, "name", piece.text)


def _may_be_tempo(pieces: Sequence[_Piece], at: int) -> bool:
    number = pieces[at].number
    if number is None or pieces[at].text.startswith("0") or not _BARE_SPAN[0] <= number <= _BARE_SPAN[1]:
        return False
    return not at or not pieces[at - 1].words or pieces[at - 1].words[-1] not in _MACHINES


def _stands_as_tempo(pieces: Sequence[_Piece], at: int) -> bool:
    """A number at the very end may just count; a tempo has a key or more words beside it."""
    return _in_key(pieces, at) or any(piece.number is None for piece in pieces[at + 1 :])


def _in_key(pieces: Sequence[_Piece], at: int) -> bool:
    beside = [pieces[near].text for near in (at - 1, at + 1) if 0 <= near < len(pieces)]
    return any(re.fullmatch(rf"[A-G](?:[#b♯♭])?(?:{_MODE})?|[a-g]", text) for text in beside)


def _whole_beats(bpm: float, duration_s: float | None, *, of: int) -> bool:
    """Whether the length is a whole multiple of ``of`` beats."""
    if duration_s is None or not _LOOP_S[0] < duration_s < _LOOP_S[1]:
        return False
    beats = duration_s * bpm / 60
    nearest = of * round(beats / of)
    return nearest >= of and abs(beats - nearest) < _LOOSE_BEATS


def _sure_key(name: str, words: frozenset[str]) -> Said[int] | None:
    """A key that is written out: with its mode, or after the word key."""
    found: dict[int, str] = {}
    for match in _OF_KEY.finditer(name):
        key = music.key(match[1])
        if key is not None:
            found.setdefault(key, match[1])
    for match in _KEY.finditer(name):
        if match[3] and not (match[0] == "Am" and words & {"i", "who", "what", "where"}):
            found.setdefault(_pitch(match) + _mode(match[3]), match[0])
    return _chosen(found)


def _key(name: str, pieces: Sequence[_Piece], bpm: Said[float] | None, words: frozenset[str]) -> Said[int] | None:
    """Of a loop also ``F#`` and ``Bb``, and a letter beside the tempo, as in ``155_E``."""
    sure = _sure_key(name, words)
    if sure is not None:
        return sure
    found: dict[int, str] = {}
    for match in _KEY.finditer(name):
        if match[2] and not match[3] and not _is_level(name, match):
            found.setdefault(_pitch(match) + music.TONIC, match[0])
    if not found and bpm is not None and bpm.by == "name":
        for at, piece in enumerate(pieces):
            if re.fullmatch("[A-Ga-g]", piece.text) and _beside(pieces, at, bpm.text) and not _names_it(pieces, at):
                found.setdefault(music.pitch(piece.text, None) + music.TONIC, piece.text)
    return _chosen(found)


def _note(name: str, pieces: Sequence[_Piece], words: frozenset[str]) -> Said[int] | None:
    """Of a single sound: ``F#``, ``C3`` where it sounds, ``bass_c``. Writers disagree on octaves, so none is told."""
    tonal = bool(words & _TONAL) and not words & _HIT - {"hit", "hits", "stab", "stabs"}
    found: dict[int, str] = {}
    for match in _PLAYED.finditer(name):
        if match[2] or (tonal and match[1].isupper()):
            found.setdefault(_pitch(match) + music.NAMED, match[0])
    for match in _KEY.finditer(name):
        if match[2] and not match[3] and not _is_level(name, match):
            found.setdefault(_pitch(match) + music.NAMED, match[0])
    if not found and tonal and len(pieces) > 1 and re.fullmatch("[C-Gc-g]", pieces[-1].text):
        found[music.pitch(pieces[-1].text, None) + music.NAMED] = pieces[-1].text
    return _chosen(found)


def _chosen(found: dict[int, str]) -> Said[int] | None:
    """The one that was found; where several were, none of them."""
    if len(found) != 1:
        return None
    ((value, text),) = found.items()
    return Said(value, "name", text)


def _pitch(match: re.Match[str]) -> int:
    return music.pitch(match[1], (match[2] or "").strip(" _-"))


def _mode(text: str) -> int:
    return music.MODES[text.casefold()]


def _is_level(name: str, match: re.Match[str]) -> bool:
    """``-6 Db`` is a level."""
    return match[0] == "Db" and bool(re.search(r"\d\s?$", name[: match.start()]))


def _beside(pieces: Sequence[_Piece], at: int, text: str) -> bool:
    return any(text.startswith(pieces[near].text) for near in (at - 1, at + 1) if 0 <= near < len(pieces))


def _names_it(pieces: Sequence[_Piece], at: int) -> bool:
    """``e piano``, ``e_organ``: the letter belongs to the instrument."""
    after = pieces[at + 1].words[:1] if at + 1 < len(pieces) else ()
    return bool(set(after) & {"piano", "organ", "guitar", "drum", "drums"})
