"""What one ``look.toml`` says by itself: read, each value checked, and nothing filled up yet."""

from dataclasses import dataclass
from typing import Any

from ctk.looks import paint
from ctk.looks.about import About, about
from ctk.looks.columns import Said, columns
from ctk.looks.keys import keys
from ctk.looks.layout import nodes
from ctk.looks.look import Node
from ctk.looks.part import Part
from ctk.looks.report import Report
from ctk.looks.vocabulary import Vocabulary

SECTIONS = frozenset({"colours", "fonts", "spacing", "styles", "icons", "layout", "columns", "keys", "toolbar"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tables of a look as far as they are said; ``icons`` are names of files beside the sheet."""

    about: About
    colours: dict[str, str]
    fonts: dict[str, Any]
    spacing: dict[str, int]
    styles: dict[str, dict[str, paint.Value]]
    icons: dict[str, str]
    layout: dict[str, Node]
    columns: Said
    keys: dict[str, tuple[str, ...]]
    toolbar: tuple[str, ...] | None


def sheet(table: dict[str, Any], report: Report, known: Vocabulary) -> Sheet | None:
    """All that is said well; the rest is told to ``report``. ``None`` where nothing can be taken."""
    top = Part(report, table)
    said = about(top)
    if said is None:
        return None
    part = {name: top.part(name) for name in sorted(SECTIONS)}
    top.done()
    found = Sheet(
        about=said,
        colours=paint.colours(part["colours"]),
        fonts=paint.fonts(part["fonts"]),
        spacing=paint.spacing(part["spacing"]),
        styles=paint.styles(part["styles"], known.styles, known.options),
        icons=paint.icons(part["icons"], known.icons),
        layout=nodes(part["layout"]),
        columns=columns(part["columns"], known.columns),
        keys=keys(part["keys"], known.actions),
        toolbar=part["toolbar"].choices("actions", "action", known.actions),
    )
    part["toolbar"].done()
    return found
