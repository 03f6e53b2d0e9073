"""How plans and receipts read on screen."""

from collections.abc import Sequence
from typing import NamedTuple

from ctk.records import Plan, PlanKind, Receipt, Step
from ctk.ui.models import words

HELD = "They wait in a hidden folder on their own drive until you empty it, and Undo brings back every one."
_DO: dict[PlanKind, str] = {
    "move": "Move {}",
    "rename": "Rename {}",
    "remove": "Put {} aside",
    "clean": "Put {} aside",
}
_GO: dict[PlanKind, tuple[str, str]] = {
    "move": ("moves", "move"),
    "rename": ("changes", "change"),
    "remove": ("goes", "go"),
    "clean": ("goes", "go"),
}
_DONE: dict[PlanKind, str] = {"move": "moved", "rename": "renamed", "remove": "put aside", "clean": "put aside"}
_STATES = {"applying": "half done", "done": "done", "undone": "taken back", "partly undone": "partly taken back"}


class Heads(NamedTuple):
    """What stands above the columns of a list of steps."""

    first: str
    second: str
    third: str


_HEADS: dict[PlanKind, Heads] = {
    "move": Heads("Name", "From", "To"),
    "rename": Heads("Name", "New name", "Folder"),
    "remove": Heads("Name", "Folder", "Waits in"),
    "clean": Heads("Name", "Folder", "The copy that stays"),
}


def files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"


def do(plan: Plan) -> str:
    """What the button says: ``Put 1,234 files aside``."""
    return _DO[plan.kind].format(files(len(plan.steps)))


def go(plan: Plan) -> str:
    """How many files the steps are about: ``53 files go``."""
    one, many = _GO[plan.kind]
    return f"{files(len(plan.steps))} {one if len(plan.steps) == 1 else many}"


def title(plan: Plan) -> str:
    """``Put 1,234 files aside, 710 MB``."""
    if not plan.steps:
        return "There is nothing to do here"
    return f"{do(plan)}, {words.size(plan.bytes_freed)}" if plan.bytes_freed else do(plan)


def meaning(plan: Plan) -> str:
    """What the user should know before saying yes."""
    if not plan.steps:
        return "Nothing was changed." if not plan.refused else "Nothing can be changed, for these reasons."
    if plan.kind == "clean":
        return f"Each is compared with the copy that stays, byte for byte, just before. {HELD}"
    if plan.kind == "remove":
        return HELD
    return "Nothing is ever overwritten, and Undo takes everything back."


def stay(plan: Plan) -> str:
    """How many files were refused."""
    count = len(plan.refused)
    return "1 file stays" if count == 1 else f"{count:,} files stay"


def heads(kind: PlanKind) -> Heads:
    return _HEADS[kind]


def step(step: Step, kind: PlanKind, roots: Sequence[str]) -> tuple[str, str, str]:
    """A step as its three columns of words."""
    name, folder = name_and_folder(step.path, roots)
    if kind == "rename":
        return name, words.name(step.target), folder
    if kind == "clean" and step.twin is not None:
        return name, folder, place(step.twin, roots)
    return name, folder, words.folder(step.target, roots)


def name_and_folder(path: str, roots: Sequence[str]) -> tuple[str, str]:
    """A file as two columns."""
    return words.name(path), words.folder(path, roots)


def place(path: str, roots: Sequence[str]) -> str:
    """A file with its folder: ``Drums / Kicks / kick 1.wav``."""
    return f"{words.folder(path, roots)} / {words.name(path)}"


def done(receipt: Receipt) -> str:
    """What came of it: ``1,234 files put aside, 710 MB.``"""
    what = _DONE[receipt.kind]
    size = f", {words.size(receipt.bytes_freed)}" if receipt.bytes_freed else ""
    if not receipt.done:
        return f"No file could be {what}."
    if receipt.done == receipt.steps:
        return f"{files(receipt.done)} {what}{size}."
    return f"{receipt.done:,} of {files(receipt.steps)} {what}{size}."


def undone(receipt: Receipt) -> str:
    """What came back."""
    if receipt.state == "undone":
        return f"{files(receipt.done)} {'is' if receipt.done == 1 else 'are'} back as before."
    if receipt.state == "partly undone":
        return "Not every file could be brought back as it was."
    return "Nothing could be brought back."


def recovered(receipt: Receipt) -> str:
    """What a start put right."""
    what = "taken back" if receipt.state == "undone" else "finished as far as it went"
    return f"“{words.safe(receipt.title)}” was interrupted last time and was {what}: {done(receipt)}"


def state(receipt: Receipt) -> str:
    """How a receipt stands, in a word or two."""
    problems = len(receipt.problems)
    said = _STATES[receipt.state]
    return f"{said}, {problems:,} with a problem" if problems else said
