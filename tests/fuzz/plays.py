"""Playing broken sounds, on a device that plays into nothing: from the start, from inside, and a part of them."""

import functools
import math
import threading
from pathlib import Path

from ctk.audio.player import Player
from ctk.errors import CtkError
from ctk.events import Events
from ctk.settings import Settings

HEARD_S = 0.03


def plays(path: Path) -> str | None:
    """Whatever plays can be let go of, and leaves no thread behind."""
    player = _player()
    complaint = None
    for start_s, region in ((0.0, None), (0.2, None), (0.0, (0.05, 0.1))):
        try:
            player.play(path, start_s=start_s, region=region)
        except CtkError as exc:
            if not str(exc).endswith(".") or len(str(exc)) > 200:
                complaint = f"the reason is no sentence: {exc!r}"
            continue
        threading.Event().wait(HEARD_S)
        player.seek(0.1)
        now = player.now()
        if not math.isfinite(now.position_s) or now.position_s < 0 or (now.error and not now.error.endswith(".")):
            complaint = f"what plays is absurd: {now!r}"
        player.release(str(path))
    left = [thread for thread in threading.enumerate() if thread.name == "audio-decode"]
    return f"{len(left)} files are still being read" if left else complaint


@functools.cache
def _player() -> Player:
    """One for all sounds of a process, with its device running."""
    player = Player(str, Events(), Settings(), "null")
    player.check()
    return player
