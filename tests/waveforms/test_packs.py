"""Real sample packs: what is found in them is really there, as a look at the samples told, and nothing else."""

import os
from pathlib import Path

import pytest

import ctk
from ctk.errors import CannotDecode
from ctk.waveforms.health import findings
from ctk.waveforms.listening import listen

OFF_THE_MIDDLE = {
    "bassloops/tb303_01.ogg",
    "bassloops/techno_bass02.ogg",
    "beats/electro_beat01.ogg",
    "drums/hihat_foot_pedal01.ogg",
    "instruments/piano02.ogg",
    "latin/latin_guitar01.ogg",
    "misc/hit02.ogg",
    "stringsnpads/chorus02.ogg",
    "waveforms/lfo_trancegate_triplet_quarter.flac",
    "waveforms/w2_invsineabs.flac",
}
"""Sounds that never come back to zero, and two shapes that are made so."""


def unwell(folder: Path) -> dict[str, list[str]]:
    """What ails the sounds of a pack."""
    found = {}
    for path in sorted(folder.rglob("*")):
        try:
            ailments = [str(ailment) for ailment in findings(listen(str(path)).numbers)]
        except CannotDecode:
            continue
        if ailments:
            found[os.path.relpath(path, folder)] = ailments
    return found


def test_sonic_pi(sonic_pi: Path) -> None:
    tablas = {f"tabla_{name}.flac": ["offset"] for name in "ghe1 ghe2 ghe3 ghe5 ghe6 ghe7 ke3".split()}
    assert unwell(sonic_pi) == {"drum_heavy_kick.flac": ["clipped"], **tablas}


def test_lmms(lmms: Path) -> None:
    square = {"waveforms/analogsqr.flac": ["clipped"]}
    assert unwell(lmms) == square | {name: ["offset"] for name in OFF_THE_MIDDLE}


def heard(home: Path, folder: Path) -> dict[str, tuple[float, str | None]]:
    """The tempo by ear, and the stated type, of what has one."""
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([folder]).result(120)
        toolkit.waveforms.build().result(120)
        rows = toolkit.catalog.search(limit=1_000).rows
        return {row.name: (row.heard_bpm, row.type) for row in rows if row.heard_bpm is not None}


def test_of_lmms_loops_have_a_tempo_and_nothing_else_has(lmms: Path, home: Path) -> None:
    found = heard(home, lmms)
    assert len(found) >= 18
    assert {type for _, type in found.values()} == {"loop"}
    assert found["electro_beat01.ogg"][0] == pytest.approx(120, abs=1)
    assert found["house_loop01.ogg"][0] == pytest.approx(142, abs=1)


def test_of_sonic_pi_loops_have_a_tempo_and_nothing_else_has(sonic_pi: Path, home: Path) -> None:
    found = heard(home, sonic_pi)
    assert len(found) >= 9
    assert {type for _, type in found.values()} == {"loop"}
    told = {name.removesuffix(".flac").removeprefix("loop_"): bpm for name, (bpm, _) in found.items()}
    assert (told["mika"], told["garzul"]) == pytest.approx((120, 120), abs=1)
    assert told["electric"] == pytest.approx(97, abs=1)
    assert "drone_g_97" not in told
