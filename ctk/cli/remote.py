"""``ctk serve`` and ``ctk rpc``: a core for other programs, and asking the one that runs."""

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

    def ask(self, home: str | None, method: str, params: dict[str, Any] | list[Any]) -> Any:
        """One call to the core that runs. Raises ``CtkError``."""
        ...

    def methods(self) -> Sequence[str]:
        """Every method with its parameters, a line each."""
        ...

    def reference(self) -> str:
        """The contract as a page of Markdown."""
        ...


def serve(outside: Outside, args: argparse.Namespace) -> int:
    """Stay in the foreground."""
    outside.serve(args.home, args.port, lambda sentence: print(sentence, flush=True))
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


COMMANDS: dict[str, Callable[[Outside, argparse.Namespace], int]] = {"serve": serve, "rpc": rpc}
