"""The tray as a process of its own, for macOS, where the window and the tray both want the main thread.

It follows what goes on through its own connection to the open library. A pair of pipes ties it to the window's process:
that one tells, a line of JSON at a time, what the menu offers and what of it is on, and is told what was chosen. When
the pipe ends, so does the tray.
"""

import contextlib
import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import IO

from ctk.actions import Action, Actions, Line
from ctk.contract import Toolkit
from ctk.errors import CtkError
from ctk.tray.face import ACTIONS, Watch
from ctk.tray.spot import Hand, NoTray, Spot
from ctk.tray.tray import CALM_S, HandOver, OpenMenu, find_spot

log = logging.getLogger(__name__)

READY = "ready"
"""What the process says once its icon is in the tray; anything else is the id of an action."""

LEAVE_S = 1.5
"""How long the process has to end by itself."""
DOOR_S, AGAIN_S = 15.0, 0.2
"""How long, and how often, the process tries to reach the library: its door opens after the window."""


class ApartTray:
    """Has the verbs of ``Tray``; ``command`` starts the process."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[str] | None = None
        self._ready = False

    @property
    def stands(self) -> bool:
        return self._ready and self._process is not None and self._process.poll() is None

    def start(
        self,
        actions: Actions,
        *,
        checked: Mapping[str, Callable[[], bool]],
        hand_over: HandOver,
        open_menu: OpenMenu,
    ) -> None:
        """Offer ``actions``; the system has a menu, so ``open_menu`` is not needed."""
        self._actions, self._checked, self._hand_over = actions, checked, hand_over
        try:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
            )
        except OSError as exc:
            log.warning("the tray could not be started: %s", exc)
            return
        self.renew()
        threading.Thread(target=self._listen, args=(self._process,), name="tray", daemon=True).start()

    def renew(self) -> None:
        """Tell what is offered and what of it is on."""
        offered = [(id, self._actions[id].label, self._stand(id)) for id in ACTIONS]
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError, ValueError):  # it has ended
                print(json.dumps(offered), file=self._process.stdin, flush=True)

    def choose(self, id: str) -> None:
        self._hand_over(self._actions[id].run)

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None or process.stdin is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(LEAVE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _stand(self, id: str) -> bool | None:
        return self._checked[id]() if id in self._checked else None

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        with process.stdout as said:
            for word in map(str.strip, said):
                if word == READY:
                    self._ready = True
                elif word in ACTIONS:
                    self.choose(word)
                    self._hand_over(self.renew)


class _Voice:
    """Tells the window's process what was chosen."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out

    def choose(self, id: str) -> None:
        print(id, file=self._out, flush=True)

    def open_menu(self, lines: tuple[Line, ...], x: int, y: int) -> None:
        """Systems with a tray apart have menus of their own."""

    def ready(self) -> None:
        print(READY, file=self._out, flush=True)


class _Offer:
    """What the window's process offers, and what of it is on."""

    def __init__(self, voice: _Voice, line: str) -> None:
        self.actions = Actions()
        self._on: dict[str, bool] = {}
        for id, label, _ in json.loads(line):
            self.actions.add(Action(id, label, partial(voice.choose, id)))
        self.take(line)

    @property
    def checked(self) -> dict[str, Callable[[], bool]]:
        return {id: partial(self._on.__getitem__, id) for id in self._on}

    def take(self, line: str) -> None:
        """What is on may have changed."""
        self._on.update({id: on for id, _, on in json.loads(line) if on is not None})


def main(connect: Callable[[], Toolkit]) -> int:
    """The process itself, over what ``connect`` finds. Returns the exit code."""
    deadline = time.monotonic() + DOOR_S
    while True:
        try:
            toolkit = connect()
        except CtkError as exc:
            if time.monotonic() > deadline:
                log.warning("the tray cannot follow what goes on: %s", exc)
                return 1
            time.sleep(AGAIN_S)
        else:
            break
    try:
        return serve(toolkit)
    finally:
        toolkit.close()


def serve(
    toolkit: Toolkit,
    *,
    find: Callable[[Hand], Spot] = find_spot,
    heard: IO[str] | None = None,
    out: IO[str] | None = None,
) -> int:
    """Be in the tray on this thread until the pipe ends. Returns the exit code."""
    told, voice = heard or sys.stdin, _Voice(out or sys.stdout)
    first = told.readline()
    if not first:
        return 0
    offer = _Offer(voice, first)
    try:
        spot = find(voice)
    except NoTray as exc:
        log.info("%s", exc)
        return 1
    news, over = threading.Event(), threading.Event()
    watch = Watch(toolkit, offer.actions, offer.checked, news.set)

    def follow() -> None:
        for line in told:
            offer.take(line)
            news.set()
        over.set()
        spot.stop()

    def tell() -> None:
        while not over.wait(CALM_S):
            if news.is_set():
                news.clear()
                spot.show(watch.face())

    for work in (follow, tell):
        threading.Thread(target=work, name=f"tray-{work.__name__}", daemon=True).start()
    spot.run(watch.face(), voice.ready)
    watch.close()
    return 0
