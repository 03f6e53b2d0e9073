"""A display with a tray, and an open library whose icon can be in it."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ctk
from ctk.toolkit import Toolkit
from tests.display import display


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    with display() as name, contextlib.ExitStack() as held:
        if sys.platform not in ("win32", "darwin"):
            from ctk.tray import x11

            held.enter_context(contextlib.closing(x11.connect()))  # Xvfb starts anew when nobody is connected any more
        yield name


@pytest.fixture
def toolkit(home: Path) -> Iterator[Toolkit]:
    """An open, empty home."""
    with ctk.open(home) as toolkit:
        yield toolkit
