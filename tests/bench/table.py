"""The rows a benchmark gives, and the table they make."""

import platform
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """Our ``value`` and the ``baseline`` with their units, their ``ratio``, and what to ``reach``."""

    name: str
    value: str
    baseline: str
    ratio: float | None
    reach: str


def show(results: Iterable[Result]) -> None:
    """Print each row as it comes."""
    print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}")
    line = "{:<62} {:>18} {:>18} {:>8}  {}"
    print(line.format("what", "ours", "baseline", "ratio", "reach"), flush=True)
    for result in results:
        ratio = "" if result.ratio is None else f"{result.ratio:.2f}"
        print(line.format(result.name, result.value, result.baseline, ratio, result.reach), flush=True)
