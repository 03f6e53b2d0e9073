"""The self-test from its first step to its last; what one step breaks does not keep the others from being tried."""

import contextlib
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ctk.errors import CtkError
from ctk.selftest import changes, clients, library
from ctk.selftest.bench import Bench, Failed, Parts
from ctk.selftest.report import Outcome, document, ok, verdict

log = logging.getLogger(__name__)

LIMIT_S: Final = 180.0
"""So long after it began something hangs; nobody may be there to see it."""
LET_GO_S: Final = 5.0
"""Other programs, such as one that looks for viruses, may hold on to a file for a moment."""
_AGAIN_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try. ``run`` tells what was seen; it raises what it likes."""

    name: str
    run: Callable[[Bench], str]


def tidy(bench: Bench) -> str:
    """Close the catalog and take the folder away."""
    opened, bench.opened = bench.opened, None
    if opened is not None:
        opened.close()
    deadline = time.monotonic() + LET_GO_S
    while bench.place.exists():
        try:
            shutil.rmtree(bench.place)
        except OSError as exc:
            if time.monotonic() > deadline:
                raise Failed(f"{bench.folder} is left behind ({exc.strerror or exc}).") from exc
            time.sleep(_AGAIN_S)
    return "nothing is left behind"


STEPS: Final = (
    Step("Files", clients.files),
    Step("Catalog", library.catalog),
    Step("Sounds", library.sounds),
    Step("Scan", library.scan),
    Step("Search", library.search),
    Step("Decode", library.decode),
    Step("Play", library.play),
    Step("Duplicates", changes.duplicates),
    Step("Clean up", changes.clean),
    Step("Undo", changes.undo),
    Step("Classifier", library.classify),
    Step("CNN14", clients.cnn14),
    Step("Door", clients.door),
    Step("Tray", clients.tray),
    Step("Window", clients.window),
    Step("Tidy up", tidy),
)


def run(
    parts: Parts,
    *,
    json: bool = False,
    report: str | None = None,
    steps: Sequence[Step] = STEPS,
    limit_s: float = LIMIT_S,
) -> int:
    """Try every step and tell what came of it; ``report`` is a file for the JSON. Returns the exit code."""
    telling = _Telling(json, report)
    bench = Bench(parts)
    with _watched(telling, bench, limit_s), _heard() as errors:
        try:
            for step in steps:
                telling.begin(step)
                telling.end(_tried(step, bench, errors))
        finally:
            _leave(bench)
    return telling.close()


class _Telling:
    """Tells as it goes along, and in the end; without a console only the report tells."""

    def __init__(self, json: bool, report: str | None) -> None:
        self._json = json
        self._report = report
        self._outcomes: list[Outcome] = []
        self._step = ""
        self._begun = 0.0

    def begin(self, step: Step) -> None:
        self._step, self._begun = step.name, time.perf_counter()

    def end(self, words: str | Failed) -> None:
        seconds = time.perf_counter() - self._begun
        outcome = Outcome(self._step, isinstance(words, str), seconds, str(words))
        self._outcomes.append(outcome)
        if not self._json:
            print(outcome.line(), flush=True)

    def close(self) -> int:
        """The exit code."""
        text = document(self._outcomes)
        print(text if self._json else verdict(self._outcomes), flush=True)
        if self._report is not None:
            try:
                Path(self._report).write_text(text + "\n", "utf-8")
            except OSError as exc:
                raise CtkError(f"The report cannot be written to {self._report}: {exc.strerror or exc}.") from exc
        return 0 if ok(self._outcomes) else 1


def _tried(step: Step, bench: Bench, errors: list[str]) -> str | Failed:
    """What a step has seen, or how it failed: also when something went wrong that it was not told of."""
    errors.clear()
    try:
        words = step.run(bench)
    except (Failed, CtkError) as exc:
        return Failed(str(exc))
    except Exception as exc:
        log.debug("%s failed", step.name, exc_info=True)
        return Failed(f"{type(exc).__name__}: {' '.join(str(exc).split())}")
    return Failed(errors[0]) if errors else words


def _leave(bench: Bench) -> None:
    """Whatever happened, leave nothing behind."""
    if bench.opened is not None:
        bench.opened.close()
    if bench.folder is not None:
        shutil.rmtree(bench.folder, ignore_errors=True)


@contextlib.contextmanager
def _watched(telling: _Telling, bench: Bench, limit_s: float) -> Iterator[None]:
    """End the program with a report when a step hangs."""

    def give_up() -> None:
        telling.end(Failed(f"It did not end within {limit_s:.0f} seconds."))
        if bench.folder is not None:
            shutil.rmtree(bench.folder, ignore_errors=True)
        try:
            telling.close()
        finally:
            os._exit(1)

    timer = threading.Timer(limit_s, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class _Ear(logging.Handler):
    """Keeps what was logged as an error, one line each."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        why = record.exc_info[1] if record.exc_info else None
        self.heard.append(" ".join(f"{record.getMessage()}{f': {why!r}' if why else ''}.".split()))


@contextlib.contextmanager
def _heard() -> Iterator[list[str]]:
    """What goes wrong on other threads, and is only written to the log."""
    ear = _Ear()
    before, root = threading.excepthook, logging.getLogger()

    def crashed(args: threading.ExceptHookArgs) -> None:
        log.error("a thread ended: %r", args.exc_value)

    threading.excepthook = crashed
    root.addHandler(ear)
    try:
        yield ear.heard
    finally:
        root.removeHandler(ear)
        threading.excepthook = before
