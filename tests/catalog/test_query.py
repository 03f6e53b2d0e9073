"""What search texts mean, and what is said of those that mean nothing."""

import math
import time
from datetime import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ctk.catalog.fields import FIELDS, FIELDS_HELP, Span
from ctk.catalog.query import Choosing, Condition, Query, Word, parse, toggled
from ctk.errors import QueryError, UsageError

NOW = datetime(2026, 5, 20, 12, 0).timestamp()
DAY = 86_400.0


def words(text: str) -> list[str]:
    query = parse(text)
    assert query.conditions == ()
    return [("-" if word.exclude else "") + word.text for word in query.words]


def span(text: str) -> Span:
    (condition,) = parse(text, now=NOW).conditions
    (value,) = condition.values
    assert isinstance(value, Span)
    return value


def values(text: str) -> tuple[object, ...]:
    (condition,) = parse(text).conditions
    return condition.values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("kick 808", ["kick", "808"]),
        ("Lo-Fi", ["lo fi"]),
        ("Été", ["ete"]),
        ("-loop", ["-loop"]),
        ('"drum  loop"', ["drum loop"]),
        ('-"drum loop"', ["-drum loop"]),
        ('" kick "', [" kick "]),
        ("C#", ["c "]),
        ("_01", [" 01"]),
        ("-", []),
        ("--", []),
        ("--kick", ["- kick"]),
        ("Artist - Title", ["artist", "title"]),
        ("... & -! #", []),
        ("\U0001f525", []),
        ("12:30", ["12 30"]),
        ("kick:", ["kick "]),
        ("a:/b", ["a b"]),
        ("C:\\Samples", ["c samples"]),
        ("https://example.org", ["https example org"]),
        (":kick", [" kick"]),
        ('kick"', ["kick"]),
        ('12"mix', ["12 mix"]),
        ('"kick dr', ["kick dr"]),
        ('"', []),
        ('""', []),
        ('"a""b"', ["a", "b"]),
        ('"len:<2"', ["len 2"]),
        ("宇多田", ["宇多田"]),
        ("len: ext:", []),
        ("-ext:", []),
        ('ext:""', []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("len:2", 1.95, 2.05),
        ("len:=2.5", 2.45, 2.55),
        ("len:2.125", 2.1245, 2.1255),
        ("len:1:30", 89.5, 90.5),
        ("len:1:02:03", 3722.5, 3723.5),
        ("len:<2", -math.inf, 1.999),
        ("len:<=2", -math.inf, 2.001),
        ("len:>1:30", 90.001, math.inf),
        ("len:>=1:30", 89.999, math.inf),
        ("len:1-4", 0.999, 4.001),
        ("len:1..4", 0.999, 4.001),
        ("len:0:30-1:00", 29.999, 60.001),
        ("len:1-", 0.999, math.inf),
        ("len:..4", -math.inf, 4.001),
        ("len:-4", -math.inf, 4.001),
        ('len:"< 2"', -math.inf, 1.999),
        ("LEN:.5", 0.45, 0.55),
        ("rate:48000", 47_999.5, 48_000.5),
        ("rate:48000Hz", 47_999.5, 48_000.5),
        ("rate:44.1k", 44_050, 44_150),
        ("rate:44.1kHz", 44_050, 44_150),
        ("rate:44.1", 44_050, 44_150),
        ("rate:44", 43_500, 44_500),
        ("rate:>=88.2K", 88_200, math.inf),
        ("rate:44.1k-48000", 44_100, 48_000),
        ("ch:2", 2, 2),
        ("ch:mono", 1, 1),
        ("ch:Stereo", 2, 2),
        ("ch:>stereo", 2, math.inf),
        ("depth:16-24", 16, 24),
        ("size:44", 44, 44),
        ("size:2k", 1500, 2500),
        ("size:1.5M", 1_450_000, 1_550_000),
        ("size:<500kb", -math.inf, 500_000),
        ("size:1M-2G", 1e6, 2e9),
        ("bpm:120", 119.5, 120.5),
        ("bpm:87.5", 87.45, 87.55),
        ("bpm:120bpm", 119.5, 120.5),
        ("bpm:118-122", 118, 122),
        ("bpm:>=140", 140, math.inf),
        ("bpm:90..<110", 90, 110),
        ("bpm:90-<110", 90, 110),
        ("len:1..<5", 0.999, 4.999),
        ("len:30..<5:00", 29.999, 299.999),
        ("bpm:..<110", -math.inf, 110),
        ("heard:120", 119.5, 120.5),
        ("rating:3", 3, 3),
        ("rating:>=3", 3, math.inf),
        ("rating:1-2", 1, 2),
        ("rating:0", 0, 0),
        ("added:<7d", NOW - 7 * DAY, math.inf),
        ("added:7d", NOW - 7 * DAY, math.inf),
        ("added:>2w", -math.inf, NOW - 14 * DAY),
        ("added:<=12h", NOW - DAY / 2, math.inf),
    ],
)
def test_numbers_and_ranges(text: str, low: float, high: float) -> None:
    assert span(text).low == pytest.approx(low)
    assert span(text).high == pytest.approx(high)


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("added:2026-05-01", (2026, 5, 1), (2026, 5, 2)),
        ("added:2026-5-1", (2026, 5, 1), (2026, 5, 2)),
        ("added:2024-02-29", (2024, 2, 29), (2024, 3, 1)),
        ("added:2026-12", (2026, 12, 1), (2027, 1, 1)),
        ("added:=2026", (2026, 1, 1), (2027, 1, 1)),
        ("added:2026-02-03..2026-02-05", (2026, 2, 3), (2026, 2, 6)),
        ("added:2025..2026-03", (2025, 1, 1), (2026, 4, 1)),
        ("added:>2025", (2026, 1, 1), None),
        ("added:>=2025-03", (2025, 3, 1), None),
        ("added:2025-03..", (2025, 3, 1), None),
        ("added:<2025-03", None, (2025, 3, 1)),
        ("added:<=2025-03", None, (2025, 4, 1)),
    ],
)
def test_dates_are_whole_days_months_and_years(
    text: str, first: tuple[int, int, int] | None, after: tuple[int, int, int] | None
) -> None:
    found = span(text)
    start = datetime(*first).timestamp() if first else -math.inf
    assert found.low == pytest.approx(start, abs=0.001)
    if after:
        end = datetime(*after).timestamp()
        assert end - 0.001 < found.high < end
    else:
        assert found.high == math.inf


