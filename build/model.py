"""What CNN14 runs on: PyTorch, and the modules of the model alone."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import environment

VERSION = "torch==2.13.0"
CPU = f"{VERSION}+cpu" if sys.platform == "linux" else VERSION
"""Plain torch is several gigabytes on Linux: it brings what graphics cards need."""
CPU_INDEX = "--extra-index-url=https://download.pytorch.org/whl/cpu"
"""Where that build is, unless pip knows a nearer place."""
CUDA_INDEX = "--index-url=https://download.pytorch.org/whl/cu130"
"""Where the builds for graphics cards are that PyPI does not have, those for Windows."""
MODULES = ("--no-deps", "panns-inference==0.1.1", "torchlibrosa==0.1.0")
"""What else they name is not needed to run the model."""


def add(python: Path, *more: Sequence[str], cuda: bool = False) -> None:
    """Install all that in the environment of ``python``, and ``more`` with it. Raises ``SetupError``."""
    ways = _cuda_ways() if cuda else ((CPU,), (CPU, CPU_INDEX))
    for way in ways:
        try:
            environment.add(python, way, MODULES, *more)
        except environment.SetupError:
            if way == ways[-1]:
                raise
        else:
            return


def _cuda_ways() -> tuple[tuple[str, ...], ...]:
    if sys.platform == "darwin":
        raise environment.SetupError("There is no CUDA on macOS: leave CTK_TORCH out.")
    place = os.environ.get("CTK_TORCH_INDEX")
    if place:
        return ((VERSION, f"--index-url={place}"),)
    return ((VERSION,),) if sys.platform == "linux" else ((VERSION, CUDA_INDEX),)
