"""What somebody who helps wants to know about an error."""

import traceback

from ctk import __version__
from ctk.errors import CtkError


def technical(error: BaseException) -> str:
    """Everything there is to say; empty where the sentence for the user says it all."""
    if isinstance(error, CtkError) and error.__cause__ is None:
        return ""
    import platform

    system = f"Creator's Toolkit {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return "".join((system, "\n\n", *traceback.format_exception(error))).encode("utf-8", "backslashreplace").decode()
