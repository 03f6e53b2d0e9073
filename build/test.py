"""Check everything: ``python3 build/test.py [--all] [PYTEST ARGUMENT ...]``.

Makes a test environment in ``.venv-test`` on first use, fetches what the tests need where the system allows it, then
runs lint, types and tests. ``--all`` adds the long runs. The file keeps to syntax that old Pythons can read.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("Creator's Toolkit needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

import debian
import environment
import model

SIDE_BY_SIDE = ("-n", str(max(2, min(4, os.cpu_count() or 2))), "--dist", "loadfile")
"""Most tests wait: for sound to play, for a window, for a file to be seen. Long runs want a calm machine."""


def main() -> int:
    """Do every step, also after one failed; the exit status tells whether all passed."""
    parser = argparse.ArgumentParser(prog="test.py", description="Run lint, types and tests.")
    parser.add_argument("--all", action="store_true", help="add the long runs")
    arguments, for_pytest = parser.parse_known_args()
    os.chdir(environment.ROOT)
    here = {"tools": step("tools", get_tools, "missing"), "packs": step("packs", get_packs, "missing")}
    try:
        environment.require("tkinter")
        python = environment.prepare(".venv-test", extra="dev")
    except environment.SetupError as exc:
        sys.exit(str(exc))
    here["torch"] = step("torch", lambda: get_torch(python), "missing")
    tier = () if arguments.all else (*SIDE_BY_SIDE, "-m", "not long")
    strict = debian.can_install() or all(here.values())
    os.environ["CTK_TESTS_COMPLETE"] = "1" if strict else ""
    checks = {
        "lint": step("lint", tool(python, "ruff", "check", "--quiet")),
        "format": step("format", tool(python, "ruff", "format", "--check", "--quiet")),
        "types": step("types", tool(python, "mypy")),
        "tests": tool(python, "pytest", *tier, *for_pytest)(),
    }
    failed = [name for name, passed in ((here if strict else {}) | checks).items() if not passed]
    if failed:
        print("Failed: " + ", ".join(failed))
    return 1 if failed else 0


def step(name: str, work: Callable[[], bool], otherwise: str = "FAILED") -> bool:
    """Do one step and close with a line that holds its time; of the tests, pytest itself writes that line."""
    start = time.monotonic()
    passed = work()
    print("%-8s %-7s %6.1f s" % (name, "ok" if passed else otherwise, time.monotonic() - start), flush=True)
    return passed


def tool(python: Path, module: str, *arguments: str) -> Callable[[], bool]:
    """A step that runs a tool of the test environment."""
    return lambda: environment.run([str(python), "-m", module, *arguments], quiet_input=True) == 0


def get_tools() -> bool:
    """Have the programs the tests run, or say which are missing."""
    packages = debian.missing()
    if packages and debian.can_install():
        print(f"Installing {' '.join(packages)} ...", flush=True)
        said = debian.install(packages)
        packages = debian.missing()
        print(said, end="\n" if said else "")
    if packages:
        advice = "say 'sudo apt install" if shutil.which("apt-get") else "on Debian it would be 'apt install"
        print(f"Some tools are missing, so some tests cannot run: {advice} {' '.join(packages)}'.")
    return not packages


def get_packs() -> bool:
    """Have the real sample packs, or say why the tests on real sounds cannot run."""
    said = debian.fetch_packs()
    if said:
        print(f"{said}\nThe sample packs are missing, so the tests on real sounds cannot run.")
    return not said


def get_torch(python: Path) -> bool:
    """Have what the tests of CNN14 need, or say why they cannot run."""
    try:
        model.add(python)
    except environment.SetupError as exc:
        print(f"{exc}\ntorch is missing, so the tests of CNN14 cannot run.")
        return False
    return True


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
