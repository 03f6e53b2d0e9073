"""The spec as each system evaluates it, with recorders in place of PyInstaller's classes."""

import ast
import importlib.util
import os
import platform
import plistlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import ctk
import identity
import parts
from ctk.sources.walk import AUDIO_EXTENSIONS
from tests import house

SYSTEMS = ("win32", "darwin", "linux")
COLLECTED = [
    ("libasound.so.2", "/usr/lib/libasound.so.2", "BINARY"),
    ("libmvec.so.1", "/usr/lib/libmvec.so.1", "BINARY"),
]
TIME_ZONE = ("_tcl_data/tzdata/UTC", "/usr/share/tcltk/tcl8.6/tzdata/UTC", "DATA")


@dataclass
class Made:
    """One call of a class of PyInstaller's."""

    arguments: tuple[Any, ...]
    options: dict[str, Any]
    pure: list[tuple[str, str, str]] = field(default_factory=list)
    scripts: list[tuple[str, str, str]] = field(default_factory=list)
    binaries: list[tuple[str, str, str]] = field(default_factory=list)
    datas: list[tuple[str, str, str]] = field(default_factory=list)


class Recorder:
    """Stands in for PyInstaller: what was made of each class, in order."""

    def __init__(self) -> None:
        self.made: dict[str, list[Made]] = {name: [] for name in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}

    def of(self, name: str) -> Callable[..., Made]:
        def make(*arguments: Any, **options: Any) -> Made:
            made = Made(arguments, options)
            if name == "Analysis":
                made.pure.append(("tinytag", str(_origin("tinytag")), "PYMODULE"))
                made.pure.append(("ctk.toolkit", str(house.ROOT / "ctk" / "toolkit.py"), "PYMODULE"))
                made.binaries.extend(COLLECTED)
                made.datas.extend((f"{into}/{Path(file).name}", file, "DATA") for file, into in options["datas"])
                made.datas.append(TIME_ZONE)
            self.made[name].append(made)
            return made

        return make

    def one(self, name: str) -> Made:
        (made,) = self.made[name]
        return made


def _origin(module: str) -> Path:
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin)


@pytest.fixture
def evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Recorder]:
    """Evaluates the spec for a system and a variant."""

    def run(system: str, variant: str = "light", machine: str = "arm64") -> Recorder:
        monkeypatch.setattr(sys, "platform", system)
        monkeypatch.setattr(sys, "path", list(sys.path))
        monkeypatch.setattr(platform, "machine", lambda: machine)
        monkeypatch.setenv("CTK_VARIANT", variant)
        work = tmp_path / system / variant
        work.mkdir(parents=True)
        recorder = Recorder()
        names: dict[str, Any] = {name: recorder.of(name) for name in recorder.made}
        text = (house.ROOT / "ctk.spec").read_text("utf-8")
        exec(compile(text, "ctk.spec", "exec"), names | {"SPECPATH": str(house.ROOT), "workpath": str(work)})
        monkeypatch.undo()
        return recorder

    return run


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_same_program_goes_in_on_every_system(evaluate: Callable[..., Recorder], system: str) -> None:
    analysis = evaluate(system).one("Analysis")
    assert analysis.arguments == ([str(house.ROOT / "ctk" / "__main__.py")],)
    hidden, excluded = analysis.options["hiddenimports"], analysis.options["excludes"]
    assert {"_cffi_backend", "PIL._tkinter_finder", "PIL.IcoImagePlugin", "PIL.PngImagePlugin"} <= set(hidden)
    trays = {"win32": "pystray._win32", "darwin": "pystray._darwin", "linux": "pystray._xorg"}
    assert [name for name in hidden if name.startswith("pystray")] == [trays[system]]
    assert {"torch", "panns_inference", "librosa", "matplotlib", "PIL.WebPImagePlugin", "pytest"} <= set(excluded)
    assert not set(hidden) & set(excluded)


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_file_that_the_program_reads_goes_in(evaluate: Callable[..., Recorder], system: str) -> None:
    names = {name for name, _, _ in evaluate(system).one("Analysis").datas}
    room = {"words.toml", "audioset.csv", "builtin.npz", "MODEL_CARD.md"}
    assert {f"ctk/classify/{name}" for name in room} | {"ctk/edition"} <= names
    shown = {"icon.png", "web/index.html", "clients/client.py", "tray/idle.ico", "tray/playing.ico"}
    assert {f"ctk/assets/{name}" for name in shown} <= names
    assert "THIRD-PARTY-NOTICES.txt" in names
    assert "ctk/toolkit.py" not in names
    assert {name.partition("-")[0] for name in names if name.endswith(".dist-info/METADATA")} == set(parts.NAMED)


def test_what_only_the_system_itself_fits_stays_out(evaluate: Callable[..., Recorder]) -> None:
    recorder = evaluate("linux")
    _, binaries, datas = recorder.one("COLLECT").arguments
    assert binaries == []
    assert TIME_ZONE not in datas


def test_the_full_bundle_brings_what_cnn14_needs(evaluate: Callable[..., Recorder], tmp_path: Path) -> None:
    analysis = evaluate("linux", "full").one("Analysis")
    assert "panns_inference.models" in analysis.options["hiddenimports"]
    assert not {"torch", "torchlibrosa", "panns_inference"} & set(analysis.options["excludes"])
    assert {"librosa", "matplotlib"} <= set(analysis.options["excludes"])
    assert (tmp_path / "linux" / "full" / "edition").read_text("utf-8") == "full"


