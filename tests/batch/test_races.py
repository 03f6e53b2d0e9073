"""Files that change between the finding, the plan and the deed: a removal is of what was proven, or is not done."""

import os
import random
import shutil
import threading
from pathlib import Path

import pytest

from tests.batch.library import contents, do, ids, places, scanned, undo
from tests.sources.library import wav

PAIRS = 500


@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_files_somebody_works_on(seed: int, home: Path, tmp_path: Path) -> None:
    dice = random.Random(seed)
    root = tmp_path / "Samples"
    for number in range(PAIRS):
        wav(root / "kept" / f"{number}.wav", number, frames=20)
        (root / "spare").mkdir(exist_ok=True)
        shutil.copy2(root / "kept" / f"{number}.wav", root / "spare" / f"{number}.wav")
    with scanned(home, root) as toolkit:
        where = {os.path.relpath(path, root): id for id, (path, _) in places(toolkit).items()}
        plan = toolkit.batch.plan_clean(
            [(where[f"spare/{number}.wav"], where[f"kept/{number}.wav"]) for number in range(PAIRS)]
        )
        assert len(plan.steps) == PAIRS
        known = contents(root)
        early = dice.sample(range(PAIRS), 100)
        for number in early:
            spoil(root / "kept" / f"{number}.wav", dice)
        over = threading.Event()
        spoiler = threading.Thread(target=keep_spoiling, args=(root, random.Random(seed), over))
        spoiler.start()
        receipt = do(toolkit.batch, plan)
        over.set()
        spoiler.join()
        assert known <= contents(root), "the spare copy is there, or held, whatever became of the other"
        refused = {int(Path(problem.path).stem) for problem in receipt.problems}
        assert set(early) <= refused
        assert all((root / "spare" / f"{number}.wav").is_file() for number in refused)
        assert receipt.done + len(refused) == PAIRS
        assert receipt.done > PAIRS / 10
        undo(toolkit.batch)
        assert all((root / "spare" / f"{number}.wav").is_file() for number in range(PAIRS))
        assert len(ids(toolkit)) == 2 * PAIRS


def spoil(path: Path, dice: random.Random) -> None:
    """Other bytes in the middle; size and time stay, as for an editor that is careful with times."""
    found = path.stat()
    with open(path, "r+b") as file:
        file.seek(50)
        file.write(dice.randbytes(8))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def keep_spoiling(root: Path, dice: random.Random, over: threading.Event) -> None:
    for number in dice.sample(range(PAIRS), PAIRS // 2):
        if over.wait(dice.uniform(0, 0.0005)):
            return
        spoil(root / "kept" / f"{number}.wav", dice)
