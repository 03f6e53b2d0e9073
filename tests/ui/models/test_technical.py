"""What is technical about an error."""

from ctk import __version__
from ctk.errors import CtkError
from ctk.ui.models.technical import explained, technical


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except Exception as exc:
        return exc


def test_it_tells_version_cause_and_place() -> None:
    said = technical(raised(CtkError("The drive does not answer."), OSError(5, "Input/output error")))
    assert __version__ in said and "Input/output error" in said and "test_technical.py" in said
    assert "ZeroDivisionError" in technical(raised(ZeroDivisionError("division by zero")))


def test_a_sentence_that_says_it_all_needs_no_more() -> None:
    assert technical(raised(CtkError("There is no such folder."))) == ""


def test_names_that_are_no_text_can_be_copied() -> None:
    assert "\\udcff" in technical(raised(OSError("caf\udcff.wav")))


def test_the_sentence_is_the_error_s_own_or_another() -> None:
    assert explained(raised(CtkError("The drive is gone.")), "It went wrong.") == ("The drive is gone.", "")
    sentence, details = explained(raised(ZeroDivisionError("division by zero")), "It went wrong.")
    assert sentence == "It went wrong." and "division by zero" in details
