"""The health of the installation and of the library."""

from __future__ import annotations

from typing import Protocol

from ctk import records


class Doctor(Protocol):
    """The health of the installation, and of the library."""

    def report(self) -> records.Health:
        """Check home, catalog, sound device, formats and optional parts; each ok, or what to do."""
        ...

    def library(self) -> records.LibraryHealth:
        """The sounds that something is wrong with, as far as they were listened to."""
        ...
