"""A look filled up: what its sheet does not say comes from the look that it is based on."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ctk.looks import columns, layout
from ctk.looks.look import Columns, Fonts, Look, Spacing
from ctk.looks.paint import Value
from ctk.looks.report import Report
from ctk.looks.sheet import Sheet
from ctk.looks.tokens import DARK, Tokens
from ctk.looks.vocabulary import Vocabulary

Styles = Mapping[str, Mapping[str, Value]]


def bare(known: Vocabulary) -> Look:
    """What the look without a parent is based on."""
    return Look(
        *("", "", "", "", "", ""),
        tokens=DARK,
        fonts=Fonts(),
        spacing=Spacing(),
        styles={},
        icons={},
        layout={},
        columns=Columns(tuple(known.columns), frozenset(), {}),
        keys={},
        toolbar=(),
    )


def tokens(said: Sheet, base: Look) -> Tokens:
    return base.tokens._replace(name=said.about.id, **said.colours)


def fill(said: Sheet, base: Look, folder: Path, known: Vocabulary) -> Look:
    """The whole look; ``folder`` is where its pictures are."""
    tree = layout.check({**base.layout, **said.layout}, said.layout, Report())
    return Look(
        *said.about,
        tokens=tokens(said, base),
        fonts=replace(base.fonts, **said.fonts),
        spacing=replace(base.spacing, **said.spacing),
        styles=_over(base.styles, said.styles),
        icons={**base.icons, **{icon: folder.joinpath(*file.split("/")) for icon, file in said.icons.items()}},
        layout=tree,
        columns=columns.fill(said.columns, base.columns, tuple(known.columns)),
        keys={**base.keys, **said.keys},
        toolbar=base.toolbar if said.toolbar is None else said.toolbar,
    )


def _over(below: Styles, above: Styles) -> Styles:
    return {style: {**below.get(style, {}), **above.get(style, {})} for style in (*below, *above)}
