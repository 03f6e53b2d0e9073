"""``ctk show``: everything known of one sound, and where it was read."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from ctk.cli import words
from ctk.cli.output import print_json
from ctk.cli.targets import id_of
from ctk.contract import Toolkit
from ctk.records import Fact, Sound, SoundHealth

_NAMES = {"bpm": "tempo", "heard_bpm": "tempo", "note": "root note"}
_WIDTH = 12


def show(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Print it as lines, or as one document."""
    id = id_of(toolkit, args.target)
    sound, health = toolkit.catalog.get(id), toolkit.waveforms.health(id)
    if args.json:
        print_json({**asdict(sound), "health": _health_json(health)})
    else:
        print("\n".join(_lines(sound, health)))
    return 0


def _lines(sound: Sound, health: SoundHealth) -> Iterator[str]:
    yield words.line(sound.path)
    told: list[tuple[str, str]] = [
        ("id", str(sound.id)),
        ("state", f"{sound.state}. {sound.reason}" if sound.reason else sound.state),
        ("format", ", ".join(filter(None, (sound.format, sound.codec)))),
        ("length", "" if sound.duration_s is None else _length(sound.duration_s)),
        ("rate", "" if sound.sample_rate_hz is None else f"{sound.sample_rate_hz / 1000:g} kHz"),
        ("channels", "" if sound.channels is None else str(sound.channels)),
        ("depth", "" if sound.bit_depth is None else f"{sound.bit_depth} bit"),
        ("size", words.size(sound.size_bytes)),
        ("added", _day(sound.added_s)),
        ("changed", _day(sound.mtime_ns / 1e9)),
    ]
    for fact in sound.facts:
        told.append((_NAMES.get(fact.name, fact.name), f"{_value(fact)}  ({words.line(fact.origin)})"))
    told += _said(sound)
    told += [(name, f"{words.line(text)}  (metadata)") for name, text in sound.metadata.items()]
    for level, db in (("peak", health.peak_db), ("loudness", health.loudness_db)):
        told.append((level, "" if db is None else f"{db:.1f} dB"))
    told += [("ails", finding) for finding in health.findings]
    told += [("fingerprint", sound.fingerprint or ""), ("full hash", sound.full_hash or "")]
    for name, text in told:
        if text:
            yield f"  {name:{_WIDTH}} {text}"


def _value(fact: Fact) -> str:
    if isinstance(fact.value, str):
        return fact.value
    return f"about {fact.value:.0f} bpm" if fact.by == "ear" else f"{fact.value:g} bpm"


def _said(sound: Sound) -> Iterator[tuple[str, str]]:
    """The user's own word."""
    yield "stars", f"{sound.rating} of 5  (your rating)" if sound.rating else ""
    yield "favourite", "yes  (yours)" if sound.favourite else ""
    for name, of in (("tags", sound.tags), ("collections", sound.collections), ("note", sound.remark.splitlines())):
        yield name, f"{words.line(', '.join(of))}  (your {name})" if of else ""


def _length(seconds: float) -> str:
    return f"{seconds:.3f} s" if seconds < 60 else words.length(seconds)


def _day(seconds: float) -> str:
    """In the zone of this machine; empty for a time that no calendar has."""
    try:
        return f"{datetime.fromtimestamp(seconds):%Y-%m-%d %H:%M}"
    except (OverflowError, OSError, ValueError):
        return ""


def _health_json(health: SoundHealth) -> dict[str, object]:
    document = asdict(health)
    del document["id"], document["path"]
    return document
