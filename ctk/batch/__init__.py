"""Batch: many files changed at once, always planned, journaled and undoable."""
