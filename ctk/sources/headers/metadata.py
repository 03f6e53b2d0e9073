"""Cleaning what files say of themselves: short single lines of real text under plain lower-case keys."""

import re
from typing import Final

KEYS: Final = 40
CHARACTERS: Final = 500

_CONTROLS: Final = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF], " ")
_KEY: Final = re.compile(r"[a-z][a-z0-9_ -]{0,38}[a-z0-9]")

_NAMES: Final = {
    "albumartist": "album_artist",
    "author": "artist",
    "beats per minute": "bpm",
    "catalognumber": "catalog_number",
    "comments": "comment",
    "encoded_by": "software",
    "encoder": "software",
    "encoder_settings": "software",
    "encodersettings": "software",
    "encoding application": "software",
    "initial_key": "key",
    "initialkey": "key",
    "inkey": "key",
    "key signature": "key",
    "label": "publisher",
    "organization": "publisher",
    "recorded date": "date",
    "tempo": "bpm",
    "tracknumber": "track",
    "year": "date",
}
_UNWANTED: Final = re.compile(
    r"itun|lyrics|syncedlyrics|unsyncedlyrics|xmp|metadata_block_picture|coverart|cover|waveformatextensible|priv|"
    r"major_brand|minor_version|compatible_brands|handler_name|vendor_id|language|channel layout"
)


def add(metadata: dict[str, str], key: str, value: str) -> None:
    """Keep ``value`` under ``key`` unless it is empty, unwanted, or something is there already."""
    key = key.lower()
    key = _NAMES.get(key, key)
    if key in metadata or len(metadata) >= KEYS or not _KEY.fullmatch(key) or _UNWANTED.match(key):
        return
    # Cut generously first: nobody should wait for a megabyte of text to be cleaned.
    value = " ".join(value[: 4 * CHARACTERS].translate(_CONTROLS).split())[:CHARACTERS].rstrip()
    if value:
        metadata[key] = value.encode("utf-8", "replace").decode("utf-8")


def text(raw: bytes) -> str:
    """Text up to its first NUL: UTF-8 where it is valid, else as Windows programs in the West wrote it."""
    raw = raw[: 4 * CHARACTERS].split(b"\0", 1)[0]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
