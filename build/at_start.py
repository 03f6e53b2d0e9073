"""Runs in a bundle before anything else: the bundle's libraries are its own, and so is its way to trust a server."""

import os
import sys

CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, Red Hat
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # macOS, Alpine
)


def own_libraries() -> None:
    """Programs started from here find their libraries as if they were started from a desktop.

    The loader has read the variable already; https://pyinstaller.org/en/stable/runtime-information.html.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = before


def trust() -> None:
    """The bundle's OpenSSL looks for certificates where the computer that built it keeps them."""
    if not os.environ.get("SSL_CERT_FILE") and not os.environ.get("SSL_CERT_DIR"):
        for file in filter(os.path.isfile, CERTIFICATES):
            os.environ["SSL_CERT_FILE"] = file
            return


if sys.platform != "win32":
    own_libraries()
    trust()
