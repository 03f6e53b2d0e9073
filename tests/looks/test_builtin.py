"""The looks that belong to the program: right, readable, and one truth with the colours in the code."""

import itertools
import math
from pathlib import Path

import pytest

from ctk import paths
from ctk.looks.about import ROOT
from ctk.looks.look import SHEET, Look
from ctk.looks.shelf import BUILTIN, Shelf
from ctk.looks.tokens import DARK, LIGHT, WRITTEN_ON, contrast
from ctk.looks.vocabulary import CATALOG_VIEWS, COLUMNS, WINDOW_VIEWS
from ctk.records import CATEGORIES
from tests.looks.test_tokens import SIGHT, seen


@pytest.fixture(params=BUILTIN)
def look(request: pytest.FixtureRequest, home: Path) -> Look:
    return Shelf(home).get(request.param)


def test_they_are_those_in_the_folder() -> None:
    assert sorted(BUILTIN) == sorted(sheet.parent.name for sheet in (paths.assets() / "looks").glob(f"*/{SHEET}"))


@pytest.mark.parametrize("id", BUILTIN)
def test_nothing_is_wrong_with_them(id: str, home: Path) -> None:
    verdict = Shelf(home).check(paths.assets() / "looks" / id)
    assert (verdict.id, verdict.faults) == (id, ())


def test_they_say_who_made_them(look: Look) -> None:
    assert look.name and look.version and look.author and look.licence
    assert look.parent == ("" if look.id == ROOT else ROOT)


def test_the_colours_of_the_code_are_theirs(home: Path) -> None:
    assert (Shelf(home).get("dark").tokens, Shelf(home).get("light").tokens) == (DARK, LIGHT)


def test_every_writing_can_be_read(look: Look) -> None:
    least = 7 if look.id == "high-contrast" else 4.5
    tokens = look.tokens._asdict()
    assert {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in WRITTEN_ON} == pytest.approx(
        {pair: max(least, contrast(tokens[pair[0]], tokens[pair[1]])) for pair in WRITTEN_ON}
    )


def test_what_has_the_keys_stands_out_and_so_do_the_dots_of_the_map(look: Look) -> None:
    tokens = look.tokens
    assert contrast(tokens.focused, tokens.surface) >= 3
    assert contrast(tokens.accent, tokens.raised) >= 3
    assert tokens.selected != tokens.surface
    assert all(contrast(getattr(tokens, category), tokens.surface) >= 3 for category in CATEGORIES)


@pytest.mark.parametrize("sight", SIGHT)
def test_everyone_can_tell_the_dots_of_the_map_apart(look: Look, sight: str) -> None:
    places = [seen(getattr(look.tokens, category), SIGHT[sight]) for category in CATEGORIES]
    assert min(math.dist(one, other) for one, other in itertools.combinations(places, 2)) >= 0.1


def test_every_view_is_somewhere(look: Look) -> None:
    held = {child for node in look.layout.values() for child in node.children}
    assert {*WINDOW_VIEWS, *CATALOG_VIEWS} <= held


def test_dark_hides_the_columns_that_are_hidden_at_first(home: Path) -> None:
    columns = Shelf(home).get("dark").columns
    assert columns.order == tuple(COLUMNS)
    assert columns.hidden == {"format", "sample_rate_hz", "channels", "bit_depth", "size_bytes"}
    assert columns.widths.keys() == COLUMNS.keys()
