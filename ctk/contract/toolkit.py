"""An open library."""

from pathlib import Path
from typing import Protocol

from ctk.contract.audio import Audio
from ctk.contract.batch import Batch
from ctk.contract.catalog import Catalog
from ctk.contract.classify import Classify
from ctk.contract.doctor import Doctor
from ctk.contract.duplicates import Duplicates
from ctk.contract.facts import Facts
from ctk.contract.sources import Sources
from ctk.contract.waveforms import Waveforms
from ctk.events import Events
from ctk.jobs import Jobs
from ctk.settings import Settings


class Toolkit(Protocol):
    """An open library: the capabilities, and the bus their news arrives on."""

    @property
    def catalog(self) -> Catalog: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def sources(self) -> Sources: ...
    @property
    def duplicates(self) -> Duplicates: ...
    @property
    def batch(self) -> Batch: ...
    @property
    def audio(self) -> Audio: ...
    @property
    def waveforms(self) -> Waveforms: ...
    @property
    def classify(self) -> Classify: ...
    @property
    def doctor(self) -> Doctor: ...
    @property
    def events(self) -> Events: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def home(self) -> Path: ...

    def close(self) -> None:
        """Stop jobs and sound, finish writing; twice is fine."""
        ...
