"""Real sample packs: what is found in them is really there, as a look at the samples told, and nothing else."""

import os
from pathlib import Path

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
