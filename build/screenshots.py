"""Make pictures of each page of the window in each look: ``python build/screenshots.py --to FOLDER``.

Opens the window on displays of its own (Xvfb), at 100 and 200 %, over a small library that is made for it, or
over the folders that are given. Run by hand, with Pillow and what the tests need, to see what a change of the window
or of a look came to.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import tkinter as tk
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("CTK_AUDIO_BACKEND", "null")

import ctk
from ctk.looks.shelf import BUILTIN
from ctk.toolkit import Toolkit
from ctk.ui.app import Window
from ctk.ui.views.pages import CATALOG, DUPLICATES, MAP, SOURCES
from tests.display import display
from tests.writers.library import tree

WIDTH, HEIGHT, DPI = 1280, 800, 96
PAGES = (CATALOG, SOURCES, DUPLICATES, MAP)
SOUNDS = 240
REST_S = 1.2
"""So long nothing must be at work before a picture is taken."""
LIMIT_S = 20.0


def main() -> int:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="screenshots.py", description=__doc__.partition(":")[0])
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="sounds to show; a small library is made without")
    parser.add_argument("--to", type=Path, default=Path("screenshots"), metavar="FOLDER", help="where the pictures go")
    parser.add_argument("--look", action="append", metavar="ID", help="only these looks; all of the program without")
    parser.add_argument("--scale", type=int, metavar="PERCENT", help="100 and 200 without")
    asked = parser.parse_args()
    if asked.scale is None:  # each in a process of its own: Tk never lets go of a display
        commands = [[sys.executable, __file__, *sys.argv[1:], "--scale", scale] for scale in ("100", "200")]
        return max(subprocess.run(command, check=False).returncode for command in commands)
    asked.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="ctk-screenshots-") as folder, ctk.open(Path(folder) / "home") as toolkit:
        fill(toolkit, asked.folders or [made(Path(folder) / "Samples")])
        for picture in shoot(toolkit, asked.look or BUILTIN, asked.scale, asked.to):
            print(picture)
    return 0


def made(folder: Path) -> str:
    """A small library, with some sounds twice."""
    for sound in tree(folder, SOUNDS)[::9]:
        copy = folder / "Old disk" / sound.name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(sound.read_bytes())
    return str(folder)


def fill(toolkit: Toolkit, folders: Sequence[str]) -> None:
    """Have the sounds known, heard, and some of them marked."""
    toolkit.sources.scan(folders).result(600)
    toolkit.classify.run().result(600)
    ids = [row.id for row in toolkit.catalog.search("").rows]
    toolkit.facts.favourite(ids[2:3])
    toolkit.facts.rate(ids[1:6], 4)
    toolkit.facts.tag(ids[3:7], "dusty")


def shoot(toolkit: Toolkit, looks: Sequence[str], scale: int, to: Path) -> Iterator[Path]:
    """Each page in each look, on a display of that scale."""
    from PIL import ImageGrab

    wide, high = WIDTH * scale // 100, HEIGHT * scale // 100
    with display(f"{wide}x{high}", DPI * scale // 100) as name:
        toolkit.settings.geometry = f"{wide}x{high}+0+0"
        toolkit.settings.theme = looks[0]
        window = Window(tk.Tk(className="ctk"), toolkit)
        window.open()
        live(window)
        window.selection.only(3)
        for look in looks:
            window.look.choose(look)
            live(window)
            window.root.geometry(f"{wide}x{high - window.root.winfo_rooty()}+0+0")  # which leaves out the menu bar
            for page in PAGES:
                window.pages.show(page)
                if page == DUPLICATES:
                    window.actions["edit.look"].run()
                live(window)
                place = to / f"{look}-{page.lower()}-{scale}.png"
                ImageGrab.grab(xdisplay=name).save(place)
                yield place
        window.quit()


def live(window: Window) -> None:
    """Let the window live until all is done that it began."""
    begun = rested = time.monotonic()
    while time.monotonic() - rested < REST_S and time.monotonic() - begun < LIMIT_S:
        window.root.update()
        time.sleep(0.01)
        if any(strip.on for strip in window.status.progress):
            rested = time.monotonic()


if __name__ == "__main__":
    sys.exit(main())
