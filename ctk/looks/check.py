"""A whole look under check: its sheet, its pictures, and how both fit what comes from its parents."""

from collections.abc import Mapping
from dataclasses import dataclass

from ctk.looks import filling, keys, layout, pictures
from ctk.looks.about import ROOT
from ctk.looks.look import SHEET, Fault, Look
from ctk.looks.reading import Unreadable, text, values
from ctk.looks.report import Report
from ctk.looks.sheet import Sheet, sheet
from ctk.looks.tokens import READABLE, Tokens, weak_pairs
from ctk.looks.vocabulary import Vocabulary

Files = Mapping[str, bytes]
"""What a look holds, by name."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A look as far as it can be told without its parents; no ``sheet`` where it cannot be read."""

    sheet: Sheet | None
    report: Report
    files: Files


def draft(files: Files, troubles: tuple[Fault, ...], known: Vocabulary) -> Draft:
    """Read the files; ``troubles`` are those of getting at them."""
    report = Report()
    report.add(*troubles)
    data = files.get(SHEET)
    if data is None:
        if files or not troubles:
            report.add(Fault(SHEET, 0, "there is none in it."))
        return Draft(None, report, files)
    try:
        written = text(data)
        found = values(written)
    except Unreadable as exc:
        report.add(exc.fault)
        return Draft(None, report, files)
    report.written = written
    return Draft(sheet(found, report, known), report, files)


def fit(draft: Draft, base: Look, known: Vocabulary) -> None:
    """Tell the report what does not go together with ``base``, the parent filled up."""
    said, report = draft.sheet, draft.report
    if said is None:
        return
    if said.about.id == ROOT:
        _whole(said, report)
    for icon, file in said.icons.items():
        _picture(icon, file, draft)
    if "layout" not in report.spoiled:
        layout.check({**base.layout, **said.layout}, said.layout, report)
    if "keys" not in report.spoiled:
        keys.check({**known.keys, **base.keys, **said.keys}, said.keys, report)
    for ink, paper, ratio in weak_pairs(filling.tokens(said, base)):
        if ink in said.colours or paper in said.colours:
            place = ink if ink in said.colours else paper
            text = (
                f"{ink} on {paper} is hard to read: their contrast is {ratio}, and from {READABLE} on all can read it."
            )
            report.remark(("colours", place), text)


def _whole(said: Sheet, report: Report) -> None:
    """What has no parent must say everything."""
    for colour in Tokens._fields[1:]:
        if colour not in said.colours:
            report.error(("colours",), f"{colour} is missing.")
    if said.columns.order is None or said.columns.hidden is None:
        report.error(("columns",), "order and hidden are missing.")


def _picture(icon: str, file: str, draft: Draft) -> None:
    data = draft.files.get(file)
    if data is None:
        draft.report.error(("icons", icon), f"there is no file {file}.")
        return
    try:
        remark = pictures.check(data)
    except pictures.NoPicture as exc:
        draft.report.add(Fault(file, 0, str(exc)))
        return
    if remark:
        draft.report.remark(("icons", icon), f"{file}: {remark}")
