"""``ctk play``, ``peaks``, ``devices`` and ``doctor --library``: hearing sounds, and what listening to them shows."""

import argparse
import os
import shutil
import sys
import time
from dataclasses import asdict
from typing import Any

from ctk.cli import drawing, words
from ctk.cli.output import print_json
from ctk.cli.progress import wait
from ctk.contract import Toolkit
from ctk.errors import Cancelled, UsageError
from ctk.records import Peaks, SoundHealth

POINTS = 1024
WIDTH = 80
DIGITS = 6
"""Of a sample; 24 bits hold no more than seven."""
_LOOK_EVERY_S = 0.02


def play(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Play a file or a catalogued sound to its end, or for so many seconds."""
    if args.device is not None:
        toolkit.audio.set_device(_device(toolkit, args.device))
    toolkit.audio.play(_target(args.target), start_s=args.start, loop=args.loop)
    deadline = time.monotonic() + args.seconds if args.seconds is not None else float("inf")
    while toolkit.audio.now().state == "playing" and time.monotonic() < deadline:
        time.sleep(_LOOK_EVERY_S)
    failed = toolkit.audio.now().error
    toolkit.audio.stop()
    if failed:
        words.complain(failed)
    return 1 if failed else 0


def peaks(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Print the outline of a sound as numbers, or draw it."""
    target = _target(args.target)
    points = args.points or (POINTS if args.json else shutil.get_terminal_size((WIDTH, 24)).columns - 1)
    path = toolkit.catalog.get(target).path if isinstance(target, int) else os.path.abspath(target)
    found = toolkit.waveforms.peaks(target, points, start_s=args.start, end_s=args.end)
    if args.json:
        print_json(_peaks_json(path, found))
    else:
        print(drawing.outline(found, sys.stdout.encoding))
        print(words.outline(path, found))
    return 0


def devices(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """List what can be played on."""
    found = toolkit.audio.devices()
    if args.json:
        print_json({"devices": [asdict(device) for device in found]})
    else:
        print(words.devices(found))
    return 0


def library(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Listen to what was not listened to yet, and list what is unwell; 1 when that was cut short."""
    stopped = False
    try:
        wait(toolkit.waveforms.build(), unit="sounds")
    except Cancelled:
        stopped = True
        words.complain("Stopped; this is what was found so far.")
    health = toolkit.doctor.library()
    if args.json:
        sounds = [_health_json(sound) for sound in health.sounds]
        print_json({"checked": health.checked, "unchecked": health.unchecked, "sounds": sounds})
    else:
        print(words.library(health))
    return int(stopped)


def _target(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() else text


def _device(toolkit: Toolkit, name: str) -> str:
    """The id of the device with ``name``, or with that in its name. Raises ``UsageError`` when it is not one."""
    found = toolkit.audio.devices()
    wanted = name.casefold()
    hits = [device for device in found if device.name.casefold() == wanted]
    hits = hits or [device for device in found if wanted in device.name.casefold()]
    if len({device.name for device in hits}) == 1:
        return hits[0].id
    names = ", ".join(f"“{words.line(device.name)}”" for device in hits or found) or "none at all"
    if hits:
        raise UsageError(f"More than one sound device has “{name}” in its name: {names}.")
    raise UsageError(f"No sound device has “{name}” in its name; there are {names}.")


_HEALTH_FIELDS = ("id", "path", "ailments", "findings", "peak_db", "loudness_db")


def _health_json(sound: SoundHealth) -> dict[str, Any]:
    return {name: getattr(sound, name) for name in _HEALTH_FIELDS}


def _peaks_json(path: str, peaks: Peaks) -> dict[str, Any]:
    return {
        "path": path,
        "duration_s": peaks.duration_s,
        "sample_rate_hz": peaks.sample_rate_hz,
        "channels": peaks.channels,
        "points": len(peaks.rms),
        "start_s": peaks.start_s,
        "end_s": peaks.end_s,
        "min": [round(float(value), DIGITS) for value in peaks.low],
        "max": [round(float(value), DIGITS) for value in peaks.high],
        "rms": [round(float(value), DIGITS) for value in peaks.rms],
    }
