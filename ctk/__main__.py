"""The composition root: argv to command line or window. The only place where the clients meet."""

import sys
from collections.abc import Sequence

import ctk
from ctk.cli.main import run


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with ``argv`` (without its name). Returns the exit code."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments[:1] == ["--classify-worker"]:  # how a bundle starts a process of its own
        from ctk.classify import panns

        return panns.main(arguments[1:])
    return run(arguments, open=ctk.open, window=_window)


def _window(home: str | None, folders: Sequence[str]) -> int:
    from ctk.ui.app import run as show

    with ctk.open(home) as toolkit:
        return show(toolkit, folders)


if __name__ == "__main__":
    sys.exit(main())
