"""A believable sample library on disk: packs, folders, names and sizes as producers have them."""

import random
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.writers import aiffs, encoded, waves
from tests.writers.samples import lively

_VENDORS: Final = ("Loopmasters", "Lofi Lab", "Sub Cartel", "Cymatica", "Dusty Crates", "Große Trommel", "Nite Shift")
_PACKS: Final = ("Tape Dreams", "808 Essentials", "Deep House Vol.2", "Trap Arsenal", "Jazz Hop Keys", "FX Toolkit")
_FOLDERS: Final = {
    "Drums/Kicks": ("Kick", False),
    "Drums/Snares": ("Snare", False),
    "Drums/Hats": ("Hat_Closed", False),
    "Drums/Percussion": ("Perc", False),
    "Drum Loops": ("DrumLoop", True),
    "Melodic Loops/Keys": ("Rhodes_Loop", True),
    "Melodic Loops/Guitar": ("Gtr-Loop", True),
    "Bass/808s": ("808", False),
    "Vocals/Chops": ("Vox Chop", False),
    "FX/Risers": ("Riser", True),
    "FX/Foley": ("Foley", False),
}
_WORDS: Final = ("LoFi", "Punchy", "Dusty", "Wide", "Tight", "Vinyl", "Analog", "Dark", "Café", "Bit", "Warm", "Ghost")
_KEYS: Final = ("Am", "C", "F#m", "Bb", "Gmin", "D", "E", "Cm", "Ab")
_RATE: Final = 44_100
_BANK_FRAMES: Final = 1 << 19


def tree(path: Path, count: int, seed: int = 1) -> list[Path]:
    """Fill ``path`` with ``count`` small WAV, AIFF and FLAC files, no two with the same content."""
    chance = random.Random(seed)
    bank = (lively(_BANK_FRAMES / _RATE, _RATE, 2, 110.0) * 32_000).astype("<i2")
    little, big = bank.tobytes(), bank.byteswap().tobytes()
    path.mkdir(parents=True, exist_ok=True)
    flac = _flac_template(path / ".template.flac")
    made = []
    for number, file in enumerate(_places(path, count, chance)):
        start = 4 * chance.randrange(_BANK_FRAMES // 2)
        size = _size(chance, "Loop" in file.name)
        mark = struct.pack("<I", number)
        if file.suffix == ".flac":
            content = _flac(flac, number)
        elif file.suffix == ".aif":
            content = _aiff(mark + big[start : start + size - 4])
        else:
            content = _wav(mark + little[start : start + size - 4])
        file.write_bytes(content)
        made.append(file)
    return made


def _places(path: Path, count: int, chance: random.Random) -> Iterator[Path]:
    known: set[Path] = set()
    for number in range(count):
        vendor = chance.choice(_VENDORS)
        inner = chance.choice(list(_FOLDERS))
        word, is_loop = _FOLDERS[inner]
        folder = path / f"{vendor} - {chance.choice(_PACKS)}" / inner
        if folder not in known:
            folder.mkdir(parents=True, exist_ok=True)
            known.add(folder)
        name = f"{chance.choice(_WORDS)}_{word}_{number:05d}"
        if is_loop or chance.random() < 0.3:
            name += f"_{chance.choice(_KEYS)}"
        if is_loop:
            name += f"_{chance.randrange(70, 175)}bpm"
        yield folder / (name + chance.choices((".wav", ".aif", ".flac"), (85, 9, 6))[0])


def _size(chance: random.Random, is_loop: bool) -> int:
    """Bytes of sound: most one-shots are short, some loops pass the 128 KB that two reads cover."""
    low, high = (60_000, 320_000) if is_loop else (6_000, 90_000)
    return 4 * (int(low * (high / low) ** chance.random()) // 4)


def _wav(data: bytes) -> bytes:
    body = b"WAVE" + waves.chunk(b"fmt ", waves.fmt(2, _RATE, 16)) + waves.chunk(b"data", data)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _aiff(data: bytes) -> bytes:
    comm = struct.pack(">HIH", 2, len(data) // 4, 16) + aiffs.rate_bytes(_RATE)
    body = b"AIFF" + aiffs.chunk(b"COMM", comm) + aiffs.chunk(b"SSND", bytes(8) + data)
    return b"FORM" + struct.pack(">I", len(body)) + body


def _flac_template(path: Path) -> tuple[bytes, bytes]:
    """One encoded FLAC: its STREAMINFO, and its sound."""
    samples = lively(0.4, _RATE, 2, 220.0)
    encoded.write(path, samples, _RATE, muxer="flac", codec="flac", sample_format="s16")
    content = path.read_bytes()
    path.unlink()
    at, last = 4, False
    while not last:
        last = content[at] > 0x7F
        at += 4 + int.from_bytes(content[at + 1 : at + 4], "big")
    return content[8:42], content[at:]


def _flac(template: tuple[bytes, bytes], number: int) -> bytes:
    streaminfo, sound = template
    text = f"TITLE=Sound {number}".encode()
    comments = struct.pack("<III", 0, 1, len(text)) + text
    blocks = b"\0" + len(streaminfo).to_bytes(3, "big") + streaminfo
    blocks += b"\x84" + len(comments).to_bytes(3, "big") + comments
    return b"fLaC" + blocks + sound
