"""Outlines, seek indexes and health of sounds, found by listening to each once, in the background."""
