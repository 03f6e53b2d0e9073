"""The sound server of the tests: what it plays it records, and where it cannot run it says what to install."""

import shutil
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from tests import sound_server
from tests.sound_server import RATE_HZ


def test_what_another_program_plays_is_recorded(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "sound.wav"), "wb") as file:
        file.setparams((2, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(np.full(RATE_HZ, 8_192, "<i2").tobytes())
    with sound_server.running() as server, server.recording() as heard:
        subprocess.run(["paplay", f"--server={server.address}", str(tmp_path / "sound.wav")], check=True)
        heard.wait(0.3)
        samples = heard.samples()
    assert np.abs(samples).max() == pytest.approx(0.25, abs=1e-4)
    assert np.count_nonzero(samples[:, 0]) == pytest.approx(RATE_HZ // 2, rel=0.05)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only on Linux: sound is recorded from PulseAudio")
def test_a_missing_server_is_a_failure_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(pytest.fail.Exception, match="apt install pulseaudio"), sound_server.running():
        pass
