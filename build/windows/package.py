"""Make the setup program for Windows from a finished bundle, with NSIS.

``setup.nsi`` is the program; this packs the files, tells it what to delete again, and signs (see ``signing``). NSIS
compiles on Linux too, where ``signtool`` is not to be had.
"""

import os
import re
import shutil
import struct
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

import identity
from environment import ROOT, SetupError
from windows import signing

PROGRAMS = (f"{identity.FOLDER}.exe", f"{identity.COMMAND}.exe")
"""With a window, and with a console."""
SCRIPT = Path(__file__).resolve().parent / "setup.nsi"
ICON = ROOT / "assets" / "icon.ico"
NSIS = "NSIS was not found. On Windows say 'choco install nsis', on Debian 'sudo apt install nsis', then try again."
STUBS = Path("/usr/share/nsis/Stubs")
"""Where Debian has what setups are built on; elsewhere that is beside the compiler."""
SIDE = (164, 314)
"""The picture beside the last page, in pixels: https://nsis.sourceforge.io/Docs/Modern%20UI%202/Readme.html."""
INK, DUSK = (12, 38, 44), (11, 122, 105)
"""Its upper and its lower end: the colours of the icon."""
SMALL_STUB = "NSIS has no 64-bit stub here: the setup is a 32-bit program that installs the same 64-bit one."


def build(bundle: Path, version: str, variant: str, out: Path) -> list[Path]:
    """The setup for the ``bundle`` of ``variant``, in ``out``. Raises ``SetupError``."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise SetupError(f"Windows wants a version of three numbers, and {version} is none.")
    if lacking := [name for name in PROGRAMS if not (bundle / name).is_file()]:
        raise SetupError(f"{bundle} is no bundle for Windows: {' and '.join(lacking)} are not there.")
    makensis = find_makensis()
    signed = signing.configured(os.environ)
    if not signed:
        print(signing.UNSIGNED)
    work = out / ".work" / "windows"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    if signed:
        _sign([bundle / name for name in PROGRAMS])
    files = packed(bundle)
    (work / "files.nsh").write_text("\n".join(instructions(files)) + "\n", "utf-8")
    (work / "installed.txt").write_bytes(listing(files))
    shutil.copyfile(ICON, work / "icon.ico")
    (work / "side.bmp").write_bytes(side())
    target = stub(makensis)
    setup = out / f"{identity.bundle_name(variant)}-{version}-windows-x64-setup.exe"
    defined = definitions(bundle, files) | {"TARGET": target, "VERSION": version, "OUTFILE": setup.name}
    _run(command(makensis, defined | ({"SIGN": signing.hook()} if signed else {})), work)
    os.replace(work / setup.name, setup)
    if signed:
        _sign([setup])
    return [setup]


def packed(bundle: Path) -> list[PurePosixPath]:
    """Every file of the bundle, as its path from there."""
    found = (PurePosixPath(file.relative_to(bundle).as_posix()) for file in bundle.rglob("*") if file.is_file())
    return sorted(found, key=lambda file: (str(file.parent), file.name))


def instructions(files: Iterable[PurePosixPath]) -> list[str]:
    """What makes NSIS pack ``files``, a folder at a time."""
    lines: list[str] = []
    folder: PurePosixPath | None = None
    for file in files:
        if file.parent != folder:
            folder = file.parent
            inner = "\\" + _windows(folder).replace("$", "$$") if folder.name else ""
            lines.append(f'SetOutPath "$INSTDIR{inner}"')
        lines.append(f'File "${{BUNDLE}}{os.sep}{Path(file)}"')
    return lines


def listing(files: Sequence[PurePosixPath]) -> bytes:
    r"""What a later setup and the uninstaller delete, as they read it: files, then folders (``…\``) from inside."""
    folders = {folder for file in files for folder in file.parents if folder.name}
    inner_first = sorted(folders, key=lambda folder: (-len(folder.parts), folder))
    lines = [*map(_windows, files), *(_windows(folder) + "\\" for folder in inner_first)]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-16-le")


def definitions(bundle: Path, files: Sequence[PurePosixPath]) -> dict[str, str]:
    """What the script wants to know of a bundle, and where the lists are."""
    size = sum((bundle / file).stat().st_size for file in files)
    return {
        "KILOBYTES": str(-(-size // 1024)),
        "LONGEST": str(max(len(str(file)) for file in files)),
        "BUNDLE": str(bundle.resolve()),
        "FILES": "files.nsh",
        "LIST": "installed.txt",
        "ICON": "icon.ico",
        "SIDE": "side.bmp",
    }


def side() -> bytes:
    """The picture beside the last page, from ink to dusk, as a bitmap for Windows: its rows go upwards, in BGR."""
    width, height = SIDE
    shades = [
        tuple(round(b + (a - b) * row / (height - 1)) for a, b in zip(INK, DUSK, strict=True)) for row in range(height)
    ]
    pixels = b"".join(bytes(reversed(shade)) * width for shade in shades)
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(pixels), 2835, 2835, 0, 0)
    start = 14 + len(header)
    return struct.pack("<2sIHHI", b"BM", start + len(pixels), 0, 0, start) + header + pixels


def command(makensis: Path, defined: Mapping[str, str]) -> list[str]:
    """The call of the compiler, from the folder with the lists."""
    options = ["-V2", "-NOCD", "-INPUTCHARSET", "UTF8"]
    return [str(makensis), *options, *(f"-D{name}={value}" for name, value in defined.items()), str(SCRIPT)]


def find_makensis() -> Path:
    """The compiler: on the PATH, or where its own setup puts it. Raises ``SetupError``."""
    places = [Path(os.environ[name]) for name in ("ProgramFiles(x86)", "ProgramFiles") if name in os.environ]
    known = (place / "NSIS" / "makensis.exe" for place in places)
    found = shutil.which("makensis") or next((str(file) for file in known if file.is_file()), None)
    if found is None:
        raise SetupError(NSIS)
    return Path(found).resolve()


def stub(makensis: Path) -> str:
    """The kind of program the setup becomes. Debian's NSIS has a 64-bit stub; that for Windows comes without."""
    if any((folder / "lzma-amd64-unicode").exists() for folder in (makensis.parent / "Stubs", STUBS)):
        return "amd64-unicode"
    print(SMALL_STUB)
    return "x86-unicode"


def _sign(files: Sequence[Path]) -> None:
    if signing.sign(files):
        raise SetupError("signtool could not sign; the lines above say why.")


def _run(words: Sequence[str], cwd: Path) -> None:
    """Run the compiler, which has nothing to say unless something is odd."""
    done = subprocess.run(
        words, check=False, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    said = done.stdout.decode("utf-8", "replace").strip()
    if done.returncode:
        raise SetupError(f"{said}\nNSIS could not make the setup.")
    if said:
        print(said)


def _windows(path: PurePosixPath) -> str:
    return str(path).replace("/", "\\")
