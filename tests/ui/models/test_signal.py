"""Everyone who connected is told, in order."""

from ctk.ui.models.signal import Signal


def test_everyone_is_told_in_order() -> None:
    signal: Signal[[int, str]] = Signal()
    told: list[object] = []
    signal.connect(lambda number, text: told.append(number))
    signal.connect(lambda number, text: told.append(text))
    signal(1, "a")
    signal(2, "b")
    assert told == [1, "a", 2, "b"]