def test_strictly_less_leaves_the_number_itself_out() -> None:
    assert span("depth:<24").high < 24 < span("depth:>24").low
    assert span("size:<1k").high < 1000 < span("size:>1k").low


def test_half_open_spans_share_no_number() -> None:
    assert span("bpm:90..<110").high < 110 == span("bpm:110..<130").low
    assert span("len:1..<5").high < span("len:5..<30").low
    assert span("len:<1").high < span("len:1..<5").low
    assert span("len:30..<5:00").high < span("len:>=5:00").low
    assert span("added:2025..<2026").high < span("added:2026").low


def test_commas_give_alternatives() -> None:
    assert values("ext:wav,.FLAC,*.aif") == ("wav", "flac", "aif")
    assert values("ch:1,2,") == (Span(1, 1), Span(2, 2))
    assert values("is:BAD,missing") == ("bad", "missing")
    assert values('key:am,"A minor",8a,F#MIN,gbm,c,cmaj') == ("Am", "Am", "Am", "F#m", "F#m", "C", "C maj")
    assert values("type:LOOP,oneshot,One_Shot") == ("loop", "one-shot", "one-shot")
    assert values("note:c#,Db,c4,60,Bb-1") == ("C#", "C#", "C4", "C4", "A#-1")
    assert values("is:Silent,dc,dead-channel") == ("silent", "offset", "dead-channel")
    assert values('in:"My Pack, Vol. 1",Drums') == ("my pack vol 1", "drums")
    assert values('in:"My Pack') == ("my pack",)
    assert values('tag:Dark,"Lo  Fi",É') == ("dark", "lo fi", "e")
    assert values("fav:Yes,no") == ("yes", "no")
    assert values('about:"For-the intro"') == ("for the intro",)
    assert values('source:"/Media/My Packs"') == ("/media/my packs",)


def test_everything_together() -> None:
    assert parse('kick -loop -is:bad in:"My Pack" "lo fi"') == Query(
        (Word("kick"), Word("loop", exclude=True), Word("lo fi")),
        (Condition("is", ("bad",), exclude=True), Condition("in", ("my pack",))),
    )


def test_ages_count_from_the_minute_so_that_pages_of_one_search_belong_together() -> None:
    assert parse("added:<7d", now=NOW + 1) == parse("added:<7d", now=NOW + 59)
    assert span("added:<7d") == Span(NOW - 7 * DAY, math.inf)
    (condition,) = parse("added:<1h").conditions
    assert condition.values[0].low == pytest.approx(time.time() - 3600, abs=120)  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["foo:bar", "-foo:bar", "kick lenght:<2", 'tempo:"120"', "é:1"])
