"""What is handed to other programs: the files that are here, in the order of the list, and words about the rest."""

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

import ctk
from ctk.toolkit import Toolkit
from ctk.ui.models import picked
from ctk.ui.models.picked import MANY, Files
from ctk.ui.models.search import Ask
from tests.sources.library import unplug, wav


@pytest.fixture
def ids(toolkit: Toolkit, tmp_path: Path) -> "array[int]":
    for number in (1, 2, 10):
        wav(tmp_path / "Samples" / f"kick {number}.wav", number)
    toolkit.sources.scan([tmp_path / "Samples"]).result(30)
    return toolkit.catalog.ids("", sort="id")


@pytest.fixture
def toolkit(home: Path) -> Iterator[Toolkit]:
    with ctk.open(home) as toolkit:
        yield toolkit


def test_files_come_in_the_order_of_the_list(toolkit: Toolkit, ids: "array[int]") -> None:
    names = [path[-6:] for path in picked.files(toolkit.catalog, Ask("", "name", True), ids).paths]
    assert names == ["10.wav", " 2.wav", " 1.wav"]
    assert picked.paths(toolkit.catalog, Ask("", "name", True), ids).count("\n") == 2
    order = picked.ordered(toolkit.catalog, Ask("", "name", True), ids)
    assert [toolkit.catalog.get(id).name[-6:] for id in order] == names


def test_files_that_are_gone_or_missing_are_left_out(toolkit: Toolkit, ids: "array[int]", tmp_path: Path) -> None:
    (tmp_path / "Samples" / "kick 2.wav").unlink()
    found = picked.files(toolkit.catalog, Ask(), ids)
    assert (len(found.paths), found.left_out) == (2, 1)
    toolkit.sources.scan().result(30)
    assert picked.files(toolkit.catalog, Ask(), ids) == found
    unplug(tmp_path / "Samples")
    toolkit.sources.scan().result(30)
    assert picked.files(toolkit.catalog, Ask(), ids) == Files([], 3)


@pytest.mark.parametrize(
    ("here", "left_out", "remark"),
    [
        (3, 0, ""),
        (0, 1, "This sound is not here now."),
        (0, 2, "None of these sounds is here now."),
        (1, 1, "1 sound; 1 is not here and was left out."),
        (3, 2, "3 sounds; 2 are not here and were left out."),
        (MANY, 5000, "Only the first 10,000 sounds; 5,000 were left out."),
    ],
)
def test_what_is_left_out_is_said(here: int, left_out: int, remark: str) -> None:
    assert Files([""] * here, left_out).remark == remark
