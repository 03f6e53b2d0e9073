"""A sound to learn from: what it is and where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ctk.audio import decode
from ctk.classify import features
from training.dsp import Array


@dataclass(frozen=True, slots=True)
class Sound:
    """``family`` is what can be held out together; sounds of one ``group`` are near copies of each other."""

    category: str
    family: str
    group: str
    samples: Array


def heard(path: Path) -> Array:
    """The start of a file as the classifier hears it."""
    with decode.open(path, rate=features.RATE, channels=1) as stream:
        return stream.read(round(features.LISTEN_S * features.RATE))[:, 0]


def labelled(table: Path, packs: Path) -> Iterator[tuple[str, str, str]]:
    """Path inside the packs, category and source of each sound of a table of labels."""
    for line in table.read_text("utf-8").splitlines()[1:]:
        path, category, source = line.rsplit(",", 2)
        if (packs / path).exists():
            yield path, category, source
