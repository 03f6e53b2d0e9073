"""Writing down what became of each entry, in chunks, together with the rows that follow their files."""

import time
from collections import deque
from concurrent.futures import Future

from ctk.catalog import journal_rows, relocation
from ctk.catalog.journal_rows import Mark, Span
from ctk.catalog.relocation import Arrival
from ctk.catalog.store import Connection, Store

CHUNK = 2000
CHUNK_S = 0.5
_PENDING = 2


class Journal:
    """The marks of one receipt. What is not yet written when the program dies, the disk tells the next start."""

    def __init__(self, store: Store, receipt_id: int) -> None:
        self.receipt_id = receipt_id
        self._store = store
        self._noted = 0
        self._marks: list[Mark] = []
        self._spans: list[Span] = []
        self._arrivals: list[Arrival] = []
        self._gone: list[int] = []
        self._writing: deque[Future[None]] = deque()
        self._flushed = time.monotonic()

    def mark(
        self,
        position: int,
        state: str,
        *,
        reason: str | None = None,
        frees: int | None = None,
        arrival: Arrival | None = None,
        gone: int | None = None,
    ) -> None:
        """Note that an entry is in ``state`` now, where its sound arrived, or that the sound is gone for good."""
        self._marks.append(Mark(state, reason, frees, position))
        if arrival is not None:
            self._arrivals.append(arrival)
        if gone is not None:
            self._gone.append(gone)
        self._count()

    def arrived(self, position: int, state: str, arrival: Arrival | None) -> None:
        """The plain case of ``mark``: a file is where it should be, and what is held frees its whole size."""
        free = arrival is not None and arrival.held
        last = self._spans[-1] if self._spans else None
        if arrival is None and last is not None:
            free = last.free  # a side file, for which it means nothing
        if last is not None and last.last == position - 1 and last.free == free and last.state == state:
            self._spans[-1] = Span(state, free, last.first, position)
        else:
            self._spans.append(Span(state, free, position, position))
        if arrival is not None:
            self._arrivals.append(arrival)
        self._count()

    def flush(self) -> None:
        """Wait until everything noted is in the catalog."""
        self._write()
        while self._writing:
            self._writing.popleft().result()

    def _count(self) -> None:
        self._noted += 1
        if self._noted >= CHUNK or time.monotonic() - self._flushed > CHUNK_S:
            self._write()

    def _write(self) -> None:
        self._flushed = time.monotonic()
        if not self._noted:
            return
        marks, spans, arrivals, gone = self._marks, self._spans, self._arrivals, self._gone
        self._marks, self._spans, self._arrivals, self._gone, self._noted = [], [], [], [], 0

        def change(connection: Connection) -> None:
            journal_rows.mark_spans(connection, self.receipt_id, spans)
            journal_rows.mark(connection, self.receipt_id, marks)
            relocation.follow(connection, arrivals)
            relocation.forget(connection, gone)

        self._writing.append(self._store.write(change))
        while len(self._writing) > _PENDING:
            self._writing.popleft().result()
