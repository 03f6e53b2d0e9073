"""Looks: how the window is coloured, set and laid out, as data that people make, share and fork.

A look is a folder or a ``.ctklook`` zip with a ``look.toml`` and, maybe, pictures. The built-in ones in
``assets/looks`` take the same road. Nothing here knows Tk.
"""
