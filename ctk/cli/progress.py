"""Waiting for a job with a bar on stderr, on a terminal only; Ctrl-C stops the job and keeps what it did."""

import sys
from typing import TypeVar

from ctk.jobs import Job

T = TypeVar("T")

LOOK_EVERY_S = 0.1


def wait(job: Job[T], *, unit: str = "files") -> T:
    """The job's result; ``unit`` is what it counts, empty when that changes. Raises what it raised."""
    try:
        if sys.stderr is not None and sys.stderr.isatty():
            _show(job, unit)
        return job.result()
    except KeyboardInterrupt:
        job.cancel()
        return job.result()


def _show(job: Job[T], unit: str) -> None:
    from tqdm import tqdm

    with tqdm(desc=job.title, unit=f" {unit}", unit_scale=not unit, leave=False, file=sys.stderr) as bar:
        while not job.done:
            progress = job.status.progress
            bar.total = progress.total
            bar.n = progress.done
            bar.set_postfix_str(progress.words[-50:], refresh=True)
            job.wait(LOOK_EVERY_S)
