"""The health of the installation and of the library."""

from typing import Protocol

from ctk.records import Health, LibraryHealth


class Doctor(Protocol):
    """The health of the installation, and of the library."""

    def report(self) -> Health:
        """Check home, catalog, sound device, formats and optional parts; each ok, or what to do."""
        ...

    def library(self) -> LibraryHealth:
        """The sounds that something is wrong with, as far as they were listened to."""
        ...
