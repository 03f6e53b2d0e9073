"""Which letter of a name is its key or its note. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from ctk.facts import music, words
from ctk.facts.stated import Said
from ctk.facts.words import Word

_CHORDS_IN_A_ROW: Final = 3
_VARIANTS: Final = frozenset((9, 11))
"""A and B: more often the first and the second of something than a pitch."""

_HIT_WITH_PITCH: Final = frozenset(("hit", "hits", "stab", "stabs"))
_TEMPO_DIGITS: Final = 3
_NO_WORD: Final = Word("", 0)


def written_key(parts: Sequence[Word], *, longhand: bool = False) -> Said[int] | None:
    """A key that is written out, with its mode or after the word key; ``longhand``: not with a mere m."""
    if _progression(parts):
        return None
    found: dict[int, str] = {}
    for at, part in enumerate(parts):
        if part.key >= 0 and not _speaks(parts, at) and not (longhand and part.text.endswith("m")):
            found.setdefault(part.key, part.text)
        elif part.tonic >= 0:
            for key, text in _spelled(parts, at):
                found.setdefault(key, text)
    return chosen(found)


def _spelled(parts: Sequence[Word], at: int) -> Iterator[tuple[int, str]]:
    """``F# min``, ``G sharp minor``, ``key of C``, ``in D``: a tonic, and the words around it."""
    part, tonic, end = parts[at], parts[at].tonic, at + 1
    if end < len(parts) and parts[end].marks & words.SIGN and not part.marks & words.SIGNED:
        tonic = music.pitch(part.text, parts[end].text)
        end += 1
    after = parts[end] if end < len(parts) else _NO_WORD
    if after.marks & words.MODE and after.text != "m":
        if part.text in ("A", "a") and after.text != "moll" and _phrase_follows(parts, at, end):
            return
        yield tonic + music.MODES[after.text.casefold()], f"{part.text} {after.text}"
    elif not part.marks & words.LOWER and (_of_key(parts, at) or _in(parts, at, end)):
        yield tonic + music.TONIC, part.text


def _of_key(parts: Sequence[Word], at: int) -> bool:
    of = at > 1 and parts[at - 1].text == "of"
    return bool(_before(parts, at - 1 if of else at) & words.KEY)


def _in(parts: Sequence[Word], at: int, end: int) -> bool:
    """``Prelude in C 2``, not ``in A Silent Way``, and not ``Trumpet in Bb``."""
    if at < 2 or parts[at - 1].text not in ("in", "In") or _before(parts, at - 1) & words.INSTRUMENT:
        return False
    return all(part.text.isdigit() or part.marks & words.BPM for part in parts[end:])


def _phrase_follows(parts: Sequence[Word], at: int, mode: int) -> bool:
    """``A Minor Setback``: an article and two words."""
    after = parts[mode + 1] if mode + 1 < len(parts) else _NO_WORD
    if parts[at].text == "a":
        return bool(after.text) and not after.text.isdigit()
    return _opens(parts, at) and (_plain(after) or bool(after.marks & words.MODE))


def _speaks(parts: Sequence[Word], at: int) -> bool:
    """``I Am``, ``Am Abend``, ``Show Em``: words that only look like keys."""
    if parts[at].text not in ("Am", "Em"):
        return False
    after = parts[at + 1] if at + 1 < len(parts) else _NO_WORD
    return bool((_before(parts, at) | after.marks) & words.PERSON) or (_opens(parts, at) and _plain(after))


def _opens(parts: Sequence[Word], at: int) -> bool:
    """Whether it is the first word, but for a number."""
    return all(part.text.isdigit() and len(part.text) < _TEMPO_DIGITS for part in parts[:at])


def _plain(part: Word) -> bool:
    return part.text.isalpha() and not part.marks


def _progression(parts: Sequence[Word]) -> bool:
    """Chords in a row, as in ``Am F C G``, are no key."""
    run = 0
    for part in parts:
        chord = part.key >= 0 or (part.tonic >= 0 and not part.marks & words.LOWER)
        run = run + 1 if chord else 0
        if run >= _CHORDS_IN_A_ROW:
            return True
    return False


