"""What a sound can be, and who tells, as ``ctk.records`` gives it on."""

from typing import Final, Literal, get_args

Category = Literal["drums", "synth", "vocal", "bass", "guitar", "fx", "other"]
CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)

Listener = Literal["names", "built-in", "cnn14"]
"""The engines, from the quickest to the best."""
LISTENERS: Final[tuple[Listener, ...]] = get_args(Listener)
