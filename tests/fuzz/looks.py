"""Breaking looks the way hands, editors, downloads and malice do, and judging what the shelf makes of them."""

import io
import os
import random
import re
import shutil
import stat
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ctk.looks.look import Fault, Look
from ctk.looks.shelf import BUILTIN, Refused, Shelf
from ctk.looks.tokens import DARK
from ctk.looks.vocabulary import COLUMNS, VOCABULARY
from ctk.looks.writing import sheet
from tests.looks.making import png

SURE = "sure to be wrong"
"""Stands in those that must be found to be broken; the others may by chance still be right."""

VALUES = (
    *(
        "true",
        "-1",
        "0",
        "161",
        "1e999",
        "nan",
        "0x" + "f" * 5_000,
        '""',
        '"x"',
        '"#12345"',
        '"#1234567"',
        '"red"',
        "[]",
    ),
    *("{}", "[[[[]]]]", '["*"]', "[1, 2, 3]", "{ a = { b = { c = 1 } } }", "1979-05-27T07:32:00Z", '"../../x.png"'),
    *(
        '"' + "x" * 9_000 + '"',
        '"\\u0000"',
        '"\\u202e"',
        "'''\n'''",
        '"window"',
        '["window", "body", "list"]',
        "[" * 600,
    ),
)
MISTAKES = (
    *(
        "[colours]\nsurfaec = '#000000'",
        "[colours]\ntext = 'white'",
        "[fonts]\nsize = 9",
        "[spacing]\nrow = 'much'",
        "x",
    ),
    *("[styles.TBotton]\npadding = 1", "[layout.window]\nsplit = 'rows'\nchildren = ['list']", "[layout.list]", "a = "),
    *("[columns]\nhidden = ['name']", "[keys]\n'file.add' = ['F2']", "[keys]\n'file.add' = ['Hyper-x']", "[nothing]"),
    *("[toolbar]\nactions = ['file.format']", "[icons]\nplay = 'C:/play.png'", "[icons]\nplay = 'play.png'", "\0"),
)
NAMES = (
    "../x.txt",
    "/x.txt",
    "C:\\x.txt",
    "a\\b.txt",
    "nul.txt",
    "x.exe",
    "a/../../b.txt",
    "LOOK.TOML",
    "a" * 300 + ".txt",
)
HEAD = 'api = 1\nid = "fuzzed"\nname = "Fuzzed"\n'


def broken(seed: int, index: int) -> bytes:
    """The ``index``-th broken look of ``seed``: a sheet or a zip."""
    chance = random.Random(f"looks:{seed}:{index}")
    if index % 2:
        return _mistaken(chance)
    data = bytearray(chance.choice(corpus()))
    for _ in range(chance.randint(1, 6)):
        chance.choice(_WAYS)(data, chance)
    return bytes(data)


@cache
def corpus() -> tuple[bytes, ...]:
    """Sheets that say everything, and zips of them."""
    shelf = Shelf(Path(os.devnull))
    sheets = [sheet(shelf.get(id), "fuzzed", "Fuzzed", {"play": "icons/play.png"}, VOCABULARY) for id in BUILTIN]
    plain = [text.replace("icons/play.png", "").replace('play = ""', "").encode() for text in sheets]
    zips = [_zip([("look.toml", text), ("icons/play.png", png()), ("LICENSE", "x" * 99)]) for text in sheets]
    return (*plain, *zips)


def looks(path: Path) -> str | None:
    """Checking, taking over and showing one look; whatever it is, dark is as it was."""
    data = path.read_bytes()
    home = path.parent / "home"
    shutil.rmtree(home, ignore_errors=True)
    packed = data[:2] == b"PK"
    place = path.parent / ("fuzzed.ctklook" if packed else "fuzzed") / ("" if packed else "look.toml")
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(data)
    shelf = Shelf(home)
    complaint = _taken_over(shelf, place, data, home)
    if not packed:
        shutil.copytree(place.parent, home / "looks" / "fuzzed", dirs_exist_ok=True)
        complaint = complaint or _ill(shelf.get("fuzzed")) or _odd(shelf.faults("fuzzed"), data)
    if [entry.id for entry in shelf.list()][: len(BUILTIN)] != list(BUILTIN) or shelf.get("dark").tokens != DARK:
        return "the looks of the program are not what they were"
    return complaint


