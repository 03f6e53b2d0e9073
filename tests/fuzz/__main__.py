"""The child process: ``python -m tests.fuzz ROOM SEED FIRST COUNT FOLDER`` feeds broken sounds, or looks, to a room.

``FOLDER`` ends up with ``at`` (the index under way: the culprit, should the child die), ``sound`` (its bytes) and
``complaints`` (one JSON object a line). To look at one case again, give its index and a count of 1.
"""

import faulthandler
import json
import os
import sys
import time
from pathlib import Path

from tests.fuzz import looks
from tests.fuzz.mutate import broken
from tests.fuzz.rooms import PATIENCE_S, ROOMS, SECONDS, Room

HANG = 10
"""After so many times its patience, by the clock, the child gives up and prints where it stood."""
MEMORY_BYTES = 4 << 30


def main(arguments: list[str]) -> None:
    name, (seed, first, count), folder = arguments[0], map(int, arguments[1:4]), Path(arguments[4])
    seconds, patience_s = SECONDS.get(name, 0.12), PATIENCE_S.get(name, 2.0)
    limit_memory()
    at = os.open(folder / "at", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    with open(folder / "complaints", "w", encoding="utf-8") as complaints:
        for index in range(first, first + count):
            os.lseek(at, 0, os.SEEK_SET)
            os.write(at, b"%-12d" % index)
            data = looks.broken(seed, index) if name == "look" else broken(seed, index, seconds)
            complaint = feed(ROOMS[name], data, folder / "sound", patience_s)
            if complaint is not None:
                print(json.dumps({"seed": seed, "index": index, "complaint": complaint}), file=complaints, flush=True)


def feed(room: Room, data: bytes, path: Path, patience_s: float) -> str | None:
    """What went wrong with one broken sound."""
    path.write_bytes(data)
    faulthandler.dump_traceback_later(HANG * patience_s, exit=True)
    start = time.process_time()  # not of the clock: other programs run here, too
    try:
        complaint = room(path)
    except Exception as error:  # that any may leave a room is what is being looked for
        complaint = f"raised {error!r}"
    finally:
        faulthandler.cancel_dump_traceback_later()
    elapsed_s = time.process_time() - start
    return complaint if elapsed_s < patience_s else f"took {elapsed_s:.1f} s"


def limit_memory() -> None:
    """A room that asks for gigabytes because a header says so must not get them."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    main(sys.argv[1:])
