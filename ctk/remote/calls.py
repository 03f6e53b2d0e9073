"""The methods of the door with an open toolkit behind them: checked parameters in, plain JSON values out."""

import dataclasses
import os
import threading
from collections.abc import Mapping, Sequence
from typing import Any, get_type_hints

from ctk import __version__
from ctk.contract import CONTRACT_VERSION, Toolkit
from ctk.errors import UsageError
from ctk.events import Events, QuitWanted, WindowWanted
from ctk.records import Plan
from ctk.remote.kept import KeptJobs, KeptPlans
from ctk.remote.offers import Info
from ctk.remote.page import Links
from ctk.remote.rules import PRIVATE_SETTINGS
from ctk.remote.table import OWN, Method, methods
from ctk.remote.wire import Unfit, dumper, loader
from ctk.settings import Settings


class NoMethod(Exception):
    """There is no such method here."""


class Calls:
    """Any thread may call. ``window`` says whether the core has a window, which then listens to ``WindowWanted``.
    Whoever opened the core listens to ``QuitWanted``."""

    def __init__(self, toolkit: Toolkit, *, window: bool) -> None:
        self.links = Links()
        self._toolkit = toolkit
        self._jobs = KeptJobs(toolkit.jobs)
        self._plans = KeptPlans()
        self._lock = threading.Lock()
        self._parts: dict[str, Any] = {
            "core": _Core(window, self.links, toolkit.events),
            "jobs": self._jobs,
            "settings": _Settings(toolkit.settings),
        }
        if window:
            self._parts["window"] = _Window(toolkit)

    def call(self, name: str, given: Any) -> Any:
        """Do what ``name`` says. Raises ``NoMethod``, ``Unfit`` for parameters, and the errors of the contract."""
        method = methods().get(name)
        if method is None or (method.room in OWN and method.room not in self._parts):
            raise NoMethod(f"There is no method {name[:60]!r} here.")
        if method.refused:
            raise UsageError(f"{name} is not done over the door. {method.refused}")
        arguments = method.bind(given)
        if "plan" in arguments:
            arguments["plan"] = self._plans.take(arguments["plan"])
        return self._answer(method, getattr(self._part(method.room), method.attribute)(**arguments))

    def _part(self, room: str) -> Any:
        if room in self._parts:
            return self._parts[room]
        with self._lock:  # a capability is made when it is first asked for, and once
            return getattr(self._toolkit, room)

    def _answer(self, method: Method, found: Any) -> Any:
        if method.job:
            return self._jobs.keep(found, dumper(method.result))
        made = dumper(method.result)(found)
        if isinstance(found, Plan):
            made["id"] = self._plans.keep(found)
        return made


class _Core:
    def __init__(self, window: bool, links: Links, events: Events) -> None:
        self._window = window
        self._links = links
        self._events = events

    def info(self) -> Info:
        return Info(__version__, CONTRACT_VERSION, os.getpid(), self._window)

    def link(self) -> str:
        return self._links.make()

    def quit(self) -> None:
        self._events.emit(QuitWanted())


class _Settings:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kinds = {name: kind for name, kind in get_type_hints(Settings).items() if name not in PRIVATE_SETTINGS}
        self._lock = threading.Lock()

    def all(self) -> Mapping[str, Any]:
        return {name: value for name, value in dataclasses.asdict(self._settings).items() if name in self._kinds}

    def change(self, values: Mapping[str, Any]) -> None:
        checked = {name: self._checked(name, value) for name, value in values.items()}
        with self._lock:
            for name, value in checked.items():
                setattr(self._settings, name, value)
            self._settings.save()

    def _checked(self, name: str, value: Any) -> Any:
        if name not in self._kinds:
            raise UsageError(PRIVATE_SETTINGS.get(name, f"There is no setting {name[:40]!r}."))
        try:
            return loader(self._kinds[name])(value)
        except Unfit as exc:
            raise UsageError(f"The setting {name} must be {exc}.") from exc


class _Window:
    def __init__(self, toolkit: Toolkit) -> None:
        self._toolkit = toolkit

    def show(self, folders: Sequence[str] = ()) -> None:
        self._toolkit.events.emit(WindowWanted(tuple(folders)))