def _taken_over(shelf: Shelf, place: Path, data: bytes, home: Path) -> str | None:
    verdict = shelf.check(place)
    if SURE.encode() in data and not verdict.errors:
        return "a mistake was not seen"
    try:
        id = shelf.install(place).id
    except Refused as exc:
        if not verdict.errors or (home / "looks").exists():
            return "it was refused and left something"
        return None if exc.faults == verdict.errors else "the errors are not the same again"
    if verdict.errors:
        return "it was taken in spite of its errors"
    outside = [str(file) for file in home.parent.rglob("*") if file.name == "x.txt"]
    return f"{outside} lie where they should not" if outside else _ill(shelf.get(id))


def _odd(faults: tuple[Fault, ...], data: bytes) -> str | None:
    """What no list of faults can say."""
    most = data.count(b"\n") + 1
    for fault in faults:
        if not (0 <= fault.line <= most and fault.text.endswith((".", "?")) and len(fault.text) < 300):
            return f"a fault is absurd: {fault!r:.400}"
        if not str(fault).isprintable():
            return f"a fault is not one line: {fault!r:.400}"
    return None


def _ill(look: Look) -> str | None:
    """What no look can be; written apart from the checks."""
    held = [child for node in look.layout.values() for child in node.children]
    if len(set(held)) < len(held) or not {"pages", "player", "status", "search", "list", "catalog", "map"} <= set(held):
        return f"the layout is absurd: {look.layout!r:.400}"
    if not all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in look.tokens[1:]):
        return f"the colours are absurd: {look.tokens!r}"
    if set(look.columns.order) != set(COLUMNS) or look.columns.order[0] != "name" or "name" in look.columns.hidden:
        return f"the columns are absurd: {look.columns!r}"
    if not (80 <= look.fonts.size <= 160 and 60 <= look.spacing.scale <= 160 and 0 <= look.spacing.row <= 40):
        return f"the sizes are absurd: {look.fonts!r}, {look.spacing!r}"
    table = {**VOCABULARY.keys, **look.keys}
    given = [key for keys in table.values() for key in keys]
    return f"keys are shared: {look.keys!r:.400}" if len(set(given)) < len(given) else None


def _mistaken(chance: random.Random) -> bytes:
    """One mistake that must be seen."""
    mistake = f"{chance.choice(MISTAKES)} # {SURE}\n"
    kind = chance.randrange(4)
    if kind == 0:
        return _zip([("look.toml", HEAD), (chance.choice(NAMES), "x")], SURE)
    if kind == 1:
        link = zipfile.ZipInfo("a.png")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        bomb: tuple[str | zipfile.ZipInfo, bytes | str] = ("bomb.txt", bytes(chance.choice((500_000, 5_000_000))))
        return _zip([("look.toml", HEAD), chance.choice([(link, "/etc/passwd"), bomb])], SURE)
    return _zip([("look.toml", HEAD + mistake)], SURE) if kind == 2 else (HEAD + mistake).encode()


def _zip(entries: list[tuple[str | zipfile.ZipInfo, bytes | str]], comment: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries:
            file.writestr(name, data)
        file.comment = comment.encode()
    return target.getvalue()


def _value(data: bytearray, chance: random.Random) -> None:
    """Another value behind some key."""
    places = [match.span(1) for match in re.finditer(rb"^[^#\n=]+= (.*?)(?: +#.*)?$", data, re.MULTILINE)]
    if places:
        start, end = chance.choice(places)
        data[start:end] = chance.choice(VALUES).encode()


def _lines(data: bytearray, chance: random.Random) -> None:
    """Lines lost, doubled, or put elsewhere."""
    lines = bytes(data).split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    way = chance.randrange(3)
    moved = lines[at] if way == 1 else lines.pop(at)
    if way:
        lines.insert(other, moved)
    data[:] = b"\n".join(lines)


def _letters(data: bytearray, chance: random.Random) -> None:
    """Slips of the hand, and bits that fell over."""
    for _ in range(chance.randint(1, 5)):
        if data:
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 2)] = chance.choice(
                (b"", b'"', b"[", b"]", b"=", b"\n", b"\xff", b".", b"x")
            )


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _grow(data: bytearray, chance: random.Random) -> None:
    """More than anyone writes."""
    piece = chance.choice((b"a.", b"[a]\n", b"k = 1\n", b"[", b"#", b"\n", b'"', b"a = {", b"\0", b"x = [1,\n"))
    at = chance.randrange(len(data) + 1)
    data[at:at] = piece * chance.choice((10, 1_000, 40_000))


_WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(_value,) * 5,
    *(_lines,) * 3,
    *(_letters,) * 3,
    _cut,
    _grow,
)
