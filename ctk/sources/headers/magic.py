"""Which format is this? Told from the first bytes, never from the name."""

from typing import Final

LONGEST_ID3 = 1 << 28

_FORMS: Final[dict[bytes, dict[bytes, str]]] = {
    b"RIFF": {b"WAVE": "wav"},
    b"RIFX": {b"WAVE": "wav"},
    b"RF64": {b"WAVE": "rf64"},
    b"BW64": {b"WAVE": "rf64"},
    b"FORM": {b"AIFF": "aiff", b"AIFC": "aifc"},
}
_STARTS: Final[dict[bytes, str]] = {
    b"fLaC": "flac",
    b"OggS": "ogg",
    b"caff": "caf",
    b"wvpk": "wv",
    b"TTA1": "tta",
    b"MAC ": "ape",
    b"ADIF": "aac",
}
_WAVE64: Final = bytes.fromhex("726966662e91cf11a5d628db04c10000")
_ASF: Final = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_MP4_ATOMS: Final = (b"ftyp", b"moov", b"wide", b"free", b"skip", b"pnot")

_OTHERS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x00\x05\x16\x07", "a macOS side file (AppleDouble)"),
    (b"\x00\x05\x16\x00", "a macOS side file (AppleSingle)"),
    (b"PK\x03\x04", "a zip archive"),
    (b"Rar!", "a rar archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (BMP)"),
    (b"MThd", "a MIDI file"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
    (b"bplist00", "a macOS settings file"),
    (b"version https://git-lfs", "a Git LFS pointer, its sound was never downloaded"),
    (b"CAT ", "a REX loop"),
    (b".snd", "a NeXT/Sun sound, which is not supported"),
    (b"#!AMR", "a phone recording (AMR), which is not supported"),
    (b"SQLite format 3", "a database"),
)
_RIFFS: Final = {b"AVI ": "an AVI film", b"sfbk": "a SoundFont", b"RMID": "a MIDI file", b"WEBP": "a picture (WebP)"}


def format_of(head: bytes) -> str | None:
    """The format that ``head`` begins, ``None`` where its first bytes name none. MPEG and ADTS frames both say mp3."""
    start = head[:4]
    forms = _FORMS.get(start)
    if forms is not None:
        return forms.get(head[8:12])
    if start in _STARTS:
        return _STARTS[start]
    if head.startswith(_WAVE64):
        return "w64"
    if head.startswith(_ASF):
        return "wma"
    if (start[:1] == b"\0" and head[4:8] in _MP4_ATOMS) or head[4:8] == b"mdat":
        return "m4a"
    return None


def id3_size(head: bytes) -> int:
    """How many bytes an ID3v2 tag takes at the start, with its header and footer; 0 where there is none."""
    if not head.startswith(b"ID3") or len(head) < 10 or max(head[6:10]) > 127 or head[3] == 0xFF:
        return 0
    size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
    return size + (20 if head[5] & 0x10 else 10)


def looks_like(head: bytes) -> str | None:
    """What a file that is no sound seems to be instead, in a musician's words."""
    for start, words in _OTHERS:
        if head.startswith(start):
            return words
    if head[:4] == b"RIFF":
        return _RIFFS.get(head[8:12])
    begin = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begin.startswith((b"<!doctype html", b"<html", b"<head", b"<script")):
        return "a web page"
    if begin.startswith((b"<?xml", b"<svg", b"<!doctype")):
        return "an XML document"
    if begin and all(byte in b"\t\r\n" or 32 <= byte < 127 for byte in begin):
        return "plain text"
    return None


def reason_not_sound(head: bytes) -> str:
    """The sentence for a file that is no sound."""
    words = looks_like(head)
    if words is not None:
        return f"This is not a sound file: it looks like {words}."
    if not any(head):
        return "The file holds nothing but zeros, as after a failed download or a drive error."
    return "This is not a sound file: its first bytes belong to no format known here."
