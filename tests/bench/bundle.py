"""The bundle's start against the start from source, as the display sees both: until all first rows are painted.

``python -m tests.bench bundle`` makes the light bundle where it is not in ``dist``, or is older than the program.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import ctk
from tests import house
from tests.bench.table import Result
from tests.bench.window import STARTS, ms, prepare
from tests.display import display

SOUNDS = 20_000
GEOMETRY = "1180x700+0+0"
NAMES = (340, 150, 120, 480)
"""Where in such a window the names of the sounds are: x, y, width, height."""
SHADES = 8
"""Text has more of them than an empty table; all rows are painted at once."""
LIMIT_S = 60.0
POLL_S = 0.002
FOLDER = house.ROOT / "dist" / "Creators Toolkit"
SLOWER_S = 0.2


def run() -> Iterator[Result]:
    if not is_new():
        subprocess.run(
            [sys.executable, "build/package.py", "--no-installer", "--no-selftest"], cwd=house.ROOT, check=True
        )
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(house.ROOT / ".cache" / "bytecode")}
    bundle = ([str(FOLDER / "ctk")], dict[str, str]())
    source = ([sys.executable, "-P", "-m", "ctk"], compiled | {"PYTHONPATH": str(house.ROOT)})
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder, display():
        home = Path(folder) / "home"
        prepare(home, SOUNDS)
        with ctk.open(home) as toolkit:
            toolkit.settings.geometry = GEOMETRY
        starts = Starts(home)
        starts.take(*bundle), starts.take(*source)  # compiles
        taken = [(starts.take(*bundle), starts.take(*source)) for _ in range(STARTS)]
    for index, what in enumerate(("start to first rows", "processor time until then")):
        ours, theirs = ([pair[side][index] for pair in taken] for side in (0, 1))
        more = (statistics.median(ours) - statistics.median(theirs)) * 1000
        ratio = statistics.median(ours) / statistics.median(theirs)
        reach = f"<= {SLOWER_S * 1000:.0f} ms more; {more:+.0f} ms"
        yield Result(f"the bundle's {what}, {SOUNDS:,} sounds", ms(ours), f"{ms(theirs)} source", ratio, reach)
    size = sum(file.stat().st_size for file in FOLDER.rglob("*") if not file.is_symlink() and file.is_file())
    yield Result("the light bundle on the disk", f"{size / 1e6:.0f} MB", "", None, "<= 200 MB")


def is_new() -> bool:
    """Whether there is a bundle that was made after the last change of the program."""
    program = FOLDER / "ctk"
    changed = max(file.stat().st_mtime for file in (house.ROOT / "ctk").rglob("*.py"))
    return program.exists() and program.stat().st_mtime > changed


class Starts:
    """Starts the window on a fresh copy of a home, and looks at the display until the names are there."""

    def __init__(self, home: Path) -> None:
        from Xlib.display import Display

        self._home = home
        self._root = Display().screen().root

    def take(self, command: Sequence[str], environ: Mapping[str, str]) -> tuple[float, float]:
        """Seconds from the start until the rows are painted, and those that a processor worked for it."""
        with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
            home = Path(folder) / "home"
            shutil.copytree(self._home, home)
            begun = time.monotonic()
            process = subprocess.Popen([*command, "--home", str(home)], env=os.environ | environ, cwd=folder)
            try:
                while len(set(self._look())) < SHADES:
                    if time.monotonic() - begun > LIMIT_S:
                        raise RuntimeError("nothing was painted where the names should be")
                    time.sleep(POLL_S)
                return time.monotonic() - begun, worked(process.pid)
            finally:
                process.kill()
                process.wait()

    def _look(self) -> bytes:
        from Xlib import X

        return bytes(self._root.get_image(*NAMES, X.ZPixmap, 0xFFFFFFFF).data)


def worked(pid: int) -> float:
    """The seconds that a process has had a processor, in all its threads."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in threads) / 1e9
