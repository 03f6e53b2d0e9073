"""Giving files to other programs on X11 as they want them. The only import of Xlib.

Tk, and tkdnd with it, can only hand out data that is marked as text, or as a list of numbers; GTK programs, Ardour and
the file managers of GNOME, Cinnamon and Xfce among them, take files only from data that is marked ``text/uri-list``.
"""
