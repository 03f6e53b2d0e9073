"""The notice that goes with a bundle, made from the packages that run these tests."""

import importlib.metadata
import re
import shutil
import sys
from pathlib import Path

import pytest

import notices
from tests import house

WINDOWS = (
    "avcodec-62-984de331.dll libx264-165-f3a90947.dll libx265-efe48a15.dll libmp3lame-0-da02696c.dll"
    " libiconv-2-6ce5.dll libdav1d-959e.dll libgcc_s_seh-1-4c0a.dll libopencore-amrnb-0-b893.dll libopus-0-4369.dll"
    " libsharpyuv-8b86.dll"
    " libstdc++-6-2d5c.dll libSvtAv1Enc-c4dd.dll libvpl-969a.dll libvpx-1-d869.dll libwebpmux-9cf6.dll zlib1-79e0.dll"
    " libwinpthread-1-0233.dll swresample-6-0158.dll swscale-9-0c98.dll VCRUNTIME140.dll avutil-60-cc17.dll"
).split()
MACOS = (
    "libavcodec.62.28.102.dylib libswscale.9.5.102.dylib libx264.165.dylib libx265.216.dylib libmp3lame.0.dylib"
    " libopencore-amrwb.0.dylib libopus.0.dylib libvpx.12.dylib libwebp.7.2.0.dylib libdav1d.7.dylib"
    " libSvtAv1Enc.4.1.0.dylib libsharpyuv.0.1.2.dylib"
).split()


def files(package: str) -> list[Path]:
    """What a package of this environment has installed."""
    found = importlib.metadata.distribution(package)
    return [Path(str(found.locate_file(file))) for file in found.files or () if file.suffix != ".pyc"]


def needed() -> list[str]:
    """The packages that the program stands on, on this system."""
    lines = importlib.metadata.requires("creators-toolkit") if _installed() else _declared()
    return [re.split(r"[^\w-]", line)[0] for line in lines or () if "extra ==" not in line]


def _installed() -> bool:
    return any(part.name == "creators-toolkit" for part in importlib.metadata.distributions())


def _declared() -> list[str]:
    import tomllib

    project = tomllib.loads((house.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [line for line in project["dependencies"] if "linux" not in line or sys.platform == "linux"]


def test_every_part_is_named_with_its_licence_and_its_text() -> None:
    sources = [file for name in needed() for file in files(name)]
    found = {part.name.lower().replace("_", "-"): part for part in notices.parts(sources)}
    assert {name.lower().replace("_", "-") for name in needed()} <= found.keys()
    assert {"python", "tcl/tk"} <= found.keys()
    assert all(part.text and part.licence and part.source.startswith("http") for part in found.values())
    assert found["python"].version == sys.version.split()[0]
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in found["python"].text


def test_the_parts_of_pyav_under_the_gpl_are_named_and_its_text_is_there() -> None:
    text = notices.text(files("av"))
    assert "Under the GNU General Public License stand x264 and x265: video libraries" in text
    for words in ("GNU GENERAL PUBLIC LICENSE\n                       Version 2", "Version 3, 29 June 2007", "FFmpeg"):
        assert words in text
    assert "https://code.videolan.org/videolan/x264" in text


def test_without_pyav_nothing_is_said_of_the_gpl() -> None:
    text = notices.text(files("tinytag"))
    assert "General Public License stand" not in text
    assert "Copyright (c) 2014" in text


def test_the_program_itself_is_no_part_that_others_made() -> None:
    own = [house.ROOT / "ctk" / "toolkit.py", house.ROOT / "assets" / "icon.png"]
    assert {part.name for part in notices.parts(own)} == {"Python", "Tcl/Tk"}


def test_a_library_that_nobody_knows_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(notices.UnknownLicence, match=r"libraries\.toml.*libmystery\.so\.1"):
        notices.text([tmp_path / "libmystery.so.1"])


@pytest.mark.parametrize("name", [*WINDOWS, *MACOS])
def test_libraries_are_known_by_their_names_on_other_systems(name: str) -> None:
    assert notices.library(name, notices.libraries()) is not None


def test_shared_texts_are_all_there() -> None:
    names = {text for row in notices.libraries() for text in row.texts} | {"Tcl"}
    assert {file.stem for file in notices.FOLDER.glob("*.txt")} == names


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="only on Debian and its kin packages can be asked")
def test_libraries_of_the_system_bring_the_words_of_their_package() -> None:
    library = next(folder / "libc.so.6" for folder in Path("/usr/lib").glob("*-linux-gnu"))
    (part,) = [part for part in notices.parts([library]) if part.name.startswith("libc")]
    assert part.version
    assert "GNU C Library" in part.text
