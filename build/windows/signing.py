"""Signatures for Windows: of the programs, of the setup and of its uninstaller, where a certificate is configured.

CTK_SIGN_CERTIFICATE (a .pfx file) with CTK_SIGN_PASSWORD, or CTK_SIGN_THUMBPRINT (of a certificate in the user's store,
as tokens and key vaults offer theirs), turn it on. CTK_SIGN_TIMESTAMP is the time server, CTK_SIGNTOOL the path of
``signtool`` where it is not on the PATH. ``python build/windows/signing.py FILE ...`` signs files.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

TIMESTAMP = "http://timestamp.digicert.com"
UNSIGNED = (
    "Not signed: neither CTK_SIGN_CERTIFICATE nor CTK_SIGN_THUMBPRINT is set. Windows will say that it does not know "
    "who made the setup."
)


def configured(environ: Mapping[str, str]) -> bool:
    return bool(environ.get("CTK_SIGN_CERTIFICATE") or environ.get("CTK_SIGN_THUMBPRINT"))


def command(environ: Mapping[str, str], files: Sequence[str]) -> list[str]:
    """The call of ``signtool`` for all of ``files``."""
    if certificate := environ.get("CTK_SIGN_CERTIFICATE"):
        password = environ.get("CTK_SIGN_PASSWORD")
        identity = ["/f", certificate, *(["/p", password] if password else [])]
    else:
        identity = ["/sha1", environ["CTK_SIGN_THUMBPRINT"]]
    time = ["/tr", environ.get("CTK_SIGN_TIMESTAMP") or TIMESTAMP, "/td", "sha256"]
    return [environ.get("CTK_SIGNTOOL") or "signtool", "sign", "/fd", "sha256", *time, *identity, *files]


def hook() -> str:
    """What NSIS runs for the uninstaller, which exists only while the setup is made; ``%1`` is its place."""
    return f'"{sys.executable}" "{Path(__file__).resolve()}" "%1"'


def sign(files: Sequence[Path]) -> int:
    """Sign them all; the exit code of ``signtool``, which says itself what went wrong."""
    return subprocess.run(command(os.environ, [str(file) for file in files]), check=False).returncode


if __name__ == "__main__":
    sys.exit(sign([Path(name) for name in sys.argv[1:]]))
