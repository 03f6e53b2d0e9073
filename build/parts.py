"""What goes into the bundle, and what of the things that PyInstaller would take along stays out."""

import importlib.metadata
import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path

from environment import ROOT

Data = tuple[str, str]
"""A file, and the folder of the bundle that it goes to."""
Entry = tuple[str, str, str]
"""As PyInstaller lists what it collects: name in the bundle, file, kind."""

VARIANTS = ("light", "full")
"""``light`` tells sounds by their names and with the small model; ``full`` brings PyTorch, which CNN14 needs."""

HIDDEN = ("_cffi_backend", "PIL._tkinter_finder", "PIL.IcoImagePlugin", "PIL.PngImagePlugin", "PIL.BmpImagePlugin")
"""Imported where PyInstaller does not look, on every system: by C code, and by a picture's format."""
TRAYS = {"win32": ("pystray._win32",), "darwin": ("pystray._darwin",), "linux": ("pystray._xorg",)}
MODEL = ("panns_inference.models", "panns_inference.pytorch_utils", "torchlibrosa.stft", "torchlibrosa.augmentation")

PICTURES = frozenset(("BmpImagePlugin", "IcoImagePlugin", "PngImagePlugin"))
"""The formats of icons, the only pictures that the program reads."""

NEVER = (
    *("IPython", "librosa", "matplotlib", "pandas", "scipy", "soundfile", "numba"),
    *("cv2", "gi", "PyQt5", "PyQt6", "PySide2", "PySide6"),
    *("_pytest", "hypothesis", "mypy", "pytest", "ruff"),
    *("pip", "pkg_resources", "setuptools", "wheel", "ensurepip", "venv", "lib2to3", "idlelib", "turtledemo"),
    *("test", "tkinter.test", "tkinter.tix", "turtle", "numpy.f2py", "numpy.distutils", "numpy.conftest"),
    *("PIL.ImageQt", "PIL.ImageShow", "PIL.ImageGrab", "PIL._avif", "PIL._webp", "PIL._imagingcms", "PIL._imagingft"),
)
"""Named by parts that have other uses than ours."""
ONLY_FULL = ("torch", "panns_inference", "torchlibrosa", "sympy", "networkx", "jinja2", "fsspec", "unittest", "doctest")

NAMED = ("av", "miniaudio", "tinytag")
"""The doctor says which versions of these are here."""
DROPPED = ("_tcl_data/tzdata/", "_tcl_data/msgs/", "_tk_data/images/", "torch/bin/", "torch/test/")
"""Tcl's time zones and names of days, which nothing here shows, and its logos; programs that try PyTorch out."""
NEEDED = ("torch/bin/torch_shm_manager",)
"""Among those: without it PyTorch does not start."""
OF_THE_SYSTEM = frozenset(("libasound.so.2", "libmvec.so.1"))
"""Only the system's own fit it: ALSA's plugins to its library, and the parts of the C library to each other."""
UNREAD = frozenset((".DS_Store", "screenshot.png", "icon.icns"))
"""Files for people, and for the makers of bundles."""


def hidden(platform: str, variant: str) -> list[str]:
    """Modules that have to be named, since no ``import`` that PyInstaller sees does."""
    return [*HIDDEN, *TRAYS[platform], *(MODEL if variant == "full" else ())]


def left_out(variant: str) -> list[str]:
    """Modules that stay out, whoever names them."""
    return [*NEVER, *unused_pictures(), *(() if variant == "full" else ONLY_FULL)]


def unused_pictures() -> Iterator[str]:
    """Pillow's modules for formats that the program does not read."""
    spec = importlib.util.find_spec("PIL")
    for folder in spec.submodule_search_locations or () if spec else ():
        for file in sorted(Path(folder).glob("*ImagePlugin.py")):
            if file.stem not in PICTURES:
                yield f"PIL.{file.stem}"


def data(root: Path = ROOT) -> list[Data]:
    """The files that the program reads: those among its modules, and its icons and pages."""
    among = (entry for entry in _below(root / "ctk", "ctk") if not entry[0].endswith(".py"))
    return [*among, *_below(root / "assets", "ctk/assets")]


def metadata(names: Iterable[str] = NAMED) -> list[Data]:
    """What says which version of a part is here."""
    found = []
    for name in names:
        part = importlib.metadata.distribution(name)
        for file in part.files or ():
            if file.name == "METADATA" and file.parent.suffix == ".dist-info":
                found.append((str(part.locate_file(file)), str(file.parent)))
    return found


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """What of ``entries`` is of use."""
    return [entry for entry in entries if _is_used(entry[0].replace("\\", "/"))]


def _is_used(name: str) -> bool:
    return name not in OF_THE_SYSTEM and (name.startswith(NEEDED) or not name.startswith(DROPPED))


def _below(folder: Path, name: str) -> Iterator[Data]:
    for file in sorted(folder.rglob("*")):
        into = Path(name) / file.relative_to(folder).parent
        if file.is_file() and file.suffix != ".pyc" and file.name not in UNREAD:
            yield str(file), into.as_posix()
