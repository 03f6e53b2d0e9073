"""The whole window on a core behind a door: it cannot tell the difference."""

import gc
from collections.abc import Iterator

import pytest

from ctk.remote.client import RemoteToolkit
from ctk.toolkit import Toolkit
from tests.remote.conftest import SOUNDS
from tests.ui.conftest import Rig


@pytest.fixture
def rig(screen: str, remote: RemoteToolkit) -> Iterator[Rig]:
    gc.disable()
    rig = Rig(remote)  # type: ignore[arg-type]  # the contract is all that the window needs
    yield rig
    rig.window.quit()
    del rig
    gc.collect()
    gc.enable()


def test_searching_and_playing(rig: Rig, served: Toolkit) -> None:
    rig.wait(lambda: len(rig.names) == len(SOUNDS), "the first rows")
    rig.hands.type("kick")
    rig.wait(lambda: rig.names == ["kick 1.wav", "kick 2.wav"], "the search")
    rig.hands.key("Down")
    rig.wait(lambda: served.audio.now().state == "playing", "the sound")
    rig.hands.key("Down")
    rig.wait(lambda: (served.audio.now().path or "").endswith("kick 2.wav"), "the second sound")
    rig.hands.key("space")
    rig.wait(lambda: served.audio.now().state == "paused", "the pause")
    rig.wait(lambda: rig.window.library.stats is not None, "the count")
