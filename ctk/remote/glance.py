"""The door, opened to see whether it lets in who may come in, and nobody else: for the self-test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ctk.contract import Toolkit
from ctk.errors import CtkError
from ctk.remote import door
from ctk.remote.channel import Channel
from ctk.remote.instance import Doorway


@contextmanager
def glance(toolkit: Toolkit) -> Iterator[Callable[[str, dict[str, Any], str | None], Any]]:
    """Ask for a method with parameters, with the door's token or another one, while this lasts. Raises ``CtkError``."""
    doorway = Doorway(toolkit, window=False)
    doorway.open()
    try:
        found = door.read(toolkit.home)
        if found is None:
            raise CtkError(f"The door is open, but {door.FILE} does not say where.")
        there = found

        def ask(method: str, params: dict[str, Any], token: str | None) -> Any:
            channel = Channel(there if token is None else there._replace(token=token))
            try:
                return channel.call(method, params)
            finally:
                channel.close()

        yield ask
    finally:
        doorway.close()
