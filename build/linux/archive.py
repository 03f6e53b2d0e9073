"""An archive to unpack anywhere and start: the bundle, and a script that puts it into the user's menu."""

import gzip
import platform
import tarfile
from pathlib import Path

import notices
from linux import share
from linux.edition import Edition

LEVEL = 6


def file_name(edition: Edition) -> str:
    """What the archive is called."""
    return f"{edition.name}-{edition.version}-linux-{platform.machine()}.tar.gz"


def make(edition: Edition, out: Path, scratch: Path) -> Path:
    """Write the archive into ``out``; ``scratch`` is an empty folder."""
    share.write(scratch / "share", edition.version, edition.moment)
    words = {"VERSION": edition.version, "GLIBC": edition.needs.glibc, "NOTICE": notices.FILE}
    share.put(scratch / "README.txt", share.filled("README.txt", **words).encode())
    share.put(scratch / "install.sh", share.filled("install.sh").encode())
    (scratch / "install.sh").chmod(0o755)
    file = out / file_name(edition)
    with (
        file.open("wb") as target,
        gzip.GzipFile("", "wb", LEVEL, target, mtime=edition.moment) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        for source in (edition.bundle, scratch):
            _add(archive, source, f"{edition.name}-{edition.version}", edition.moment)
    return file


def _add(archive: tarfile.TarFile, source: Path, top: str, moment: int) -> None:
    """All that is in ``source``: root's, of one time, with plain rights, so that the same files make the same bytes."""

    def calm(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = moment
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    for path in sorted(source.rglob("*")):
        archive.add(path, f"{top}/{path.relative_to(source)}", recursive=False, filter=calm)
