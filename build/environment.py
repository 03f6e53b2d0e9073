"""Private Python environments in the checkout: made on first use, trusted only when their installation was finished."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = "ready"
ADDED = "added"
PARTS = {"tkinter": ("_tkinter", "python3-tk"), "ensurepip": ("ensurepip", "python3-venv")}
"""What some Pythons come without: the module that tells, and Debian's package for it."""

OFFLINE_SIGNS = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "nodename nor servname",
    "NameResolutionError",
    "NewConnectionError",
    "ConnectTimeoutError",
    "Network is unreachable",
)


class SetupError(Exception):
    """Something on this computer is missing; the text says what, and what to do."""


def require(*parts: str) -> None:
    """Raise ``SetupError`` when this Python came without one of ``parts``, as Debian's does."""
    lacking = [part for part in parts if not importlib.util.find_spec(PARTS[part][0])]
    if not lacking:
        return
    names = " and ".join(lacking)
    if system_debian():
        packages = " ".join(PARTS[part][1] for part in lacking)
        raise SetupError(f"This Python lacks {names}: say 'sudo apt install {packages}', then try again.")
    raise SetupError(
        f"This Python ({sys.executable}) lacks {names}: use a Python 3.11 or newer that has it, "
        "such as the one from https://www.python.org/downloads/."
    )


def system_debian() -> bool:
    """Whether this is the Python that Debian, Ubuntu and their kin come with."""
    return sys.base_prefix == "/usr" and shutil.which("apt-get") is not None


def prepare(name: str, *, extra: str = "") -> Path:
    """The Python of the environment ``name``, which is installed first when it is absent, unfinished or out of date."""
    folder = ROOT / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / STAMP
    wanted = _needs(extra)
    if python.exists() and stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return python
    require("ensurepip")
    print(f"Setting up in {name}: about a minute, only this once ...", flush=True)
    stamp.unlink(missing_ok=True)
    _remove(folder)
    _install([sys.executable, "-m", "venv", str(folder)])
    _install([*_pip(python), "--editable", f".[{extra}]" if extra else "."])
    _spell_in_ascii(folder)
    stamp.write_text(wanted, "utf-8")
    return python


def add(python: Path, *packages: Sequence[str]) -> None:
    """Install more in the environment of ``python``, one call of pip for each of ``packages``, unless it was done."""
    stamp = python.parent.parent / ADDED
    wanted = repr(packages)
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    for words in packages:
        _install([*_pip(python), "--no-compile", *words])
    stamp.write_text(wanted, "utf-8")


def run(command: Sequence[str], *, quiet_input: bool = False) -> int:
    """Run a program in the foreground and return its exit status; Ctrl-C lets it end in its own way first."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL if quiet_input else None) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.wait()
            raise


def _needs(extra: str) -> str:
    """What an installation depends on: it holds absolute paths, so moving the checkout counts."""
    project = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return "\n".join((project, version, ascii(sys.base_prefix), ascii(str(ROOT)), extra))


def _pip(python: Path) -> list[str]:
    options = ["--no-input", "--no-color", "--progress-bar=off", "--retries=2", "--disable-pip-version-check"]
    return [str(python), "-m", "pip", "install", *options]


def _remove(folder: Path) -> None:
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as exc:
        raise SetupError(f"{folder} cannot be replaced; close Creator's Toolkit and try again ({exc}).") from exc


def _spell_in_ascii(folder: Path) -> None:
    """Let Python find a checkout whose path is not ASCII: on Windows it takes this file for UTF-8 only since 3.13."""
    if not str(ROOT).isascii():
        for file in folder.rglob("*creators_toolkit.pth"):
            file.write_text(f"import sys; sys.path.append({str(ROOT)!a})\n", "ascii")


def _install(command: Sequence[str]) -> None:
    """Run one step of an installation: a line that changes on a terminal, all that was said only when it fails."""
    said: list[str] = []
    environ = os.environ | {"PIP_USER": "0", "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            _progress(line)
        status = process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        _progress("")
    if status:
        raise SetupError(_explain("".join(said)))


def _progress(line: str) -> None:
    """Show what is being fetched, on one line; an empty text wipes it."""
    if sys.stdout.isatty() and (not line or line.startswith(("Collecting", "Installing", "Building"))):
        print("\r" + line.strip()[:76].ljust(76), end="\r", flush=True)


def _explain(said: str) -> str:
    if any(sign in said for sign in OFFLINE_SIGNS):
        return "The parts the program needs could not be downloaded: connect to the internet, then try again."
    return f"{said.rstrip()}\nThe installation failed; the lines above say why."
