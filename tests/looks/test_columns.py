"""The columns of the list."""

from pathlib import Path

import pytest

from ctk.looks.shelf import Shelf
from ctk.looks.vocabulary import COLUMNS
from tests.looks.making import faults, own


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('order = ["bpm", "name"]', "look.toml:5: name is always the first column."),
        ('hidden = ["name"]', "look.toml:5: name cannot be hidden."),
        ('order = ["tempo"]', 'look.toml:5: there is no column "tempo".'),
        ('hidden = ["bpm",\n"bpm"]', 'look.toml:6: "bpm" stands twice in hidden.'),
        ("widths = { bpm = 5 }", "look.toml:5: bpm is 5, and must be from 20 to 2000."),
        ("width = { bpm = 50 }", "did you mean widths?"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (fault,) = faults(tmp_path, f"[columns]\n{text}\n")
    assert told in fault


def test_what_is_not_named_follows(home: Path) -> None:
    own(home, "mine", '[columns]\norder = ["key", "bpm"]\nwidths = { bpm = 99 }\n')
    columns, before = Shelf(home).get("mine").columns, Shelf(home).get("dark").columns
    assert columns.order[:4] == ("name", "key", "bpm", "path")
    assert sorted(columns.order) == sorted(COLUMNS)
    assert columns.widths == {**before.widths, "bpm": 99}
    assert columns.hidden == before.hidden
