"""The library in numbers."""

import os
from pathlib import Path

from ctk.toolkit import Toolkit
from ctk.ui.models.library import Library
from ctk.ui.pump import Pump
from tests.ui.clock import Clock


def test_it_counts_and_knows_the_folders(filled: Toolkit, samples: Path) -> None:
    clock = Clock()
    pump = Pump(clock, filled.events, lambda error: None)
    library = Library(filled.catalog, pump)
    told: list[str] = []
    library.changed.connect(lambda: told.append(library.summary))
    assert library.summary == ""
    library.count()
    clock.run(lambda: told)
    assert told[0].startswith("10 sounds")
    assert library.roots == (os.fspath(samples),)
    pump.close()


def test_it_counts_again_when_something_changed(filled: Toolkit, samples: Path) -> None:
    clock = Clock()
    pump = Pump(clock, filled.events, lambda error: None)
    library = Library(filled.catalog, pump)
    told: list[str] = []
    library.changed.connect(lambda: told.append(library.summary))
    filled.sources.remove(filled.sources.list()[0].id)
    clock.run(lambda: told)
    assert told[-1] == ""
    assert library.roots == ()
    pump.close()
