"""The log in the home, and what happens when something unforeseen does: it is written down and the user told where."""

import faulthandler
import logging
import logging.handlers
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from ctk import paths

log = logging.getLogger(__name__)

LOG_BYTES = 1_000_000
LOGS_KEPT = 3


def start(home: Path) -> Path | None:
    """Log to a rotating file in ``home``; returns it, or ``None`` where it cannot be written."""
    file = paths.log_file(home)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            file, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", errors="backslashreplace"
        )
        faulthandler.enable(open(file.with_name("crash.log"), "a", encoding="utf-8"))  # noqa: SIM115  # kept open
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return file


def catch_crashes(tell: Callable[[str], None]) -> None:
    """Log whatever no one caught, in any thread, and ``tell`` the user one sentence with the log's place."""

    def crashed(kind: type[BaseException], exc: BaseException | None, trace: TracebackType | None) -> None:
        if exc is None or issubclass(kind, KeyboardInterrupt | SystemExit):
            return
        log.critical("not caught", exc_info=(kind, exc, trace))
        tell(f"Something went wrong that should not have ({kind.__name__}). The details are in {_place()}.")

    def in_thread(args: threading.ExceptHookArgs) -> None:
        crashed(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = crashed
    threading.excepthook = in_thread


def _place() -> str:
    files = [handler.baseFilename for handler in logging.getLogger().handlers if hasattr(handler, "baseFilename")]
    return files[0] if files else "the log, which could not be written"
