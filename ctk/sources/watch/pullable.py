"""Drives that are meant to be unplugged.

Windows does not let go of a drive while a program watches a folder on it: "this device is in use". So such drives are
looked through now and then. On other systems being watched is no reason to be busy.
"""

import ctypes
import os
import struct
import sys
from typing import Final

_REMOVABLE: Final = 2
_FIREWIRE, _USB, _SD, _MMC = 4, 7, 12, 13
_QUERY: Final = 0x2D1400
"""IOCTL_STORAGE_QUERY_PROPERTY; asks for a STORAGE_DEVICE_DESCRIPTOR, of winioctl.h."""
_BUS_AT: Final = 28
_DESCRIPTOR_BYTES: Final = 1024
_SHARED: Final = 1 | 2 | 4
_OPEN_EXISTING: Final = 3


def is_external(descriptor: bytes) -> bool:
    """Whether what Windows tells of a device says that it is connected by a plug."""
    if len(descriptor) < _BUS_AT + 4:
        return False
    (bus,) = struct.unpack_from("<I", descriptor, _BUS_AT)
    return bus in (_FIREWIRE, _USB, _SD, _MMC)


if sys.platform == "win32":

    def is_pullable(path: str) -> bool:
        """Whether ``path`` is on such a drive, and watching it would be in the way."""
        letter = os.path.splitdrive(path)[0]
        if len(letter) != len("C:"):
            return False
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        return kernel.GetDriveTypeW(letter + "\\") == _REMOVABLE or is_external(_descriptor(kernel, letter))

    def _descriptor(kernel: ctypes.WinDLL, letter: str) -> bytes:
        kernel.CreateFileW.restype = ctypes.c_void_p
        found = kernel.CreateFileW(f"\\\\.\\{letter}", 0, _SHARED, None, _OPEN_EXISTING, 0, None)
        if found is None or found == ctypes.c_void_p(-1).value:
            return b""
        device, query = ctypes.c_void_p(found), struct.pack("<III", 0, 0, 0)
        room, size = ctypes.create_string_buffer(_DESCRIPTOR_BYTES), ctypes.c_uint32()
        try:
            told = kernel.DeviceIoControl(
                device, _QUERY, query, len(query), room, _DESCRIPTOR_BYTES, ctypes.byref(size), None
            )
        finally:
            kernel.CloseHandle(device)
        return room.raw[: size.value] if told else b""

else:

    def is_pullable(path: str) -> bool:
        """Whether ``path`` is on such a drive, and watching it would be in the way."""
        return False
