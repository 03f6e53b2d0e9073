"""Who is believed about a sound."""

from ctk.facts import judge, music
from ctk.facts.stated import Claims, Stated


def told(claims: Claims = Claims(), name: str = "x", duration_s: float | None = 4.0, **metadata: str) -> Stated:
    return judge.judge(claims, metadata, "", name, duration_s)


def test_acid_is_believed_where_it_fits_the_length() -> None:
    found = told(Claims("acid", one_shot=False, beats=8, tempo=120.0))
    assert found.bpm is not None
    assert (found.bpm.value, found.bpm.by) == (120.0, "acid")
    assert found.kind is not None
    assert found.kind.value == "loop"


def test_acid_is_not_believed_where_it_does_not() -> None:
    for claims in (
        Claims("acid", one_shot=False, beats=8, tempo=140.0),
        Claims("acid", one_shot=True, beats=8, tempo=120.0),
        Claims("acid", one_shot=False, beats=0, tempo=120.0),
        Claims("acid", one_shot=False, beats=8, tempo=float("nan")),
        Claims("acid", one_shot=False, beats=8, tempo=float("inf")),
        Claims("acid", one_shot=False, beats=2**32 - 1, tempo=1e30),
        Claims("acid", one_shot=False, beats=8, tempo=-120.0),
    ):
        assert told(claims).bpm is None


def test_an_apple_loop_has_the_tempo_of_its_beats() -> None:
    found = told(Claims("basc", beats=8, key=music.key("Am")), duration_s=4.0)
    assert found.bpm is not None
    assert found.bpm.value == 120.0
    assert found.key is not None
    assert music.key_name(found.key.value) == "Am"


def test_what_the_file_says_goes_before_its_name() -> None:
    found = told(Claims("acid", one_shot=False, beats=8, tempo=120.0), "loop_100bpm_Am", key="F#m")
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
    assert told(Claims(note=60, note_by="smpl")).note is None
    found = told(Claims(note=45, note_by="smpl")).note
    assert found is not None
    assert (music.note_name(found.value), found.by) == ("A2", "smpl")
