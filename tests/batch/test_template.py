"""New names from templates: what fields give, what is missing, what cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.batch import names
from ctk.batch.template import FIELDS, Template, Unknown
from ctk.errors import UsageError
from ctk.records import Sound


def sound(name: str = "Kick 01.WAV", **metadata: str) -> Sound:
    return Sound(
        *(7, f"/samples/Drums/{name}", name, "wav", "pcm", 1.5, 44100, 2, 24, 1000, "ok"),
        source_id=1,
        mtime_ns=0,
        added_s=0.0,
        reason=None,
        metadata=metadata,
        fingerprint=None,
        full_hash=None,
        file_id=None,
    )


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{name}", "Kick 01.WAV"),
        ("{name}_{n:03}", "Kick 01_005.WAV"),
        ("{folder} {n}", "Drums 5.WAV"),
        ("{format}-{codec}-{rate}-{channels}-{depth}-{len}-{id}", "wav-pcm-44100-2-24-1.5-7.WAV"),
        ("{name}.{ext}", "Kick 01.WAV"),
        ("{name}.wav", "Kick 01.wav"),
        ("{name}.flac", "Kick 01.flac.WAV"),
        ("{artist} - {title}", "AC_DC - Boom_.WAV"),
        ("{album|title}", "Boom_.WAV"),
        ("{album|name}", "Kick 01.WAV"),
        ("{n|name}", "5.WAV"),
        ("  {name}  ", "Kick 01.WAV"),
        ("{{{n}}}", "{5}.WAV"),
        ("{name:.4}", "Kick.WAV"),
        ("{mood}", "dark.WAV"),
    ],
)
def test_fields(template: str, name: str) -> None:
    found = sound(artist="AC/DC", title="Boom?", mood="dark")
    assert Template(template, found.metadata).name(found, 5) == name


@pytest.mark.parametrize(("template", "lacks"), [("{artist}", "artist"), ("{bpm|key}", "bpm or key")])
def test_what_is_not_known_is_said(template: str, lacks: str) -> None:
    with pytest.raises(Unknown, match=lacks):
        Template(template).name(sound(), 1)


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ("{nane}", "no field {nane}"),
        ("{}", "no field {}"),
        ("{name|nane}", "no field {nane}"),
        ("{name", "bracket"),
        ("name}", "bracket"),
        ("a/b", "character /"),
        ("{name}\\x", r"character \\"),
        ("what?", r"character \?"),
        ("{n:03x}:", "character :"),
        ("{n:zz}", "cannot be read"),
        ("{name:03d}", "cannot be read"),
        ("{n:/>5}", "no good name"),
        ("{n:0500}", "no good name"),
        ("{name.__class__}", "no field"),
        ("{name[0]}", "no field"),
        ("  ", "empty"),
    ],
)
def test_what_cannot_be_read_lists_the_fields(template: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint) as caught:
        Template(template)
    assert all(field in str(caught.value) for field in (*FIELDS, "n", "artist", "bpm"))


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_template_and_no_metadata_leads_out_of_the_folder(text: str, title: str) -> None:
    try:
        name = Template(text + "{title|n}").name(sound(title=title), 1)
    except UsageError:
        return
    assert names.forbidden(name) is None
    assert name.lower().endswith(".wav")
