"""Files on the clipboard, so that pasting in a file manager or a DAW makes copies of them."""

import os
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ctk.errors import CtkError
from ctk.ui import uris

if TYPE_CHECKING:
    from ctk.ui.x11.selections import Selections

REFUSED = "The clipboard cannot be used just now; try again."
_CF_HDROP = 15
_MOVABLE = 0x0002
_COPY = 1
"""https://learn.microsoft.com/windows/win32/shell/clipboard: CF_HDROP, GMEM_MOVEABLE, DROPEFFECT_COPY"""
_MAC_SCRIPT = """
ObjC.import('AppKit');
const data = $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile;
const paths = $.NSString.alloc.initWithDataEncoding(data, $.NSUTF8StringEncoding).js.split('\\0');
const board = $.NSPasteboard.generalPasteboard;
board.clearContents;
if (!board.writeObjects($(paths.map(path => $.NSURL.fileURLWithPath(path))))) throw 'refused';
"""
_MAC_WAIT_S = 10.0
_TRIES, _TRY_AGAIN_S = 5, 0.02


def put_on_x11(paths: Sequence[str], selections: "Selections") -> None:
    """Offer ``paths`` to other programs."""
    selections.offer("CLIPBOARD", x11_contents(paths), selections.connection.time())


def x11_contents(paths: Sequence[str]) -> Mapping[str, bytes]:
    """What file managers, other programs and text boxes ask for."""
    text = "\n".join(os.fsencode(path).decode("utf-8", "replace") for path in paths).encode()
    return {
        "x-special/gnome-copied-files": uris.copied(paths),
        "text/uri-list": uris.uri_list(paths),
        "UTF8_STRING": text,
        "text/plain;charset=utf-8": text,
        "text/plain": text,
    }


def put_on_windows(paths: Sequence[str], window: int, system: "Windows | None" = None) -> None:
    """Hand ``paths`` to the system. Raises ``CtkError`` while another program holds the clipboard."""
    system = system or Windows()
    if not any(_opened(system, window) for _ in range(_TRIES)):
        raise CtkError(REFUSED)
    try:
        system.user32.EmptyClipboard()
        effect = system.user32.RegisterClipboardFormatW("Preferred DropEffect")
        for kind, data in ((_CF_HDROP, hdrop(paths)), (effect, struct.pack("<I", _COPY))):
            _put_on_windows(system, kind, data)
    finally:
        system.user32.CloseClipboard()


def _opened(system: "Windows", window: int) -> bool:
    if system.user32.OpenClipboard(window):
        return True
    time.sleep(_TRY_AGAIN_S)  # a program that looks at the clipboard holds it for a moment
    return False


def _put_on_windows(system: "Windows", kind: int, data: bytes) -> None:
    kernel = system.kernel32
    memory = kernel.GlobalAlloc(_MOVABLE, len(data))
    place = memory and kernel.GlobalLock(memory)
    if not place:
        raise CtkError(REFUSED)
    system.move(place, data, len(data))
    kernel.GlobalUnlock(memory)
    if not system.user32.SetClipboardData(kind, memory):  # had it succeeded, the memory were the system's
        kernel.GlobalFree(memory)
        raise CtkError(REFUSED)


def hdrop(paths: Sequence[str]) -> bytes:
    """A ``DROPFILES`` structure: where the names begin, no point, no frame, wide characters; then the names."""
    names = "".join(f"{path}\0" for path in paths) + "\0"
    return struct.pack("<IiiII", 20, 0, 0, 0, 1) + names.encode("utf-16-le", "surrogatepass")


def put_on_mac(paths: Sequence[str]) -> None:
    """Hand ``paths`` to the system; takes a moment, so not for the window's thread. Raises ``CtkError``."""
    command = ["osascript", "-l", "JavaScript", "-e", _MAC_SCRIPT]
    try:
        done = subprocess.run(
            command, input=b"\0".join(map(os.fsencode, paths)), capture_output=True, timeout=_MAC_WAIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as exc:
        raise CtkError(REFUSED) from exc
    if done.returncode:
        raise CtkError(REFUSED)


class Windows:
    """The functions of the system with the types they take, which ``ctypes`` cannot know."""

    user32: Any
    kernel32: Any
    move: Any

    if sys.platform == "win32":

        def __init__(self) -> None:
            import ctypes
            from ctypes import wintypes

            self.user32 = ctypes.WinDLL("user32")
            self.kernel32 = ctypes.WinDLL("kernel32")
            self.move = ctypes.memmove
            for library, name, result, *arguments in (
                (self.user32, "OpenClipboard", wintypes.BOOL, wintypes.HWND),
                (self.user32, "SetClipboardData", wintypes.HANDLE, wintypes.UINT, wintypes.HANDLE),
                (self.user32, "RegisterClipboardFormatW", wintypes.UINT, wintypes.LPCWSTR),
                (self.kernel32, "GlobalAlloc", wintypes.HGLOBAL, wintypes.UINT, ctypes.c_size_t),
                (self.kernel32, "GlobalLock", ctypes.c_void_p, wintypes.HGLOBAL),
                (self.kernel32, "GlobalUnlock", wintypes.BOOL, wintypes.HGLOBAL),
                (self.kernel32, "GlobalFree", wintypes.HGLOBAL, wintypes.HGLOBAL),
            ):
                function = getattr(library, name)
                function.restype, function.argtypes = result, arguments
