"""A core with a few sounds and an open door, and ways to knock at it."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import ctk
from ctk.remote import door
from ctk.remote.calls import Calls
from ctk.remote.client import RemoteToolkit, connect
from ctk.remote.instance import Doorway
from ctk.remote.server import Limits, Server
from ctk.remote.stream import Hub
from ctk.toolkit import Toolkit
from tests.display import display
from tests.sounds import make

SOUNDS = ("Drums/kick 1.wav", "Drums/kick 2.wav", "Drums/snare tight.wav", "Loops/vocal loop.wav")
TOKEN = "open-sesame"


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """A display until all tests are over: Tk does not survive the end of one that it ever used."""
    with display() as name:
        yield name


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("remote") / "Samples"
    for number, name in enumerate(SOUNDS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        make("wav_16", folder / name, seconds=1 + number, rate=22_050, channels=1)
    return folder


@pytest.fixture
def toolkit(home: Path) -> Iterator[Toolkit]:
    with ctk.open(home) as toolkit:
        yield toolkit


@pytest.fixture
def filled(toolkit: Toolkit, samples: Path) -> Toolkit:
    toolkit.sources.scan([samples]).result(60)
    return toolkit


@pytest.fixture
def calls(filled: Toolkit) -> Calls:
    return Calls(filled, window=False)


@pytest.fixture
def served(filled: Toolkit) -> Iterator[Toolkit]:
    """The core, while its door is open."""
    doorway = Doorway(filled, window=True)
    doorway.open()
    yield filled
    doorway.close()


@pytest.fixture
def remote(served: Toolkit) -> Iterator[RemoteToolkit]:
    """The same core as a client sees it."""
    remote = connect(served.home)
    yield remote
    remote.close()


@dataclass(frozen=True)
class Answer:
    """What came back over a socket."""

    status: int
    head: str
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Knock:
    """A door with short limits, and raw requests to it."""

    def __init__(self, toolkit: Toolkit, limits: Limits) -> None:
        self.server = Server(Calls(toolkit, window=False), Hub(toolkit.events), TOKEN, limits=limits)
        self.port = self.server.port
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 20)

    def head(self, line: str = "POST /rpc HTTP/1.1", /, **changes: str | None) -> bytes:
        """The head of a good request, but for ``changes``; ``None`` leaves a line out."""
        lines: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.port}",
            "Authorization": f"Bearer {TOKEN}",
            "Content-Type": "application/json",
        }
        lines |= {name.replace("_", "-"): value for name, value in changes.items()}
        shown = [f"{name}: {value}" for name, value in lines.items() if value is not None]
        return "\r\n".join([line, *shown, "", ""]).encode("utf-8", "surrogateescape")

    def post(self, body: bytes, line: str = "POST /rpc HTTP/1.1", /, **changes: str | None) -> Answer:
        length: dict[str, str | None] = {"Content_Length": str(len(body))}
        return self.send(self.head(line, **(length | changes)) + body)

    def send(self, data: bytes) -> Answer:
        with self.connect() as connection:
            connection.sendall(data)
            return read(connection)


def read(connection: socket.socket) -> Answer:
    """One answer."""
    file = connection.makefile("rb")
    lines: list[str] = []
    while (line := file.readline().decode("latin-1").rstrip("\r\n")) or not lines:
        if not line:
            raise ConnectionError("nothing came back")
        lines.append(line)
    head = "\n".join(lines)
    lengths = [int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")]
    return Answer(int(lines[0].split()[1]), head, file.read(lengths[0]) if lengths else b"")


@pytest.fixture
def knock(filled: Toolkit) -> Iterator[Knock]:
    knock = Knock(filled, Limits(idle_s=5, read_s=1, write_s=1, alive_s=0.2, connections=20))
    yield knock
    knock.server.close()


def request(method: str, params: Any = None, id: Any = 1) -> bytes:
    """The body of one call."""
    return json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": params or {}}).encode()


def door_of(toolkit: Toolkit) -> door.Door:
    found = door.read(toolkit.home)
    assert found is not None
    return found