def test_an_unknown_field_is_told_the_right_ones(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert all(f"{field.name}:" in str(caught.value) for field in FIELDS)
    assert str(caught.value).endswith("in quotes.")
    assert isinstance(caught.value, UsageError)


@pytest.mark.parametrize(
    "text",
    "len:abc len:< len:4-1 len:.. len:- len:1-2-3 len:1:75 len:² len:<<2 len:1,x rate:k rate:. rate:44.1m size:x"
    " size:1t size:1.2.3 depth:2.5 depth:mono ch:two ch:-1- added:yesterday added:2026-13 added:2026-02-30 added:0001"
    " added:9999 added:1d..2d added:7 added:<d added:99999999999y.. is:fun is:ok,fun"
    " bpm:fast bpm:140-100 key:H key:13A key:Cm7 key:- type:song type:- note:H note:128 note:C99"
    " bpm:90..<90 bpm:90..<=110 bpm:<90..110 heard:slow rating:6 rating:5.5 rating:good fav:maybe".split(),
)
def test_a_bad_value_is_told_the_forms_of_its_field(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    (field,) = (field for field in FIELDS if text.startswith(f"{field.name}:"))
    assert text in str(caught.value)
    assert field.forms in str(caught.value)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_form_in_the_table_can_be_read(field: object) -> None:
    from ctk.catalog.fields import Field

    assert isinstance(field, Field)
    for form in field.forms.split(", "):
        (condition,) = parse(form).conditions
        assert condition.field == field.name
        assert condition.values
        assert form in FIELDS_HELP


@given(st.one_of(st.text(), st.text('ab1 "-:,.<>=lenxt/\\', max_size=20)))
def test_no_text_fails_in_another_way(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        assert str(error).endswith(".")
    else:
        assert hash(query) == hash(parse(text))
        assert all(word.text.strip() for word in query.words)


TOGGLED = (
    ("", "type", "loop", "type:loop"),
    ("kick", "type", "loop", "kick type:loop"),
    ("kick ", "type", "loop", "kick type:loop"),
    ("type:loop", "type", "loop", ""),
    ("type:loop kick", "type", "loop", "kick"),
    ("kick type:loop", "type", "loop", "kick"),
    ("kick  type:loop  snare ", "type", "loop", "kick  snare "),
    ("kick type:loop snare", "type", "one-shot", "kick type:loop,one-shot snare"),
    ("kick type:loop,one-shot snare", "type", "loop", "kick type:one-shot snare"),
    ("Type:Loops,oneshot", "type", "one-shot", "Type:Loops"),
    ("-type:loop", "type", "one-shot", "-type:loop type:one-shot"),
    ("key:F#min,8A", "key", "F#m", "key:8A"),
    ('key:"F# minor" kick', "key", "F#m", "kick"),
    ("key:Am", "key", "Cmaj", "key:Am,Cmaj"),
    ("tag:dark", "tag", "lo fi", 'tag:dark,"lo fi"'),
    ('tag:dark,"Lo Fi",warm', "tag", "lo fi", "tag:dark,warm"),
    ('tag:"Lo Fi"', "tag", "LO FI", ""),
    ('tag:"lo', "tag", "fi", 'tag:"lo",fi'),
    ("tag:", "tag", "fi", "tag:fi"),
    ("tag:a,", "tag", "fi", "tag:a,fi"),
    ("tag:a,,b", "tag", "b", "tag:a"),
    ("tag:a,b tag:b", "tag", "b", "tag:a"),
    ("tag:a tag:b kick", "tag", "c", "tag:a tag:b,c kick"),
    ("source:C:", "source", "D:\\My Packs", 'source:C:,"D:\\My Packs"'),
    ('"drum lo', "type", "loop", '"drum lo" type:loop'),
    ('kick"', "type", "loop", 'kick" type:loop'),
    ('"', "type", "loop", '"" type:loop'),
    ('in:"My', "type", "loop", 'in:"My" type:loop'),
    ('"a"tag:b', "tag", "b", '"a"'),
    ('"a"tag:b c', "tag", "b", '"a" c'),
    ("bpm:100-120,120..<130", "bpm", "120..<130", "bpm:100-120"),
    ("len:30..<300", "len", "30..<5:00", ""),
)


@pytest.mark.parametrize(("text", "field", "written", "expected"), TOGGLED)
def test_toggling_changes_one_value_and_leaves_the_rest(text: str, field: str, written: str, expected: str) -> None:
    assert toggled(text, field, written) == expected


pieces = st.sampled_from(
    [*'ab"-:, ', " ", "kick", "tag:", "TAG:a", "tag:b,c", "-tag:a", 'tag:"a b"', "type:loop", ' "x y" ', "in:", "\t"]
)


@given(st.lists(pieces, max_size=9).map("".join), st.sampled_from(["a", "B", "a b", "a,b", "Ünder ground"]))
def test_toggling_means_what_it_says(text: str, tag: str) -> None:
    try:
        before = parse(text)
    except QueryError:
        assume(False)
    once = toggled(text, "tag", tag)
    after, value = parse(once), tag.casefold().replace("ü", "u")
    asked, asks = Choosing(text, "tag").values, Choosing(once, "tag").values
    assert asked ^ asks == {value}
    assert after.words == before.words
    assert others(after) == others(before)
    again = parse(toggled(once, "tag", tag))
    assert others(again) == others(before)
    if value not in asked:
        assert again == before
    cleared = parse(Choosing(text, "tag").without())
    assert cleared == Query(before.words, others(before))


def others(query: Query) -> tuple[Condition, ...]:
    """All conditions but what is asked of tags."""
    return tuple(condition for condition in query.conditions if condition.field != "tag" or condition.exclude)
