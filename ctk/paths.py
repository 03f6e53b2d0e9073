"""Where things are: the same answer from source, from an installed wheel and from a bundle."""

import os
import sys
from pathlib import Path

APP_NAME = "Creators Toolkit"


def home(override: str | os.PathLike[str] | None = None) -> Path:
    """The folder that holds the catalog: ``override``, else ``CTK_HOME``, else the system's place for app data."""
    chosen = override or os.environ.get("CTK_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return usual_home()


def usual_home() -> Path:
    """The system's place for app data."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def user_folders() -> dict[str, str]:
    """The user's own folders, whatever they are called and wherever they were moved to."""
    import platformdirs

    return {
        "home": os.path.expanduser("~"),
        "music": platformdirs.user_music_dir(),
        "desktop": platformdirs.user_desktop_dir(),
        "downloads": platformdirs.user_downloads_dir(),
        "documents": platformdirs.user_documents_dir(),
    }


def log_file(home: Path) -> Path:
    return home / "logs" / "ctk.log"


def assets() -> Path:
    """Icons and looks: beside the package in a checkout, inside it in a wheel or bundle."""
    packaged = Path(__file__).resolve().parent / "assets"
    return packaged if packaged.is_dir() else packaged.parent.parent / "assets"


def edition() -> str:
    """Which bundle this is: ``light``, or ``full`` with what CNN14 needs; empty where Python runs the program."""
    if not getattr(sys, "frozen", False):
        return ""
    return Path(__file__).with_name("edition").read_text("utf-8").strip()


def os_path(path: str) -> str:
    r"""``path`` as the system's calls want it: on Windows long paths need the ``\\?\`` prefix."""
    return extended(path) if sys.platform == "win32" else path


def extended(path: str) -> str:
    r"""A Windows path in its extended form: ``C:\x`` as ``\\?\C:\x``, ``\\nas\x`` as ``\\?\UNC\nas\x``."""
    if path.startswith(("\\\\?\\", "\\\\.\\")):
        return path
    if path.startswith("\\\\"):
        return "\\\\?\\UNC\\" + path[2:]
    return "\\\\?\\" + path.replace("/", "\\")


def has_entries(folder: str) -> bool:
    """Whether a folder is here and holds anything; an empty one may be a mount point without its drive."""
    try:
        with os.scandir(os_path(folder)) as entries:
            return next(entries, None) is not None
    except OSError:
        return False
