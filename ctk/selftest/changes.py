"""The steps that change files: finding a duplicate, cleaning it up, taking that back."""

import shutil
from pathlib import Path

from ctk.selftest.bench import WAIT_S, Bench, Failed

HELD = ".ctk-held"
"""The holding folder for what was removed."""


def duplicates(bench: Bench) -> str:
    """Copy a sound, and have the pair found."""
    if not bench.made:
        raise Failed("There are no sounds, so there are no duplicates.")
    original = bench.made[0].path
    copy = bench.sounds / "Copies" / f"copy{original.suffix}"
    copy.parent.mkdir()
    shutil.copyfile(original, copy)
    report = bench.toolkit.sources.scan().result(WAIT_S)
    if report.added != 1:
        raise Failed(f"One file is new, and the scan found {report.added}.")
    found = bench.toolkit.duplicates.find().result(WAIT_S)
    pairs = [{Path(file.path) for file in group.files} for group in found.groups]
    if pairs != [{original, copy}] or found.groups[0].kind != "exact":
        raise Failed(f"There is one pair of duplicates, and {len(pairs)} groups were found.")
    bench.before = _content(bench)
    return "one pair, found by their content"


def clean(bench: Bench) -> str:
    """Put the spare copy aside, and touch nothing else."""
    toolkit, before = bench.toolkit, bench.before
    plan = toolkit.duplicates.plan()
    if len(plan.steps) != 1:
        raise Failed(f"There is one spare copy, and {len(plan.steps)} would be put aside.")
    receipt = toolkit.batch.apply(plan).result(WAIT_S)
    for problem in receipt.problems:
        raise Failed(problem.reason)
    gone = Path(plan.steps[0].path)
    if _content(bench) != {path: content for path, content in before.items() if path != gone}:
        raise Failed("Cleaning up changed more than the spare copy.")
    held = [Path(one.held_path) for one in toolkit.batch.held()]
    if [path.read_bytes() for path in held] != [before[gone]]:
        raise Failed("The spare copy was not kept as it was.")
    bench.receipt = receipt.id
    return f"{receipt.bytes_freed:,} bytes put aside"


def undo(bench: Bench) -> str:
    """Bring it back, byte for byte."""
    if bench.receipt is None:
        raise Failed("Nothing was cleaned up, so there is nothing to undo.")
    receipt = bench.toolkit.batch.undo(bench.receipt).result(WAIT_S)
    if receipt.state != "undone":
        raise Failed(f"Undoing ended {receipt.state}.")
    if _content(bench) != bench.before:
        raise Failed("Not every file is again as it was.")
    return f"{len(bench.before)} files, byte for byte as before"


def _content(bench: Bench) -> dict[Path, bytes]:
    """Every file of the library, without what is held."""
    files = (path for path in bench.sounds.rglob("*") if path.is_file() and HELD not in path.parts)
    return {path: path.read_bytes() for path in files}
