"""What was played last, newest first."""

from ctk.ui.models.recent import Recent
from tests.ui.models.conftest import Room


def test_what_was_heard_is_there_newest_first(room: Room) -> None:
    recent = Recent(room.toolkit.catalog, room.pump)
    recent.ask()
    assert list(recent.rows) == []
    for name in ("kick 1", "snare"):
        room.toolkit.audio.play(room.row(name).id)
        room.run(lambda: room.now.state == "stopped", "the end of it")
    room.run(lambda: len(room.toolkit.catalog.recent()) == 2)
    recent.ask()
    room.run(lambda: [row.name for row in recent.rows] == ["snare tight.wav", "kick 1.wav"])
