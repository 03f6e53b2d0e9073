"""The self-test's look at the door."""

import os

import pytest

from ctk.errors import CtkError
from ctk.remote import door
from ctk.remote.glance import glance
from ctk.toolkit import Toolkit


def test_the_door_is_open_for_a_while_and_for_its_token_only(toolkit: Toolkit) -> None:
    with glance(toolkit) as ask:
        assert ask("core.info", {}, None)["pid"] == os.getpid()
        assert ask("catalog.search", {"query": "kick"}, None)["total"] == 0
        with pytest.raises(CtkError):
            ask("core.info", {}, "another")
    assert door.read(toolkit.home) is None


def test_a_door_that_cannot_be_told_of_is_said(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "write", lambda *_: None)
    with pytest.raises(CtkError, match=r"door\.json does not say where"), glance(toolkit):
        pytest.fail("it is not open")
