"""Protected folders are known by whatever path leads into them."""

import os
from pathlib import Path

from ctk.catalog.protection import Protected


def test_whatever_path_leads_there(tmp_path: Path) -> None:
    inner = tmp_path / "Keep" / "Inner"
    inner.mkdir(parents=True)
    (tmp_path / "Keeper").mkdir()
    (tmp_path / "alias").symlink_to(inner)
    protected = Protected([str(tmp_path / "Keep")])
    assert protected.covers(str(tmp_path / "Keep" / "a.wav"))
    assert protected.covers(str(inner / "a.wav"))
    assert protected.covers(str(tmp_path / "alias" / "a.wav")), "through a link"
    assert protected.covers(str(tmp_path / "Keeper" / ".." / "Keep" / "a.wav"))
    assert not protected.covers(str(tmp_path / "Keeper" / "a.wav"))
    assert not protected.covers(str(tmp_path / "Keep"))


def test_also_while_it_is_not_here(tmp_path: Path) -> None:
    protected = Protected([str(tmp_path / "Unplugged")])
    assert protected.covers(str(tmp_path / "Unplugged" / "Pack" / "a.wav"))
    assert not protected.covers(str(tmp_path / "Other" / "a.wav"))


def test_a_link_that_is_protected_protects_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "Real").mkdir()
    os.symlink(tmp_path / "Real", tmp_path / "link")
    assert Protected([str(tmp_path / "link")]).covers(str(tmp_path / "Real" / "a.wav"))
