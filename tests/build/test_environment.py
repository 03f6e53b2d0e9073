"""Private environments: installed once, again when what they stand on changed, and failures told in words."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

import environment
from tests.build import checkout


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that the scripts take for their own."""
    made = checkout.make(tmp_path / "checkout")
    monkeypatch.setattr(environment, "ROOT", made)
    return made


def test_an_environment_is_installed_once_and_again_when_the_project_changed(folder: Path) -> None:
    python = environment.prepare(".venv")
    assert environment.run([str(python), "-P", "-c", "import ctk"]) == 0
    witness = folder / ".venv" / "witness"
    witness.touch()
    assert environment.prepare(".venv") == python
    assert witness.exists()
    with open(folder / "pyproject.toml", "a", encoding="utf-8") as project:
        project.write('description = "changed"\n')
    assert environment.prepare(".venv") == python
    assert not witness.exists()


def test_more_is_added_once(folder: Path, tmp_path: Path) -> None:
    python = environment.prepare(".venv")
    other = checkout.make(tmp_path / "other")
    more = ("--no-deps", "--editable", str(other))
    environment.add(python, more)
    assert environment.run([str(python), "-P", "-c", f"import sys; sys.exit({str(other)!r} not in sys.path)"]) == 0
    (other / "broken").touch()
    environment.add(python, more)
    with pytest.raises(environment.SetupError):
        environment.add(python, more, more)


def test_what_an_installation_stands_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs = environment._needs("")
    assert needs == environment._needs("")
    assert needs != environment._needs("dev")
    (folder / "pyproject.toml").write_text("")
    assert needs != (changed := environment._needs(""))
    monkeypatch.setattr(sys, "base_prefix", "/opt/another")
    assert changed != environment._needs("")


def test_what_the_installer_said_is_shown_when_it_fails(folder: Path) -> None:
    (folder / "broken").touch()
    with pytest.raises(environment.SetupError) as failed:
        environment.prepare(".venv")
    assert "the backend is broken" in str(failed.value)
    assert str(failed.value).endswith("The installation failed; the lines above say why.")


def test_no_network_is_one_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "needs").write_text("Requires-Dist: a-part-that-no-disk-has\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(environment.SetupError, match=r"^The parts .* connect to the internet, then try again\.$"):
        environment.prepare(".venv")


@pytest.mark.parametrize(
    ("module", "debian", "advice"),
    [
        ("tkinter", True, "sudo apt install python3-tk"),
        ("ensurepip", True, "sudo apt install python3-venv"),
        ("tkinter", False, "https://www.python.org"),
    ],
)
def test_a_python_without_its_parts_is_told_what_to_do(
    module: str, debian: bool, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.require(module)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(environment, "system_debian", lambda: debian)
    with pytest.raises(environment.SetupError, match=module) as lacking:
        environment.require(module)
    assert advice in str(lacking.value)
    assert "\n" not in str(lacking.value)


def test_two_missing_parts_are_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(environment, "system_debian", lambda: True)
    with pytest.raises(environment.SetupError, match="'sudo apt install python3-tk python3-venv'"):
        environment.require("tkinter", "ensurepip")
