"""What the core keeps for the clients of its door for a while: jobs they started, plans they were shown."""

import itertools
import secrets
import threading
import time
from collections import OrderedDict
from typing import Any

from ctk.errors import NotFound
from ctk.jobs import Job
from ctk.jobs import Jobs as CoreJobs
from ctk.records import JobStatus, Plan
from ctk.remote.offers import Outcome
from ctk.remote.wire import Convert

JOBS = 128
"""How many jobs that ended are kept."""
JOBS_S = 900.0
"""How long the result of a job is kept."""
PLANS = 32
WAIT_S = 30.0
"""How long a client may wait for a job in one request."""


class KeptJobs:
    """See ``offers.Jobs``."""

    def __init__(self, core: CoreJobs) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[Job[Any], Convert]] = OrderedDict()
        self._ended: dict[str, float] = {}

    def keep(self, job: Job[Any], dump: Convert) -> dict[str, str]:
        """Keep a job that was just started; what the client gets to know of it."""
        with self._lock:
            self._tidy()
            self._kept[job.id] = (job, dump)
        return {"job": job.id, "title": job.title}

    def status(self, id: str) -> JobStatus:
        for status in self._core.running():
            if status.id == id:
                return status
        return self._job(id)[0].status

    def result(self, id: str, *, wait_s: float = 0.0) -> Outcome:
        job, dump = self._job(id)
        if not job.wait(min(max(wait_s, 0.0), WAIT_S)):
            return Outcome(job.status)
        return Outcome(job.status, dump(job.result(0)))

    def cancel(self, id: str) -> None:
        self._job(id)[0].cancel()

    def running(self) -> list[JobStatus]:
        return self._core.running()

    def _job(self, id: str) -> tuple[Job[Any], Convert]:
        with self._lock:
            self._tidy()
            kept = self._kept.get(id)
        if kept is None:
            raise NotFound("There is no such job that was started from outside, or what came of it is no longer kept.")
        return kept

    def _tidy(self) -> None:
        now = time.monotonic()
        for id, (job, _) in self._kept.items():
            if job.done:
                self._ended.setdefault(id, now)
        over = [id for id, ended in self._ended.items() if now - ended > JOBS_S]
        surplus = max(0, len(self._ended) - len(over) - JOBS)
        over += list(itertools.islice((id for id in self._ended if id not in over), surplus))
        for id in over:
            del self._kept[id], self._ended[id]


class KeptPlans:
    """Plans by ids that cannot be guessed; each is handed out once. The oldest go when there are too many."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._plans: OrderedDict[str, Plan] = OrderedDict()

    def keep(self, plan: Plan) -> str:
        id = secrets.token_urlsafe(12)
        with self._lock:
            self._plans[id] = plan
            while len(self._plans) > PLANS:
                self._plans.popitem(last=False)
        return id

    def take(self, id: str) -> Plan:
        """Raises ``NotFound``."""
        with self._lock:
            plan = self._plans.pop(id, None)
        if plan is None:
            raise NotFound("There is no such plan, or not any more; make it anew.")
        return plan
