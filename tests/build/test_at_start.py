"""What a bundle does before the program itself begins."""

import os
import runpy
import sys
from pathlib import Path

import pytest

from tests import house

SCRIPT = str(house.ROOT / "build" / "at_start.py")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX systems libraries are found by a variable")


@POSIX
@pytest.mark.parametrize("before", [None, "/opt/own/lib"])
def test_other_programs_find_their_own_libraries(monkeypatch: pytest.MonkeyPatch, before: str | None) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/bundle/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    if before:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    runpy.run_path(SCRIPT)
    assert os.environ.get("LD_LIBRARY_PATH") == before
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


@POSIX
def test_servers_are_trusted_as_the_system_trusts_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "")
    monkeypatch.setenv("SSL_CERT_FILE", "")
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    trust = runpy.run_path(SCRIPT)["trust"]
    monkeypatch.setenv("SSL_CERT_FILE", "")
    bundled = tmp_path / "of this system.pem"
    bundled.touch()
    monkeypatch.setitem(trust.__globals__, "CERTIFICATES", (str(tmp_path / "of another.pem"), str(bundled)))
    trust()
    assert os.environ["SSL_CERT_FILE"] == str(bundled)


@POSIX
def test_the_users_own_choice_of_certificates_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "")
    monkeypatch.setenv("SSL_CERT_FILE", "/home/producer/certificates.pem")
    runpy.run_path(SCRIPT)
    assert os.environ["SSL_CERT_FILE"] == "/home/producer/certificates.pem"
