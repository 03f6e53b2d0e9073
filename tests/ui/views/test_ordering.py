"""The list is sorted without a mouse."""

from ctk.ui.models.search import Ask
from ctk.ui.views.ordering import order_lines
from tests.ui.conftest import Rig


def test_every_column_that_sorts_is_there_and_that_of_now_is_ticked(rig: Rig) -> None:
    lines = order_lines(rig.window.search)
    assert [line.label for line in lines if line.checked] == ["Name"]
    next(line for line in lines if line.label == "Size").run()  # type: ignore[misc]
    rig.wait(lambda: rig.window.search.ask == Ask("", "size_bytes", False), "the order")
    assert rig.names[0] == "broken.wav"


def test_the_order_turns_around(rig: Rig) -> None:
    around = order_lines(rig.window.search)[-1]
    assert around.run is not None and around.checked is False
    around.run()
    rig.wait(lambda: rig.window.search.ask.desc, "the order")
    assert order_lines(rig.window.search)[-1].checked
