"""Drives on macOS: the mounts that the kernel lists, and the UUID and name of a volume."""

import ctypes
import os
import platform
import struct
import uuid

from ctk.volumes.mount import Mount, share

_MNT_NOWAIT = 2
_MNT_LOCAL = 0x1000
_SHARES = frozenset(("smbfs", "cifs"))
_NO_FILES = frozenset(("devfs", "autofs", "nullfs"))

_ATTR_BIT_MAP_COUNT = 5
_ATTR_VOL_INFO = 0x80000000
_ATTR_VOL_NAME = 0x00002000
_ATTR_VOL_UUID = 0x00040000
_BUFFER = 2048


class _StatFs(ctypes.Structure):
    """``struct statfs`` with 64-bit inodes, from sys/mount.h."""

    _fields_ = (
        ("sizes", ctypes.c_uint32 * 2),
        ("counts", ctypes.c_uint64 * 5),
        ("fsid", ctypes.c_int32 * 2),
        ("owner", ctypes.c_uint32),
        ("type", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("subtype", ctypes.c_uint32),
        ("kind", ctypes.c_char * 16),
        ("at", ctypes.c_char * 1024),
        ("source", ctypes.c_char * 1024),
        ("reserved", ctypes.c_uint32 * 8),
    )


def mounts() -> list[Mount]:
    library = ctypes.CDLL(None, use_errno=True)
    list_them = getattr(library, "getfsstat$INODE64" if platform.machine() == "x86_64" else "getfsstat")
    count = list_them(None, 0, _MNT_NOWAIT)
    if count <= 0:
        return [Mount("/", "/")]
    found = (_StatFs * (count + 8))()
    count = list_them(ctypes.byref(found), ctypes.sizeof(found), _MNT_NOWAIT)
    return [_mount(entry) for entry in found[: max(count, 0)] if os.fsdecode(entry.kind) not in _NO_FILES]


def identify(mount: Mount, path: str) -> tuple[str | None, str]:
    """A share by its address, a disk by the UUID of its volume; see ``mount.System``."""
    if mount.network:
        name = mount.source.rstrip("/").rpartition("/")[2]
        return (share(mount.source) if mount.kind in _SHARES else f"{mount.kind}:{mount.source}"), name
    library = ctypes.CDLL(None, use_errno=True)
    of_volume = _ATTR_VOL_INFO | _ATTR_VOL_NAME | _ATTR_VOL_UUID
    wanted = struct.pack("=HHIIIII", _ATTR_BIT_MAP_COUNT, 0, 0, of_volume, 0, 0, 0)
    buffer = ctypes.create_string_buffer(_BUFFER)
    failed = library.getattrlist(os.fsencode(path), wanted, buffer, ctypes.c_size_t(_BUFFER), ctypes.c_uint32(0))
    name, id = ("", None) if failed else parsed(buffer.raw)
    return id, name or os.path.basename(mount.at.rstrip("/")) or "the system's drive"


def parsed(attributes: bytes) -> tuple[str, str | None]:
    """The name and the UUID in what ``getattrlist`` wrote: a length, where the name is and how long, the UUID."""
    total, name_at, name_length = struct.unpack_from("=IiI", attributes)
    number = uuid.UUID(bytes=attributes[12:28])
    start = 4 + name_at  # counted from the field that says so
    name = attributes[start : min(start + name_length, total)].rstrip(b"\0")
    return os.fsdecode(name), f"uuid:{number}" if number.int else None


def _mount(entry: _StatFs) -> Mount:
    network = not entry.flags & _MNT_LOCAL
    return Mount(os.fsdecode(entry.at), os.fsdecode(entry.source), os.fsdecode(entry.kind), network=network)
