"""The behaviour contract: the only door to the core. Every user interface is a client of these protocols.

``ctk.open()`` gives an object of type ``Toolkit``; its capabilities are its properties. Methods only; what follows
the subject is keyword-only; long work returns a ``Job`` at once. Results are the frozen records of ``ctk.records``;
failures are the errors of ``ctk.errors``; news arrives as the events of ``ctk.events``. Any thread may call any
method.
"""

from typing import TYPE_CHECKING

from ctk.contract.audio import Audio
from ctk.contract.batch import Batch
from ctk.contract.catalog import Catalog
from ctk.contract.classify import Classify
from ctk.contract.doctor import Doctor
from ctk.contract.duplicates import Duplicates
from ctk.contract.facts import Facts
from ctk.contract.sources import Sources
from ctk.contract.toolkit import Toolkit
from ctk.contract.waveforms import Waveforms
from ctk.late import late
from ctk.records.sound import SORT_COLUMNS

if TYPE_CHECKING:
    from ctk.catalog.fields import FIELDS as SEARCH_FIELDS
    from ctk.catalog.fields import FIELDS_HELP as SEARCH_HELP

__all__ = [
    "CONTRACT_VERSION",
    "SEARCH_FIELDS",
    "SEARCH_HELP",
    "SORT_COLUMNS",
    "Audio",
    "Batch",
    "Catalog",
    "Classify",
    "Doctor",
    "Duplicates",
    "Facts",
    "Sources",
    "Toolkit",
    "Waveforms",
]

CONTRACT_VERSION = 1

if not TYPE_CHECKING:
    __getattr__ = late(
        __name__, {"SEARCH_FIELDS": "ctk.catalog.fields:FIELDS", "SEARCH_HELP": "ctk.catalog.fields:FIELDS_HELP"}
    )
