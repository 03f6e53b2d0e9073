"""The installers for Linux: a .deb for Debian, Ubuntu and their kin, and a .tar.gz for every distribution."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from environment import ROOT
from linux import archive, deb, needs
from linux.edition import Edition


def build(bundle: Path, version: str, variant: str, out: Path) -> list[Path]:
    """Make them of the folder ``bundle``, into ``out``; where there is no dpkg-deb, only the archive.

    Raises ``environment.SetupError`` when the bundle needs a library that no package is known for.
    """
    edition = Edition(bundle, version, variant, needs.of(bundle), made_at())
    print(f"The bundle needs {edition.needs.depends()}.", flush=True)
    makers = [archive.make]
    if shutil.which("dpkg-deb"):
        makers.append(deb.make)
    else:
        print("There is no dpkg-deb here, so no .deb is made: install dpkg for it.", flush=True)
    work = out / ".work"
    work.mkdir(parents=True, exist_ok=True)
    made = []
    for make in makers:
        with tempfile.TemporaryDirectory(dir=work) as scratch:
            made.append(make(edition, out, Path(scratch)))
    return made


def made_at() -> int:
    """When this version was made, in seconds of Unix time: as told, else as the last commit, else now.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    if told := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(told)
    try:
        done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True)
        return int(done.stdout)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return int(time.time())
