"""A folder that holds the program and all it needs: ``build/package.py`` has it made, tried, and packed.

Everything is made in the checkout's ``dist``: the folder itself, and in ``dist/.work`` what PyInstaller leaves behind.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import environment
import identity
import model
from environment import ROOT, SetupError

PYINSTALLER = ("pyinstaller==6.22.3", "pyinstaller-hooks-contrib==2026.9")
OUT = ROOT / "dist"
BUDGET_MB = 200
"""What the light bundle may take on the disk."""
INSIDE = "_internal"
UNTOUCHED = (".libs", ".dylibs")
"""The tools that made these have moved their parts about, which ``strip`` does not always survive."""
SELFTEST_S = 300


def build(variant: str, out: Path = OUT) -> Path:
    """Make the bundle, which is a folder, or on macOS an app. Raises ``SetupError``."""
    environment.require("tkinter")
    python = environment.prepare(f".venv-bundle-{variant}")
    if variant == "full":
        model.add(python, PYINSTALLER, cuda=os.environ.get("CTK_TORCH") == "cuda")
    else:
        environment.add(python, PYINSTALLER)
    work = out / ".work" / variant
    shutil.rmtree(work, ignore_errors=True)
    command = [str(python), "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    command += [f"--distpath={out}", f"--workpath={work}", str(ROOT / "ctk.spec")]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"CTK_VARIANT": variant}, check=False)
    if done.returncode:
        raise SetupError("PyInstaller could not make the bundle; the lines above say why.")
    made = place(out)
    if sys.platform == "linux":
        strip(made)
    report(made, variant)
    return made


def place(out: Path = OUT) -> Path:
    """Where the bundle lies."""
    return out / (f"{identity.NAME}.app" if sys.platform == "darwin" else identity.FOLDER)


def program(bundle: Path) -> Path:
    """What to run of a bundle on a command line."""
    if sys.platform == "darwin":
        return bundle / "Contents" / "MacOS" / identity.COMMAND
    return bundle / (f"{identity.COMMAND}.exe" if sys.platform == "win32" else identity.COMMAND)


def strip(bundle: Path) -> None:
    """Take out what only a debugger reads: in many Pythons it is the larger part of the libraries."""
    tool = shutil.which("strip")
    if tool is None:
        raise SetupError("strip is missing, which makes the bundle small: say 'sudo apt install binutils'.")
    files = [
        str(file)
        for file in (bundle / INSIDE).rglob("*.so*")
        if not file.is_symlink() and not file.parent.name.endswith(UNTOUCHED) and "torch" not in file.parts
    ]
    done = subprocess.run([tool, "--strip-unneeded", *files], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(f"{done.stderr.strip()}\nThe bundle could not be made smaller.")


def report(bundle: Path, variant: str) -> None:
    """Say how large the bundle is, and what of. Raises ``SetupError`` when it is too large."""
    sizes = Counter[str]()
    for name, size in _sizes(bundle):
        sizes[name] += size
    total = sum(sizes.values()) / 1e6
    largest = ", ".join(f"{name} {size / 1e6:.0f}" for name, size in sizes.most_common(8))
    print(f"{bundle.name}, {variant}: {total:.0f} MB ({largest})", flush=True)
    if variant == "light" and total > BUDGET_MB:
        raise SetupError(f"The light bundle may take {BUDGET_MB} MB: something is in it that is not needed.")


def selftest(bundle: Path) -> None:
    """Have the bundle try itself, and say how that went. Raises ``SetupError`` when anything does not hold."""
    with tempfile.TemporaryDirectory(prefix="ctk-bundle-") as folder:
        file = Path(folder) / "report.json"
        command = [str(program(bundle)), "--selftest", "--json", "--report", str(file)]
        try:
            done = subprocess.run(command, cwd=folder, timeout=SELFTEST_S, capture_output=True, text=True, check=False)
        except subprocess.TimeoutExpired as exc:
            raise SetupError(f"The bundle's self-test did not end within {SELFTEST_S} s.") from exc
        if not file.is_file():
            raise SetupError(f"{done.stderr.strip()}\nThe bundle did not test itself.")
        found = json.loads(file.read_text("utf-8"))
    for step in found["steps"]:
        print(f"{'ok' if step['ok'] else 'FAILED':<7}{step['seconds']:6.2f} s  {step['name']}: {step['detail']}")
    if done.returncode or not found["ok"]:
        raise SetupError("The bundle does not hold what it should; the lines above say where.")


def _sizes(bundle: Path) -> Iterator[tuple[str, int]]:
    """Each file's part of the bundle, and what it takes on the disk."""
    for file in bundle.rglob("*"):
        if not file.is_symlink() and file.is_file():
            inside = file.relative_to(bundle).parts
            first = next(
                part for part in inside if part not in (INSIDE, "Contents", "Frameworks", "Resources", "MacOS")
            )
            yield first.removesuffix(".libs").removesuffix(".dylibs"), file.stat().st_size
