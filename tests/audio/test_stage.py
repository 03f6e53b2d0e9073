"""The device behind the mixer: opened when needed, and given up when it stops asking."""

import queue
from pathlib import Path

import numpy as np
import pytest

from ctk.audio.feed import Feed
from ctk.audio.stage import Stage
from ctk.errors import NoAudioDevice
from ctk.settings import Settings
from tests import sound_server


def test_it_is_opened_once_and_again_after_it_was_closed() -> None:
    stage = Stage("null", Settings(), on_over=lambda feed: None, on_lost=lambda: None)
    assert not stage.is_open
    first = stage.open()
    assert stage.open() is first
    stage.close_device()
    assert not stage.is_open
    assert stage.open() is not first
    stage.close()
    stage.close()
    assert not stage.is_open


def test_the_end_of_a_sound_is_told_on_another_thread() -> None:
    over: queue.Queue[Feed] = queue.Queue()
    stage = Stage("null", Settings(), on_over=over.put, on_lost=lambda: None)
    stage.open()
    feed = Feed(0, looping=False)
    feed.put(np.zeros((2_000, 2), np.float32))
    feed.put_end()
    stage.play(feed)
    assert over.get(timeout=20) is feed
    assert stage.underruns == 0
    stage.close()


def test_a_device_that_stops_asking_is_lost(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lost: queue.Queue[bool] = queue.Queue()
    stage = Stage("pulseaudio", Settings(), on_over=lambda feed: None, on_lost=lambda: lost.put(True))
    with sound_server.running() as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        stage.open()
        server.stop()
        assert lost.get(timeout=20)
        assert not stage.is_open
        with pytest.raises(NoAudioDevice):
            stage.open()
    with sound_server.running() as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        assert stage.open().system == "PulseAudio"
    stage.close()
