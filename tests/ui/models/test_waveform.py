"""The outline of one sound: kept or made, whole or a part."""

import pytest

from ctk.errors import CannotDecode
from ctk.records import Peaks
from ctk.ui.models.making import Making
from ctk.ui.models.waveform import Waveform
from tests.ui.models.conftest import Room


@pytest.fixture
def waveform(room: Room) -> Waveform:
    return Waveform("playing", room.waveforms, Making(room.waveforms, room.pump), room.pump)


def test_what_is_kept_is_there_at_once(room: Room, waveform: Waveform) -> None:
    id = room.row("vocal loop").id
    room.toolkit.waveforms.build([id]).result(30)
    told: list[bool] = []
    waveform.changed.connect(lambda: told.append(bool(waveform.outlines)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ctk.ui.models.waveform.KEPT_WAIT_S", 2.0)
        waveform.show(id)
    assert told == [True]
    assert waveform.duration_s == pytest.approx(5.0, abs=0.01)


def test_what_is_not_is_made(room: Room, waveform: Waveform) -> None:
    id = room.row("vocal loop").id
    waveform.show(id)
    room.run(lambda: waveform.outlines, "the outline")
    assert waveform.outlines[0].duration_s == pytest.approx(5.0, abs=0.01)
    assert room.toolkit.waveforms.kept([id])


def test_what_is_only_passed_is_not_listened_to(room: Room, waveform: Waveform) -> None:
    rows = room.toolkit.catalog.search("is:ok").rows
    for row in rows:
        waveform.show(row.id)
        room.rest(10)
    room.run(lambda: waveform.outlines)
    assert list(room.toolkit.waveforms.kept([row.id for row in rows])) == [rows[-1].id]


def test_a_part_is_fetched_once_the_view_rests(room: Room, waveform: Waveform) -> None:
    waveform.show(room.row("vocal loop").id)
    room.run(lambda: waveform.outlines)
    for start_s in (0.0, 0.5, 1.0):
        waveform.look(start_s, start_s + 0.5, 800)
    room.run(lambda: len(waveform.outlines) == 2, "the finer outline")
    part = waveform.outlines[1]
    assert [part.start_s, part.end_s, len(part.low)] == pytest.approx([1.0, 1.5, 800])


def test_the_whole_needs_no_finer_one(room: Room, waveform: Waveform) -> None:
    waveform.show(room.row("vocal loop").id)
    room.run(lambda: waveform.outlines)
    waveform.look(0.0, 5.0, 800)
    room.rest(120)
    assert len(waveform.outlines) == 1


def test_another_sound_has_nothing_of_the_one_before(room: Room, waveform: Waveform) -> None:
    waveform.show(room.row("vocal loop").id)
    room.run(lambda: waveform.outlines)
    waveform.look(1.0, 1.5, 800)
    waveform.show(room.row("bass sub").id)
    room.run(lambda: waveform.duration_s == pytest.approx(3.0, abs=0.01))
    room.rest(120)
    assert len(waveform.outlines) == 1
    waveform.show(None)
    assert waveform.outlines == [] and waveform.duration_s is None


def test_a_sound_that_cannot_be_read_stays_empty(
    room: Room, waveform: Waveform, monkeypatch: pytest.MonkeyPatch
) -> None:
    waveform.show(room.row("is:bad").id)
    room.rest(300)
    assert waveform.outlines == []

    def peaks(*_: object, **__: object) -> Peaks:
        raise CannotDecode("This file is damaged.")

    waveform.show(room.row("vocal loop").id)
    room.run(lambda: waveform.outlines)
    monkeypatch.setattr(room.toolkit.waveforms, "peaks", peaks)
    waveform.look(1.0, 1.5, 800)
    room.rest(120)
    assert len(waveform.outlines) == 1