def test_of_pytorch_only_what_it_runs_with_is_kept() -> None:
    names = [
        "torch/bin/protoc",
        "torch\\bin\\torch_shm_manager.exe",
        "torch/bin/torch_shm_manager",
        "torch/test/x",
        "torch/a",
    ]
    kept = [name for name, _, _ in parts.kept([(name, "", "DATA") for name in names])]
    assert kept == [names[1], names[2], names[4]]


def test_whatever_is_imported_by_its_name_is_named() -> None:
    named, late = set(), set()
    for name, module in house.read(house.ROOT / "ctk").items():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
                if isinstance(node.args[0], ast.Constant):
                    named.add(ast.literal_eval(node.args[0]))
                else:
                    late.add(name)
    assert named == {"panns_inference.models"}
    assert late == {"ctk.late"}  # its names are imported for type checkers as well, where PyInstaller finds them
    assert named <= set(parts.hidden("linux", "full"))


@pytest.mark.parametrize("system", SYSTEMS)
def test_modules_that_are_named_are_there(system: str) -> None:
    for name in parts.hidden(system, "light"):
        package, _, module = name.rpartition(".")
        folder = _origin(package).parent if package else _origin(module).parent
        assert list(folder.glob(f"{module}.*")), name


def test_windows_has_two_programs_with_version_and_icon(evaluate: Callable[..., Recorder]) -> None:
    recorder = evaluate("win32", machine="AMD64")
    window, console = recorder.made["EXE"]
    assert [window.options["name"], console.options["name"]] == ["Creators Toolkit", "ctk"]
    assert [window.options["console"], console.options["console"]] == [False, True]
    for made in (window, console):
        assert Path(made.options["icon"]) == house.ROOT / "assets" / "icon.ico"
        assert made.options["exclude_binaries"] is True
        told = resource(Path(made.options["version"]).read_text("utf-8"))
        assert told["OriginalFilename"] == f"{made.options['name']}.exe"
        assert told["FileVersion"] == told["ProductVersion"] == ctk.__version__
        assert told["ProductName"] == "Creator's Toolkit"
    assert recorder.one("COLLECT").arguments[:2] == (window, console)
    assert recorder.made["BUNDLE"] == []


@pytest.mark.parametrize(
    ("version", "numbers"), [("1.2.3", (1, 2, 3, 0)), ("0.10", (0, 10, 0, 0)), ("2.0.1rc4", (2, 0, 1, 0))]
)
def test_windows_reads_the_version_as_four_numbers(version: str, numbers: tuple[int, ...]) -> None:
    made = evaluated(identity.resource(version, "ctk.exe"))
    assert made.ffi.filevers == made.ffi.prodvers == numbers
    assert made.kids[1].kids[0].args == ("Translation", [1033, 1200])
    assert made.kids[0].args[0][0].args[0] == "040904B0"


@pytest.mark.parametrize(("machine", "least"), [("arm64", "14.0"), ("x86_64", "14.0")])
def test_macos_has_an_app_made_of_the_folder(evaluate: Callable[..., Recorder], machine: str, least: str) -> None:
    recorder = evaluate("darwin", machine=machine)
    assert recorder.one("EXE").options["console"] is False
    app = recorder.one("BUNDLE")
    assert app.arguments == (recorder.one("COLLECT"),)
    assert app.options["name"] == "Creator's Toolkit.app"
    assert app.options["bundle_identifier"] == "org.creators-toolkit.app"
    assert Path(app.options["icon"]).read_bytes().startswith(b"icns")
    plist = plistlib.loads(plistlib.dumps(app.options["info_plist"]))
    assert plist["CFBundleShortVersionString"] == plist["CFBundleVersion"] == ctk.__version__
    assert plist["LSMinimumSystemVersion"] == least
    assert plist["NSHighResolutionCapable"] is True
    assert plist["NSRequiresAquaSystemAppearance"] is False
    assert plist["LSApplicationCategoryType"] == "public.app-category.music"
    assert "LSBackgroundOnly" not in plist
    assert not [key for key in plist if "Microphone" in key or "Camera" in key]
    kinds = plist["CFBundleDocumentTypes"]
    types = {kind for entry in kinds for kind in entry.get("LSItemContentTypes", ())}
    assert {"public.folder", "public.audio"} <= types
    assert {suffix for entry in kinds for suffix in entry.get("CFBundleTypeExtensions", ())} == AUDIO_EXTENSIONS
    assert {entry["LSHandlerRank"] for entry in kinds} == {"Alternate"}


def test_linux_has_one_program_in_a_folder(evaluate: Callable[..., Recorder]) -> None:
    recorder = evaluate("linux")
    program = recorder.one("EXE")
    assert (program.options["name"], program.options["console"], program.options["version"]) == ("ctk", True, None)
    assert recorder.one("COLLECT").options["name"] == "Creators Toolkit"
    assert recorder.made["BUNDLE"] == []
    assert os.path.samefile(_origin("ctk"), house.ROOT / "ctk" / "__init__.py")


def evaluated(text: str) -> Any:
    """A version resource, as nested records of what it is made of."""

    def record(name: str) -> Callable[..., Any]:
        return lambda *args, **options: SimpleNamespace(
            name=name, args=args, **({"kids": args[0] if args and isinstance(args[0], list) else []} | options)
        )

    kinds = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    return eval(text, {kind: record(kind) for kind in kinds})


def resource(text: str) -> dict[str, str]:
    """The words in a version resource."""
    table = evaluated(text).kids[0].kids[0]
    return dict(entry.args for entry in table.args[1])
