"""The eye that sees nothing, and says so."""

from pathlib import Path

from ctk.sources.watch.eye import Eye
from ctk.sources.watch.shut import Shut
from tests.sources.watch.eyes import go_on, is_quiet, put, watched


def test_everything_has_to_be_looked_through(tmp_path: Path) -> None:
    eye: Eye = Shut("it is dark")
    one, two = watched(eye, tmp_path, 1), watched(eye, tmp_path, 2)
    eye.watch(one, go_on)
    put(tmp_path / "kick.wav")
    assert is_quiet(one, 0.1)
    assert eye.blind == {1: "it is dark", 2: "it is dark"}
    eye.leave(two.id)
    eye.leave(two.id)
    assert eye.blind == {1: "it is dark"}
    eye.close()
    eye.close()
    assert eye.blind == {}
