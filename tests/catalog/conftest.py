"""A big believable catalog, made once, and small ones."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog.catalog import Catalog
from ctk.catalog.store import Store
from tests.catalog import synthetic

COUNT = 4000


@pytest.fixture(scope="session")
def big_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A believable catalog; only to be copied."""
    home = tmp_path_factory.mktemp("big")
    with closing(Store(home / "catalog.db")) as store:
        synthetic.fill(store, COUNT)
        synthetic.mark(store)
    return home


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with closing(Store(home / "catalog.db")) as store:
        yield store


@pytest.fixture
def catalog(store: Store, home: Path) -> Iterator[Catalog]:
    with closing(Catalog(store, home / "derived.db")) as catalog:
        yield catalog


@pytest.fixture
def big(big_home: Path, home: Path) -> Path:
    shutil.copytree(big_home, home)
    return home
