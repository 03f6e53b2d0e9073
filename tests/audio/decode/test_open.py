"""The door of the room: paths of all sorts, and the price of importing it."""

import subprocess
import sys
from pathlib import Path

import pytest

from ctk.audio import decode
from tests.audio import signals


def test_relative_and_other_paths_are_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signals.write("wav_16", tmp_path / "sound.wav", signals.chirp(0.1, 44_100))
    monkeypatch.chdir(tmp_path)
    for path in ("sound.wav", "./sound.wav", tmp_path / "sound.wav"):
        with decode.open(path) as stream:
            assert stream.frames == 4_410


def test_a_start_beyond_the_end_is_the_end(tmp_path: Path) -> None:
    file = signals.write("wav_16", tmp_path / "sound.wav", signals.chirp(0.1, 44_100))
    with decode.open(file, start_s=5.0) as stream:
        assert len(stream.read(10)) == 0


def test_the_player_brings_nothing_heavy_until_it_plays() -> None:
    lines = (
        "import sys; from ctk.audio.player import Player; from ctk.events import Events",
        "from ctk.settings import Settings; Player(str, Events(), Settings()).close()",
        "print(sorted({'av', 'miniaudio', 'numpy'} & set(sys.modules)))",
    )
    run = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
