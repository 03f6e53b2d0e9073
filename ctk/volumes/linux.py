"""Drives on Linux: the kernel's list of mounts, and the names that udev keeps of file systems."""

import os
import re

from ctk.volumes.mount import Mount, share

_TABLE = "/proc/self/mountinfo"
_UUIDS = "/dev/disk/by-uuid"
_LABELS = "/dev/disk/by-label"

_SHARES = frozenset(("cifs", "smb3", "smbfs"))
_NETWORK = _SHARES | frozenset(
    (
        "9p afs ceph davfs fuse.curlftpfs fuse.davfs fuse.gcsfuse fuse.glusterfs fuse.google-drive-ocamlfuse"
        " fuse.gvfsd-fuse fuse.onedriver fuse.pcloud.fs fuse.rclone fuse.s3fs fuse.smbnetfs fuse.sshfs glusterfs lustre"
        " ncpfs nfs nfs4"
    ).split()
)
_NO_FILES = frozenset(
    (
        "autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fuse.portal fusectl hugetlbfs"
        " mqueue nsfs proc pstore rpc_pipefs securityfs selinuxfs squashfs sysfs tracefs"
    ).split()
)
_NUMBERED = frozenset(("btrfs", "ext2", "ext3", "ext4", "tmpfs"))
"""File systems whose number (``f_fsid``) is made from their UUID, or anew for each that is made."""

_ESCAPE = re.compile(r"\\([0-7]{3})")
_UDEV_ESCAPE = re.compile(r"\\x([0-9a-fA-F]{2})")


def mounts() -> list[Mount]:
    try:
        with open(_TABLE, "rb") as file:
            return parsed(os.fsdecode(file.read()))
    except OSError:
        return [Mount("/", "/")]


def identify(mount: Mount, path: str) -> tuple[str | None, str]:
    if mount.network:
        return (share(mount.source) if mount.kind in _SHARES else f"{mount.kind}:{mount.source}"), _last(mount.source)
    label = _called(_LABELS, mount.source) or _last(mount.at)
    if mount.source.startswith("/") and (uuid := _called(_UUIDS, mount.source)):
        return f"uuid:{uuid}", label
    if mount.kind in _NUMBERED:
        number = _number(mount.at)
        return (f"{mount.kind}:{number:x}" if number else None), label
    return (None if mount.source.startswith("/dev/") else f"{mount.kind}:{mount.source}"), label


def parsed(table: str) -> list[Mount]:
    """The mounts of a ``mountinfo`` file that may hold files of the user."""
    found = []
    for line in table.split("\n"):
        before, _, after = line.partition(" - ")
        fields, rest = before.split(" "), after.split(" ")
        if len(fields) < 5 or len(rest) < 2 or rest[0] in _NO_FILES:
            continue
        top, at = (_plain(field) for field in fields[3:5])
        found.append(Mount(at, _plain(rest[1]), rest[0], top.strip("/"), rest[0] in _NETWORK))
    return found


def _plain(field: str) -> str:
    """A field without the escapes for spaces and the like."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 8)), field)


def _called(folder: str, device: str) -> str | None:
    """The name of the link in ``folder`` that leads to ``device``."""
    try:
        number = os.stat(device).st_rdev
        with os.scandir(folder) as links:
            names = [link.name for link in links if os.stat(link.path).st_rdev == number]
    except OSError:
        return None
    return _UDEV_ESCAPE.sub(lambda match: chr(int(match[1], 16)), names[0]) if names else None


def _number(path: str) -> int:
    try:
        return os.statvfs(path).f_fsid
    except OSError:
        return 0


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2] or "the system's drive"
