"""What the status line says of what comes from anywhere."""

import os
from pathlib import Path

import pytest

from ctk.errors import SourceError
from ctk.records import Receipt
from ctk.ui.models import plan_words
from ctk.ui.telling import UNFORESEEN
from tests.ui.conftest import Rig


def test_where_the_sound_in_focus_is(rig: Rig, samples: Path) -> None:
    at = rig.names.index("hat open.wav")
    rig.window.telling.path(at)
    assert rig.status == os.fspath(samples / "Drums" / "hat open.wav")
    rig.window.telling.path(4_000)
    assert rig.status == ""


def test_a_path_is_told_where_its_sound_is_in_sight(rig: Rig, samples: Path) -> None:
    window = rig.window
    window.selection.only(rig.names.index("hat open.wav"))
    path = os.fspath(samples / "Drums" / "hat open.wav")
    rig.wait(lambda: rig.status == path, "the path")
    for key in ("ctrl+2", "ctrl+3"):
        rig.hands.key(key)
        assert rig.status == ""
    rig.hands.key("ctrl+1")
    assert rig.status == path


def test_what_was_half_done_when_the_program_ended(rig: Rig) -> None:
    rig.window.telling.recovered([])
    assert rig.status == ""
    ids = [row.id for row in rig.toolkit.catalog.search("snare").rows]
    receipt: Receipt = rig.toolkit.batch.apply(rig.toolkit.batch.plan_remove(ids)).result(30)
    rig.window.telling.recovered([receipt])
    assert rig.status == plan_words.recovered(receipt) != ""
    rig.toolkit.batch.undo().result(30)


def test_an_error_that_has_a_cause_has_details(rig: Rig, tmp_path: Path) -> None:
    looks = rig.window.looks.model
    looks.begin()
    looks.export(str(tmp_path / "nowhere" / "x.ctklook"))
    assert "could not be written" in rig.status and rig.window.status.more.winfo_manager()
    rig.window.status.more.invoke()
    assert "FileNotFoundError" in rig.window.technical.text.get("1.0", "end")
    looks.failed("It is not there.", "")
    assert rig.status == "It is not there." and not rig.window.status.more.winfo_manager()


def test_trouble_is_said_in_its_own_words(rig: Rig) -> None:
    rig.window.telling.trouble(SourceError("The disk went away."))
    assert rig.status == "The disk went away."


@pytest.mark.logs_errors
def test_what_nobody_foresaw_is_owned_up_to(rig: Rig) -> None:
    rig.root.after_idle(lambda: 1 // 0)
    rig.wait(lambda: rig.status == UNFORESEEN, "the sentence")
