"""The bus: every subscriber hears its kind, and none spoils it for the others."""

import logging

import pytest

from ctk.events import (
    CatalogChanged,
    Event,
    Events,
    JobChanged,
    SourcesChanged,
    WaveformsMade,
    WindowWanted,
    merged,
    subject,
)
from ctk.records import JobStatus, Progress


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


def test_of_two_events_of_one_subject_the_newer_will_do() -> None:
    jobs = [JobChanged(JobStatus(f"job-{number}", "Scan", "running", Progress())) for number in (1, 2, 1)]
    assert subject(jobs[0]) == subject(jobs[2]) != subject(jobs[1])
    assert subject(CatalogChanged(1)) == subject(CatalogChanged(2)) != subject(SourcesChanged())
    assert merged(CatalogChanged(1), CatalogChanged(2)) == CatalogChanged(2)


@pytest.mark.parametrize(
    ("earlier", "event", "both"),
    [
        (WaveformsMade((1,)), WaveformsMade((2, 3)), WaveformsMade((1, 2, 3))),
        (WindowWanted(("/a",)), WindowWanted(("/b",)), WindowWanted(("/a", "/b"))),
        (None, WindowWanted(("/b",)), WindowWanted(("/b",))),
    ],
)
def test_what_events_name_is_not_lost(earlier: Event | None, event: Event, both: Event) -> None:
    assert merged(earlier, event) == both
