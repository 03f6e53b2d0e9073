"""The steps around the core: what comes with the program, the door, window, tray, and CNN14 where it is part of it."""

import os
from importlib import resources
from typing import Final

from ctk import __version__, paths
from ctk.errors import CtkError
from ctk.selftest.bench import Bench, Failed

ASSETS: Final = {
    "icon.png": b"\x89PNG",
    "icon.ico": b"\0\0\1\0",
    "tray/idle.ico": b"\0\0\1\0",
    "tray/scanning.ico": b"\0\0\1\0",
    "tray/playing.ico": b"\0\0\1\0",
    "web/index.html": b"<!doctype html>",
    "clients/client.py": b'"""',
    "clients/client.mjs": b"",
}
"""Files beside the package, and how each begins."""
DATA: Final = {"builtin.npz": b"PK", "words.toml": b"", "audioset.csv": b""}
"""Files in the package of the classifier."""
WRONG: Final = "somebody-else"
LEAST_BYTES: Final = 100


def files(bench: Bench) -> str:
    """Read what is no code: icons, the web page, sample clients, what the classifier knows."""
    assets, package = paths.assets(), resources.files("ctk.classify")
    faults = []
    for name, begins in (ASSETS | DATA).items():
        try:
            content = (assets / name if name in ASSETS else package / name).read_bytes()
        except OSError as exc:
            faults.append(f"{name} cannot be read ({exc.strerror or exc})")
            continue
        if len(content) < LEAST_BYTES or not content.lower().startswith(begins.lower()):
            faults.append(f"{name} is not what it should be")
    if faults:
        raise Failed("; ".join(faults) + ".")
    return f"{len(ASSETS | DATA)} files: icons, web page, clients, model"


def door(bench: Bench) -> str:
    """Ask over the door, with its token and with another."""
    with bench.parts.door(bench.toolkit) as ask:
        info = ask("core.info", {}, None)
        if (info["pid"], info["version"]) != (os.getpid(), __version__):
            raise Failed(f"Behind the door is version {info['version']} in process {info['pid']}.")
        try:
            ask("core.info", {}, WRONG)
        except CtkError:
            return "one call answered, one without the right token refused"
    raise Failed("The door answers without the right token.")


def window(bench: Bench) -> str:
    """Have the window painted."""
    return bench.parts.window(bench.toolkit)


def tray(bench: Bench) -> str:
    """Have loaded what the tray needs."""
    return bench.parts.tray()


def cnn14(bench: Bench) -> str:
    """Start CNN14 with weights that are none, which it must refuse by itself."""
    checkpoint = bench.place / "weights.pth"
    checkpoint.write_bytes(b"none")
    said = bench.parts.cnn14(checkpoint)
    if said and str(checkpoint) not in said:
        raise Failed(said)
    if not said and paths.edition() == "full":
        raise Failed("This is the full edition, and something that CNN14 needs is missing.")
    return "starts" if said else "not part of this edition"
