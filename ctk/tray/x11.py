"""A spot in the trays of X11 desktops, which take a small window into theirs (XEMBED).

pystray has such a window, too; but it hears no clicks (https://github.com/moses-palmer/pystray/issues/151), has no
menu, and waits for good when the tray ends. Protocol: https://specifications.freedesktop.org/systemtray-spec/.
"""

import contextlib
import logging
import os
import queue
import select
import socket
from collections.abc import Callable
from typing import Any

from PIL import Image
from Xlib import X, Xatom, Xutil
from Xlib import error as xerror
from Xlib.display import Display
from Xlib.ext import shape
from Xlib.protocol.event import ClientMessage

from ctk.tray.face import OPEN, Face
from ctk.tray.pictures import picture
from ctk.tray.spot import Hand, NoTray

log = logging.getLogger(__name__)

DOCK = 0
"""``SYSTEM_TRAY_REQUEST_DOCK``."""
EMBED_VERSION, EMBED_MAPPED = 0, 1
SIDE = 24
"""How large the window asks to be; the tray decides."""
DEPTH = 24
EVENTS = X.ExposureMask | X.StructureNotifyMask | X.ButtonPressMask | X.ButtonReleaseMask
LEFT, RIGHT = 1, 3
"""Buttons count when they are let go: until then the pointer is the icon's, and no menu could have it."""
LOST = (xerror.ConnectionClosedError, xerror.DisplayError, xerror.XauthError, OSError)


def connect() -> Any:
    """A display of its own for this thread. Raises ``NoTray``."""
    if not os.environ.get("DISPLAY"):
        raise NoTray("There is no display with a tray here.")
    try:
        display = Display()
    except LOST as exc:
        raise NoTray("There is no display with a tray here.") from exc
    display.set_error_handler(lambda error, _: log.debug("the tray is gone: %s", error))
    return display


def host(display: Any) -> Any | None:
    """The window that stands for the tray; ``None`` where there is no tray."""
    owner = display.get_selection_owner(display.intern_atom(f"_NET_SYSTEM_TRAY_S{display.get_default_screen()}"))
    return None if owner == X.NONE else owner


def is_here() -> bool:
    """Whether there is a tray that takes windows in."""
    try:
        with contextlib.closing(connect()) as display:
            return host(display) is not None
    except (NoTray, *LOST):
        return False


class X11Spot:
    """See ``Spot``. The window lives on the thread that calls ``run``."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._news: queue.SimpleQueue[Face | None] = queue.SimpleQueue()
        self._bell, self._ring = socket.socketpair()

    def run(self, face: Face, ready: Callable[[], None]) -> None:
        with self._bell, self._ring, contextlib.closing(connect()) as display:
            try:
                self._stay(_Window(display, face), ready)
            except LOST as exc:
                log.debug("the display is gone: %s", exc)

    def show(self, face: Face) -> None:
        self._tell(face)

    def stop(self) -> None:
        self._tell(None)

    def _tell(self, news: Face | None) -> None:
        self._news.put(news)
        with contextlib.suppress(OSError):  # it has left the tray already
            self._ring.send(b"!")

    def _stay(self, window: "_Window", ready: Callable[[], None]) -> None:
        display = window.display
        while True:
            while display.pending_events():
                event = display.next_event()
                if window.is_lost(event):
                    return
                self._serve(window, event, ready)
            readable, _, _ = select.select([display.fileno(), self._bell], [], [])
            if self._bell in readable and not self._take_news(window):
                return

    def _take_news(self, window: "_Window") -> bool:
        """Look as told last; false when it is time to leave."""
        self._bell.recv(1)
        face = self._news.get()
        if face is None:
            window.leave()
            return False
        window.look(face)
        return True

    def _serve(self, window: "_Window", event: Any, ready: Callable[[], None]) -> None:
        if event.type == X.ReparentNotify:
            ready()
        elif event.type in (X.Expose, X.ConfigureNotify):
            window.draw()
        elif event.type == X.ButtonRelease and event.detail == LEFT:
            self._hand.choose(OPEN)
        elif event.type == X.ButtonRelease and event.detail == RIGHT:
            self._hand.open_menu(window.face.lines, event.root_x, event.root_y)


class _Window:
    """The small window, taken in by the tray."""

    def __init__(self, display: Any, face: Face) -> None:
        self.display = display
        self.face = face
        self._host = host(display)
        screen = display.screen()
        if self._host is None or screen.root_depth != DEPTH:
            raise NoTray("There is no tray here.")
        self._root = screen.root
        self._window = screen.root.create_window(
            -SIDE, -SIDE, SIDE, SIDE, 0, DEPTH, X.InputOutput, background_pixel=0, event_mask=EVENTS
        )
        self._gc = self._window.create_gc()
        self._window.set_wm_class("ctk", "Ctk")
        self._window.set_wm_normal_hints(flags=Xutil.PMinSize, min_width=SIDE, min_height=SIDE)
        info = display.intern_atom("_XEMBED_INFO")
        self._window.change_property(info, info, 32, [EMBED_VERSION, EMBED_MAPPED])
        self._name()
        self._host.change_attributes(event_mask=X.StructureNotifyMask)
        opcode = display.intern_atom("_NET_SYSTEM_TRAY_OPCODE")
        request = (32, (X.CurrentTime, DOCK, self._window.id, 0, 0))
        self._host.send_event(ClientMessage(window=self._host.id, client_type=opcode, data=request))
        display.flush()

    def is_lost(self, event: Any) -> bool:
        """Whether this says that the tray is gone, or has let the window go."""
        if event.type == X.DestroyNotify:
            return event.window in (self._window, self._host)
        return bool(event.type == X.ReparentNotify and event.parent == self._root)

    def look(self, face: Face) -> None:
        before, self.face = self.face, face
        if face.tip != before.tip:
            self._name()
        if face.state != before.state:
            self.draw()
        self.display.flush()

    def draw(self) -> None:
        """Paint the icon, and cut the window into its form: what is around it is the tray's."""
        size = self._window.get_geometry()
        side = min(size.width, size.height)
        at = ((size.width - side) // 2, (size.height - side) // 2)
        drawn = picture(self.face.state, side)
        image = Image.new("RGB", (size.width, size.height))
        image.paste(drawn.convert("RGB"), at)
        if self.display.has_extension("SHAPE"):
            form = Image.new("1", image.size)
            form.paste(drawn.getchannel("A").point(lambda alpha: 255 if alpha > 127 else 0, "1"), at)
            self._cut(form)
        self._window.put_pil_image(self._gc, 0, 0, image)
        self.display.flush()

    def leave(self) -> None:
        self._window.destroy()
        self.display.flush()

    def _cut(self, form: Image.Image) -> None:
        bits = self._window.create_pixmap(*form.size, 1)
        gc = bits.create_gc(foreground=1, background=0)
        bits.put_pil_image(gc, 0, 0, form)
        self._window.shape_mask(shape.SO.Set, shape.SK.Bounding, 0, 0, bits)
        gc.free()
        bits.free()

    def _name(self) -> None:
        """What trays show beside the pointer."""
        tip = self.face.tip.replace("\n", ", ")
        self._window.change_property(Xatom.WM_NAME, Xatom.STRING, 8, tip.encode("latin-1", "replace"))
        utf8 = self.display.intern_atom("UTF8_STRING")
        self._window.change_property(self.display.intern_atom("_NET_WM_NAME"), utf8, 8, tip.encode())
