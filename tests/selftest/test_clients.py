"""What is around the core: each step holds, and notices what is missing or lets in who should stay out."""

import importlib.metadata
import shutil
import sys
from pathlib import Path

import pytest

from ctk import paths
from ctk.classify import worker
from ctk.remote.guard import Guard
from ctk.selftest import clients, library
from ctk.selftest.bench import Bench, Failed
from ctk.selftest.clients import ASSETS


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the files beside the package, which may be broken."""
    copy = tmp_path / "assets"
    shutil.copytree(paths.assets(), copy)
    monkeypatch.setattr(paths, "assets", lambda: copy)
    return copy


def test_all_files_are_here(bench: Bench, assets: Path) -> None:
    assert clients.files(bench).startswith("11 files")


@pytest.mark.parametrize("name", ASSETS)
def test_a_file_that_is_missing_or_broken_is_named(name: str, bench: Bench, assets: Path) -> None:
    (assets / name).write_bytes(b"")
    with pytest.raises(Failed, match=f"^{name} is not what it should be.$"):
        clients.files(bench)
    (assets / name).unlink()
    with pytest.raises(Failed, match=f"^{name} cannot be read"):
        clients.files(bench)


def test_a_folder_that_is_missing_is_told_file_by_file(bench: Bench, assets: Path) -> None:
    shutil.rmtree(assets / "tray")
    with pytest.raises(Failed) as failed:
        clients.files(bench)
    assert str(failed.value).count("cannot be read") == 3


def test_the_door_lets_in_who_may_come(bench: Bench) -> None:
    library.catalog(bench)
    assert clients.door(bench)
    assert not (bench.place / "home" / "door.json").exists()


def test_a_door_that_lets_everybody_in_is_noticed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    library.catalog(bench)
    monkeypatch.setattr(Guard, "check_token", lambda self, headers: None)
    with pytest.raises(Failed, match="without the right token"):
        clients.door(bench)


def test_a_door_of_another_version_is_noticed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    library.catalog(bench)
    monkeypatch.setattr("ctk.remote.calls.__version__", "0.0.1")
    with pytest.raises(Failed, match=r"version 0\.0\.1"):
        clients.door(bench)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on Linux is a display another program")
def test_without_a_display_there_is_none(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    library.catalog(bench)
    assert clients.window(bench) == clients.tray(bench) == "no display here"


def test_cnn14_is_not_missed_where_it_is_not_part(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    library.catalog(bench)
    monkeypatch.setattr(worker, "_NEEDS", ("no_such_module",))
    assert clients.cnn14(bench) == "not part of this edition"
    monkeypatch.setattr(paths, "edition", lambda: "full")
    with pytest.raises(Failed, match="something that CNN14 needs is missing"):
        clients.cnn14(bench)


def test_cnn14_says_itself_that_it_is_given_nothing(bench: Bench) -> None:
    try:
        importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("torch is needed: pip install torch")
    library.catalog(bench)
    assert clients.cnn14(bench) == "starts"
