"""What may be other than the catalog says, in one source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Folders relative to the source, '' for its root.

    In ``folders`` files came, went or changed; ``trees`` appeared with everything below them. Files in ``writing``
    (folder and name) are being written and are left alone. When ``doubtful`` more may have happened, which the times
    of folders tell; when ``whole`` nothing less than a scan of the source tells.
    """

    folders: frozenset[str] = frozenset()
    trees: frozenset[str] = frozenset()
    writing: frozenset[tuple[str, str]] = frozenset()
    doubtful: bool = False
    whole: bool = False
