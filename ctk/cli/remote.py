"""``ctk serve``, ``ctk web`` and ``ctk rpc``: a core for other programs and browsers, and asking the one that runs."""

import argparse
import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from ctk.errors import UsageError


class Outside(Protocol):
    """The door that other programs use."""

    def serve(self, home: str | None, port: int, say: Callable[[str], None]) -> None:
        """Run a core without a window until the process is asked to end. Raises ``CtkError``."""
        ...

    def web(self, home: str | None, say: Callable[[str], None], show: Callable[[str], None]) -> None:
        """Give ``show`` an address that opens the web page once. Where no core runs, be one until the process is asked
        to end. Raises ``CtkError``."""
        ...

    def ask(self, home: str | None, method: str, params: dict[str, Any] | list[Any]) -> Any:
        """One call to the core that runs. Raises ``CtkError``."""
        ...

    def quit(self, home: str | None) -> bool:
        """Have the core that runs quit, and wait until it has; false where none runs. Raises ``CtkError``."""
        ...

    def methods(self) -> Sequence[str]:
        """Every method with its parameters, a line each."""
        ...

    def reference(self) -> str:
        """The contract as a page of Markdown."""
        ...


def serve(outside: Outside, args: argparse.Namespace) -> int:
    """Stay in the foreground."""
    outside.serve(args.home, args.port, _say)
    return 0


def web(outside: Outside, args: argparse.Namespace) -> int:
    """Open the web page in the browser."""
    import webbrowser

    def show(link: str) -> None:
        _say(f"The page opens once, within a minute: {link}")
        if args.browser and not webbrowser.open(link):
            _say("No browser could be started; open this address yourself.")

    outside.web(args.home, _say, show)
    return 0


def rpc(outside: Outside, args: argparse.Namespace) -> int:
    """Ask for one thing, and print what comes back as JSON."""
    if args.reference:
        print(outside.reference(), end="")
    elif args.method is None:
        print("\n".join(outside.methods()))
    else:
        print(json.dumps(outside.ask(args.home, args.method, _params(args.params)), allow_nan=False, indent=2))
    return 0


def _params(text: str | None) -> dict[str, Any] | list[Any]:
    if text is None:
        return {}
    try:
        params = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise UsageError(f"The parameters are not JSON: {text[:60]}") from exc
    if not isinstance(params, dict | list):
        raise UsageError('The parameters are a JSON object or array, such as {"query": "kick"}.')
    return params


def _say(sentence: str) -> None:
    print(sentence, flush=True)


COMMANDS: dict[str, Callable[[Outside, argparse.Namespace], int]] = {"serve": serve, "web": web, "rpc": rpc}
