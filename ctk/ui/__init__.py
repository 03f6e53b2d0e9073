"""The Tk window: a client of the behaviour contract, like any other."""
