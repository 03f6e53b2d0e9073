"""The composition root: argv to command line, window or door. The only place where the clients meet."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import ctk

if TYPE_CHECKING:
    from ctk.contract import Toolkit
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

    return run(arguments, open=ctk.open, window=_window, outside=_Outside())


def _window(home: str | None, folders: Sequence[str], *, hidden: bool = False) -> int:
    from ctk.remote.instance import only_window
    from ctk.ui.app import run as show

    with ctk.open(home) as toolkit, only_window(toolkit, folders, hidden=hidden) as first:
        return show(toolkit, folders, tray=_tray(toolkit), hidden=hidden) if first else 0


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

    def methods(self) -> Sequence[str]:
        from ctk.remote import table

        return [table.signature(method) for method in table.methods().values()]

    def reference(self) -> str:
        from ctk.remote import reference

        return reference.page()


if __name__ == "__main__":
    sys.exit(main())
