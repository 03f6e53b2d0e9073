"""The reference tells of everything there is, and its sample clients run."""

import dataclasses
import shutil
import subprocess
import sys
from typing import get_args

import pytest

from ctk import errors, paths, records
from ctk.events import Event
from ctk.remote import reference
from ctk.remote.table import methods
from ctk.toolkit import Toolkit

PAGE = reference.page()


def test_every_method_with_its_parameters_is_told() -> None:
    for name, method in methods().items():
        section = PAGE.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        assert section, name
        assert method.refused in section
        assert method.refused or all(f"| `{param.name}` |" in section for param in method.params), name
        assert method.refused or "\nResult: " in section


def test_every_event_error_and_record_of_a_result_is_told() -> None:
    assert all(f"\n### {kind.__name__}\n" in PAGE for kind in get_args(Event))
    tree = [name for name, kind in vars(errors).items() if isinstance(kind, type)]
    assert all(f"| `{name}` |" in PAGE for name in tree)
    given = (getattr(records, name) for name in records.NAMES)
    shown = [kind for kind in given if isinstance(kind, type) and dataclasses.is_dataclass(kind)]
    assert [kind.__name__ for kind in shown if f"\n### {kind.__name__}\n" not in PAGE] == []


def test_nothing_of_python_shows() -> None:
    assert "``" not in PAGE.replace("```", "") and "<class" not in PAGE and "typing." not in PAGE


@pytest.mark.parametrize("name", reference.CLIENTS.values())
def test_a_client_is_short_and_plays(name: str, served: Toolkit) -> None:
    file = paths.assets() / "clients" / name
    assert len(file.read_text("utf-8").splitlines()) <= 30
    assert file.read_text("utf-8") in PAGE
    program = sys.executable if name.endswith(".py") else shutil.which("node")
    if program is None:
        pytest.skip("Node is needed for the sample in JavaScript: apt-get install nodejs")
    done = subprocess.run(
        [program, str(file), str(served.home), "kick"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "2 sounds"
    assert served.audio.now().id == served.catalog.ids("kick")[0]
