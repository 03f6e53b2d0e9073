"""Run Creator's Toolkit from this folder: ``python3 build/run.py [FOLDER ...]``.

Makes a private environment in ``.venv`` on first use, scans the folders and opens the window. With no display it
scans, prints what was found and says how to get the window. The file keeps to syntax that old Pythons can read.
"""

import argparse
import os
import sys
from typing import NoReturn

if sys.version_info < (3, 11):
    sys.exit("Creator's Toolkit needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

import environment

NO_DISPLAY = """
There is no display here, so no window was opened. Run the same command on a desktop,
or over 'ssh -X'; or search right here: {} search kick"""


def has_display() -> bool:
    """Whether a window can be opened; only X11 needs to be told where."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY"))


def main() -> int:
    """Prepare, then scan and open the window, or scan and print where there is no display."""
    parser = argparse.ArgumentParser(prog="run.py", description="Scan folders and open Creator's Toolkit.")
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="a folder with sounds; remembered for next time")
    folders = [os.path.abspath(folder) for folder in parser.parse_args().folders]
    try:
        if has_display():
            environment.require("tkinter", "ensurepip")
        python = str(environment.prepare(".venv"))
    except environment.SetupError as exc:
        sys.exit(str(exc))
    ctk = [python, "-P", "-m", "ctk"]
    if has_display():
        open_window([*ctk, *folders])
    status = environment.run([*ctk, "scan", *folders]) or environment.run([*ctk, "stats"])
    if status == 0:
        print(NO_DISPLAY.format(os.path.join(os.path.dirname(python), "ctk")))
    return status


def open_window(command: list[str]) -> NoReturn:
    """Become the program where the system can, so that signals reach it; else wait for it."""
    if os.name == "nt":
        sys.exit(environment.run(command))
    os.execv(command[0], command)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
