"""What CNN14 learned, one file of 327 MB: where it is kept, and how it comes there, downloaded or by hand.

Nothing is fetched unless the user asks for it, and nothing is kept that is not exactly the published file: its size and
checksum are looked at before it gets its name.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from ctk.catalog import lock
from ctk.classify import download
from ctk.errors import CtkError
from ctk.jobs import Task

URL: Final = "https://zenodo.org/records/3987831/files/Cnn14_mAP%3D0.431.pth?download=1"
SIZE: Final = 327_428_481
SHA256: Final = "0dc499e40e9761ef5ea061ffc77697697f277f6a960894903df3ada000e34b31"
ABOUT: Final = "What CNN14 learned: 327 MB from zenodo.org, licence CC BY 4.0 (Q. Kong and others, PANNs)."
VARIABLE: Final = "CTK_PANNS_CHECKPOINT"

_NAME: Final = "Cnn14_mAP=0.431.pth"
_BLOCK: Final = 1 << 20


def place(home: Path) -> Path:
    """Where the file is kept; it need not be there."""
    return home / "models" / _NAME


def find(home: Path) -> Path | None:
    """The file to use: the one that ``CTK_PANNS_CHECKPOINT`` names, else the one in the home."""
    named = os.environ.get(VARIABLE)
    file = Path(named).expanduser() if named else place(home)
    return file if file.is_file() else None


def fetch(task: Task, home: Path, url: str = URL, *, size: int = SIZE, sha256: str = SHA256) -> Path:
    """Download the file, going on where an earlier download stopped. Raises ``Cancelled``, or ``CtkError`` with the
    reason; what came so far is kept, unless it is wrong."""
    kept = place(home)
    part = _folder(kept) / f"{_NAME}.part"

    def elsewhere() -> None:
        raise CtkError("This is being downloaded already, by another window of the program.")

    with lock.exclusive(kept.with_name("download.lock"), elsewhere):
        download.fetch(task, url, part, size)
        task.report("Checking what was downloaded", size, size)
        if not _is_right(part, size, sha256, task.check):
            part.unlink(missing_ok=True)
            raise CtkError("What was downloaded is not the file that was promised, so it was deleted; try again later.")
        os.replace(part, kept)
    return kept


def adopt(file: Path, home: Path, *, size: int = SIZE, sha256: str = SHA256) -> Path:
    """Copy a file that the user downloaded. Raises ``CtkError`` for anything but exactly that file."""
    kept = place(home)
    part = _folder(kept) / f"{_NAME}.copy"
    try:
        right = file.stat().st_size == size
        if right:
            download.require_room(part.parent, size)
            shutil.copyfile(file, part)
            right = _is_right(part, size, sha256)
        if not right:
            raise CtkError(f"{file.name} is not what CNN14 learned: that is {_NAME}, {size:,} bytes long.")
        os.replace(part, kept)
    except OSError as exc:
        raise CtkError(f"{file.name} cannot be copied ({exc.strerror or exc}).") from exc
    finally:
        part.unlink(missing_ok=True)
    kept.with_name(f"{_NAME}.part").unlink(missing_ok=True)
    return kept


def _folder(kept: Path) -> Path:
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise CtkError(f"The folder {kept.parent} cannot be made ({exc.strerror or exc}).") from exc
    return kept.parent


def _is_right(file: Path, size: int, sha256: str, check: Callable[[], None] = lambda: None) -> bool:
    if file.stat().st_size != size:
        return False
    with file.open("rb") as opened:
        return _digest(opened, check) == sha256


def _digest(file: BinaryIO, check: Callable[[], None]) -> str:
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        check()
        digest.update(block)
    return digest.hexdigest()
