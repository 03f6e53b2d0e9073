"""Train the built-in listener: ``python build/train_builtin.py`` makes and hears its sounds, learns, tells how well.

It needs Debian with fluidsynth, fluid-soundfont-gm, espeak-ng, festival and the voices of ``debian.VOICES``. It writes
``ctk/classify/builtin.npz`` and, below the line of the card that says so, the scores in ``ctk/classify/MODEL_CARD.md``.
"""

import argparse
import shutil
import sys
from pathlib import Path
from typing import Final

import numpy as np

from environment import ROOT

sys.path.insert(0, str(ROOT))

import debian
from ctk.classify.builtin import FILE
from training import calibrate, corpus, learn, report

ROOM: Final = ROOT / "ctk" / "classify"
LABELS: Final = ROOT / "tests" / "classify" / "labels.csv"
CARD: Final = ROOM / "MODEL_CARD.md"
PROGRAMS: Final = ("espeak-ng", "festival", "fluidsynth")
CACHE: Final = ROOT / ".cache" / "listener"


def main() -> None:
    """Make, learn, judge; write the model and its card unless only the scores are wanted."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--packs", type=Path, default=debian.PACKS, help="where the sample packs are unpacked")
    options.add_argument("--cache", type=Path, default=CACHE, help="where features are kept between runs")
    options.add_argument("--score-only", action="store_true", help="say how well it does, and write nothing")
    chosen = options.parse_args()
    if lacking := [tool for tool in PROGRAMS if not shutil.which(tool)]:
        sys.exit(f"This needs {', '.join(lacking)}: say 'sudo apt install {' '.join((*lacking, *debian.VOICES))}'.")
    if chosen.packs == debian.PACKS and (said := debian.fetch_packs(*debian.LARGE_PACKS)):
        sys.exit(said)
    sounds = corpus.gather(chosen.packs, LABELS, debian.SOUND_FONT_FILE, chosen.cache)
    packs = report.by_pack(sounds)
    text = "\n".join(report.lines(packs, report.by_family(sounds)))
    print(text)
    if not chosen.score_only:
        judged = report.together(list(packs.values()))
        model = calibrate.calibrated(learn.trained(sounds), judged.names, judged.probabilities)
        with (ROOM / FILE).open("wb") as file:
            model.write(file)
        report.write(CARD, text)


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
