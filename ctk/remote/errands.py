"""Jobs of a remote core, as its clients hold them."""

import time
from collections.abc import Callable
from typing import Any

from ctk.errors import CtkError
from ctk.events import Events
from ctk.jobs import Job, Jobs
from ctk.records import JobStatus
from ctk.remote.channel import Channel
from ctk.remote.kept import WAIT_S
from ctk.remote.wire import Convert, loader

ENDED = ("done", "failed", "cancelled")
_status: Callable[[Any], JobStatus] = loader(JobStatus)


class RemoteJob(Job[Any]):
    """A job that runs elsewhere; what it promises is that of ``ctk.jobs.Job``."""

    def __init__(self, channel: Channel, id: str, title: str, load: Convert) -> None:
        self.id = id
        self.title = title
        self._channel = channel
        self._load = load

    @property
    def status(self) -> JobStatus:
        return _status(self._channel.call("jobs.status", {"id": self.id}))

    @property
    def done(self) -> bool:
        return self.status.state in ENDED

    def cancel(self) -> None:
        self._channel.call("jobs.cancel", {"id": self.id})

    def wait(self, timeout_s: float | None = None) -> bool:
        try:
            return self._outcome(timeout_s) is not None
        except CtkError:
            return self.done

    def result(self, timeout_s: float | None = None) -> Any:
        outcome = self._outcome(timeout_s)
        if outcome is None:
            raise TimeoutError(f"{self.title} is still running.")
        return self._load(outcome["result"])

    def _outcome(self, timeout_s: float | None) -> dict[str, Any] | None:
        """What came of it; ``None`` when it runs still. Raises what the job raised."""
        deadline = None if timeout_s is None else time.monotonic() + timeout_s
        while True:
            left = WAIT_S if deadline is None else min(WAIT_S, max(0.0, deadline - time.monotonic()))
            outcome: dict[str, Any] = self._channel.call("jobs.result", {"id": self.id, "wait_s": left})
            if outcome["status"]["state"] in ENDED:
                return outcome
            if deadline is not None and time.monotonic() >= deadline:
                return None


class RemoteJobs(Jobs):
    """The jobs of the core; what is started here runs here."""

    def __init__(self, channel: Channel, events: Events) -> None:
        super().__init__(events)
        self._channel = channel

    def running(self) -> list[JobStatus]:
        return [_status(found) for found in self._channel.call("jobs.running", {})]
