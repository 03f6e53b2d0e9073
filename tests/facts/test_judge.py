"""Who is believed about a sound."""

from ctk.facts import judge, music
from ctk.facts.stated import NO_CLAIMS, NOTHING, Claims, Stated


def told(claims: Claims = NO_CLAIMS, name: str = "x", duration_s: float | None = 4.0, **metadata: str) -> Stated:
    return judge.judge(claims, metadata, "", name, duration_s)


def test_acid_is_believed_where_it_fits_the_length() -> None:
    found = told(Claims("acid", beats=8, tempo=120.0))
    assert found.bpm is not None
    assert (found.bpm.value, found.bpm.by) == (120.0, "acid")
    assert found.kind is not None
    assert found.kind.value == "loop"


def test_acid_is_not_believed_where_it_does_not() -> None:
    for claims in (
        Claims("acid", beats=8, tempo=140.0),
        Claims("acid", one_shot=True, beats=8, tempo=120.0),
        Claims("acid", beats=0, tempo=120.0),
        Claims("acid", beats=8, tempo=float("nan")),
        Claims("acid", beats=8, tempo=float("inf")),
        Claims("acid", beats=2**32 - 1, tempo=1e30),
        Claims("acid", beats=8, tempo=-120.0),
    ):
        assert told(claims).bpm is None


def test_an_apple_loop_has_the_tempo_of_its_beats() -> None:
    found = told(Claims("basc", beats=8, key=music.key("Am")), duration_s=4.0)
    assert found.bpm is not None
    assert found.bpm.value == 120.0
    assert found.key is not None
    assert music.key_name(found.key.value) == "Am"


def test_what_the_file_says_goes_before_its_name() -> None:
    found = told(Claims("acid", beats=8, tempo=120.0), "loop_100bpm_Am", key="F#m")
    assert found.bpm is not None
    assert found.key is not None
    assert (found.bpm.by, found.key.by) == ("acid", "metadata")


def test_metadata_goes_before_the_name() -> None:
    found = told(name="loop_100bpm", bpm="93.5")
    assert found.bpm is not None
    assert (found.bpm.value, found.bpm.by) == (93.5, "metadata")
    for nonsense in ("0", "fast", "1e9", "-3", "nan"):
        assert told(bpm=nonsense).bpm is None


def test_a_one_shot_has_no_tempo() -> None:
    assert told(Claims("acid", one_shot=True), "kick_120bpm").bpm is None


def test_a_made_up_root_note_says_nothing() -> None:
    """Writers put middle C, or nothing, where nobody told them a note; it counts where somebody mapped the sound."""
    assert told(Claims(note=60, note_by="smpl")).note is None
    assert told(Claims(note=0, note_by="smpl")).note is None
    for note, mapped, name in ((45, False, "A2"), (60, True, "C4")):
        found = told(Claims(note=note, note_by="smpl", mapped=mapped)).note
        assert found is not None
        assert (music.note_name(found.value), found.by) == (name, "smpl")


def test_one_or_two_beats_do_not_make_a_loop_of_a_drum() -> None:
    for beats, kind in ((1, "one-shot"), (2, "one-shot"), (4, "loop")):
        found = told(Claims("acid", beats=beats, tempo=120.0), "Kick one shot", beats * 0.5).kind
        assert found is not None
        assert found.value == kind


def test_a_tempo_that_was_written_without_a_loop_makes_none() -> None:
    found = told(Claims("acid", beats=32, tempo=121.0), "pad", 16.0)
    assert found.bpm is not None
    assert found.kind is None


def test_the_root_note_of_a_loop_is_its_key() -> None:
    found = told(Claims("acid", beats=8, tempo=120.0, root=57))
    assert found.key is not None
    assert (music.key_name(found.key.value), found.key.by, found.key.text) == ("A", "acid", "A3")
    assert found.note is None


def test_a_root_note_of_a_one_shot_is_its_note() -> None:
    found = told(Claims("acid", one_shot=True, root=57))
    assert found.key is None
    assert found.note is not None
    assert (music.note_name(found.note.value), found.note.by) == ("A3", "acid")


def test_without_claims_and_tags_the_name_speaks() -> None:
    found = told(name="Loop 120bpm Am", title="90")
    assert found.bpm is not None
    assert (found.bpm.value, found.bpm.by) == (120.0, "name")
    assert told(name="thing") == NOTHING
