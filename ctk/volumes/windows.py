"""Drives on Windows: letters and folders where volumes are mounted, network shares, and serial numbers."""

import ctypes
import os
import sys

from ctk.volumes.mount import Mount, share

_REMOTE, _CD_ROM = 4, 5
_NO_DIALOG = 1
"""SEM_FAILCRITICALERRORS: an empty card reader is no reason to ask the user for a disk."""
_ROOM = 1024


def letters(bits: int) -> list[str]:
    r"""The roots of the drives in what ``GetLogicalDrives`` gives: ``C:\`` for bit 2."""
    return [f"{chr(ord('A') + bit)}:\\" for bit in range(26) if bits >> bit & 1]


def is_share(mount: str) -> bool:
    return mount.startswith("\\\\") and not mount.startswith(("\\\\?\\", "\\\\.\\"))


def called(serial: int) -> str | None:
    """The serial number of a volume, as Windows shows it."""
    return f"serial:{serial >> 16:04X}-{serial & 0xFFFF:04X}" if serial else None


if sys.platform == "win32":

    def mounts() -> list[Mount]:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        found = []
        for root in letters(kernel.GetLogicalDrives()):
            kind = kernel.GetDriveTypeW(root)
            if kind == _REMOTE:
                found.append(Mount(root, _address(root) or root, "share", network=True))
            elif kind != _CD_ROM:
                found.append(Mount(root, root, "drive"))
        known = {mount.at for mount in found}
        return found + [Mount(at, at, "drive") for at in _folders(kernel) if at not in known]

    def identify(mount: Mount, path: str) -> tuple[str | None, str]:
        if mount.network:
            return share(mount.source), mount.source.rstrip("\\").rpartition("\\")[2]
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        name, serial = ctypes.create_unicode_buffer(_ROOM), ctypes.c_uint32()
        before = ctypes.c_uint32()
        kernel.SetThreadErrorMode(_NO_DIALOG, ctypes.byref(before))
        try:
            found = kernel.GetVolumeInformationW(
                os.path.join(mount.at, ""), name, _ROOM, ctypes.byref(serial), None, None, None, 0
            )
        finally:
            kernel.SetThreadErrorMode(before, None)
        return (called(serial.value) if found else None), name.value or mount.at.rstrip("\\")

    def _address(root: str) -> str | None:
        r"""Which share a letter stands for: ``\\nas\audio``."""
        room, size = ctypes.create_unicode_buffer(_ROOM), ctypes.c_uint32(_ROOM)
        failed = ctypes.WinDLL("mpr").WNetGetConnectionW(root[:2], room, ctypes.byref(size))
        return None if failed else room.value

    def _folders(kernel: ctypes.WinDLL) -> list[str]:
        """Where volumes are mounted, letters or folders."""
        found: list[str] = []
        name = ctypes.create_unicode_buffer(_ROOM)
        kernel.FindFirstVolumeW.restype = ctypes.c_void_p
        search = kernel.FindFirstVolumeW(name, _ROOM)
        handle = ctypes.c_void_p(search)
        if search is None or search == ctypes.c_void_p(-1).value:
            return found
        try:
            while True:
                room, size = (ctypes.c_wchar * _ROOM)(), ctypes.c_uint32()
                if kernel.GetVolumePathNamesForVolumeNameW(name.value, room, _ROOM, ctypes.byref(size)):
                    found += [path for path in "".join(room)[: size.value].split("\0") if path]
                if not kernel.FindNextVolumeW(handle, name, _ROOM):
                    return found
        finally:
            kernel.FindVolumeClose(handle)
