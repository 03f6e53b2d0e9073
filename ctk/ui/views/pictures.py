"""The pictures before the names in the list: a sign, and what the sound looks like.

They are opaque, so that Tk draws them at once; hence one for each background a row can have.
"""

import tkinter as tk
from collections import OrderedDict
from collections.abc import Collection
from typing import Literal

from ctk.records import Peaks, Row
from ctk.ui.models.outlines import Outlines
from ctk.ui.theme import Theme
from ctk.ui.widgets import tracing
from ctk.ui.widgets.drawing import mix
from ctk.ui.widgets.tracing import Shades, Tables

Ground = Literal["plain", "here", "picked", "focused"]
"""What is behind a row; ``here`` is the one with the keys while it is not picked."""
Sign = Literal["blank", "alert", "heart", "volume"]

ICON, GAP, WIDTH, HEIGHT, AFTER = 16, 6, 64, 20, 10
CURVE = 0.65
"""Quiet sounds are to be seen in a small picture as well."""
KEPT = 500
ICON_SHADE, ICON_STEPS = 16, 15
"""Where the shades of signs begin, above those of outlines, and how many there are."""


class Pictures:
    """``get`` the picture of a row."""

    def __init__(self, master: tk.Misc, theme: Theme, outlines: Outlines) -> None:
        self._master = master
        self._theme = theme
        self._outlines = outlines
        self._made: OrderedDict[tuple[int | None, Ground, Sign], tk.PhotoImage] = OrderedDict()
        self._tables: dict[tuple[Ground, Sign], Tables] = {}
        self._icons: dict[Sign, list[bytes]] = {}
        outlines.changed.connect(self._forget)
        outlines.switched.connect(self._made.clear)
        theme.changed.connect(self._repaint)

    @property
    def indent(self) -> int:
        """How wide they are, in pixels."""
        px = self._theme.px
        return px(ICON) + px(GAP) + ((px(WIDTH) + px(AFTER)) if self._outlines.on else 0)

    def get(self, row: Row, ground: Ground, sign: Sign) -> str:
        """The name of the picture of a row, of which the outline may not be known yet."""
        outline = self._outlines.get(row.id) if self._outlines.on else None
        key = (None if outline is None else row.id, ground, sign)
        picture = self._made.get(key)
        if picture is None:
            size = (self.indent, self._theme.px(HEIGHT))
            data = tracing.ppm(self._shades(outline, sign), *size, self._colours(ground, sign))
            picture = self._made[key] = tk.PhotoImage(master=self._master, data=data, format="ppm")
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        else:
            self._made.move_to_end(key)
        return str(picture)

    def _shades(self, outline: Peaks | None, sign: Sign) -> Shades:
        """The sign, and beside it the outline."""
        px = self._theme.px
        height, width = px(HEIGHT), px(WIDTH) if self._outlines.on else 0
        gap, after = bytes(px(GAP)), bytes(self.indent - px(ICON) - px(GAP) - width)
        wave = bytes(width * height)
        if outline is not None:
            found = tracing.columns([outline], 0.0, outline.duration_s, width)
            wave = tracing.trace(found, height, curve=CURVE, thick=px(1))
        icon = self._icon(sign, height)
        return b"".join(icon[line] + gap + wave[line * width : (line + 1) * width] + after for line in range(height))

    def _icon(self, sign: Sign, height: int) -> list[bytes]:
        """The sign in the shades above those of outlines, in the middle of its height."""
        if sign not in self._icons:
            shades = bytes(ICON_SHADE + cover * ICON_STEPS // 255 for cover in range(256))
            lines = [line.translate(shades) for line in self._theme.cover(sign, ICON)]
            empty = bytes((ICON_SHADE,)) * len(lines[0])
            above = (height - len(lines)) // 2
            self._icons[sign] = [empty] * above + lines + [empty] * (height - len(lines) - above)
        return self._icons[sign]

    def _colours(self, ground: Ground, sign: Sign) -> Tables:
        if (ground, sign) not in self._tables:
            tokens = self._theme.tokens
            back, ink = {
                "plain": (tokens.surface, mix(tokens.surface, tokens.muted, 0.85)),
                "here": (tokens.hover, tokens.muted),
                "picked": (tokens.selected, tokens.on_selected),
                "focused": (tokens.focused, tokens.on_focused),
            }[ground]
            icon = ink
            if ground in ("plain", "here"):
                ink = tokens.accent if sign == "volume" else ink
                icon = {"volume": tokens.accent, "alert": tokens.danger, "heart": tokens.danger, "blank": back}[sign]
            wave = tracing.shades(back, mix(back, ink, 0.5), ink)
            spare = [back] * (ICON_SHADE - len(wave))
            icons = [mix(back, icon, step / ICON_STEPS) for step in range(ICON_STEPS + 1)]
            self._tables[ground, sign] = tracing.by_shade([*wave, *spare, *icons])
        return self._tables[ground, sign]

    def _forget(self, ids: Collection[int]) -> None:
        """These look other than they did."""
        for key in [key for key in self._made if key[0] in ids]:
            del self._made[key]

    def _repaint(self) -> None:
        """There is another look."""
        self._made.clear()
        self._tables.clear()
        self._icons.clear()
