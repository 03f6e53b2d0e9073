"""Sources in words: what a list says of each, and what changed."""

import time
from dataclasses import replace

from ctk.cli import source_words
from ctk.records import Place, Source

SEEN_S = time.mktime((2026, 5, 1, 12, 0, 0, 0, 0, -1))
HERE = Source(1, "/media/a", "ok", 1200, 3_400_000_000, 7200.0, volume="SAMPLES", seen_s=SEEN_S, scanned_s=SEEN_S)
AWAY = replace(HERE, id=12, path="/media/b", state="offline", missing=3, problems=2, cloud=1, protected=True)


def test_a_table_of_sources() -> None:
    assert source_words.table([HERE, AWAY]).split("\n") == [
        " #  files    size      length  missing  problems  last scan   folder",
        " 1  1,200  3.4 GB  2 h 00 min                     2026-05-01  /media/a",
        "12  1,200  3.4 GB  2 h 00 min        3         2  2026-05-01  /media/b",
        "    offline, on SAMPLES, last seen 2026-05-01; 1 file only online; protected",
    ]


def test_where_a_source_is() -> None:
    assert source_words.state(HERE) == ""
    assert source_words.state(AWAY) == "offline, on SAMPLES, last seen 2026-05-01"
    assert source_words.state(replace(AWAY, volume=None, seen_s=None)) == "offline"


def test_what_changed() -> None:
    def told(now: Source) -> list[str]:
        return list(source_words.changes([HERE], [now]))

    assert told(HERE) == []
    assert told(replace(HERE, files=1201)) == ["/media/a: 1 file more"]
    assert told(replace(HERE, files=1198, missing=2)) == ["/media/a: 2 files fewer, 2 more missing"]
    assert told(replace(HERE, bytes=1)) == ["/media/a: changed"]
    assert told(replace(HERE, state="offline")) == ["/media/a: offline, on SAMPLES, last seen 2026-05-01"]
    assert list(source_words.changes([AWAY], [replace(AWAY, state="ok", path="/x")])) == [
        "/media/b: is /x now",
        "/x: here again",
    ]
    assert list(source_words.changes([HERE], [AWAY])) == ["/media/b: added", "/media/a: removed"]


def test_places() -> None:
    music = Place("/home/me/Music", "Music", "folder", 5, 2000, cloud=2, source_id=1)
    assert source_words.places([music]) == (
        "        5     2.0 KB  Music: /home/me/Music  (2 files only online, in the catalog)"
    )
    assert source_words.places([]) == "No audio was found in the places where it usually is."
