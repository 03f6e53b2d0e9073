"""What came of the self-test: lines for people, JSON for programs."""

import importlib.util
import json
import sys
from dataclasses import asdict, dataclass
from typing import Final, Literal

from ctk import __version__, paths

Variant = Literal["light", "full"]
_NAME_WIDTH: Final = 11


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one step; ``detail`` is what was seen, or why it failed."""

    name: str
    ok: bool
    seconds: float
    detail: str

    def line(self) -> str:
        """For people."""
        verdict = "ok" if self.ok else "FAILED"
        return f"{verdict:<6} {self.seconds * 1000:6.0f} ms  {self.name:<{_NAME_WIDTH}} {self.detail}".rstrip()


def ok(outcomes: list[Outcome]) -> bool:
    """Whether every step holds."""
    return bool(outcomes) and all(outcome.ok for outcome in outcomes)


def verdict(outcomes: list[Outcome]) -> str:
    """The last line."""
    failed = sum(not outcome.ok for outcome in outcomes)
    seconds = sum(outcome.seconds for outcome in outcomes)
    if failed:
        return f"{failed} of {len(outcomes)} steps failed."
    return f"Everything works: {len(outcomes)} steps in {seconds:.1f} s."


def document(outcomes: list[Outcome]) -> str:
    """The whole report as JSON."""
    steps = [asdict(outcome) | {"seconds": round(outcome.seconds, 4)} for outcome in outcomes]
    about = {"ok": ok(outcomes), "version": __version__, "variant": variant(), "frozen": frozen(), "steps": steps}
    return json.dumps(about, indent=2)


def variant() -> Variant:
    """Which edition this is; where Python itself runs the program, whether it is as able as the full one."""
    try:
        said = paths.edition()
    except OSError:  # a step that needs it tells
        said = ""
    full = said == "full" if said else importlib.util.find_spec("torch") is not None
    return "full" if full else "light"


def frozen() -> bool:
    """Whether this is the program that needs no Python."""
    return bool(getattr(sys, "frozen", False))
