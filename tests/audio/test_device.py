"""The device: it runs whatever the renderer does, and says in words when there is none."""

import os
import sys
import threading
import time

import numpy as np
import pytest

from ctk.audio import device
from ctk.audio.decode.samples import Samples, silence
from ctk.audio.device import Output
from ctk.errors import NoAudioDevice
from tests import sound_server
from tests.audio.conftest import wait_for


def null() -> Output:
    return Output("null", "", 20, lambda output: None)


def test_it_asks_for_blocks_until_it_is_closed() -> None:
    asked: list[int] = []

    def render(frames: int) -> Samples:
        asked.append(frames)
        return silence(frames, 2)

    output = null()
    output.start(render)
    wait_for(lambda: output.blocks > 5)
    assert (output.system, output.rate_hz, set(asked)) == ("Null", 48_000, {960})
    output.close()
    output.close()
    count = len(asked)
    time.sleep(0.1)
    assert len(asked) == count


def test_an_answer_that_comes_too_late_is_counted_while_there_is_sound() -> None:
    loud, wait_s = 0.0, 0.0

    def render(frames: int) -> Samples:
        time.sleep(wait_s)
        return np.full((frames, 2), loud, np.float32)

    output = null()
    output.start(render)
    wait_for(lambda: output.blocks > 2)
    wait_s = 0.1
    wait_for(lambda: output.blocks > 5)
    assert output.late == 0
    loud = 0.5
    wait_for(lambda: output.late > 1)
    output.close()


@pytest.mark.logs_errors
def test_a_renderer_that_fails_makes_silence_and_one_log_entry(caplog: pytest.LogCaptureFixture) -> None:
    def render(frames: int) -> Samples:
        raise ZeroDivisionError

    output = null()
    output.start(render)
    wait_for(lambda: output.blocks > 5)
    output.close()
    assert [record.message for record in caplog.records] == ["a block of sound could not be made"]


def test_an_unknown_sound_system_is_named_with_those_that_are_there() -> None:
    with pytest.raises(NoAudioDevice, match=r"no sound system 'betamax' here.*null"):
        Output("betamax", "", 20, lambda output: None)
    with pytest.raises(NoAudioDevice, match="betamax"):
        device.devices("betamax")


def test_devices_have_ids_that_are_text() -> None:
    (found,) = device.devices("null")
    assert (type(found.id), found.name, found.default) == (str, "NULL Playback Device", True)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only on Linux: sound servers are named by PULSE_SERVER"
)
def test_no_device_at_all_is_one_sentence_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    before = len(os.listdir("/proc/self/fd"))
    for backend in ("pulseaudio", None):
        if backend is None and os.path.exists("/proc/asound/cards"):
            continue  # this machine has a sound card
        for _ in range(5):
            with pytest.raises(NoAudioDevice, match=r"^There is no sound device to play on\.$"):
                Output(backend, "", 20, lambda output: None)
    assert capfd.readouterr() == ("", "")
    assert len(os.listdir("/proc/self/fd")) == before


def test_opening_and_closing_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    with sound_server.running() as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        counts = []
        for _ in range(8):
            output = Output("pulseaudio", "", 20, lambda output: None)
            output.start(lambda frames: np.zeros((frames, 2), np.float32))
            assert device.devices("pulseaudio")[0].id == sound_server.SINK
            output.close()
            counts.append(len(os.listdir("/proc/self/fd")))
    assert counts[0] == counts[-1]
    wait_for(lambda: "audio-device" not in [thread.name for thread in threading.enumerate()])


def test_a_device_that_is_not_here_is_replaced_by_the_default(caplog: pytest.LogCaptureFixture) -> None:
    output = Output("null", "an interface that was unplugged", 20, lambda output: None)
    output.close()
    assert "an interface that was unplugged" in caplog.text
