"""Every error that crosses the contract: one tree, each carrying one sentence a musician understands.

    CtkError
    ├── UsageError            the request itself makes no sense
    │   └── QueryError        a search that cannot be read
    ├── NotFound              no such sound, source or job
    ├── CatalogError          the catalog file cannot be used
    │   ├── CatalogTooNew     made by a newer version
    │   └── CatalogDamaged    not readable as a catalog; it is set aside, never overwritten
    ├── SourceError           a folder that cannot be a source
    ├── AudioError
    │   ├── CannotDecode      this file holds no sound that can be played
    │   └── NoAudioDevice     nothing to play on
    └── Cancelled             the work was stopped on request

Errors of other libraries are translated once, where the library lives, with ``from exc``.
"""


class CtkError(Exception):
    """Base of all errors; ``str(error)`` is the sentence to show."""


class UsageError(CtkError):
    """The request itself makes no sense; repeating it will not help."""


class QueryError(UsageError):
    """A search text with an unknown field or a range that cannot be read."""


class NotFound(CtkError):
    """What was asked for is not there (any more)."""


class CatalogError(CtkError):
    """The catalog file cannot be used."""


class CatalogTooNew(CatalogError):
    """The catalog was made by a newer version of the program."""


class CatalogDamaged(CatalogError):
    """The catalog file cannot be read; it has been or will be set aside."""


class SourceError(CtkError):
    """A folder that cannot be added, or is not a source."""


class AudioError(CtkError):
    """Something about playing sound failed."""


class CannotDecode(AudioError):
    """The file holds nothing that can be played; says why."""


class NoAudioDevice(AudioError):
    """There is no sound device that can be opened."""


class Cancelled(CtkError):
    """The work was stopped on request; what was finished before is kept."""
