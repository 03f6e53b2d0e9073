"""The device behind the mixer: opened when needed, and given up when it stops asking."""

import queue
import sys

import numpy as np
import pytest

from ctk.audio.decode.samples import Samples
from ctk.audio.device import Output
from ctk.audio.feed import Feed
from ctk.audio.mixer import Mixer
from ctk.audio.stage import Stage
from ctk.settings import Settings
from tests.audio import signals
from tests.audio.conftest import wait_for
from tests.sound_server import SINK, SoundServer


def test_it_is_opened_once_and_again_after_it_was_closed() -> None:
    stage = Stage("null", Settings(), on_over=lambda feed: None, on_lost=lambda output: None)
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
    stage = Stage("null", Settings(), on_over=over.put, on_lost=lambda output: None)
    stage.open()
    feed = Feed(0, looping=False)
    feed.put(np.zeros((2_000, 2), np.float32))
    feed.put_end()
    stage.play(feed)
    assert over.get(timeout=20) is feed
    assert stage.underruns == 0
    stage.close()


def test_a_lost_device_is_told_and_forgotten() -> None:
    lost: list[Output] = []
    settings = Settings()
    stage = Stage("null", settings, on_over=lambda feed: None, on_lost=lost.append)
    output = stage.open()
    stage.lose(output)
    stage.lose(output)
    assert (lost, stage.is_open, stage.output) == ([output], False, None)
    stage.close()


def test_what_was_chosen_and_lost_is_left_alone_until_the_device_is_closed(
    server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", server.address)
    settings = Settings(device=SINK)
    stage = Stage("pulseaudio", settings, on_over=lambda feed: None, on_lost=lambda output: None)
    assert stage.open().device_id == SINK
    stage.lose(stage.open())
    assert stage.open().device_id == ""
    stage.close_device()
    assert stage.open().device_id == SINK
    stage.close()


def test_threads_give_way_quickly_while_the_device_runs() -> None:
    before = sys.getswitchinterval()
    stage = Stage("null", Settings(), on_over=lambda feed: None, on_lost=lambda output: None)
    stage.open()
    assert sys.getswitchinterval() < before
    stage.close()
    assert sys.getswitchinterval() == before


def test_closing_lets_what_is_heard_fade_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last block that the device was given."""
    settings = Settings(
        buffer_ms=200
    )  # closing waits for a few buffers, and a busy machine may keep the device waiting
    stage = Stage("null", settings, on_over=lambda feed: None, on_lost=lambda output: None)
    given: list[Samples] = []
    render = Mixer.render

    def kept(self: Mixer, frames: int) -> Samples:
        given.append(render(self, frames))
        return given[-1]

    monkeypatch.setattr(Mixer, "render", kept)
    stage.open()
    feed = Feed(0, looping=False)
    feed.put(np.full((48_000, 2), 0.5, np.float32))
    stage.play(feed)
    wait_for(lambda: feed.heard)
    stage.close()
    out = np.concatenate(given)
    assert not out[-1].any()
    assert signals.steepest(out[signals.first_sound(out) :]) < 0.01
