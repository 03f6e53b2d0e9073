"""An error says what is technical about it to who asks."""

import pytest

from ctk.ui.telling import UNFORESEEN
from tests.ui.conftest import Rig


@pytest.mark.logs_errors
def test_details_can_be_read_and_copied(rig: Rig) -> None:
    def fail() -> None:
        raise ZeroDivisionError("division by zero")

    rig.root.after(1, fail)
    rig.wait(rig.window.status.more.winfo_ismapped, "the button")
    assert rig.status == UNFORESEEN
    rig.window.status.more.invoke()
    panel = rig.window.technical
    rig.wait(panel.winfo_ismapped, "the drawer")
    assert "ZeroDivisionError" in panel.text.get("1.0", "end")
    assert rig.root.focus_get() is panel.copy
    rig.hands.key("Return")
    rig.wait(lambda: str(panel.copy.cget("text")) == "Copied", "the copy")
    copied = rig.root.clipboard_get()
    assert copied.startswith(UNFORESEEN) and "division by zero" in copied
    rig.hands.key("Escape")
    rig.wait(lambda: not panel.winfo_ismapped(), "the end")


def test_a_sentence_that_says_it_all_has_no_button(rig: Rig) -> None:
    rig.window.status.complain("There is no such folder.")
    rig.root.update()
    assert rig.status == "There is no such folder." and not rig.window.status.more.winfo_manager()
    rig.window.status.complain("Something.", "more of it")
    assert rig.window.status.more.winfo_manager()
    rig.window.status.complain("")
    assert not rig.window.status.more.winfo_manager()
