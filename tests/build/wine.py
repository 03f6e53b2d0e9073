"""A Windows to install on, by wine, and stand-ins for the program, compiled for it."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

import debian

PACKAGES = {"wine64": "wine", "wine": "wine", "gcc-mingw-w64-x86-64": "x86_64-w64-mingw32-gcc"}
"""What it takes from Debian, and a command of each; 1.2 GB, so only the long tier asks for it."""
COMPILER = PACKAGES["gcc-mingw-w64-x86-64"]
LIMIT_S = 60.0

STAND_IN = r"""
#include <windows.h>
#include <stdio.h>

/* Writes down how it was called. Without an argument it stays until another copy is called with --quit. */
int wmain(int count, wchar_t **words)
{
    FILE *log = _wfopen(_wgetenv(L"CTK_TEST_LOG"), L"a");
    HANDLE alive = CreateMutexW(NULL, FALSE, L"ctk-stand-in-alive");
    HANDLE end = CreateEventW(NULL, TRUE, FALSE, L"ctk-stand-in-end");
    const char *version = VERSION;
    fwprintf(log, L"%hs %ls\n", version, count > 1 ? words[1] : L"started");
    fclose(log);
    if (count > 1 && !wcscmp(words[1], L"--quit")) {
        SetEvent(end);
        return WaitForSingleObject(alive, 3000) == WAIT_TIMEOUT;
    }
    WaitForSingleObject(alive, INFINITE);
    if (_wgetenv(L"CTK_TEST_DEAF"))
        Sleep(120000);
    WaitForSingleObject(end, 120000);
    return 0;
}
"""


def require() -> None:
    """Have wine and the compiler, or fail with how to get them."""
    if not shutil.which("dpkg"):
        pytest.skip("only on Linux: the setup is tried under Debian's wine")
    missing = [package for package, command in PACKAGES.items() if not shutil.which(command)]
    if missing and debian.can_install():
        debian.install(list(PACKAGES))
        missing = [package for package, command in PACKAGES.items() if not shutil.which(command)]
    if missing:
        pytest.fail(f"{', '.join(missing)} not found: apt install {' '.join(PACKAGES)}", pytrace=False)


def compile_stand_in(version: str, program: Path) -> None:
    """A program that is ``version``."""
    source = program.with_suffix(".c")
    source.write_text(STAND_IN, "ascii")
    words = [COMPILER, "-municode", "-mwindows", "-Os", "-s", f'-DVERSION="{version}"', "-o", str(program), str(source)]
    subprocess.run(words, check=True)
    source.unlink()


class Wine:
    """A Windows of its own in ``folder``, on the X server ``display``."""

    def __init__(self, folder: Path, display: str) -> None:
        self.drive = folder / "prefix" / "drive_c"
        self.log = self.drive / "calls.txt"
        self._env = {name: value for name, value in os.environ.items() if name != "WINEPREFIX"} | {
            "DISPLAY": display,
            "HOME": str(folder),
            "WINEPREFIX": str(folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "winemenubuilder.exe,mscoree,mshtml=",
            "CTK_TEST_LOG": r"C:\calls.txt",
        }
        self.run(["wineboot", "--init"], limit_s=180)
        self.run(["winecfg", "-v", "win10"])
        self.user = next(user for user in (self.drive / "users").iterdir() if user.name != "Public")
        self.local = self.user / "AppData" / "Local"

    def run(self, words: Sequence[str], limit_s: float = LIMIT_S, **variables: str) -> int:
        """Run a program to its end; its exit code."""
        return self._start(words, variables).wait(limit_s)

    def start(self, words: Sequence[str], **variables: str) -> subprocess.Popen[bytes]:
        return self._start(words, variables)

    def registry(self) -> dict[str, dict[str, str]]:
        """The values below the user's Software: by key, by name; texts as they are, others as a .reg file has them."""
        file = self.drive / "software.reg"
        self.run(["reg", "export", r"HKCU\Software", r"C:\software.reg", "/y"])
        keys: dict[str, dict[str, str]] = {}
        values: dict[str, str] = {}
        for line in file.read_text("utf-16").splitlines():
            if line.startswith("["):
                values = keys.setdefault(line[1:-1].removeprefix("HKEY_CURRENT_USER\\"), {})
            elif line.startswith(("@=", '"')):
                name, value = _pair(line)
                values[name] = value
        return keys

    def windows_path(self, file: Path) -> str:
        return "C:\\" + str(file.relative_to(self.drive)).replace("/", "\\")

    def calls(self) -> list[str]:
        """How the stand-ins were called since the last time somebody asked."""
        said = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return said

    def press(self, key: str, until: Callable[[], bool]) -> None:
        """Press a key, again and again, since nothing tells when a window is ready for it."""
        deadline = time.monotonic() + LIMIT_S
        while not until():
            if time.monotonic() > deadline:
                pytest.fail(f"pressing {key} did not lead on")
            subprocess.run(["xdotool", "key", key], env=self._env, check=True)
            time.sleep(0.5)

    def has_window(self, title: str) -> bool:
        found = subprocess.run(["xdotool", "search", "--name", title], env=self._env, check=False, capture_output=True)
        return bool(found.stdout.strip())

    def end(self) -> None:
        """End all that still runs in it."""
        subprocess.run(["wineserver", "--kill"], env=self._env, check=False, timeout=LIMIT_S)

    def _start(self, words: Sequence[str], variables: Mapping[str, str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["wine", *words],
            env={**self._env, **variables},
            cwd=self.drive.parent if self.drive.exists() else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _pair(line: str) -> tuple[str, str]:
    if line.startswith("@="):
        return "", _text(line[2:])
    name, _, value = line[1:].partition('"=')
    return name.replace("\\\\", "\\"), _text(value)


def _text(value: str) -> str:
    if not value.startswith('"'):
        return value
    return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
