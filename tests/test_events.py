"""The bus: every subscriber hears its kind, and none spoils it for the others."""

import logging

import pytest

from ctk.events import CatalogChanged, Events, SourcesChanged


def test_handlers_hear_their_kind_until_they_end(caplog: pytest.LogCaptureFixture) -> None:
    events = Events()
    heard: list[object] = []
    end = events.subscribe(CatalogChanged, heard.append)
    events.emit(CatalogChanged(1))
    events.emit(SourcesChanged())
    end()
    end()
    events.emit(CatalogChanged(2))
    assert heard == [CatalogChanged(1)]


@pytest.mark.logs_errors
def test_a_failing_handler_is_logged_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    events = Events()
    heard: list[object] = []

    def fail(event: SourcesChanged) -> None:
        raise RuntimeError("broken")

    events.subscribe(SourcesChanged, fail)
    events.subscribe(SourcesChanged, heard.append)
    with caplog.at_level(logging.ERROR):
        events.emit(SourcesChanged())
    assert heard == [SourcesChanged()]
    assert "SourcesChanged failed" in caplog.text
