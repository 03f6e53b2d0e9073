"""All benchmarks, one table: ``python -m tests.bench [NAME ...]``, where the names are those of ``MODULES``."""

import argparse
from importlib import import_module
from itertools import chain

from tests.bench.table import show

MODULES = (
    *("scan", "search", "facets", "window", "duplicates", "discover", "decode", "bundle"),
    *("peaks", "tempo", "heard", "audition", "sources", "watch", "panns", "listener", "similar", "map", "door"),
)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("modules", nargs="*", metavar="MODULE", help=f"some of {', '.join(MODULES)}; none: all")
    chosen = options.parse_args().modules or MODULES
    show(chain.from_iterable(import_module(f"tests.bench.{name}").run() for name in chosen))
