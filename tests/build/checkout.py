"""A small checkout to try the scripts on: the real scripts, and a short program that installs without a network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests import house

PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "creators-toolkit"
version = "1"
"""

BACKEND = '''\
"""Builds an editable wheel with nothing but the standard library."""

import pathlib
import time
import zipfile


def build_editable(folder, config_settings=None, metadata_directory=None):
    while pathlib.Path("wait").exists():
        pathlib.Path("waiting").touch()
        time.sleep(0.02)
    if pathlib.Path("broken").exists():
        raise RuntimeError("the backend is broken")
    info = "creators_toolkit-1.dist-info/"
    needs = pathlib.Path("needs").read_text() if pathlib.Path("needs").exists() else ""
    with zipfile.ZipFile(pathlib.Path(folder, "creators_toolkit-1-py3-none-any.whl"), "w") as wheel:
        wheel.writestr("_creators_toolkit.pth", str(pathlib.Path.cwd()))
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: creators-toolkit\\nVersion: 1\\n" + needs)
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return "creators_toolkit-1-py3-none-any.whl"
'''

PROGRAM = '''\
"""Says how it was called."""

import sys

print("called with", sys.argv[1:], flush=True)
sys.exit(3 if "fail" in sys.argv[-1] else 0)
'''


def make(folder: Path) -> Path:
    """Write the checkout into ``folder``, whose name may be anything."""
    shutil.copytree(house.ROOT / "build", folder / "build", ignore=shutil.ignore_patterns("__pycache__"))
    files = {"pyproject.toml": PROJECT, "backend.py": BACKEND, "ctk/__init__.py": "", "ctk/__main__.py": PROGRAM}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def start(checkout: Path, *arguments: str, cwd: Path | None = None, **variables: str) -> subprocess.Popen[str]:
    """Start ``build/run.py`` there, without a display unless one is given."""
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "PYTHONPATH")}
    return subprocess.Popen(
        [sys.executable, str(checkout / "build" / "run.py"), *arguments],
        cwd=cwd or checkout,
        env=env | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def run(checkout: Path, *arguments: str, cwd: Path | None = None, **variables: str) -> tuple[int, str, str]:
    """Run ``build/run.py`` there; exit status, output, errors."""
    with start(checkout, *arguments, cwd=cwd, **variables) as process:
        said, complained = process.communicate(timeout=110)
    return process.returncode, said, complained
