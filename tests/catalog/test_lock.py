"""One holder at a time, among real processes; a killed one lets go."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from ctk.catalog.lock import exclusive
from ctk.errors import Cancelled

HOLD = (
    "import sys, time; from pathlib import Path; from ctk.catalog.lock import exclusive\n"
    "with exclusive(Path(sys.argv[1]), lambda: None):\n    print('held', flush=True)\n    time.sleep(60)"
)


def test_a_second_holder_waits_until_the_first_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "scan.lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(file)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    asked: list[float] = []

    def give_up() -> None:
        asked.append(time.monotonic())
        if len(asked) > 3:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled), exclusive(file, give_up, 0.01):
        raise AssertionError("it is held by the other process")
    holder.kill()
    holder.wait()
    with exclusive(file, give_up, 0.01):
        pass
