"""Less patience than users are shown, so that tests of eyes are quick."""

import pytest

from ctk.sources.watch import dirt


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens is due sooner."""
    monkeypatch.setattr(dirt, "QUIET_S", 0.1)
    monkeypatch.setattr(dirt, "LONGEST_S", 0.5)
