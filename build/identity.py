"""What the program is called, and what Windows and macOS are told of it: version resource, Info.plist."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from environment import ROOT

NAME = "Creator's Toolkit"
FOLDER = "Creators Toolkit"
"""What folders and Windows' programs are called: an apostrophe has its own meaning in shells and scripts."""
COMMAND = "ctk"
APP_ID = "org.creators-toolkit.app"
SUMMARY = "Where are all my audio files?"
PUBLISHER = "Creator's Toolkit contributors"
COPYRIGHT = f"Copyright © 2026 {PUBLISHER}"

LEAST_MACOS = {"arm64": "14.0", "x86_64": "14.0"}
"""What the wheels of PyAV and NumPy ask for: https://pypi.org/project/av/#files, https://pypi.org/project/numpy/#files."""

US_ENGLISH, UNICODE = 1033, 1200
MUSIC = "public.app-category.music"
ACCESS = "Creator's Toolkit lists and plays the sounds that you keep {}."
"""What macOS shows when it asks whether the program may look there."""

_RESOURCE = """\
VSVersionInfo(
    ffi=FixedFileInfo(
        filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)
    ),
    kids=[
        StringFileInfo([StringTable("{language:04X}{charset:04X}", [{strings}])]),
        VarFileInfo([VarStruct("Translation", [{language}, {charset}])]),
    ],
)
"""


def version(root: Path = ROOT) -> str:
    """The version, which stands in ``ctk/__init__.py`` and nowhere else."""
    found = re.search(r'^__version__ = "([^"]+)"$', (root / "ctk" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise ValueError("ctk/__init__.py names no version")
    return found[1]


def bundle_name(variant: str) -> str:
    """What files that people download are called, before version and system."""
    return "creators-toolkit" if variant == "light" else f"creators-toolkit-{variant}"


def resource(version: str, file: str) -> str:
    """What Windows shows of the program ``file`` under Properties, as PyInstaller reads it.

    https://learn.microsoft.com/windows/win32/menurc/versioninfo-resource
    """
    numbers = [int(part) for part in re.findall(r"\d+", version)[:3]]
    words = {
        "CompanyName": PUBLISHER,
        "FileDescription": NAME,
        "FileVersion": version,
        "InternalName": Path(file).stem,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": file,
        "ProductName": NAME,
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in words.items())
    four = tuple((numbers + [0] * 4)[:4])
    return _RESOURCE.format(numbers=four, strings=strings, language=US_ENGLISH, charset=UNICODE)


def plist(version: str, machine: str, extensions: Iterable[str]) -> dict[str, Any]:
    """The app's Info.plist: ``machine`` as ``platform.machine()`` names it, and the ``extensions`` of sounds.

    https://developer.apple.com/documentation/bundleresources/information-property-list
    """
    return {
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundleIdentifier": APP_ID,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleDocumentTypes": _documents(sorted(extensions)),
        "LSApplicationCategoryType": MUSIC,
        "LSMinimumSystemVersion": LEAST_MACOS[machine],
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": COPYRIGHT,
        "NSPrincipalClass": "NSApplication",
        "NSRequiresAquaSystemAppearance": False,
        "NSDesktopFolderUsageDescription": ACCESS.format("on your desktop"),
        "NSDocumentsFolderUsageDescription": ACCESS.format("in your documents"),
        "NSDownloadsFolderUsageDescription": ACCESS.format("in your downloads"),
        "NSNetworkVolumesUsageDescription": ACCESS.format("on drives in your network"),
        "NSRemovableVolumesUsageDescription": ACCESS.format("on drives that you plug in"),
    }


def _documents(extensions: list[str]) -> list[dict[str, Any]]:
    """What can be opened with the program, which never takes a file away from the one that opens it now."""
    kinds = (
        ("Folder", {"LSItemContentTypes": ["public.folder", "public.volume"]}),
        ("Sound", {"LSItemContentTypes": ["public.audio"]}),
        ("Sound of another kind", {"CFBundleTypeExtensions": extensions}),
    )
    return [
        {"CFBundleTypeName": name, "CFBundleTypeRole": "Viewer", "LSHandlerRank": "Alternate", **what}
        for name, what in kinds
    ]
