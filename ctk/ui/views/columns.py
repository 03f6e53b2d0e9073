"""The columns of the catalog: what the look says of them, and before it what the user said himself."""

from functools import partial

from ctk.looks.look import Columns as Wanted
from ctk.settings import Settings
from ctk.ui.theme import Theme
from ctk.ui.views.context import Entry
from ctk.ui.widgets.columns import Column, Columns

COLUMNS = (
    # id, title, width, least width, numbers
    ("name", "Name", 380, 264, False),
    ("path", "Folder", 220, 100, False),
    ("rating", "Stars", 84, 44, False),
    ("tags", "Tags", 64, 50, False),
    ("format", "Format", 64, 50, False),
    ("duration_s", "Length", 68, 50, True),
    ("bpm", "Tempo", 66, 44, True),
    ("key", "Key", 50, 40, False),
    ("type", "Type", 82, 44, False),
    ("category", "What it is", 84, 50, False),
    ("sample_rate_hz", "Rate", 78, 50, True),
    ("channels", "Channels", 74, 50, True),
    ("bit_depth", "Depth", 60, 50, True),
    ("size_bytes", "Size", 72, 50, True),
)


def make(theme: Theme) -> list[Column]:
    """All of them, before any wish."""
    return [
        Column(id, title, theme.px(width), theme.px(least), "e" if number else "w", stretch=id in ("name", "path"))
        for id, title, width, least, number in COLUMNS
    ]


class Wishes:
    """Keeps ``columns`` as they are wanted: their order, which of them are hidden, how wide they are."""

    def __init__(self, columns: Columns, theme: Theme, settings: Settings) -> None:
        self._columns = columns
        self._theme = theme
        self._settings = settings
        self._applied: tuple[Wanted, int] | None = None
        self.apply()

    def apply(self) -> None:
        """As this look and the user want them."""
        look, settings = self._theme.look, self._settings
        wanted, writing = look.columns, look.fonts.size
        if (wanted, writing) == self._applied:
            return
        self._applied = wanted, writing
        self._columns.arrange(settings.column_order or wanted.order, self._hidden)
        usual = {id: width * writing / 100 for id, width in wanted.widths.items()}
        self._columns.set_widths({id: self._theme.px(width) for id, width in {**usual, **settings.columns}.items()})

    def lines(self) -> list[Entry]:
        """Which columns are shown, as lines of a menu."""
        hidden = self._hidden
        ticks = [Entry(title, partial(self._switch, id), checked=id not in hidden) for id, title, *_ in COLUMNS[1:]]
        return [*ticks, Entry(), Entry("As the look has them", self._forget)]

    def keep_widths(self, widths: dict[str, int]) -> None:
        """The user made these columns so wide."""
        self._settings.columns |= {id: round(width / self._theme.scale) for id, width in widths.items()}

    def keep_order(self, order: list[str]) -> None:
        """The user put the columns in this order."""
        self._settings.column_order = order

    @property
    def _hidden(self) -> set[str]:
        settings = self._settings
        return (set(self._theme.look.columns.hidden) - {*settings.shown_columns}) | {*settings.hidden_columns}

    def _forget(self) -> None:
        """What the user said himself does not count any more."""
        settings = self._settings
        settings.hidden_columns, settings.shown_columns, settings.column_order, settings.columns = [], [], [], {}
        self._applied = None
        self.apply()

    def _switch(self, id: str) -> None:
        settings, hide = self._settings, id not in self._hidden
        settings.hidden_columns = [other for other in settings.hidden_columns if other != id]
        settings.shown_columns = [other for other in settings.shown_columns if other != id]
        if hide != (id in self._theme.look.columns.hidden):
            (settings.hidden_columns if hide else settings.shown_columns).append(id)
        self._columns.hide(self._hidden)
