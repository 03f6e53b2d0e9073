"""A core in another process as if it were here: ``RemoteToolkit`` keeps the contract, so any client can run on it."""

import dataclasses
import os
from collections import deque
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, cast, get_args, get_type_hints

from ctk import contract, paths
from ctk.errors import CtkError, UsageError
from ctk.events import Events
from ctk.records import Plan
from ctk.remote import door
from ctk.remote.channel import Channel, Nobody
from ctk.remote.errands import RemoteJob, RemoteJobs
from ctk.remote.hearing import Listening
from ctk.remote.rules import PRIVATE_SETTINGS
from ctk.remote.table import Method, capabilities, methods
from ctk.remote.wire import dumper, hints_of, loader
from ctk.settings import Settings

NOBODY = "No program is running with this catalog. Open the window, or run: ctk serve"
HEAR_S = 5.0
PLANS = 32


def connect(home: str | os.PathLike[str] | None = None, *, window: bool = False) -> "RemoteToolkit":
    """The core that runs in ``home``, or its ``window`` where both do. Raises ``CtkError`` where there is none."""
    return RemoteToolkit(paths.home(home), window=window)


def ask(home: str | os.PathLike[str] | None, method: str, params: dict[str, Any] | list[Any]) -> Any:
    """One call, JSON in and JSON out. Raises the errors of the contract."""
    channel = _reach(paths.home(home))
    try:
        return channel.call(method, params)
    finally:
        channel.close()


class RemoteToolkit:
    """See ``contract.Toolkit``; ``close`` leaves the core alone."""

    def __init__(self, home: Path, *, window: bool = False) -> None:
        self.home = home
        self._channel = channel = _reach(home, window=window)
        self.settings: Settings = RemoteSettings(channel)
        self.events = Events()
        self.jobs: RemoteJobs = RemoteJobs(channel, self.events)
        self._parts = _parts(channel)
        self._listening = Listening(channel, self.events)
        self._listening.wait(HEAR_S)

    @cached_property
    def catalog(self) -> contract.Catalog:
        return cast(contract.Catalog, self._parts["catalog"])

    @cached_property
    def facts(self) -> contract.Facts:
        return cast(contract.Facts, self._parts["facts"])

    @cached_property
    def sources(self) -> contract.Sources:
        return cast(contract.Sources, self._parts["sources"])

    @cached_property
    def duplicates(self) -> contract.Duplicates:
        return cast(contract.Duplicates, self._parts["duplicates"])

    @cached_property
    def batch(self) -> contract.Batch:
        return cast(contract.Batch, self._parts["batch"])

    @cached_property
    def audio(self) -> contract.Audio:
        return cast(contract.Audio, self._parts["audio"])

    @cached_property
    def waveforms(self) -> contract.Waveforms:
        return cast(contract.Waveforms, self._parts["waveforms"])

    @cached_property
    def classify(self) -> contract.Classify:
        return cast(contract.Classify, self._parts["classify"])

    @cached_property
    def doctor(self) -> contract.Doctor:
        return cast(contract.Doctor, self._parts["doctor"])

    def close(self) -> None:
        self._listening.close()
        self._channel.close()

    def __enter__(self) -> "RemoteToolkit":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class RemoteSettings(Settings):
    """The settings of the core as they were on arrival; ``save`` sends what was changed here."""

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._channel = channel
        kinds = get_type_hints(Settings)
        for name, value in channel.call("settings.all", {}).items():
            if name in kinds:
                setattr(self, name, loader(kinds[name])(value))
        self._sent = dataclasses.asdict(self)

    def save(self) -> None:
        now = dataclasses.asdict(self)
        changed = {name: value for name, value in now.items() if value != self._sent[name]}
        changed = {name: value for name, value in changed.items() if name not in PRIVATE_SETTINGS}
        if changed:
            self._channel.call("settings.change", {"values": changed})
        self._sent = now


class _Plans:
    """Which id the core gave to a plan that is here."""

    def __init__(self) -> None:
        self._known: deque[tuple[Plan, str]] = deque(maxlen=PLANS)

    def note(self, plan: Plan, id: str) -> Plan:
        self._known.append((plan, id))
        return plan

    def id_of(self, plan: Plan) -> str:
        for known, id in reversed(self._known):
            if known is plan or known == plan:
                return id
        raise UsageError("This plan was not made by the core that runs.")


def _reach(home: Path, *, window: bool = False) -> Channel:
    names = reversed(door.FILES) if window else door.FILES
    found = next(filter(None, (door.read(home, name) for name in names)), None)
    if found is None:
        raise Nobody(NOBODY)
    if found.contract != contract.CONTRACT_VERSION:
        raise CtkError("The program that is running with this catalog is of another version.")
    return Channel(found)


def _parts(channel: Channel) -> dict[str, object]:
    """An object for each capability, with the methods of its protocol."""
    plans = _Plans()
    made: dict[str, object] = {}
    for room, part in capabilities().items():
        calls = {
            m.attribute: staticmethod(_caller(channel, plans, m, part)) for m in methods().values() if m.room == room
        }
        made[room] = type(f"Remote{part.__name__}", (), calls)()
    return made


def _caller(channel: Channel, plans: _Plans, method: Method, part: type) -> Callable[..., Any]:
    hints = hints_of(getattr(part, method.attribute))
    names = [param.name for param in method.params]
    load = loader(method.result)
    dump = {name: plans.id_of if hints[name] is Plan else _placing(hints[name]) for name in names}

    def call(*given: Any, **named: Any) -> Any:
        arguments = dict(zip(names, given, strict=False)) | named
        params = {name: dump[name](value) for name, value in arguments.items()}
        answer = channel.call(method.name, params)
        if method.job:
            return RemoteJob(channel, answer["job"], answer["title"], load)
        found = load(answer)
        return plans.note(found, answer["id"]) if isinstance(found, Plan) else found

    return call


def _placing(kind: Any) -> Callable[[Any], Any]:
    """As ``dumper``, but folders are named from the root on: the core works in another one."""
    dump = dumper(kind)
    if Path in get_args(kind):
        return lambda value: os.path.abspath(os.path.expanduser(value)) if isinstance(value, str | Path) else value
    return dump
