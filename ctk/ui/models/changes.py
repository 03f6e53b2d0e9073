"""Changes to files: a plan is proposed, agreed to, carried out, and can be taken back."""

from collections.abc import Callable, Sequence

from ctk.contract import Batch
from ctk.errors import Cancelled, CtkError
from ctk.records import Plan, Receipt
from ctk.ui.models.signal import Signal
from ctk.ui.models.technical import explained
from ctk.ui.models.work import Work
from ctk.ui.pump import Pump

AT_ONCE = 50
"""So many files are removed without a question, since a click brings them back."""


class Changes:
    """``proposed(plan)`` asks for a yes, ``withdrawn()`` takes the question back.

    ``done(receipt)`` tells of what was carried out, ``undone(receipt)`` of what was taken back, ``trouble(sentence,
    details)`` why something could not be done, ``stopped(receipt)`` what was done of a change that was cancelled.
    ``removed(ids)`` tells which sounds any of these put aside.
    """

    def __init__(self, batch: Batch, work: Work, pump: Pump) -> None:
        self.proposed: Signal[[Plan]] = Signal()
        self.withdrawn: Signal[[]] = Signal()
        self.done: Signal[[Receipt]] = Signal()
        self.stopped: Signal[[Receipt]] = Signal()
        self.undone: Signal[[Receipt]] = Signal()
        self.removed: Signal[[Sequence[int]]] = Signal()
        self.trouble: Signal[[str, str]] = Signal()
        self.plan: Plan | None = None
        self._batch = batch
        self._work = work
        self._pump = pump
        self.done.connect(self._look_for_removed)
        self.stopped.connect(self._look_for_removed)

    def propose(self, make: Callable[[], Plan], *, at_once: bool = False) -> None:
        """Have a plan made, and ask; ``at_once`` a small one that refuses nothing is carried out unasked."""

        def made(plan: Plan) -> None:
            if at_once and plan.steps and len(plan.steps) <= AT_ONCE and not plan.refused:
                self.carry_out(plan)
            else:
                self.plan = plan
                self.proposed(plan)

        self._pump.call(make, then=made, fail=self._fail, key="plan")

    def accept(self) -> None:
        """Yes: carry out the plan that was proposed."""
        plan = self.plan
        self.withdraw()
        if plan is not None and plan.steps:
            self.carry_out(plan)

    def withdraw(self) -> None:
        """No: forget the plan that was proposed, or is on its way."""
        self._pump.drop("plan")
        self.plan = None
        self.withdrawn()

    def carry_out(self, plan: Plan) -> None:
        self._work.run(lambda: self._batch.apply(plan), self.done, self._ended)

    def undo(self, receipt: int | None = None) -> None:
        """Take back a receipt, or the newest."""
        self._work.run(lambda: self._batch.undo(receipt), self.undone, self._fail)

    def history(self, then: Callable[[Sequence[Receipt]], None]) -> None:
        """Hand over what was done, the newest first."""
        self._pump.call(self._batch.history, then=then, fail=self._fail, key="history")

    def recovered(self, then: Callable[[Sequence[Receipt]], None]) -> None:
        """Hand over what was half done when the program ended last time."""
        self._pump.call(self._batch.recovered, then=then, fail=self._fail)

    def _look_for_removed(self, receipt: Receipt) -> None:
        if receipt.kind in ("remove", "clean") and receipt.done:
            self._pump.call(self._put_aside, receipt, then=self.removed, fail=self._fail)

    def _put_aside(self, receipt: Receipt) -> Sequence[int]:
        """On a worker: the sounds that wait where this receipt put them."""
        return [held.sound_id for held in self._batch.held() if held.receipt_id == receipt.id]

    def _ended(self, error: CtkError) -> None:
        if not isinstance(error, Cancelled):
            self._fail(error)
            return

        def told(receipts: Sequence[Receipt]) -> None:
            if receipts and receipts[0].done:
                self.stopped(receipts[0])
            else:
                self.trouble("Stopped before anything was changed.", "")

        self._pump.call(lambda: self._batch.history(limit=1), then=told, fail=self._fail)

    def _fail(self, error: Exception) -> None:
        self.trouble(*explained(error, "This could not be done."))
