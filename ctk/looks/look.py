"""What a look says, when it was read, checked, and filled up from its parents."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from ctk.looks.tokens import Tokens

API: Final = 1
"""Of ``look.toml``; a look of another number is not taken."""
SHEET: Final = "look.toml"

Split = Literal["rows", "columns", "tabs", "stack"]
"""One above the other; side by side; one at a time with tabs; one at a time without."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """``family`` is the first of these that is installed, the system's own where none is; ``size`` in per cent of the
    system's, 80 to 160."""

    family: tuple[str, ...] = ()
    size: int = 100


@dataclass(frozen=True, slots=True)
class Spacing:
    """``scale`` of all distances in per cent, 60 to 160; ``row`` pixels of air in a line of a list and ``radius`` of
    round corners, both at 100 %."""

    scale: int = 100
    row: int = 11
    radius: int = 6


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the window: how it is split among ``children``, each a view or another node by name.

    ``sizes`` has one entry a child: pixels at 100 %, or ``None`` for what is left.
    """

    split: Split
    children: tuple[str, ...]
    sizes: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Of the list: all in their ``order``, which of them are ``hidden``, and ``widths`` in pixels at 100 % for writing
    of the system's size. What the user set himself comes before it."""

    order: tuple[str, ...]
    hidden: frozenset[str]
    widths: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Look:
    """``styles`` overrides options of ttk styles; a colour there is ``#rrggbb`` or the name of a token. ``icons`` are
    PNG files whose opaqueness is the shape. ``layout`` is a tree by the names of its nodes, from ``window`` on.
    ``keys`` maps ids of actions to all keys of each, ``toolbar`` is ids of actions."""

    id: str
    name: str
    version: str
    author: str
    licence: str
    parent: str
    tokens: Tokens
    fonts: Fonts
    spacing: Spacing
    styles: Mapping[str, Mapping[str, str | int | tuple[int, ...]]]
    icons: Mapping[str, Path]
    layout: Mapping[str, Node]
    columns: Columns
    keys: Mapping[str, tuple[str, ...]]
    toolbar: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a look, and where: ``file`` inside it, and ``line`` from 1, 0 where none can be told."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A look on the shelf: ``status`` is builtin, installed or broken; one that is broken says all ``errors``."""

    id: str
    name: str
    parent: str
    status: Literal["builtin", "installed", "broken"]
    errors: tuple[Fault, ...]
    folder: Path
