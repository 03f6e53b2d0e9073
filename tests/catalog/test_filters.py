"""Every field of the table can be searched by."""

from ctk.catalog.fields import FIELDS
from ctk.catalog.filters import FILTERS


def test_each_field_has_its_filter() -> None:
    assert list(FILTERS) == [field.name for field in FIELDS]
