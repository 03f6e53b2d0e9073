"""Facts in arrays: room that grows, numbers for texts, values out of bounds."""

import numpy as np
import pytest

from ctk.catalog.columns import KINDS, Columns, Names


def put(columns: Columns, slots: list[int], names: list[bytes], **facts: list[object]) -> None:
    columns.put(np.array(slots), facts, names)


def test_room_grows_and_keeps_what_is_there() -> None:
    columns = Columns()
    for n in range(300):
        columns.grow(1)
        put(columns, [n], [b"a.wav"], size_bytes=[n])
    assert columns["size_bytes"].tolist() == list(range(300))
    assert columns.alive.all()
    assert all(len(columns[name]) == 300 for name in KINDS)


def test_values_beyond_their_kind_are_cut_off() -> None:
    columns = Columns()
    columns.grow(2)
    put(columns, [0, 1], [b"", b""], channels=[65_536, -1], sample_rate_hz=[2**40, 44_100], duration_s=[None, 1.5])
    assert columns["channels"].tolist() == [32_767, -1]
    assert columns["sample_rate_hz"].tolist() == [2**31 - 1, 44_100]
    assert np.isnan(columns["duration_s"][0])


@pytest.mark.parametrize(
    ("name", "ending"), [(b"a.WAV", "wav"), (b"a.b.Flac", "flac"), (b"a", None), (b"a.", None), ("x.É".encode(), "e")]
)
def test_endings(name: bytes, ending: str | None) -> None:
    columns = Columns()
    columns.grow(1)
    put(columns, [0], [name])
    assert columns.names["ext"].texts()[int(columns["ext"][0])] == ending


def test_names_number_texts_as_they_come() -> None:
    names = Names()
    assert names.numbers(["b", None, "A", "b"]) == [1, 0, 2, 1]
    assert names.texts() == [None, "b", "A"]
    assert names.folded() == [None, "b", "a"]
    assert Names(names.texts()).numbers(["A", "new"]) == [2, 3]


def test_slots_of_leaves_out_what_is_not_there() -> None:
    columns = Columns()
    assert columns.slots_of(np.array([1])).tolist() == []
    columns.grow(3)
    put(columns, [0, 1, 2], [b"", b"", b""])
    columns["id"][:] = [2, 4, 9]
    columns.alive[1] = False
    assert columns.slots_of(np.array([9, 4, 1, 2, 100])).tolist() == [2, 0]
