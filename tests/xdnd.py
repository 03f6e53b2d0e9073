"""Another program on the X11 display, as a process of its own: it takes drops, drops things, and reads the clipboard.

Written from the specifications (XDND 5, ICCCM) on plain python-xlib, apart from what the window itself uses.
``python -m tests.xdnd target|source|read ...`` says what happens, one JSON document a line.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests import house

if sys.platform not in ("win32", "darwin"):  # elsewhere there is no such library, and no X11 to speak with
    from Xlib import X, Xatom, display
    from Xlib.protocol import event

WAIT_S = 5.0


class Program:
    """The process, and what it said so far."""

    def __init__(self, *args: str) -> None:
        command = [sys.executable, "-m", "tests.xdnd", *args]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=house.ROOT)
        self.said: list[dict[str, Any]] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def told(self, key: str) -> Any:
        """The newest thing it said about ``key``; ``None`` when there was nothing."""
        return next((line[key] for line in reversed(self.said) if key in line), None)

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None and not self._reader.is_alive()

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(WAIT_S)
        self._reader.join(WAIT_S)

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(json.loads(line))


def target(
    x: int,
    y: int,
    width: int,
    height: int,
    *,
    refuse: bool = False,
    slow: bool = False,
    proxy: bool = False,
    knows: int = 5,
) -> Program:
    """A window that takes drops of any kind: says ``entered``, ``position``, ``left``, ``dropped``.

    It can be ``slow`` to answer, let another window be its ``proxy``, and know the protocol up to a version.
    """
    traits = [name for name, on in (("refuse", refuse), ("slow", slow), ("proxy", proxy)) if on]
    return Program("target", *map(str, (x, y, width, height, knows)), *traits)


def source(x: int, y: int, contents: Mapping[str, bytes]) -> Program:
    """Drops ``contents`` at a place of the screen: says ``status`` and ``finished``."""
    return Program("source", str(x), str(y), *(f"{kind}={data.hex()}" for kind, data in contents.items()))


def read(selection: str, *kinds: str) -> Program:
    """Reads ``kinds`` of data from a selection: says ``read`` for each, and the ``targets`` it has."""
    return Program("read", selection, *kinds)


def _say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


class _Client:
    def __init__(self, x: int, y: int, width: int, height: int) -> None:
        self.display = display.Display()
        self.root = self.display.screen().root
        mask = X.PropertyChangeMask
        pixel = self.display.screen().white_pixel
        self.window = self.root.create_window(
            x, y, width, height, 0, X.CopyFromParent, override_redirect=True, event_mask=mask, background_pixel=pixel
        )
        self.time = 0

    def atom(self, name: str) -> int:
        return int(self.display.intern_atom(name))

    def name(self, atom: int) -> str:
        return str(self.display.get_atom_name(atom)) if atom else ""

    def send(self, to: Any, kind: str, *data: int, about: Any = None) -> None:
        words = [*data, *[0] * (5 - len(data))]
        to.send_event(
            event.ClientMessage(window=about or to, client_type=self.atom(kind), data=(32, words)), event_mask=0
        )
        self.display.flush()

    def wait(self, wanted: Callable[[Any], bool], other: Callable[[Any], None] = lambda _: None) -> Any:
        """The next event that is ``wanted``; ``other`` gets those before it. ``None`` when none comes in time."""
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline:
            while self.display.pending_events():
                came = self.display.next_event()
                if wanted(came):
                    return came
                other(came)
            time.sleep(0.002)
        return None

    def now(self) -> int:
        self.window.change_property(self.atom("TICK"), Xatom.STRING, 8, b"")
        return int(self.wait(lambda came: came.type == X.PropertyNotify and came.atom == self.atom("TICK")).time)

    def fetch(self, selection: int, kind: int, when: int) -> dict[str, Any] | None:
        """Data of a selection with the type and format it was marked with, in pieces when it comes so."""
        property = self.atom("FETCHED")
        self.window.delete_property(property)
        self.window.convert_selection(selection, kind, property, when)
        self.display.flush()
        notice = self.wait(lambda came: came.type == X.SelectionNotify)
        if notice is None or not notice.property:
            return None
        found = self.window.get_full_property(property, X.AnyPropertyType)
        pieces = 0
        if found.property_type != self.atom("INCR"):
            data = _bytes(found)
        else:
            data = b""

            def fresh(came: Any) -> bool:
                return (came.type, came.atom, came.state) == (X.PropertyNotify, property, X.PropertyNewValue)

            while True:
                self.window.delete_property(property)
                self.display.flush()
                found = self.wait(fresh) and self.window.get_full_property(property, X.AnyPropertyType)
                if not found or not len(found.value):
                    break
                data += _bytes(found)
                pieces += 1
        marked = self.name(found.property_type) if found else ""
        return {"type": marked, "format": found.format if found else 0, "hex": data.hex(), "pieces": pieces}


def _bytes(found: Any) -> bytes:
    return bytes(found.value) if found.format == 8 else found.value.tobytes()


def _run_target(x: int, y: int, width: int, height: int, knows: int, traits: list[str]) -> None:
    client = _Client(x, y, width, height)
    aware, refuse = client.window, "refuse" in traits
    if "proxy" in traits:
        aware = client.root.create_window(-10, -10, 1, 1, 0, X.CopyFromParent)
        for window in (client.window, aware):
            window.change_property(client.atom("XdndProxy"), Xatom.WINDOW, 32, [aware.id])
    aware.change_property(client.atom("XdndAware"), Xatom.ATOM, 32, [knows])
    client.window.map()
    client.display.sync()
    _say(ready=client.window.id)
    kinds: list[int] = []
    while True:
        came = client.display.next_event()
        if came.type != X.ClientMessage:
            continue
        kind, data = client.name(came.client_type), came.data[1]
        from_ = client.display.create_resource_object("window", data[0])
        if kind == "XdndEnter":
            kinds = [atom for atom in data[2:5] if atom]
            if data[1] & 1:
                kinds = list(from_.get_full_property(client.atom("XdndTypeList"), Xatom.ATOM).value)
            _say(entered=[client.name(atom) for atom in kinds], version=data[1] >> 24)
        elif kind == "XdndPosition":
            _say(position=[data[2] >> 16, data[2] & 0xFFFF], action=client.name(data[4]))
            time.sleep(0.3 if "slow" in traits else 0)
            client.send(from_, "XdndStatus", client.window.id, int(not refuse), 0, 0, 0 if refuse else data[4])
        elif kind == "XdndLeave":
            _say(left=True)
        elif kind == "XdndDrop":
            got = {client.name(atom): client.fetch(client.atom("XdndSelection"), atom, data[2]) for atom in kinds}
            _say(dropped=got)
            client.send(from_, "XdndFinished", client.window.id, 1, client.atom("XdndActionCopy"))


def _run_source(x: int, y: int, contents: dict[str, bytes]) -> None:
    client = _Client(-10, -10, 1, 1)
    aware, selection = client.atom("XdndAware"), client.atom("XdndSelection")
    offered = {client.atom(kind): data for kind, data in contents.items()}
    window = client.root
    while window and not window.get_full_property(aware, X.AnyPropertyType):
        window = window.translate_coords(client.root, x, y).child
    if not window:
        _say(status="nobody takes drops there")
        return
    now = client.now()
    client.window.set_selection_owner(selection, now)
    client.window.change_property(client.atom("XdndTypeList"), Xatom.ATOM, 32, list(offered))
    more = int(len(offered) > 3)
    client.send(window, "XdndEnter", client.window.id, 5 << 24 | more, *list(offered)[:3])
    copy = client.atom("XdndActionCopy")
    client.send(window, "XdndPosition", client.window.id, 0, x << 16 | y, now, copy)

    def message(kind: str) -> Callable[[Any], bool]:
        return lambda came: came.type == X.ClientMessage and client.name(came.client_type) == kind

    def hand_over(came: Any) -> None:
        if came.type == X.SelectionRequest:
            data = offered.get(came.target)
            if data is not None:
                came.requestor.change_property(came.property, came.target, 8, data)
            came.requestor.send_event(
                event.SelectionNotify(
                    time=came.time,
                    requestor=came.requestor,
                    selection=came.selection,
                    target=came.target,
                    property=came.property if data is not None else 0,
                )
            )
            client.display.flush()

    status = client.wait(message("XdndStatus"), hand_over)
    accepted = status is not None and bool(status.data[1][1] & 1)
    _say(status="accepted" if accepted else "refused", action=client.name(status.data[1][4]) if status else "")
    if not accepted:
        client.send(window, "XdndLeave", client.window.id)
        return
    client.send(window, "XdndDrop", client.window.id, 0, now)
    finished = client.wait(message("XdndFinished"), hand_over)
    _say(finished=finished is not None, action=client.name(finished.data[1][2]) if finished else "")


def _run_read(selection: str, kinds: list[str]) -> None:
    client = _Client(-10, -10, 1, 1)
    atom = client.atom(selection)
    targets = client.fetch(atom, client.atom("TARGETS"), client.now())
    if targets is not None:
        ids = memoryview(bytes.fromhex(targets["hex"])).cast("I")
        _say(targets=[client.name(each) for each in ids])
    for kind in kinds:
        _say(read=client.fetch(atom, client.atom(kind), client.now()), kind=kind)


def main(argv: list[str]) -> None:
    what, *rest = argv
    if what == "target":
        x, y, width, height, knows = map(int, rest[:5])
        _run_target(x, y, width, height, knows, rest[5:])
    elif what == "source":
        pairs = (pair.partition("=") for pair in rest[2:])
        _run_source(int(rest[0]), int(rest[1]), {kind: bytes.fromhex(data) for kind, _, data in pairs})
    else:
        _run_read(rest[0], rest[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
