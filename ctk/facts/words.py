"""One word of a name: what it may mean by itself. Pure; the words of a library repeat, so each is worked out once."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from ctk.facts import music

LOOP, SHOT, ONE, SHOTS, PHRASE, HIT, DRUM, TONAL, LOW, VOICE = (1 << bit for bit in range(10))
MACHINE, UNIT, BPM, MODE, SIGN, KEY, INSTRUMENT, PERSON, NUMBER, PITCH = (1 << bit for bit in range(10, 20))
SIGNED, LOWER, RINGS, BRIEF = (1 << bit for bit in range(20, 24))

_MEANINGS: Final = {
    LOOP: "loop loops",
    SHOT: "oneshot oneshots",
    ONE: "one 1 single",
    SHOTS: "shot shots",
    PHRASE: "beat beats break breaks breakbeat breakbeats groove grooves riff riffs fill fills arp arps seq sequence "
    "melody melodies topline toplines progression progressions phrase phrases songstarter songstarters",
    HIT: "kick kicks kik bd bassdrum snare snares sn snr sd clap claps hat hats hh hihat hihats openhat closedhat ohh "
    "chh oh ch tom toms rim rims rimshot rimshots cowbell crash ride cymbal cymbals cym splash stab stabs hit hits "
    "snap snaps clave claves conga congas bongo bongos tabla djembe sidestick tambourine maraca maracas agogo cajon "
    "woodblock fingersnap handclap china floortom kickdrum snaredrum hhclosed hhopen hhpedal",
    RINGS: "crash cymbal cymbals china splash gong",
    BRIEF: "shaker shakers perc percs",
    DRUM: "drum drums perc percs percussion top tops shaker beat beats "
    "break breaks breakbeat breakbeats fill fills groove kit",
    TONAL: "bass basses sub reese piano keys rhodes wurli organ pad pads synth lead leads pluck "
    "plucks string strings guitar gtr guit bell bells brass choir flute sax trumpet violin cello harp marimba vibes "
    "chord chords tonal note notes mallet kalimba epiano ep drone 808 808s arp arps melody melodies riff riffs sitar "
    "clav melodic acid timpani",
    LOW: "bass sub reese 808 808s guitar gtr guit",
    VOICE: "vox vocal vocals voice choir",
    MACHINE: "tr cr sh juno jupiter jp dx mpc hr dr sc prophet korg roland yamaha linn vol volume pack part take track "
    "no nr number version ver v kit bank preset room level layer vel velocity rr mic tape reel disc cd side scene shot "
    "session model mk bar bars fx sfx matrix poly area highway route studio chapter volca minilogue akai emu casio",
    UNIT: "hz khz k bit bits db ms s sec secs second seconds minute minutes percent gram grams years year days ft cm "
    "mm inch kg st nd rd th",
    BPM: "bpm",
    MODE: " ".join(music.MODES),
    SIGN: "sharp flat",
    KEY: "key",
    INSTRUMENT: "clarinet trumpet sax saxophone cornet alto tenor horn tuba piano organ guitar drum drums bass perc "
    "string strings kit train side section",
    PERSON: "i i'm who what where here there you we they get let show kill make give tell hit drop bring got rock of "
    "em the my",
}
MARKS: Final[dict[str, int]] = {}
for _mark, _words in _MEANINGS.items():
    for _word in _words.split():
        MARKS[_word] = MARKS.get(_word, 0) | _mark

_NO_LOOP: Final = ("", "no", "non", "un")

_HUMP: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+|[^\W\d_]+")
_DECIMAL: Final = re.compile(r"([0-9]{2,3})[.,]([0-9]{1,2})")
_TEMPO: Final = r"([0-9]{2,3}(?:[.,][0-9]{1,2})?)"
_SPOKEN: Final = re.compile(
    rf"(?<![0-9.,]){_TEMPO}(?:bpm|Bpm|BPM)(?![a-z])|(?:(?<![A-Za-z])(?i:bpm)|(?<=[a-z])BPM){_TEMPO}(?![0-9])"
)
_LONG_MODE: Final = r"min|maj|minor|major|Min|Maj|Minor|Major|MIN|MAJ|MINOR|MAJOR|moll|dur|Moll|Dur"
_SIGN: Final = r"#|♯|b|♭|sharp|flat|Sharp|Flat"
_KEYS: Final = (
    re.compile(rf"([A-G])({_SIGN})?(m|{_LONG_MODE})"),
    re.compile(rf"([a-g])(#|♯|♭|b)?({_LONG_MODE})"),
    re.compile(r"([a-g])(#|♯)(m)"),
)
_ENDINGS: Final = (
    re.compile(rf".*[a-z0-9]([A-G])(#|♯|b)?({_LONG_MODE})"),
    re.compile(r".*[a-z]([A-G])(#|♯)(m)?"),
)
_NUMBERED: Final = (
    re.compile(r"(?P<number>[0-9]{2,3})(?P<key>[A-G][#b]?m(?:in|aj)?)"),
    re.compile(r"(?P<key>[A-G][#b]?m(?:in|aj)?)(?P<number>[0-9]{2,3})"),
)
_TONICS: Final = (re.compile(rf"([A-G])({_SIGN})?"), re.compile(r"([a-g])(#|♯)?"))
_NO_TONICS: Final = frozenset(("Cb", "Fb"))
"""A cowbell, or feedback, sooner than a key."""

_NOTES: Final = (re.compile(r"([A-Ga-g])(#|♯|b|♭)?[0-8]"), re.compile(r"([A-G])s[0-8]"))
_WHEEL: Final = re.compile(r"0?(?:[1-9]|1[0-2])[AB]")
_LOWEST_BPM: Final = 50
_LONGEST_PITCH: Final = 8


class Word(NamedTuple):
    """What a word may say; -1 and 0.0 where it does not. ``tonic`` is 0 to 11 for a letter that may be a pitch."""

    text: str
    marks: int
    number: float = 0.0
    bpm: float = 0.0
    key: int = -1
    tonic: int = -1
    note: int = -1
    wheel: int = -1


@lru_cache(maxsize=16_384)
def understand(text: str) -> Word:
    """What ``text``, which stood between two separators, may mean."""
    if text.isascii() and text.isdigit():
        usual = len(text) in (2, 3) and text[0] != "0"
        number = float(text) if usual else 0.0
        return Word(text, MARKS.get(text, 0) | (NUMBER if usual else 0), number)
    if decimal := _DECIMAL.fullmatch(text):
        return Word(text, NUMBER, float(f"{decimal[1]}.{decimal[2]}"))
    marks = MARKS.get(text.casefold(), 0)
    for hump in _HUMP.findall(text):
        marks |= _of_hump(hump.casefold())
    if "bpm" in text.casefold() and len(text) > 3 and (spoken := _SPOKEN.search(text)):
        return Word(text, marks | BPM, bpm=float((spoken[1] or spoken[2]).replace(",", ".")))
    return _tonic(text, marks) or _key(text, marks) or _note(text, marks) or Word(text, marks)


def _of_hump(hump: str) -> int:
    """Of a part of a word; ``bassloops`` are loops, and of a bass."""
    start = hump.removesuffix("s").removesuffix("loop")
    whole = MARKS.get(hump, 0) & ~(ONE | MODE | SIGN | UNIT | PERSON | KEY)
    if start == hump.removesuffix("s") or start in _NO_LOOP:
        return whole
    return LOOP | MARKS.get(start, 0) & (DRUM | TONAL | LOW | VOICE)


def _tonic(text: str, marks: int) -> Word | None:
    """A letter that may be a pitch, with its sign."""
    for pattern in _TONICS:
        if found := pattern.fullmatch(text):
            if text in _NO_TONICS:
                return None
            marks |= PITCH | (SIGNED if found[2] else 0) | (LOWER if text.islower() else 0)
            return Word(text, marks, tonic=music.pitch(found[1], found[2]))
    return None


def _key(text: str, marks: int) -> Word | None:
    """A key with its mode; it may follow other words, or a tempo may be written to it."""
    for pattern in _KEYS:
        if found := pattern.fullmatch(text):
            return Word(text, marks | PITCH, key=music.pitch(found[1], found[2]) + music.MODES[found[3].casefold()])
    for pattern in _ENDINGS:
        if found := pattern.fullmatch(text):
            pitch = music.pitch(found[1], found[2])
            if found[3] is None:
                return Word(text, marks | PITCH | SIGNED, tonic=pitch)
            return Word(text, marks | PITCH, key=pitch + music.MODES[found[3].casefold()])
    for pattern in _NUMBERED:
        if (found := pattern.fullmatch(text)) and int(found["number"]) >= _LOWEST_BPM:
            key = music.key(found["key"])
            return Word(text, marks | PITCH | NUMBER, float(found["number"]), key=-1 if key is None else key)
    return None


def _note(text: str, marks: int) -> Word | None:
    """A pitch with its octave, or a number of the Camelot wheel."""
    if len(text) > _LONGEST_PITCH:
        return None
    if _WHEEL.fullmatch(text) and (key := music.key(text)) is not None:
        return Word(text, marks | PITCH, wheel=key)
    for pattern, sharp in zip(_NOTES, ("", "#"), strict=True):
        if found := pattern.fullmatch(text):
            sign = sharp or found[2]
            marks |= PITCH | (SIGNED if sign and not sharp else 0) | (LOWER if found[1].islower() else 0)
            return Word(text, marks, note=music.pitch(found[1], sign))
    return None
