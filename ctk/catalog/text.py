"""How names are compared: folded for searching, split into tokens, and keyed for natural order. Pure."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"[0-9]+")


def fold(text: str) -> str:
    """Case and accents away: ``Été`` and its decomposed twin both become ``ete``."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def spaced(text: str) -> str:
    """Folded, every run of characters that are neither letters nor digits made one space: ``Lo-Fi_`` -> ``lo fi ``."""
    return _SEPARATORS.sub(" ", fold(text))


def natural_key(name: str) -> bytes:
    """Bytes that sort as people expect: ``kick 2`` before ``kick 10``, case and accents aside.

    A run of digits becomes ``0``, its length without leading zeros, and the digits, so that it still sorts
    before letters.
    """
    return _DIGITS.sub(_number_key, fold(name)).encode("utf-8", "surrogatepass")


def _number_key(match: re.Match[str]) -> str:
    digits = match[0].lstrip("0")
    return f"0{chr(min(len(digits), 126) + 1)}{digits}"
