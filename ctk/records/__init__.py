"""The plain facts that cross the contract: frozen, slotted, with units in their names.

Paths are text as ``os.fsdecode`` gives it: bytes that are not UTF-8 travel as surrogate escapes and come
back with ``os.fsencode``. Each family of records is loaded when the first of it is asked for.
"""

from typing import TYPE_CHECKING, Final

from ctk.late import late

if TYPE_CHECKING:
    from ctk.records.categories import CATEGORIES as CATEGORIES
    from ctk.records.categories import LISTENERS as LISTENERS
    from ctk.records.categories import Category as Category
    from ctk.records.categories import Listener as Listener
    from ctk.records.changes import Action as Action
    from ctk.records.changes import Copy as Copy
    from ctk.records.changes import Group as Group
    from ctk.records.changes import GroupKind as GroupKind
    from ctk.records.changes import Groups as Groups
    from ctk.records.changes import Held as Held
    from ctk.records.changes import Overlap as Overlap
    from ctk.records.changes import Plan as Plan
    from ctk.records.changes import PlanKind as PlanKind
    from ctk.records.changes import Receipt as Receipt
    from ctk.records.changes import ReceiptState as ReceiptState
    from ctk.records.changes import Refusal as Refusal
    from ctk.records.changes import Step as Step
    from ctk.records.detail import Fact as Fact
    from ctk.records.detail import Sound as Sound
    from ctk.records.hearing import Classified as Classified
    from ctk.records.hearing import Engine as Engine
    from ctk.records.hearing import Hearing as Hearing
    from ctk.records.hearing import Likeness as Likeness
    from ctk.records.hearing import Similar as Similar
    from ctk.records.hearing import SoundMap as SoundMap
    from ctk.records.library import Ailment as Ailment
    from ctk.records.library import Check as Check
    from ctk.records.library import Health as Health
    from ctk.records.library import LibraryHealth as LibraryHealth
    from ctk.records.library import Problem as Problem
    from ctk.records.library import ScanReport as ScanReport
    from ctk.records.library import SoundHealth as SoundHealth
    from ctk.records.library import Source as Source
    from ctk.records.library import SourceState as SourceState
    from ctk.records.library import Stats as Stats
    from ctk.records.marks import Choice as Choice
    from ctk.records.marks import Exported as Exported
    from ctk.records.marks import Facet as Facet
    from ctk.records.marks import Facets as Facets
    from ctk.records.marks import Imported as Imported
    from ctk.records.marks import Label as Label
    from ctk.records.marks import Marks as Marks
    from ctk.records.marks import SavedSearch as SavedSearch
    from ctk.records.news import Device as Device
    from ctk.records.news import JobState as JobState
    from ctk.records.news import JobStatus as JobStatus
    from ctk.records.news import NowPlaying as NowPlaying
    from ctk.records.news import Place as Place
    from ctk.records.news import PlaceKind as PlaceKind
    from ctk.records.news import Progress as Progress
    from ctk.records.news import Vanished as Vanished
    from ctk.records.sound import Page as Page
    from ctk.records.sound import Peaks as Peaks
    from ctk.records.sound import Row as Row
    from ctk.records.sound import SoundState as SoundState
    from ctk.records.sound import SoundType as SoundType

_FAMILIES: Final = {
    "categories": "CATEGORIES LISTENERS Category Listener",
    "changes": "Action Copy Group GroupKind Groups Held Overlap Plan PlanKind Receipt ReceiptState Refusal Step",
    "detail": "Fact Sound",
    "hearing": "Classified Engine Hearing Likeness Similar SoundMap",
    "library": "Ailment Check Health LibraryHealth Problem ScanReport SoundHealth Source SourceState Stats",
    "marks": "Choice Exported Facet Facets Imported Label Marks SavedSearch",
    "news": "Device JobState JobStatus NowPlaying Place PlaceKind Progress Vanished",
    "sound": "Page Peaks Row SoundState SoundType",
}
NAMES: Final = {name: f"{__name__}.{family}" for family, names in _FAMILIES.items() for name in names.split()}
"""Everything there is, and where it is at home."""

if not TYPE_CHECKING:
    __getattr__ = late(__name__, NAMES)