def key_of_loop(parts: Sequence[Word], marks: int, tempo: str) -> Said[int] | None:
    """Of a loop also ``F#``, and a letter beside the tempo (``155_E``) or at the end of a name with a tempo."""
    if _progression(parts):
        return None
    found: dict[int, str] = {}
    for at, part in enumerate(parts):
        if part.tonic >= 0 and part.marks & words.SIGNED and not _is_other(parts, at):
            found.setdefault(part.tonic + music.TONIC, part.text)
        elif part.tonic >= 0 and at + 1 < len(parts) and parts[at + 1].marks & words.SIGN:
            if part.text != "A" and not part.marks & words.LOWER:
                tonic = music.pitch(part.text, parts[at + 1].text)
                found.setdefault(tonic + music.TONIC, f"{part.text} {parts[at + 1].text}")
        elif part.note >= 0 and part.marks & words.SIGNED:
            found.setdefault(part.note + music.TONIC, part.text)
    if not found and tempo:
        found = {parts[at].tonic + music.TONIC: parts[at].text for at in _letters(parts, marks, tempo)}
    return chosen(found)


def _letters(parts: Sequence[Word], marks: int, tempo: str) -> Iterator[int]:
    for at, part in enumerate(parts):
        if part.tonic < 0 or part.marks & words.SIGNED or _names_instrument(parts, at):
            continue
        beside = any(parts[near].text in tempo.split() for near in (at - 1, at + 1) if 0 <= near < len(parts))
        last = at + 1 == len(parts) and bool(marks & words.TONAL)
        if marks & words.DRUM and not marks & words.TONAL:
            continue
        if part.marks & words.LOWER and (not beside or part.text not in "cdefg"):
            continue
        if part.tonic in _VARIANTS and not (beside and last):
            continue
        if part.text in "CD" and not marks & words.TONAL:
            continue
        if beside or last:
            yield at


def note(parts: Sequence[Word], marks: int) -> Said[int] | None:
    """Of a single sound: ``F#``, ``C3`` where it sounds, ``bass_c``. Writers disagree on octaves, so none is told."""
    drums = words.HIT | words.DRUM
    tonal = bool(marks & words.TONAL) and not any(
        part.marks & drums and part.text.casefold() not in _HIT_WITH_PITCH for part in parts
    )
    low = bool(marks & words.LOW) and (tonal or any(part.text == "808" for part in parts))
    found: dict[int, str] = {}
    for at, part in enumerate(parts):
        if part.note >= 0 and (part.marks & words.SIGNED or (tonal and not marks & words.VOICE)):
            found.setdefault(part.note + music.NAMED, part.text)
        elif part.tonic >= 0 and part.marks & words.SIGNED and not _is_other(parts, at):
            found.setdefault(part.tonic + music.NAMED, part.text)
    if not found and (low or tonal):
        found = {parts[at].tonic + music.NAMED: parts[at].text for at in _tones(parts, low=low)}
    return chosen(found)


def _tones(parts: Sequence[Word], *, low: bool) -> Iterator[int]:
    """Letters at the end, or right after a bass, a guitar or an 808."""
    for at, part in enumerate(parts):
        if not at or part.tonic < 0 or part.marks & words.SIGNED or part.tonic in _VARIANTS:
            continue
        after_low = bool(parts[at - 1].marks & words.LOW) and not _names_instrument(parts, at)
        last = at + 1 == len(parts) and (low or part.text in "EFG")
        if after_low or last:
            yield at


def chosen(found: dict[int, str]) -> Said[int] | None:
    """The one that was found; where several were, none of them."""
    if len(found) != 1:
        return None
    ((value, text),) = found.items()
    return Said(value, "name", text)


def _is_other(parts: Sequence[Word], at: int) -> bool:
    """``-6 Db`` is a level; ``Bb Clarinet`` and ``Trumpet in Bb`` are instruments in any key."""
    after = parts[at + 1].marks if at + 1 < len(parts) else 0
    level = parts[at].text in ("Db", "Gb") and bool(at) and parts[at - 1].text.isdigit()
    before = parts[at - 2].marks if at > 1 and parts[at - 1].text == "in" else 0
    return level or (bool((after | before) & words.INSTRUMENT) and parts[at].text in ("Bb", "Eb"))


def _names_instrument(parts: Sequence[Word], at: int) -> bool:
    """``e piano``, ``E Guitar``: the letter belongs to the instrument."""
    return at + 1 < len(parts) and bool(parts[at + 1].marks & words.INSTRUMENT)


def _before(parts: Sequence[Word], at: int) -> int:
    return parts[at - 1].marks if at else 0
