"""What a bundle needs of the system it runs on: the libraries that it does not bring, as Debian's packages."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from environment import SetupError

LIBC = "libc6"
PACKAGES = {
    "ld-linux-aarch64.so.1": LIBC,
    "ld-linux-x86-64.so.2": LIBC,
    "libc.so.6": LIBC,
    "libdl.so.2": LIBC,
    "libm.so.6": LIBC,
    "libmvec.so.1": LIBC,
    "libpthread.so.0": LIBC,
    "libresolv.so.2": LIBC,
    "librt.so.1": LIBC,
    "libutil.so.1": LIBC,
    "libX11.so.6": "libx11-6",
    "libfontconfig.so.1": "libfontconfig1",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libxcb.so.1": "libxcb1",
    "libz.so.1": "zlib1g",
}
"""Where a library of the system is. PyInstaller leaves libc and libxcb out on purpose; others if the Python does."""
RELATIVE = ("GLIBC_ABI_DT_RELR", "GLIBC_2.36")
"""A way to store addresses, and since when it is understood; see ``-z pack-relative-relocs`` in ``man ld``."""
FONTS = "fontconfig-config"
"""Says where fonts are, and has one installed; without it Tk opens no window."""


@dataclass(frozen=True)
class Needs:
    """Packages of Debian, sorted, and the oldest glibc that has all symbols; empty when nothing needs any."""

    packages: tuple[str, ...]
    glibc: str

    def depends(self) -> str:
        """As a package's control file says it."""
        return ", ".join(f"{name} (>= {self.glibc})" if name == LIBC and self.glibc else name for name in self.packages)


def of(bundle: Path) -> Needs:
    """Read every program and library of ``bundle``. Raises ``SetupError`` for a library of an unknown package."""
    files = [file for file in sorted(bundle.rglob("*")) if file.is_file() and not file.is_symlink() and _is_elf(file)]
    said = _objdump(files)
    brought = {file.name for file in bundle.rglob("*.so*")}
    wanted = set(re.findall(r"^ +NEEDED +(\S+)$", said, re.MULTILINE)) - brought
    if unknown := sorted(wanted - PACKAGES.keys()):
        raise SetupError(
            f"The bundle does not bring {', '.join(unknown)}, and build/linux/needs.py knows no package that does."
        )
    glibc = _newest(re.findall(r"\bGLIBC_(\d+(?:\.\d+)+)$", said.replace(*RELATIVE), re.MULTILINE))
    return Needs(tuple(sorted({FONTS, *(PACKAGES[name] for name in wanted)})), glibc)


def _is_elf(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(4) == b"\x7fELF"


def _objdump(files: Iterable[Path]) -> str:
    """What the files' headers hold; PyInstaller needs the same tool."""
    tool = shutil.which("objdump")
    if tool is None:
        raise SetupError("There is no objdump here: install binutils, then try again.")
    names = [str(file) for file in files]
    if not names:
        return ""
    done = subprocess.run([tool, "--private-headers", *names], check=True, capture_output=True)
    return done.stdout.decode("utf-8", "replace")


def _newest(versions: Iterable[str]) -> str:
    return max(versions, key=lambda version: [int(part) for part in version.split(".")], default="")
