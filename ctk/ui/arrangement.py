"""The window as its look lays it out: the panes, the tabs of its pages, and the toolbar."""

import tkinter as tk
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from ctk.actions import Actions
from ctk.settings import Settings
from ctk.ui.panes import Panes
from ctk.ui.theme import Theme
from ctk.ui.views.pages import NAMES, Make, Pages

if TYPE_CHECKING:
    from ctk.ui.views.toolbar import Toolbar

TOOLBAR = "toolbar"


class News(Protocol):
    """A signal, as far as it is listened to."""

    def connect(self, listener: Callable[..., object], /) -> object: ...


class Arrangement:
    """``fill`` the window once; it follows the look from then on."""

    def __init__(self, root: tk.Tk, theme: Theme, settings: Settings, pages: Pages) -> None:
        self.panes = Panes(root, "window", theme, settings)
        self._root = root
        self._theme = theme
        self._pages = pages
        self._toolbar: Toolbar | None = None
        self._settled = False

    def fill(
        self,
        bars: Mapping[str, tk.Widget],
        pages: Mapping[str, Make],
        actions: Actions,
        checked: Mapping[str, Callable[[], bool]],
        news: tuple[News, ...],
    ) -> None:
        """``pages`` are by the names of their tabs. After each of the ``news`` other actions may be possible."""
        self._actions, self._checked, self._news = actions, checked, news
        self.panes.put("pages", self._pages)
        for name, bar in bars.items():
            self.panes.put(name, bar)
        self.panes.left.connect(lambda: self._pages.turned(self._pages.name))
        self._pages.add(pages, self._tabs())
        self._follow()
        self._theme.changed.connect(self._follow)
        self._theme.reshaping.connect(self.panes.step_aside)

    def settle(self) -> None:
        """What the first paint can do without."""
        self._settled = True
        self.panes.settle()
        if self._toolbar is not None:
            self._toolbar.settle()

    def _tabs(self) -> list[str]:
        node = self._theme.look.layout["pages"]
        return [NAMES[page] for page in node.children if page in NAMES] if node.split == "tabs" else []

    def _follow(self) -> None:
        """The look is another one."""
        self._pages.list(self._tabs())
        self._fill_toolbar()
        self.panes.arrange()

    def _fill_toolbar(self) -> None:
        ids, layout = self._theme.look.toolbar, self._theme.look.layout
        if ids and self._toolbar is None:
            from ctk.ui.views.toolbar import Toolbar

            self._toolbar = Toolbar(self._root, self._theme, self._actions, self._checked)
            self.panes.put(TOOLBAR, self._toolbar)
            if self._settled:
                self._toolbar.settle()
            for news in self._news:
                news.connect(self._toolbar.follow)
        if self._toolbar is not None:
            upright = any(node.split == "columns" for node in layout.values() if TOOLBAR in node.children)
            self._toolbar.show(ids, upright=upright)
            self.panes.show(TOOLBAR, bool(ids))
