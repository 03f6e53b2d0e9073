"""Notes in memory: found by their words, kept, and overwritten."""

import numpy as np
import pytest

from ctk.catalog.remarks import Remarks


@pytest.fixture
def remarks() -> Remarks:
    remarks = Remarks()
    remarks.put(np.array([0, 1, 2, 3]), ["For the Intro,\nÉté", None, "too LO-fi \udcff", ""])
    return remarks


def found(remarks: Remarks, text: str) -> list[int]:
    slots: list[int] = np.flatnonzero(remarks.find(text, 5)).tolist()
    return slots


def test_words_are_found_as_in_names(remarks: Remarks) -> None:
    assert found(remarks, "intro ete") == found(remarks, "tro") == [0]
    assert found(remarks, " fi ") == found(remarks, "lo fi") == [2]
    assert found(remarks, "zzz") == []


def test_any_and_none(remarks: Remarks) -> None:
    assert found(remarks, "any") == [0, 2]
    assert found(remarks, "none") == [1, 3, 4]


def test_the_newest_stands(remarks: Remarks) -> None:
    remarks.put(np.array([0, 1]), [None, "intro"])
    assert found(remarks, "intro") == [1]


def test_what_is_kept_comes_back(remarks: Remarks) -> None:
    again = Remarks.of(*remarks.parts())
    assert [found(again, text) for text in ("intro ete", "lo fi", "any")] == [[0], [2], [0, 2]]
    assert found(Remarks.of(*Remarks().parts()), "any") == []
