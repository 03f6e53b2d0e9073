"""Settings: typed, whole or not at all, and forgiving of what a file may hold."""

import json
from pathlib import Path

import pytest

from ctk.settings import Settings


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    settings = Settings.load(tmp_path / "settings.json")
    assert (settings.theme, settings.buffer_ms, settings.volume_db) == ("system", 20, 0.0)
    settings.theme = "dark"
    settings.columns = {"name": 300}
    settings.filters_folded = ["key"]
    settings.save()
    again = Settings.load(tmp_path / "settings.json")
    assert (again.theme, again.columns, again.filters_folded) == ("dark", {"name": 300}, ["key"])
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "null", '"text"', "\x00\xff"])
def test_a_broken_file_gives_the_defaults(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text, "utf-8")
    assert Settings.load(tmp_path / "settings.json") == Settings()


def test_odd_values_fall_back_and_unknown_ones_survive(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(
        json.dumps({"theme": 7, "audition": "yes", "volume_db": -6, "columns": {"name": "wide"}, "later": [1]})
    )
    settings = Settings.load(file)
    assert (settings.theme, settings.audition, settings.volume_db, settings.columns) == ("system", True, -6, {})
    settings.save()
    assert json.loads(file.read_text("utf-8"))["later"] == [1]


@pytest.mark.parametrize("odd", ["key", [7], {"key": 1}])
def test_a_list_of_names_is_nothing_else(tmp_path: Path, odd: object) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"filters_folded": odd}))
    assert Settings.load(file).filters_folded == Settings().filters_folded
