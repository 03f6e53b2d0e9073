"""The bench says what is not there yet."""

import pytest

from ctk.selftest.bench import Bench, Failed


def test_what_was_not_made_is_said_to_be_missing(bench: Bench) -> None:
    with pytest.raises(Failed, match="no folder"):
        _ = bench.sounds
    with pytest.raises(Failed, match="no open catalog"):
        _ = bench.toolkit


def test_a_sound_is_found_by_its_whole_name(scanned: Bench) -> None:
    made = scanned.made[3]
    assert scanned.toolkit.catalog.get(scanned.id_of(made.path.name)).path == str(made.path)
    with pytest.raises(Failed, match="0 times"):
        scanned.id_of(made.path.stem)
