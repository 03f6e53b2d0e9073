"""Where sound comes out: opened for the first sound, described, and gone when it is closed."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from ctk.audio.feed import Feed
from ctk.audio.speakers import SILENT_DB, Speakers
from ctk.errors import NoAudioDevice
from ctk.events import DevicesChanged, Events
from ctk.settings import Settings
from tests.audio.conftest import wait_for


class Stand:
    """Speakers that play into nothing, and what they told."""

    def __init__(self) -> None:
        self.settings, self.events = Settings(), Events()
        self.over: list[Feed] = []
        self.looks: list[bool] = []
        self.lost: list[str] = []
        self.words: list[str] = []
        self.moved: list[bool] = []
        self.events.subscribe(DevicesChanged, lambda event: self.words.append(event.words))
        self.speakers = Speakers(
            "null",
            self.settings,
            self.events,
            on_over=self.over.append,
            on_look=lambda: self.looks.append(True),
            on_moved=lambda: self.moved.append(True),
            on_lost=self.lost.append,
        )


@pytest.fixture
def stand() -> Iterator[Stand]:
    stand = Stand()
    yield stand
    stand.speakers.close()


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate() if thread.name.startswith("audio")}


def test_nothing_is_opened_before_it_must_be(stand: Stand) -> None:
    stand.speakers.play(None)
    stand.speakers.set_volume()
    stand.speakers.close_device()
    assert (stand.speakers.output, stand.speakers.underruns, threads()) == (None, 0, set())
    assert stand.speakers.open() is stand.speakers.open() is stand.speakers.output
    assert threads() == {"audio-watch", "audio-follow"}


def test_what_is_over_is_told_and_somebody_may_look_now_and_then(stand: Stand) -> None:
    stand.speakers.open()
    feed = Feed(0, looping=False)
    feed.put(np.zeros((2_000, 2), np.float32))
    feed.put_end()
    stand.speakers.play(feed)
    wait_for(lambda: stand.over == [feed])
    wait_for(lambda: stand.looks)


def test_the_volume_is_that_of_the_settings(stand: Stand) -> None:
    gains = []
    for db in (0.0, -20.0, 6.0, 99.0, SILENT_DB):
        stand.settings.volume_db = db
        gains.append(stand.speakers._gain())
    assert gains == pytest.approx([1, 0.1, 1.995, 1.995, 0], abs=0.001)


def test_it_is_described_with_and_without_a_sound(stand: Stand) -> None:
    text = "Null, NULL Playback Device, 48000 Hz, 20 ms buffer, 0 underruns"
    assert stand.speakers.describe() == text
    assert stand.speakers.output is None
    output = stand.speakers.open()
    assert stand.speakers.describe() == text
    assert stand.speakers.output is output


def test_what_is_gone_is_replaced_by_what_is_there(stand: Stand) -> None:
    before = stand.speakers.open()
    assert stand.speakers._stage is not None
    stand.speakers._stage.lose(before)
    after = stand.speakers.open()
    assert after is not before
    assert (stand.moved, stand.lost) == ([True], [])
    assert stand.words == ["Sound comes out of NULL Playback Device now."]


def test_closing_is_final(stand: Stand) -> None:
    stand.speakers.open()
    for _ in range(2):
        stand.speakers.close()
    assert threads() == set()
    with pytest.raises(NoAudioDevice, match="closed"):
        stand.speakers.open()
