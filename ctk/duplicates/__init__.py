"""Duplicates: what is there more than once, how that is known, and which copy should stay."""
