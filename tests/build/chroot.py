"""A bare Debian in a folder: what a program needs there, it has to bring or to ask for."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

import debian

PACKAGES = {
    "debootstrap": "debootstrap",
    "dpkg": "dpkg-deb",
    "imagemagick": "import",
    "x11-utils": "xprop",
    "xdotool": "xdotool",
    "xvfb": "Xvfb",
}
"""What it takes to make it and to look at its windows, and a command of each."""
RELEASE = "bookworm"
USER = "musician"
NUMBER = 1000
CHANGING = ("dev", "home", "proc", "root", "run", "sys", "tmp", "var")
"""Where files come and go with any package, or belong to users."""


def require() -> None:
    """Have what it takes, or skip where that cannot be, or fail with how to get it."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        pytest.skip("only on a Debian or Ubuntu, as root, can a bare system be made")
    missing = [package for package, command in PACKAGES.items() if not shutil.which(command)]
    said = debian.install(missing) if missing else ""
    if said:
        pytest.fail(f"{said}\nThe test needs {' '.join(missing)}.", pytrace=False)


class Chroot:
    """A fresh system in ``root``, with one user and nothing that Debian does not need to run. Close it with ``end``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "home" / USER
        log = root.with_suffix(".log")
        with log.open("wb") as said:
            done = subprocess.run(["debootstrap", "--variant=minbase", RELEASE, str(root)], stdout=said, check=False)
        if done.returncode:
            pytest.fail(log.read_text("utf-8", "replace")[-2000:], pytrace=False)
        subprocess.run(["mount", "--bind", "/proc", str(root / "proc")], check=True)
        self.run("useradd", "--create-home", "--uid", str(NUMBER), USER)

    def end(self) -> None:
        subprocess.run(["umount", str(self.root / "proc")], check=True)
        shutil.rmtree(self.root)

    def run(self, *command: str, user: int = 0, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a program there and wait for it; what it said is in the answer."""
        done = subprocess.run(
            self._words(command, user),
            env=self._env(user),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            pytest.fail(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
        return done

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a program there as the user."""
        return subprocess.Popen(self._words(command, NUMBER), env=self._env(NUMBER), cwd="/", stdin=subprocess.DEVNULL)

    def apt(self, *words: str) -> str:
        """Have apt do something, with all that it needs and nothing that it only recommends."""
        return self.run("apt-get", "--yes", "--quiet", "--no-install-recommends", *words).stdout

    def files(self) -> set[str]:
        """Everything in the system that stays as it is."""
        found = set()
        for folder, folders, names in os.walk(self.root):
            place = os.path.relpath(folder, self.root)
            if place == ".":
                folders[:] = [name for name in folders if name not in CHANGING]
            found |= {os.path.normpath(os.path.join(place, name)) for name in (*folders, *names)}
        return found

    def _words(self, command: Sequence[str], user: int) -> list[str]:
        return ["chroot", f"--userspec={user}:{user}", str(self.root), *command]

    def _env(self, user: int) -> dict[str, str]:
        """As a login has it there; of this system only the display."""
        env = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": f"/home/{USER}" if user else "/root",
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            "CTK_AUDIO_BACKEND": "null",
        }
        return env | {name: os.environ[name] for name in ("DISPLAY",) if name in os.environ}
