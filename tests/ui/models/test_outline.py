"""Groups as lines: heads, copies, and the similar ones below a line of their own."""

from dataclasses import dataclass

from ctk.records import Copy, Group, GroupKind, Groups
from ctk.ui.models import outline
from ctk.ui.models.outline import Outline, Spot, brief, survey

KINDS: list[tuple[GroupKind, int]] = [("exact", 2), ("near", 2), ("exact", 3), ("same audio", 4)]


def groups(kinds: list[tuple[GroupKind, int]]) -> list[Group]:
    copies = [Copy(number, f"/{number}.wav", not number, "") for number in range(9)]
    return [Group(10 + at, kind, "", 5, copies[:count], 5) for at, (kind, count) in enumerate(kinds)]


@dataclass
class Listed:
    """Groups in pages, as the core hands them out."""

    groups: list[Group]

    def summary(self, *, offset: int = 0, limit: int = 200) -> Groups:
        return Groups(len(self.groups), 99, self.groups[offset : offset + limit])


def test_exact_groups_come_first_and_others_only_when_wanted() -> None:
    found = brief(groups(KINDS), 10)
    plain = Outline(found, near=False)
    assert (plain.total, plain.groups, plain.similar) == (7, 2, 2)
    assert [plain.spot(at) for at in range(7)] == [
        *(Spot(0, -1), Spot(0, 0), Spot(0, 1)),
        *(Spot(2, -1), Spot(2, 0), Spot(2, 1), Spot(2, 2)),
    ]
    whole = Outline(found, near=True)
    assert whole.total == 7 + 1 + 3 + 5
    assert [whole.spot(at) for at in (7, 8, 9, 11, 15)] == [
        *(Spot(None), Spot(1, -1), Spot(1, 0), Spot(3, -1), Spot(3, 3)),
    ]


def test_heads_are_found_by_their_group() -> None:
    whole = Outline(brief(groups(KINDS), 10), near=True)
    assert [whole.head(id) for id in (10, 12, 11, 13, 99)] == [0, 3, 8, 11, None]
    assert Outline(brief(groups(KINDS), 10), near=False).head(11) is None


def test_nothing_has_no_lines() -> None:
    assert Outline(brief([], 0), near=True).total == 0


def test_a_survey_pages_through_everything() -> None:
    many = groups([("exact", 2)] * 2500)
    assert len(many) > outline.CHUNK
    found = survey(Listed(many))  # type: ignore[arg-type]
    assert list(found.ids) == [group.id for group in many] and found.wasted_bytes == 99


def test_every_line_of_many_is_what_it_should_be() -> None:
    kinds: list[tuple[GroupKind, int]] = [("exact", 2 + at % 3) for at in range(300)]
    whole = Outline(brief(groups(kinds), 0), near=True)
    wanted = [Spot(at, line) for at, (_, count) in enumerate(kinds) for line in range(-1, count)]
    assert [whole.spot(at) for at in range(whole.total)] == wanted
