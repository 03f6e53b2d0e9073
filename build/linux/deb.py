"""A Debian package of the bundle: the same bytes whenever the same files go in."""

import gzip
import hashlib
import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

import identity
import notices
from environment import ROOT, SetupError
from linux import share
from linux.edition import Edition

LIBRARY = "usr/lib/creators-toolkit"
"""Where Debian has what is one program's own: https://www.debian.org/doc/debian-policy/ch-opersys.html."""
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
LEVEL = 1
"""Of a tenth more size, for a sixth of the time that 6 takes."""
VARIANTS = {
    "light": "This edition tells what sounds are by their names and with a small model.",
    "full": "This edition brings PyTorch, which the large model CNN14 needs.",
}


def file_name(edition: Edition) -> str:
    """What the package is called."""
    return f"{edition.name}_{edition.version}_{_architecture()}.deb"


def make(edition: Edition, out: Path, scratch: Path) -> Path:
    """Write the package into ``out``; ``scratch`` is an empty folder. Raises ``SetupError`` without dpkg-deb."""
    builder = shutil.which("dpkg-deb")
    if builder is None:
        raise SetupError("There is no dpkg-deb here: install dpkg, then try again.")
    _fill(scratch, edition)
    _describe(scratch, edition)
    _calm(scratch, edition.moment)
    package = out / file_name(edition)
    subprocess.run(
        [builder, "--root-owner-group", "-Zxz", f"-z{LEVEL}", "--build", str(scratch), str(package)],
        check=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(edition.moment)},
        stdout=subprocess.DEVNULL,
    )
    return package


def debian_version(version: str) -> str:
    """As Debian sorts it: what comes before a release has a tilde, ``1.0rc1`` becomes ``1.0~rc1``."""
    return re.sub(r"\.?(a|b|rc|dev)(?=\d)", r"~\1", version)


def _fill(root: Path, edition: Edition) -> None:
    """Everything that gets installed."""
    shutil.copytree(edition.bundle, root / LIBRARY, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin" / identity.COMMAND).symlink_to(f"../lib/creators-toolkit/{identity.COMMAND}")
    share.write(root / "usr/share", edition.version, edition.moment)
    manual = root / "usr/share/man/man1/ctk.1"
    share.put(manual.with_name("ctk.1.gz"), _packed(manual.read_bytes()))
    manual.unlink()
    documents = root / "usr/share/doc" / edition.name
    share.put(documents / "copyright", _copyright().encode())
    share.put(documents / "changelog.gz", _packed((ROOT / "CHANGELOG.md").read_bytes()))


def _describe(root: Path, edition: Edition) -> None:
    """What dpkg is told."""
    files = [file for file in sorted(root.rglob("*")) if file.is_file() and not file.is_symlink()]
    control = share.filled(
        "control",
        PACKAGE=edition.name,
        OTHER=identity.bundle_name("full" if edition.variant == "light" else "light"),
        VERSION=debian_version(edition.version),
        ARCHITECTURE=_architecture(),
        MAINTAINER=identity.PUBLISHER,
        SIZE=str(sum(-(-file.stat().st_size // 1024) for file in files)),
        DEPENDS=edition.needs.depends(),
        VARIANT=VARIANTS[edition.variant],
    )
    sums = "".join(f"{_md5(file)}  {file.relative_to(root)}\n" for file in files)
    share.put(root / "DEBIAN/control", control.encode())
    share.put(root / "DEBIAN/md5sums", sums.encode())
    share.put(root / "DEBIAN/prerm", share.filled("prerm").encode())
    (root / "DEBIAN/prerm").chmod(0o755)


def _calm(root: Path, moment: int) -> None:
    """Give everything the same time, and the rights that Debian gives."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def _copyright() -> str:
    lines = (ROOT / "LICENSE").read_text("utf-8").strip().splitlines()
    indented = "\n".join(f" {line.strip() or '.'}" for line in lines)
    return share.filled("copyright", MAINTAINER=identity.PUBLISHER, NOTICE=notices.FILE, LICENCE=indented)


def _architecture() -> str:
    machine = platform.machine()
    return ARCHITECTURES.get(machine, machine)


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _md5(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "md5").hexdigest()
