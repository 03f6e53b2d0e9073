"""How the list plays is kept, told, and never contradicts itself."""

import pytest

from ctk.ui.models.habits import Habits
from tests.ui.models.conftest import Room


@pytest.fixture
def habits(room: Room) -> Habits:
    return Habits(room.toolkit.audio, room.toolkit.settings, room.pump)


def test_each_is_kept_and_told(room: Room, habits: Habits) -> None:
    told: list[bool] = []
    habits.changed.connect(lambda: told.append(True))
    habits.set_audition(False)
    habits.set_go_on(True)
    habits.set_loop(True)
    settings = room.toolkit.settings
    assert (settings.audition, settings.go_on, settings.loop) == (False, False, True)
    assert (habits.audition, habits.go_on, habits.loop) == (False, False, True)
    assert len(told) == 3


def test_a_sound_loops_or_the_list_goes_on(habits: Habits) -> None:
    habits.set_go_on(True)
    habits.set_loop(True)
    assert (habits.loop, habits.go_on) == (True, False)
    habits.set_go_on(True)
    assert (habits.loop, habits.go_on) == (False, True)
    habits.set_loop(False)
    assert habits.go_on


def test_the_player_hears_of_the_loop(room: Room, habits: Habits) -> None:
    habits.set_loop(True)
    room.run(lambda: room.now.loop)
    habits.set_go_on(True)
    room.run(lambda: not room.now.loop)
