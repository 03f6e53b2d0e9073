"""The composition root: argv to command line, window or door. The only place where the clients meet."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ctk

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ctk.contract import Toolkit
    from ctk.selftest.bench import Ask
    from ctk.ui.staying import Tray

TRAY = "--tray-process"
"""How the tray is started as a process of its own; the home follows."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with ``argv`` (without its name). Returns the exit code."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments[:1] == ["--classify-worker"]:  # how a bundle starts a process of its own
        from ctk.classify import panns

        return panns.main(arguments[1:])
    if arguments[:1] == [TRAY]:
        return _tray_process(arguments[1])
    from ctk.remote import handover

    if handover.done(arguments):
        return 0
    from ctk.cli.main import run

    return run(arguments, open=ctk.open, window=_window, outside=_Outside(), selftest=_selftest)


def _window(home: str | None, folders: Sequence[str], *, hidden: bool = False) -> int:
    gc.disable()  # looking for garbage takes time, and what is loaded now stays for good
    from ctk.remote.instance import only_window
    from ctk.ui.app import run as show

    with ctk.open(home) as toolkit, only_window(toolkit, folders, hidden=hidden) as ready:
        gc.freeze()
        gc.enable()
        return 0 if ready is None else show(toolkit, folders, tray=_tray(toolkit), hidden=hidden, ready=ready)


def _tray(toolkit: "Toolkit") -> "Tray":
    """The icon in the tray. On macOS it is a process of its own, since it wants a main thread of its own."""
    if sys.platform == "darwin":
        from ctk.startup import program
        from ctk.tray.apart import ApartTray

        return ApartTray([*program(), TRAY, str(toolkit.home)])
    from ctk.tray import tray

    return tray.Tray(toolkit)


def _tray_process(home: str) -> int:
    from ctk.remote import client
    from ctk.tray import apart

    return apart.main(lambda: client.connect(home, window=True))


def _selftest(*, json: bool, report: str | None) -> int:
    from ctk.selftest.run import run

    os.environ["CTK_AUDIO_BACKEND"] = "null"
    return run(_Parts(), json=json, report=report)


class _Parts:
    """What the self-test tries out beside the core."""

    def open(self, home: Path) -> "Toolkit":
        return ctk.open(home)

    def window(self, toolkit: "Toolkit") -> str:
        try:
            from ctk.ui.glance import glance
        except ModuleNotFoundError as exc:
            if exc.name not in ("tkinter", "_tkinter") or getattr(sys, "frozen", False):
                raise
            return "no display here: this Python has no tkinter"
        return glance(toolkit)

    def tray(self) -> str:
        from ctk.tray.glance import glance

        return glance()

    def door(self, toolkit: "Toolkit") -> "AbstractContextManager[Ask]":
        from ctk.remote.glance import glance

        return glance(toolkit)

    def cnn14(self, checkpoint: Path) -> str:
        from ctk.classify.worker import Worker, panns_missing
        from ctk.errors import CtkError

        if panns_missing():
            return ""
        with Worker(str(checkpoint), "cpu") as worker:
            try:
                return f"CNN14 starts with anything, here on {worker.about.device}."
            except CtkError as exc:
                return str(exc)


class _Outside:
    """What the command line sees of the door."""

    def serve(self, home: str | None, port: int, say: Callable[[str], None]) -> None:
        from ctk.remote import instance

        with ctk.open(home) as toolkit:
            instance.serve(toolkit, port, say)

    def web(self, home: str | None, say: Callable[[str], None], show: Callable[[str], None]) -> None:
        from ctk.remote import client, instance
        from ctk.remote.channel import Nobody

        try:
            link = client.ask(home, "core.link", {})
        except Nobody:
            with ctk.open(home) as toolkit:
                instance.serve(toolkit, 0, say, show)
        else:
            show(link)

    def ask(self, home: str | None, method: str, params: dict[str, Any] | list[Any]) -> Any:
        from ctk.remote import client

        return client.ask(home, method, params)

    def quit(self, home: str | None) -> bool:
        from ctk import paths
        from ctk.remote import ending

        return ending.end(paths.home(home))

    def methods(self) -> Sequence[str]:
        from ctk.remote import table

        return [table.signature(method) for method in table.methods().values()]

    def reference(self) -> str:
        from ctk.remote import reference

        return reference.page()


if __name__ == "__main__":
    sys.exit(main())
