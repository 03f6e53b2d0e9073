"""What the tests take from Debian and Ubuntu: tools that root installs, and real sample packs that anyone unpacks."""

import importlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from environment import PARTS, ROOT, system_debian

TOOLS = {
    "appstream": "appstreamcli",
    "binutils": "objdump",
    "chromium": "chromium",
    "chromium-driver": "chromedriver",
    "desktop-file-utils": "desktop-file-validate",
    "espeak-ng": "espeak-ng",
    "ffmpeg": "ffmpeg",
    "fluidsynth": "fluidsynth",
    "fontconfig": "fc-list",
    "imagemagick": "convert",
    "jdupes": "jdupes",
    "lame": "lame",
    "nsis": "makensis",
    "pulseaudio": "pulseaudio",
    "pulseaudio-utils": "pactl",
    "rmlint": "rmlint",
    "trayer": "trayer",
    "x11-utils": "xwininfo",
    "xdotool": "xdotool",
    "xvfb": "Xvfb",
}
"""A package, and a command it brings."""

FONT = "fonts-dejavu-core"
SOUND_FONT = "fluid-soundfont-gm"
SOUND_FONT_FILE = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
PACKS = ROOT / ".cache" / "packs"
PACK_NAMES = ("sonic-pi-samples", "lmms-common")
LARGE_PACKS = ("hydrogen-data", "hydrogen-drumkits", "hydrogen-drumkits-effects")
"""Only training the built-in listener needs these: 290 MB."""
VOICES = (
    "festival",
    "festvox-us-slt-hts",
    "festvox-kallpc16k",
    "festvox-kdlpc16k",
    "festvox-czech-dita",
    "festvox-czech-krb",
    "festvox-czech-machac",
    "festvox-suopuhe-lj",
    "festvox-suopuhe-mv",
    "festvox-italp16k",
)
"""What speaks in its training, besides eSpeak NG."""


def missing() -> list[str]:
    """The packages whose tools are not here, on any system."""
    return [
        *_missing_modules(),
        *(package for package, tool in TOOLS.items() if not shutil.which(tool)),
        *_font(),
        *_sounds(),
    ]


def can_install() -> bool:
    """Whether this is root on a Debian kind of system."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Sequence[str]) -> str:
    """Install ``packages``; answers with what apt said when that failed."""
    options = ["--yes", "--quiet", "--no-install-recommends", "--option", "DPkg::Lock::Timeout=300"]
    said = _apt(["apt-get", "install", *options, *packages])
    importlib.invalidate_caches()
    return said


def fetch_packs(*more: str) -> str:
    """Download and unpack the sample packs that are not here yet; answers with what failed."""
    if not shutil.which("apt-get"):
        return "They come from Debian, and this system has no apt-get."
    for name in (*PACK_NAMES, *more):
        if not (PACKS / name).is_dir() and (said := _fetch(name)):
            return said
    return ""


def _fetch(name: str) -> str:
    PACKS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PACKS) as scratch:
        if said := _apt(["apt-get", "download", "--quiet", name], cwd=scratch):
            return said
        (package,) = Path(scratch).glob("*.deb")
        unpacked = Path(scratch) / name
        if said := _say(["dpkg-deb", "--extract", str(package), str(unpacked)]):
            return said
        unpacked.rename(PACKS / name)
    return ""


def _apt(command: Sequence[str], cwd: str | None = None) -> str:
    """Ask apt; when that fails its lists may be absent or old, so root has them brought up to date and asks again."""
    said = _say(command, cwd)
    if said and can_install():
        said = _say(["apt-get", "update", "--quiet"]) or _say(command, cwd)
    return said


def _say(command: Sequence[str], cwd: str | None = None) -> str:
    """Run a program and answer with its words when it failed."""
    done = subprocess.run(
        command,
        check=False,
        cwd=cwd,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    words = done.stdout.decode("utf-8", "replace").strip()
    return words or f"{command[0]} failed" if done.returncode else ""


def _missing_modules() -> Iterator[str]:
    if system_debian():
        yield from (package for module, package in PARTS.values() if not importlib.util.find_spec(module))


def _font() -> list[str]:
    lister = shutil.which("fc-list")
    fonts = subprocess.run([lister], check=True, stdout=subprocess.PIPE).stdout if lister else b""
    return [] if fonts.strip() else [FONT]


def _sounds() -> list[str]:
    return [] if SOUND_FONT_FILE.exists() else [SOUND_FONT]
