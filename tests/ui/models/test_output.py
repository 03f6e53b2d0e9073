"""Devices are listed and chosen, on a sound system that is silent."""

from collections.abc import Sequence

import pytest

from ctk.errors import NoAudioDevice
from ctk.events import DevicesChanged
from ctk.records import Device
from ctk.ui.models.output import Output
from tests.ui.models.conftest import Room


@pytest.fixture
def output(room: Room) -> Output:
    return Output(room.toolkit.audio, room.toolkit.settings, room.pump)


def test_the_devices_are_those_of_the_player(room: Room, output: Output) -> None:
    output.ask()
    room.run(lambda: output.devices)
    assert list(output.devices) == list(room.toolkit.audio.devices())
    assert output.chosen is None


def test_a_device_is_chosen_and_the_system_again(room: Room, output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(room.toolkit.audio, "set_device", asked.append)
    output.choose("headphones")
    room.run(lambda: asked == ["headphones"])
    output.choose(None)
    room.run(lambda: asked == ["headphones", None])


def test_one_that_is_gone_is_explained(room: Room, output: Output) -> None:
    said: list[str] = []
    output.trouble.connect(said.append)
    output.choose("no such device")
    room.run(lambda: said)
    assert said == ["This sound device is not here any more."] and output.chosen is None


def test_no_devices_is_explained(room: Room, output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    def devices() -> Sequence[Device]:
        raise NoAudioDevice("There is no sound system.")

    said: list[str] = []
    output.trouble.connect(said.append)
    monkeypatch.setattr(room.toolkit.audio, "devices", devices)
    output.ask()
    room.run(lambda: said == ["There is no sound system."])


def test_where_sound_goes_now_is_passed_on(room: Room, output: Output) -> None:
    said: list[str] = []
    output.told.connect(said.append)
    room.toolkit.events.emit(DevicesChanged("Sound comes out of the headphones now."))
    room.run(lambda: said == ["Sound comes out of the headphones now."])


def test_the_buffer_counts_at_once(room: Room, output: Output) -> None:
    room.toolkit.audio.play(room.row("vocal loop").id)
    output.set_buffer(50)
    assert output.buffer_ms == room.toolkit.settings.buffer_ms == 50
    room.rest()
    room.run(lambda: room.now.state == "playing")


def test_even_loudness_is_kept(room: Room, output: Output) -> None:
    output.set_even_loudness(True)
    assert output.even_loudness and room.toolkit.settings.even_loudness
