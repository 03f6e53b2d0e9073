"""Plans over a disk made of a dict: what can be done, what cannot, and why. Nothing real is touched."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from ctk.batch import plan
from ctk.batch.names import folded
from ctk.batch.plan import Seen
from ctk.records import Plan, Sound, SoundState


@dataclass
class Disk:
    """A ``View`` of files that exist by being written down."""

    files: dict[str, Seen] = field(default_factory=dict)
    sides: dict[str, Sequence[str]] = field(default_factory=dict)
    ignores_case: bool = False
    protected: str = "/nowhere/"
    space: int = 1 << 40

    def look(self, path: str) -> Seen | None:
        return next((seen for name, seen in self.files.items() if self.key(name) == self.key(path)), None)

    def side_files(self, path: str) -> Sequence[str]:
        return self.sides.get(path, ())

    def key(self, path: str) -> str:
        return folded(path) if self.ignores_case else path

    def volume(self, folder: str) -> int:
        return 2 if folder.startswith("/drive") else 1

    def room(self, folder: str) -> int:
        return self.space

    def is_protected(self, path: str) -> bool:
        return path.startswith(self.protected)

    def sound(self, path: str, *, state: SoundState = "ok", size: int = 100, inode: int = 0, links: int = 1) -> Sound:
        id = len(self.files) + 1
        self.files[path] = Seen("file", size, 5, 1, inode or id, links)
        name = os.path.basename(path)
        facts = ("wav", "pcm", 1.0, 44100, 1, 16, size, state)
        return Sound(
            *(id, path, name, *facts),
            source_id=1,
            mtime_ns=5,
            added_s=0.0,
            reason=None,
            metadata={},
            fingerprint=None,
            full_hash=None,
            file_id=None,
        )


@pytest.fixture
def disk() -> Disk:
    return Disk()


def reasons(made: Plan) -> list[str]:
    return [refusal.reason for refusal in made.refused]


def targets(made: Plan) -> list[str]:
    return [step.target for step in made.steps]


def held(sound: Sound) -> str:
    return f"/s/.ctk-held/{sound.name}"


def test_a_move(disk: Disk) -> None:
    a, b = disk.sound("/s/x/a.wav"), disk.sound("/s/y/b.wav")
    disk.sides[a.path] = [".asd"]
    made = plan.move([a, b], "/s/z", disk)
    assert made.title == "Move 2 sounds to z"
    assert targets(made) == ["/s/z/a.wav", "/s/z/b.wav"]
    assert made.steps[0].side_files == (("/s/x/a.wav.asd", "/s/z/a.wav.asd"),)
    assert (made.bytes_freed, made.warnings, made.refused) == (0, (), ())


def test_what_stands_in_the_way(disk: Disk) -> None:
    a, twin, b, c, there = (disk.sound(f"/s/{name}.wav") for name in ("x/a", "y/a", "x/b", "x/c", "z/there"))
    disk.files["/s/z/b.wav"] = Seen("link")
    disk.sides[c.path] = [".asd"]
    disk.files["/s/z/c.wav.asd"] = Seen("file")
    made = plan.move([a, twin, b, c, there], "/s/z", disk)
    assert targets(made) == ["/s/z/a.wav"]
    assert reasons(made) == [
        "This file is in that folder already.",
        "/s/x/a.wav would get the same name.",
        "There already is a file called b.wav in that place.",
        "There already is a file called c.wav.asd in that place.",
    ]


@pytest.mark.parametrize("state", ["missing", "offline", "cloud", "held"])
def test_sounds_that_are_not_here(disk: Disk, state: SoundState) -> None:
    sound = disk.sound("/s/a.wav", state=state)
    assert reasons(plan.remove([sound], held, disk)) == [plan._STATES[state]]


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (None, "no longer there"),
        (Seen("link"), "a link"),
        (Seen("other"), "not a file"),
        (Seen("hidden"), "cannot be looked at"),
        (Seen("file", 101, 5), "changed since"),
        (Seen("file", 100, 6), "changed since"),
    ],
)
def test_files_that_are_not_what_the_catalog_says(disk: Disk, seen: Seen | None, words: str) -> None:
    sound = disk.sound("/s/a.wav")
    disk.files.pop(sound.path)
    if seen:
        disk.files[sound.path] = seen
    (reason,) = reasons(plan.remove([sound], held, disk))
    assert words in reason


def test_names_that_free_each_other(disk: Disk) -> None:
    a, b, c = (disk.sound(f"/s/{name}.wav") for name in "abc")
    assert len(plan.rename([(a, "b.wav"), (b, "c.wav"), (c, "a.wav")], disk).steps) == 3
    disk.files["/s/d.wav"] = Seen("file")
    blocked = plan.rename([(a, "b.wav"), (b, "c.wav"), (c, "d.wav")], disk)
    assert blocked.steps == (), "one that stays keeps all others where they are"
    assert len(blocked.refused) == 3


def test_case_on_both_kinds_of_disk(disk: Disk) -> None:
    small, other = disk.sound("/s/kick.wav"), disk.sound("/s/snare.wav")
    assert targets(plan.rename([(small, "KICK.wav")], disk)) == ["/s/KICK.wav"]
    assert targets(plan.rename([(other, "Kick.wav")], disk)) == ["/s/Kick.wav"]
    disk.ignores_case = True
    assert targets(plan.rename([(small, "KICK.wav")], disk)) == ["/s/KICK.wav"]
    assert targets(plan.rename([(other, "Kick.wav")], disk)) == []
    assert targets(plan.rename([(small, "x.wav"), (other, "X.wav")], disk)) == ["/s/x.wav"]
    assert targets(plan.rename([(small, "Snare.wav"), (other, "Kick.wav")], disk)) == ["/s/Snare.wav", "/s/Kick.wav"]


def test_names_that_cannot_be(disk: Disk) -> None:
    a = disk.sound("/s/a.wav")
    assert reasons(plan.rename([(a, "a.wav")], disk)) == ["This is the name it has already."]
    assert "Windows" in reasons(plan.rename([(a, "aux.wav")], disk))[0]


def test_another_volume_costs_time_and_space(disk: Disk) -> None:
    a, b = disk.sound("/s/a.wav", size=60), disk.sound("/s/b.wav", size=50)
    disk.space = 100
    made = plan.move([a, b], "/drive/x", disk)
    assert made.warnings == ("1 sound (0.0 MB) must be copied to another drive, which takes time.",)
    assert reasons(made) == ["There is not enough space left on the other drive."]


def test_what_a_removal_frees(disk: Disk) -> None:
    plain = disk.sound("/s/a.wav", size=10)
    one, two = (disk.sound(f"/s/{name}.wav", size=100, inode=77, links=2) for name in ("b", "c"))
    third = disk.sound("/s/d.wav", size=1000, inode=88, links=3)
    made = plan.remove([plain, one, two, third], held, disk)
    assert made.bytes_freed == 110
    assert "3 sounds can be reached under several names" in made.warnings[0]


def test_duplicates(disk: Disk) -> None:
    kept, spare, link = disk.sound("/s/a.wav"), disk.sound("/s/b.wav"), disk.sound("/s/c.wav", inode=1)
    made = plan.clean([(spare, kept)], held, disk)
    assert [(step.path, step.twin, step.action) for step in made.steps] == [(spare.path, kept.path, "remove")]
    assert reasons(plan.clean([(link, kept)], held, disk)) == [plan.SAME_FILE]
    assert plan.clean([(spare, kept), (kept, spare)], held, disk).steps == ()
    disk.protected = "/s/b"
    assert reasons(plan.clean([(spare, kept)], held, disk)) == [plan.PROTECTED]
    assert len(plan.clean([(kept, spare)], held, disk).steps) == 1
    disk.files.pop(spare.path)
    assert "not there as it was found" in reasons(plan.clean([(kept, spare)], held, disk))[0]
    other = disk.sound("/s/e.wav", size=5)
    assert "not the same" in reasons(plan.clean([(other, kept)], held, disk))[0]
