"""Where things stand in a TOML text."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.looks.lines import Path, locate

TEXT = '''\
api = 1
  id = "x" # [no.table]

[colours]
"a" = "[not.a.table]"
'b.c' = """
[nor.this]
k = 1 \\""" """""
d.e . "f" = { g = 1, h = { i = "}" } }

[ styles . "Table.Treeview" ]
list = [ # comment ]
  "one",
  ["two", '#'], 3
  , 4,
]
after = 1979-05-27 07:32:00

[[rows]]
k = 1
[[rows]]
k = 2
"esc\\u0061ped" = \'\'\'
\'\'\'\'\'
last = -1.5e3
'''


def test_each_key_table_and_item_has_its_line() -> None:
    tomllib.loads(TEXT)
    assert locate(TEXT) == {
        ("api",): 1,
        ("id",): 2,
        ("colours",): 4,
        ("colours", "a"): 5,
        ("colours", "b.c"): 6,
        ("colours", "d"): 9,
        ("colours", "d", "e"): 9,
        ("colours", "d", "e", "f"): 9,
        ("colours", "d", "e", "f", "g"): 9,
        ("colours", "d", "e", "f", "h"): 9,
        ("colours", "d", "e", "f", "h", "i"): 9,
        ("styles",): 11,
        ("styles", "Table.Treeview"): 11,
        ("styles", "Table.Treeview", "list"): 12,
        ("styles", "Table.Treeview", "list", 0): 13,
        ("styles", "Table.Treeview", "list", 1): 14,
        ("styles", "Table.Treeview", "list", 1, 0): 14,
        ("styles", "Table.Treeview", "list", 1, 1): 14,
        ("styles", "Table.Treeview", "list", 2): 14,
        ("styles", "Table.Treeview", "list", 3): 15,
        ("styles", "Table.Treeview", "after"): 17,
        ("rows",): 19,
        ("rows", 0): 20,
        ("rows", 0, "k"): 20,
        ("rows", 1): 22,
        ("rows", 1, "k"): 22,
        ("rows", 1, "escaped"): 23,
        ("rows", 1, "last"): 25,
    }


@pytest.mark.parametrize("text", ["", "# nothing", "a", "a =", "[a", "= 1", '"a', "a = [1, ", "a = {b", "[" * 5000])
def test_of_what_cannot_be_read_the_beginning_is_known(text: str) -> None:
    found = locate("first = 1\n" + text)
    assert found["first",] == 1


@given(st.text(alphabet="ab.=\"'[]{}#,\n \\1", max_size=60))
def test_it_always_ends(text: str) -> None:
    assert all(line >= 1 for line in locate(text).values())


@given(st.text(alphabet="ab.=\"'[]{}#,\n \\1", max_size=40))
def test_it_finds_all_that_can_be_read(text: str) -> None:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert {path for path in paths(table) if len(path) <= 6} <= locate(text).keys()


def paths(value: Any, above: Path = ()) -> list[Path]:
    if isinstance(value, dict):
        return [path for key, inner in value.items() for path in ((*above, key), *paths(inner, (*above, key)))]
    if isinstance(value, list):
        return [path for at, inner in enumerate(value) for path in ((*above, at), *paths(inner, (*above, at)))]
    return []
