"""What is there more than once, as a long list in pages: groups, their copies, and folders inside other folders."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ctk import contract
from ctk.errors import Cancelled, CtkError
from ctk.events import CatalogChanged
from ctk.records import Copy, Group, Groups, Overlap, Plan, Problem
from ctk.ui.models import plan_words, words
from ctk.ui.models.choices import Choices
from ctk.ui.models.outline import Outline, Survey, brief, survey
from ctk.ui.models.signal import Signal
from ctk.ui.models.technical import explained
from ctk.ui.models.work import Work
from ctk.ui.pump import Pump

PAGE = 200
PAGES_KEPT = 12
PAGE_WAIT_S = 0.01
REFRESH_MS = 500


class Shown(NamedTuple):
    """A line of the list: a group's head, one of its copies, or (neither) the line above the similar ones."""

    group: Group | None = None
    copy: Copy | None = None


class Duplicates:
    """``changed()`` tells of another list or other numbers, ``filled()`` of a page that came later.

    ``found(sentence, problems)`` tells what a search came to, ``dismissed(group)`` of a group that is shown no more,
    ``trouble(sentence, details)`` why something could not be done. Nothing is asked for before ``show``.
    """

    def __init__(self, duplicates: contract.Duplicates, choices: Choices, work: Work, pump: Pump) -> None:
        self.changed: Signal[[]] = Signal()
        self.filled: Signal[[]] = Signal()
        self.found: Signal[[str, Sequence[Problem]]] = Signal()
        self.dismissed: Signal[[Group]] = Signal()
        self.trouble: Signal[[str, str]] = Signal()
        self.choices = choices
        self.outline = Outline(Survey(), near=False)
        self.overlaps: Sequence[Overlap] = ()
        self.loaded = self.searched = self.searching = self.near = False
        self._duplicates = duplicates
        self._work = work
        self._pump = pump
        self._pages: dict[int, Sequence[Group]] = {}
        self._fetching: tuple[int, ...] = ()
        self._painting = self._visible = self._waiting = False
        self._stale = True
        pump.listen(CatalogChanged, lambda _: self._refresh_soon())

    @property
    def summary(self) -> str:
        """``547 groups, 710 MB to free``; nothing while nobody has looked."""
        if not self.loaded or not (self.searched or self.outline.total):
            return ""
        text = _counted(self.outline.groups, self.outline.survey.wasted_bytes)
        if self.choices.left_out:
            size = words.size(self.choices.bytes_left_out)
            text += f"  ·  {plan_words.files(self.choices.left_out)} left out, {size}"
        if self.near and self.outline.similar:
            text += f"  ·  {self.outline.similar:,} similar"
        return text

    @property
    def can_clean(self) -> bool:
        return bool(self.outline.survey.wasted_bytes) and not self.searching

    def show(self, on: bool) -> None:
        """Whether anyone looks: only then is the list kept up to date."""
        self._visible = on
        if on and self._stale:
            self._load()

    def find(self, *, quiet: bool = False) -> None:
        """Look for duplicates, and for similar sounds where those are wanted."""
        if not self.searching:
            near = self.near
            self.searching = True
            found = self._found_quietly if quiet else self._found
            self._work.run(lambda: self._duplicates.find(near=near), found, self._not_found)
            self.changed()

    def find_again(self) -> None:
        """Files came back: what was known of them is proven anew, without a word."""
        if self.loaded:
            self.find(quiet=True)

    def set_near(self, on: bool) -> None:
        """List similar sounds as well; when none are known, look for them."""
        self.near = on
        self._lay_out(self.outline.survey)
        if on and not self.outline.similar:
            self.find()

    def rows(self, offset: int, limit: int) -> list[Shown | None]:
        """The lines of a stretch; ``None`` for those still on their way, which ``filled`` will tell of."""
        positions = range(offset, min(offset + limit, self.outline.total))
        offsets = (self.outline.spot(position).offset for position in positions)
        pages = dict.fromkeys(offset // PAGE for offset in offsets if offset is not None)
        missing = tuple(page for page in pages if page not in self._pages)
        if missing and missing != self._fetching:
            self._fetch(missing)
        return [self.row(position) for position in positions]

    def row(self, position: int) -> Shown | None:
        """One line, when its page is at hand."""
        spot = self.outline.spot(position)
        if spot.offset is None:
            return Shown()
        page = self._pages.get(spot.offset // PAGE, ())
        at = spot.offset % PAGE
        if at >= len(page) or page[at].id != self.outline.survey.ids[spot.offset]:
            return None
        group = page[at]
        if spot.line < 0:
            return Shown(group)
        return Shown(group, group.files[spot.line]) if spot.line < len(group.files) else None

    def position(self, group_id: int, sound_id: int | None) -> int | None:
        """Where a copy is listed, or the head of its group; ``None`` when the group is gone."""
        head = self.outline.head(group_id)
        shown = None if head is None else self.row(head)
        if head is None or shown is None or shown.group is None:
            return head
        return next((head + 1 + at for at, copy in enumerate(shown.group.files) if copy.id == sound_id), head)

    def plan(self, group: Group | None = None) -> Callable[[], Plan]:
        """What makes the plan to clean up one group, or all; to be run on a worker."""
        return self.choices.plan(self._duplicates, group)

    def dismiss(self, group: Group) -> None:
        """These are no duplicates; they are shown no more, until ``restore``."""

        def done(_: None) -> None:
            self._load()
            self.dismissed(group)

        self._pump.call(self._duplicates.dismiss, group.id, then=done, fail=self._fail)

    def restore(self, group: Group) -> None:
        self._pump.call(self._duplicates.restore, group.id, then=lambda _: self._load(), fail=self._fail)

    def _found_quietly(self, _: Groups) -> None:
        self.searching, self.searched = False, True
        self._load()

    def _found(self, groups: Groups) -> None:
        self._found_quietly(groups)
        exact = sum(group.kind == "exact" for group in groups.groups)
        sentence = _counted(exact, groups.wasted_bytes) if exact else "Nothing is there twice"
        if similar := len(groups.groups) - exact:
            sentence += f", and {similar:,} similar"
        if groups.problems:
            sentence += f"; {plan_words.files(len(groups.problems))} could not be compared"
        self.found(f"{sentence}.", groups.problems)

    def _not_found(self, error: CtkError) -> None:
        self.searching = False
        self._load()
        if isinstance(error, Cancelled):
            self.found("The search was stopped; what was compared so far is remembered.", ())
        else:
            self.trouble(*explained(error, "The search could not be finished."))

    def _refresh_soon(self) -> None:
        """The catalog changed: while anyone looks, look again at most every ``REFRESH_MS``."""
        self._stale = True
        if self._visible and not self._waiting:
            self._waiting = True
            self._pump.later(REFRESH_MS, self._refresh, key="duplicates due")

    def _refresh(self) -> None:
        self._waiting = False
        if self._visible:
            self._load()

    def _load(self) -> None:
        """Ask for the first page when there is none yet, then for the outline of everything."""
        self._stale = False
        if not self.loaded:
            self._pump.call(self._first_page, then=self._take_first, fail=self._fail, key="duplicates first")
        self._pump.call(self._whole, then=self._take, fail=self._fail, key="duplicates")

    def _first_page(self) -> Groups:
        return self._duplicates.summary(limit=PAGE)

    def _whole(self) -> tuple[Survey, Groups, Sequence[Overlap]]:
        return survey(self._duplicates), self._duplicates.summary(limit=PAGE), self._duplicates.folders()

    def _take_first(self, first: Groups) -> None:
        if not self.loaded:
            self._pages = {0: first.groups}
            self._lay_out(brief(first.groups, first.wasted_bytes))

    def _take(self, whole: tuple[Survey, Groups, Sequence[Overlap]]) -> None:
        survey, first, self.overlaps = whole
        self._pump.drop("duplicates page")
        self._fetching = ()
        self.loaded = True
        self._pages = {0: first.groups}
        self.choices.forget_all_but(set(survey.ids))
        self._lay_out(survey)

    def _lay_out(self, survey: Survey) -> None:
        self.outline = Outline(survey, near=self.near)
        self.changed()

    def _fetch(self, numbers: tuple[int, ...]) -> None:
        self._fetching = numbers

        def come(pages: dict[int, Sequence[Group]]) -> None:
            self._fetching = ()
            self._pages |= pages
            while len(self._pages) > PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
            if self._painting:  # the list takes these at once; others may wait for a line of them
                self._pump.later(0, self.filled, key="duplicates filled")
            else:
                self.filled()

        def lost(error: Exception) -> None:
            self._fetching = ()
            self._fail(error)

        self._painting = True
        self._pump.call(self._read, numbers, then=come, fail=lost, key="duplicates page", wait_s=PAGE_WAIT_S)
        self._painting = False

    def _read(self, numbers: Sequence[int]) -> dict[int, Sequence[Group]]:
        return {number: self._duplicates.summary(offset=number * PAGE, limit=PAGE).groups for number in numbers}

    def _fail(self, error: Exception) -> None:
        self.trouble(*explained(error, "The duplicates could not be listed."))


def _counted(groups: int, wasted_bytes: int) -> str:
    return f"{'1 group' if groups == 1 else f'{groups:,} groups'}, {words.size(wasted_bytes)} to free"
