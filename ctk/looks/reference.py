"""The reference of looks as a page of Markdown, made of what the program itself checks them with."""

from collections.abc import Iterable, Mapping
from typing import Final

from ctk.looks import package, pictures
from ctk.looks.columns import LEAST_WIDTH, MOST_WIDTH
from ctk.looks.keys import KEPT, MODIFIERS, NAMED
from ctk.looks.layout import LEAST_SIZE, MOST_SIZE, NEEDED
from ctk.looks.look import API
from ctk.looks.paint import ANCHORS, FONTS, MOST_PIXELS, RELIEFS, SPACING
from ctk.looks.tokens import READABLE, WRITTEN_ON
from ctk.looks.vocabulary import CATALOG_VIEWS, PAGES, TOKENS, VOCABULARY, WINDOW_VIEWS
from ctk.looks.writing import ABOUT_SPACING

_OPENING: Final = f"""\
# Looks

A look says how the window is coloured, set and laid out. It is data: a folder with a `look.toml` and maybe pictures, or
the same as a zip called `NAME{package.SUFFIX}`. This page is made by `ctk look reference`.

    ctk look list                       what there is
    ctk look fork neon my-neon          a copy of your own, with everything written out, to be changed
    ctk look check FOLDER               every mistake, with its line
    ctk look export my-neon FILE        a package to share
    ctk look install FILE               take over what someone shares

The looks beside this page belong to the program and are made the same way. Your own are in the folder `looks` of the
home; one that you remove or replace is kept in `.removed` there, and `ctk look install FOLDER` brings it back. What a
look does not say comes from its `parent`, up to `dark`, which says everything. A look with errors is not taken: its
parent is shown instead.

```toml
api = {API}                     # of the format
id = "night-shift"          # 2 to 40 small letters, digits and hyphens
name = "Night shift"
version = "1.0"
author = "..."
licence = "CC0-1.0"
parent = "dark"

[colours]
accent = "#ff5ccb"

[fonts]
family = ["Inter", "Cantarell"]   # the first that is installed; []: the system's own
size = 100

[spacing]
row = 14

[styles."Table.Treeview.Heading"]
foreground = "accent"       # one of [colours], or #rrggbb

[icons]
play = "icons/play.png"

[layout.body]               # a part of the window; of the same name as in the parent: instead of it
split = "columns"
children = ["middle", "filters"]
sizes = ["*", 250]          # pixels at 100 %; "*" takes what is left

[columns]
order = ["name", "bpm"]     # those that are not named follow
hidden = ["channels"]
widths = {{ name = 380 }}

[keys]
"edit.rename" = ["F2", "Control-Shift-M"]   # all keys of the action; [] takes them away

[toolbar]
actions = ["file.add", "edit.undo"]
```
"""


def page() -> str:
    """All of it."""
    known = VOCABULARY
    usual = {action: f"{label} | {_codes(known.keys[action])}" for action, label in known.actions.items()}
    parts = (
        _OPENING,
        _table("Colours, `[colours]`", ("token", "what it is for"), TOKENS),
        _pairs(),
        _ranges(),
        _layout(),
        _table("Columns, `[columns]`", ("column", "title"), known.columns),
        f"`name` always stands first and is never hidden. Widths are {LEAST_WIDTH} to {MOST_WIDTH} pixels at 100 %, "
        "and grow with `fonts.size`.\n",
        _table("Actions, for `[keys]` and `[toolbar]`", ("action", "what it does", "usual keys"), usual),
        _keys(),
        _table('Styles, `[styles."..."]`', ("style", "what it is"), known.styles),
        _options(),
        _table("Icons, `[icons]`", ("icon", "what it stands for"), known.icons),
        _files(),
    )
    return "\n".join(parts)


def _table(title: str, heads: tuple[str, ...], lines: Mapping[str, str]) -> str:
    rows = [" | ".join(heads), " | ".join("---" for _ in heads)]
    rows += [f"`{name}` | {words}" for name, words in lines.items()]
    return f"## {title}\n\n" + "".join(f"| {row} |\n" for row in rows)


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _pairs() -> str:
    pairs = ", ".join(f"{ink} on {paper}" for ink, paper in WRITTEN_ON)
    return (
        f"A colour is written `#rrggbb`. What is written on something must have a contrast of {READABLE} to be "
        f"readable for all, and `ctk look check` tells where it has not: {pairs}.\n"
    )


def _ranges() -> str:
    least, most = FONTS["size"]
    lines = [f"| `fonts.size` | all writing, in per cent of the system's | {least} to {most} |\n"]
    lines += [
        f"| `spacing.{name}` | {ABOUT_SPACING[name]} | {least} to {most} |\n" for name, (least, most) in SPACING.items()
    ]
    return (
        "## Sizes, `[fonts]` and `[spacing]`\n\n| setting | what it is | from, to |\n| --- | --- | --- |\n"
        + "".join(lines)
    )


def _layout() -> str:
    needed = "; ".join(f"`{root}` must hold {_codes(names)}" for root, names in NEEDED.items())
    tables = (
        _table("Views of the window", ("view", "what it is"), WINDOW_VIEWS),
        _table("Pages", ("page", "what it is"), PAGES),
        _table("Views of the catalog page", ("view", "what it is"), CATALOG_VIEWS),
    )
    return (
        "## Layout, `[layout.NAME]`\n\n"
        "The window is a tree from `window` on. A part is split into `rows` or `columns`, and its children are views "
        "or other parts; `pages` alone is split as `tabs`, or as a `stack` without tabs, and holds all pages; another "
        "`stack` shows what was asked for last. "
        f"Everything stands once. {needed[0].upper()}{needed[1:]}. Sizes are {LEAST_SIZE} to {MOST_SIZE} pixels at "
        '100 %, with one `"*"` among them.\n\n' + "\n".join(table.replace("## ", "### ", 1) for table in tables)
    )


def _keys() -> str:
    return (
        f"A key is one letter or digit, or one of {_codes(NAMED)}, after any of {_codes(MODIFIERS)} and a hyphen: "
        "`Control-Shift-N`, `Alt-0`. A letter is large with Shift and small without. On macOS Control is Command, and "
        f"Alt is Control. Not to be given away are {_codes(KEPT)}. No two actions may share a key.\n"
    )


def _options() -> str:
    kinds: dict[str, list[str]] = {}
    for option, kind in VOCABULARY.options.items():
        kinds.setdefault(kind, []).append(option)
    values = {
        "colour": "one of `[colours]`, or `#rrggbb`",
        "pixels": f"0 to {MOST_PIXELS} at 100 %",
        "padding": "one to four such numbers: left, top, right, bottom",
        "relief": _codes(sorted(RELIEFS)),
        "anchor": _codes(sorted(ANCHORS)),
    }
    rows = "".join(f"| {_codes(names)} | {values[kind]} |\n" for kind, names in kinds.items())
    return f"| option | value |\n| --- | --- |\n{rows}"


def _files() -> str:
    return (
        f"Icons are PNG files up to {pictures.MOST_PIXELS} by {pictures.MOST_PIXELS} pixels. What is opaque in them is "
        "the shape; its colour comes from the look.\n\n## Packages\n\n"
        f"A package holds `look.toml`, pictures, and texts such as a licence: up to {package.MOST_FILES} files of "
        f"{package.MOST_BYTES >> 20} MB, {package.MOST_IN_ALL >> 20} MB in all. Names that lead out of it, links, and "
        "names that not every system takes are refused.\n"
    )
