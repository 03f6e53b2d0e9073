"""Widgets that know nothing of sounds: they could serve any Tk program."""
