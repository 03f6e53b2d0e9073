"""What tests of scans share."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from ctk.sources import intake
from ctk.sources.probe import Facts, probe_many


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every path that a scan opens."""
    paths: list[str] = []

    def spy(todo: Sequence[str], stop: Callable[[], bool]) -> Iterator[Facts | None]:
        paths.extend(todo)
        return probe_many(todo, stop)

    monkeypatch.setattr(intake, "probe_many", spy)
    return paths
