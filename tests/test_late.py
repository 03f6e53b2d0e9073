"""Names that are loaded when they are asked for."""

import ast
import posixpath
import subprocess
import sys

import pytest

from ctk import records
from ctk.late import late
from tests import house


def test_a_name_is_looked_up_where_it_is_at_home() -> None:
    find = late(__name__, {"basename": "posixpath", "joined": "posixpath:join"})
    assert find("basename") is posixpath.basename
    assert find("joined") is globals()["joined"] is posixpath.join
    with pytest.raises(AttributeError, match="has no attribute 'other'"):
        find("other")


def test_types_and_names_of_the_records_are_the_same() -> None:
    tree = ast.parse((house.ROOT / "ctk" / "records" / "__init__.py").read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    told = {alias.name: node.module for node in imports for alias in node.names if alias.asname}
    assert told == records.NAMES


def test_one_family_of_records_does_not_load_another() -> None:
    program = (
        "import sys; from ctk.records import Row;"
        "print('ctk.records.sound' in sys.modules, 'ctk.records.changes' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=house.ROOT)
    assert done.stdout.split() == ["True", "False"]
