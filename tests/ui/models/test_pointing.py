"""What is pointed at has a name at once, and is heard when the pointer rests."""

from collections.abc import Sequence

import pytest

from ctk.records import Row
from ctk.ui.models import pointing as module
from ctk.ui.models.pointing import Pointing
from ctk.ui.models.transport import Transport
from tests.ui.models.conftest import Room


class Rig:
    """Pointing at the samples, and what came of it."""

    def __init__(self, room: Room) -> None:
        self.room = room
        toolkit = room.toolkit
        self.transport = Transport(toolkit.audio, toolkit.catalog, toolkit.settings, room.pump)
        self.pointing = Pointing(toolkit.catalog, toolkit.audio, self.transport, room.pump)
        self.named: list[str] = []
        self.asked: list[str] = []
        self.pointing.named.connect(lambda row: self.named.append("" if row is None else row.name))
        self.transport.asked.connect(lambda row: self.asked.append(row.name))
        self.rows: Sequence[Row] = toolkit.catalog.search("is:ok").rows

    def rest(self, row: Row | None) -> None:
        self.pointing.rest(None if row is None else row.id)

    def named_is(self, name: str) -> None:
        self.room.run(lambda: self.named and self.named[-1] == name, name)


@pytest.fixture
def rig(room: Room) -> Rig:
    return Rig(room)


def test_a_name_comes_at_once_and_the_sound_when_the_pointer_rests(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST_MS", 400)
    row = rig.rows[0]
    rig.rest(row)
    rig.named_is(row.name)
    assert rig.asked == [] and rig.pointing.row == row
    rig.room.run(lambda: rig.asked == [row.name], "the sound")


def test_sweeping_over_many_plays_only_the_one_it_ends_at(rig: Rig) -> None:
    for row in rig.rows[:6]:
        rig.rest(row)
    rig.room.run(lambda: rig.asked, "the sound")
    rig.room.rest(200)
    assert rig.asked == [rig.rows[5].name]


def test_nothing_is_heard_once_the_pointer_is_gone(rig: Rig) -> None:
    rig.rest(rig.rows[0])
    rig.rest(None)
    rig.rest(None)
    rig.room.rest(250)
    assert rig.asked == [] and rig.named[-1:] in ([], [""])


def test_what_is_chosen_is_heard_without_delay_and_again(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST_MS", 60_000)
    for _ in range(2):
        rig.pointing.go(rig.rows[1].id)
        rig.room.run(lambda: rig.asked, "the sound")
    assert rig.asked == [rig.rows[1].name] * 2


def test_without_auditioning_only_the_play_key_is_heard(rig: Rig) -> None:
    rig.room.toolkit.settings.audition = False
    row = rig.rows[2]
    rig.rest(row)
    rig.named_is(row.name)
    rig.room.rest(200)
    assert rig.asked == []
    rig.transport.toggle()
    assert rig.asked == [row.name]
    rig.pointing.play(rig.rows[3].id)
    rig.room.run(lambda: len(rig.asked) == 2, "the other")
    assert rig.asked[1] == rig.rows[3].name


def test_what_was_forgotten_is_asked_for_again(rig: Rig) -> None:
    row = rig.rows[0]
    rig.rest(row)
    rig.named_is(row.name)
    rig.room.toolkit.facts.rate([row.id], 4)
    rig.pointing.forget()
    rig.rest(None)
    rig.rest(row)
    rig.named_is(row.name)
    assert rig.pointing.row is not None and rig.pointing.row.rating == 4


def test_a_sound_that_is_gone_has_no_name(rig: Rig) -> None:
    rig.pointing.rest(999_999)
    rig.room.rest(200)
    assert rig.named == [] and rig.asked == []
