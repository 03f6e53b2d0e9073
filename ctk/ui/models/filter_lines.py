"""The panel of filters line by line: what of a facet is shown, and where, so that little moves while counts change."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from ctk.records import Choice, Facet, Facets, SavedSearch
from ctk.settings import Settings

FEW = 8
"""Of a longer facet so many choices are shown until all are asked for; one more would save no line."""
SAVED, SAVED_TITLE, SAVE = "saved", "Saved searches", "Save this search..."

Key = tuple[str, str]
"""The name of a facet, and the label of one of its choices."""
Kind = Literal["title", "choice", "more", "saved", "save"]


class Line(NamedTuple):
    """A line of the panel: ``on`` is an open title, or what is chosen; ``idle`` is what would find nothing."""

    kind: Kind
    part: str
    text: str
    note: str = ""
    on: bool = False
    idle: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same while numbers change."""
        return self.kind, self.part, self.text if self.kind in ("choice", "saved") else ""


class FilterLines:
    """``learn`` what there is to choose from, then ``saved`` and ``facets`` are the lines. Of what fits, nothing goes
    away while one narrows down: what finds nothing any more stays in its place."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._whole: set[str] = set()
        self._known: dict[str, list[str]] = {}

    def fold(self, part: str, on: bool) -> None:
        """Hide what is below a title, or show it."""
        folded = [name for name in self._settings.filters_folded if name != part]
        self._settings.filters_folded = [*folded, part] if on else folded

    def unfold_all(self, part: str) -> None:
        """Show all of a long facet, or again a few."""
        self._whole ^= {part}

    def learn(self, facets: Facets, text: str) -> None:
        """What there is to choose from; without any ``text`` that is all there is."""
        if not text:
            self._known.clear()
        for facet in facets.facets:
            labels = [choice.label for choice in facet.choices]
            self._known[facet.name] = merged(self._known.get(facet.name, []), labels)

    def saved(self, searches: Sequence[SavedSearch], text: str) -> list[Line]:
        """The saved searches, and the way to another."""
        is_open = self._is_open(SAVED)
        lines = [Line("title", SAVED, SAVED_TITLE, on=is_open)]
        if is_open:
            lines += [Line("saved", SAVED, each.name, on=each.query == text) for each in searches]
            lines.append(Line("save", SAVED, SAVE, idle=not text or any(each.query == text for each in searches)))
        return lines

    def facets(self, facets: Facets, hoped: Mapping[Key, bool]) -> list[Line]:
        """Every facet that leads anywhere; ``hoped`` is what was clicked and is not counted yet."""
        lines: list[Line] = []
        for facet in facets.facets:
            if self._narrows(facet, facets.total):
                lines += self._facet(facet, hoped)
        return lines

    def _narrows(self, facet: Facet, total: int) -> bool:
        """Whether there is anything to choose between."""
        known = self._known.get(facet.name, [])
        if len(known) != 1 or not facet.choices:
            return bool(known)
        return facet.choices[0].chosen or facet.choices[0].count != total

    def _facet(self, facet: Facet, hoped: Mapping[Key, bool]) -> list[Line]:
        choices = [_line(facet.name, choice, hoped) for choice in facet.choices]
        is_open, known = self._is_open(facet.name), self._known[facet.name]
        title = Line("title", facet.name, facet.title, on=is_open)
        if not is_open:
            return [title._replace(note=", ".join(line.text for line in choices if line.on))]
        if len(known) <= FEW + 1:
            lines = {line.text: line for line in choices}
            return [title, *(lines.get(label) or _none(facet.name, label) for label in known)]
        if len(choices) <= FEW + 1:
            return [title, *choices]
        if facet.name in self._whole:
            return [title, *choices, Line("more", facet.name, "Show fewer")]
        few = [line for at, line in enumerate(choices) if at < FEW or line.on]
        return [title, *few, Line("more", facet.name, f"Show all {len(choices):,}")]

    def _is_open(self, part: str) -> bool:
        return part not in self._settings.filters_folded


def merged(known: Sequence[str], labels: Sequence[str]) -> list[str]:
    """``known`` in its own order, and what is new behind what it follows."""
    result, at = list(known), 0
    for label in labels:
        if label in result:
            at = result.index(label) + 1
        else:
            result.insert(at, label)
            at += 1
    return result


def _line(part: str, choice: Choice, hoped: Mapping[Key, bool]) -> Line:
    on = hoped.get((part, choice.label), choice.chosen)
    return Line("choice", part, choice.label, f"{choice.count:,}", on, not choice.count and not on)


def _none(part: str, label: str) -> Line:
    return Line("choice", part, label, "0", idle=True)
