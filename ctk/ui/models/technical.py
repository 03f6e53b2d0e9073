"""What somebody who helps wants to know about an error."""

import traceback

from ctk import __version__
from ctk.errors import CtkError


def explained(error: BaseException, unforeseen: str) -> tuple[str, str]:
    """The sentence for the user, ``unforeseen`` where the error has none, and what is technical about it."""
    return (str(error) if isinstance(error, CtkError) else unforeseen), technical(error)


def technical(error: BaseException) -> str:
    """Everything there is to say; empty where the sentence for the user says it all."""
    if isinstance(error, CtkError) and error.__cause__ is None:
        return ""
    import platform

    system = f"Creator's Toolkit {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return "".join((system, "\n\n", *traceback.format_exception(error))).encode("utf-8", "backslashreplace").decode()
