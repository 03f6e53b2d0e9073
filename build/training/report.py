"""How well the model does, in words: each pack judged by a model that met none of it, each made sound likewise."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from training import learn
from training.corpus import Corpus
from training.dsp import Array
from training.score import ENOUGH, Score, calibration_error, score

PACKS: Final = ("hydrogen", "lmms", "sonicpi")
FOLDS: Final = 5
MARK: Final = "<!-- below this line: written by build/train_builtin.py -->"


@dataclass(frozen=True, slots=True)
class Judged:
    """``names`` are what the sounds are, ``probabilities`` what models said that knew nothing of their source."""

    names: Sequence[str]
    probabilities: Array

    @property
    def score(self) -> Score:
        return score(self.names, self.probabilities)


def by_pack(sounds: Corpus, members: int = learn.MEMBERS) -> dict[str, Judged]:
    """Each pack by a model that learned from all but that pack."""
    answers = {}
    for pack in PACKS:
        asked = sounds.where((sounds.source == pack) & (sounds.copy == 0))
        model = learn.trained(sounds.where(sounds.source != pack), members=members)
        answers[pack] = Judged(list(asked.category), model.probabilities(asked.vectors))
    return answers


def by_family(sounds: Corpus) -> Judged:
    """Each family of made sounds (a kind of synthesis, a General MIDI family, a kind of voice) by a model that met
    none of a fifth of all families, this one among them."""
    made = ~np.isin(sounds.source, PACKS)
    fold = np.array([zlib.crc32(family.encode()) % FOLDS for family in sounds.family])
    parts = []
    for number in range(FOLDS):
        out = made & (fold == number)
        asked = sounds.where(out)
        model = learn.trained(sounds.where(~out), members=1)
        parts.append(Judged(list(asked.category), model.probabilities(asked.vectors)))
    return together(parts)


def together(parts: Sequence[Judged]) -> Judged:
    return Judged(
        [name for part in parts for name in part.names], np.concatenate([part.probabilities for part in parts])
    )


def lines(packs: dict[str, Judged], families: Judged) -> Iterator[str]:
    """The scores as Markdown."""
    whole = together(list(packs.values()))
    yield "## Scores"
    yield ""
    yield "Every pack judged by a model that learned from everything else (leave one source out), content only."
    yield f"Macro-F1 over categories with {ENOUGH} sounds or more: **{whole.score.macro_f1(ENOUGH):.2f}**;"
    yield f"over all seven: {whole.score.macro_f1():.2f}; accuracy {whole.score.accuracy:.2f};"
    yield f"mean recall {whole.score.recall:.2f}; calibration error before sharpening"
    yield f"{calibration_error(whole.names, whole.probabilities):.2f}. Rows are what sounds are, columns what they were"
    yield "taken for."
    yield ""
    yield from _fenced(whole.score.lines())
    for pack, judged in packs.items():
        found = ", ".join(f"{name} {value:.2f}" for name, value in judged.score.f1.items())
        yield f"* {pack}: accuracy {judged.score.accuracy:.2f}; F1 {found}"
    yield ""
    yield "Renders, voices and synthesis, each by a model that met no sound of its family (five folds over families):"
    yield f"macro-F1 {families.score.macro_f1():.2f}."
    yield ""
    yield from _fenced(families.score.lines())


def write(card: Path, text: str) -> None:
    """Put the scores where the card has its mark."""
    head = card.read_text("utf-8").split(MARK)[0]
    card.write_text(f"{head}{MARK}\n\n{text}\n", "utf-8")


def _fenced(rows: Sequence[str]) -> Iterator[str]:
    yield from ("```", *rows, "```", "")


def said(text: str) -> float:
    """The score that ``lines`` told first."""
    return float(text.split("**")[1])
