"""The reference of looks is the one beside the built-in looks, and names everything."""

import re
import tomllib
from pathlib import Path

from ctk import paths
from ctk.looks.reference import page
from ctk.looks.tokens import Tokens
from ctk.looks.vocabulary import TOKENS, VOCABULARY
from tests.looks.making import faults, png


def test_the_page_that_is_kept_is_the_one_that_is_made() -> None:
    assert (paths.assets() / "looks" / "README.md").read_text("utf-8") == page()


def test_it_names_everything_with_a_word_on_each() -> None:
    told = dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", page(), re.MULTILINE))
    vocabulary = (TOKENS, VOCABULARY.actions, VOCABULARY.styles, VOCABULARY.icons, VOCABULARY.views, VOCABULARY.columns)
    assert all(told.get(name) for names in vocabulary for name in names)
    assert all(f"`{option}`" in page() for option in VOCABULARY.options)
    assert tuple(TOKENS) == Tokens._fields[1:]


def test_its_example_is_a_look(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", page(), re.DOTALL)
    assert tomllib.loads(example)["id"] == "night-shift"
    assert faults(tmp_path, "", head=example, play=png()) == []
