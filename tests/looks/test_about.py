"""What a look says of itself."""

from pathlib import Path

import pytest

from ctk.looks.about import fit_id
from tests.looks.making import faults


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ('id = "mine"\nname = "Mine"\n', ["look.toml: api is missing."]),
        ("api = 1\n", ["look.toml: id is missing.", "look.toml: name is missing."]),
        (
            'api = 2\nid = "mine"\nfuture = true\n',
            ["look.toml:1: this look is for a newer version of the program: api is 2, here it is 1."],
        ),
        ('api = "1"\nid = "mine"\nname = "M"\n', ["look.toml:1: api must be a number, and is a text."]),
        ('api = 1\nid = "mine"\nname = " "\n', ["look.toml:3: name is empty."]),
        (
            'api = 1\nid = "mine"\nname = "M"\n\nparent = "mine"\n',
            ["look.toml:5: a look cannot be its own parent."],
        ),
        (
            'api = 1\nid = "mine"\nname = "M"\nversion = "a\\nb"\n',
            ["look.toml:4: version must be one line of up to 40 letters."],
        ),
        (
            'api = 1\nid = "mine"\nname = "M"\nautor = "me"\n',
            ['look.toml:4: there is no setting called "autor"; did you mean author?'],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, head: str, told: list[str]) -> None:
    assert faults(tmp_path, "", head=head) == told


def test_the_look_that_says_everything_must(tmp_path: Path) -> None:
    told = faults(tmp_path, "", head='api = 1\nid = "dark"\nname = "D"\nparent = "light"\n')
    assert "look.toml:4: dark has no parent: it says everything." in told
    assert "look.toml: danger is missing." in told
    assert "look.toml: the layout has no part window." in told


@pytest.mark.parametrize("id", ["a", "A-b", "-ab", "a_b", "é-a", "a" * 41, "", "a/b", "..", "con", "system", "com1"])
def test_ids_are_names_of_folders_everywhere(id: str) -> None:
    assert fit_id(id).endswith(".")


def test_plain_ids_fit() -> None:
    assert [fit_id(id) for id in ("ab", "night-shift", "2-tone", "com10", "a" * 40)] == [""] * 5
