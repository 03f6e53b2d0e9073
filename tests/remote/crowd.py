"""Many clients at once at the door of a core in another process, each asking for something about once a second."""

import asyncio
import json
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ctk.remote import door
from ctk.remote.door import Door

WORDS = "kick snare hat bass vocal loop deep dark fx pad lead 808 house riser clap".split()


@dataclass
class Report:
    """Seconds of every call by its method, the errors, and how many events the listeners were told."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    events: int = 0

    def share(self, method: str, at: float) -> float:
        times = sorted(self.times[method])
        return times[min(int(len(times) * at), len(times) - 1)]

    @property
    def calls(self) -> int:
        return sum(map(len, self.times.values()))


def run(home: Path, ids: list[int], *, clients: int, listeners: int, seconds: float, seed: int = 1) -> Report:
    """Ask for ``seconds``, as ``clients`` of which each has a connection of its own; ``listeners`` hear events."""
    found = door.read(home)
    assert found is not None
    report = Report()
    asyncio.run(_crowd(found, ids, clients, listeners, seconds, random.Random(seed), report))
    return report


async def _crowd(
    there: Door, ids: list[int], clients: int, listeners: int, seconds: float, chance: random.Random, report: Report
) -> None:
    over = time.monotonic() + seconds
    hearing = [asyncio.create_task(_listen(there, report)) for _ in range(listeners)]
    await asyncio.gather(*(_client(there, ids, over, random.Random(chance.random()), report) for _ in range(clients)))
    for task in hearing:
        task.cancel()
    for ended in await asyncio.gather(*hearing, return_exceptions=True):
        if not isinstance(ended, asyncio.CancelledError):
            report.errors.append(f"a stream ended: {ended!r}")


async def _client(there: Door, ids: list[int], over: float, chance: random.Random, report: Report) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", there.port)
    await asyncio.sleep(chance.random())
    while time.monotonic() < over:
        began = time.monotonic()
        method, params = _wish(ids, chance)
        answer = await _ask(there, reader, writer, method, params)
        report.times[method].append(time.monotonic() - began)
        if "result" not in answer:
            report.errors.append(f"{method} {params}: {answer}")
        await asyncio.sleep(max(0.0, began + chance.uniform(0.8, 1.2) - time.monotonic()))
    writer.close()


def _wish(ids: list[int], chance: random.Random) -> tuple[str, Any]:
    kind = chance.random()
    if kind < 0.5:
        return "catalog.search", {"query": " ".join(chance.sample(WORDS, chance.randrange(1, 3))), "limit": 64}
    if kind < 0.65:
        return "audio.play", {"target": chance.choice(ids)}
    if kind < 0.8:
        return "audio.now", {}
    if kind < 0.9:
        return "catalog.get", [chance.choice(ids)]
    return ("catalog.facets", {"query": chance.choice(WORDS)}) if kind < 0.92 else ("jobs.running", {})


async def _ask(
    there: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, method: str, params: Any
) -> dict[str, Any]:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    writer.write(head(there, "POST /rpc HTTP/1.1", len(body)) + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    length = int(answer.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    found: dict[str, Any] = json.loads(await reader.readexactly(length))
    return found


async def _listen(there: Door, report: Report) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", there.port)
    writer.write(head(there, "GET /events HTTP/1.1", 0))
    while line := await reader.readline():
        report.events += line.startswith(b"data: ")


def head(there: Door, line: str, length: int) -> bytes:
    """The head of a request as a client writes it."""
    return (
        f"{line}\r\nHost: 127.0.0.1:{there.port}\r\nAuthorization: Bearer {there.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()
