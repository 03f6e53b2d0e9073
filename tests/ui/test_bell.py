"""A ring from any thread is heard on the window's thread at once, and never waits."""

import sys
import threading
import tkinter as tk
from collections.abc import Iterator
from functools import partial

import pytest

from ctk.events import Events, SourcesChanged
from ctk.ui import bell
from ctk.ui import pump as pumping
from ctk.ui.pump import Pump
from tests.display import turn

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on systems where Tk can watch a pipe")


@pytest.fixture
def root(screen: str) -> Iterator[tk.Tk]:
    root = tk.Tk()
    root.withdraw()
    yield root
    root.destroy()


def hung(root: tk.Tk, heard: list[str]) -> bell.Bell:
    made = bell.hang(root, lambda: heard.append(threading.current_thread().name))
    assert made is not None
    return made


def test_it_is_heard_on_the_thread_of_the_window(root: tk.Tk) -> None:
    heard: list[str] = []
    rung = hung(root, heard)
    ringer = threading.Thread(target=rung.ring, name="ringer")
    ringer.start()
    turn(root, lambda: heard)
    ringer.join()
    assert heard == [threading.current_thread().name]
    rung.close()


def test_ringing_does_not_wait_for_anybody(root: tk.Tk) -> None:
    heard: list[str] = []
    rung = hung(root, heard)
    for _ in range(200_000):  # more than a pipe holds
        rung.ring()
    turn(root, lambda: heard)
    for _ in range(100):
        root.update()
    before = len(heard)
    rung.ring()
    turn(root, lambda: len(heard) > before)
    rung.close()
    rung.close()


@pytest.mark.parametrize("way", ["event", "hand"])
def test_a_pump_that_rests_is_woken(root: tk.Tk, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pumping, "IDLE_MS", 600_000)  # what comes before that, the bell brought
    monkeypatch.setattr(pumping, "LINGER_S", 0.0)
    heard: list[int] = []
    events = Events()
    pump = Pump(root, events, lambda error: None, partial(bell.hang, root))
    pump.listen(SourcesChanged, lambda _: heard.append(1))
    for count in range(1, 20):
        if way == "event":
            threading.Thread(target=events.emit, args=(SourcesChanged(),)).start()
        else:
            threading.Thread(target=pump.hand, args=(lambda: heard.append(1),)).start()
        turn(root, lambda count=count: len(heard) == count)  # type: ignore[misc]
    pump.close()
    events.emit(SourcesChanged())
    pump.hand(lambda: heard.append(1))
    root.update()
    assert len(heard) == 19
