"""One JSON document on stdout."""

import json
from typing import Any


def print_json(document: dict[str, Any]) -> None:
    print(json.dumps(document, allow_nan=False, indent=2))
