"""The command line: a client of the behaviour contract, like any other."""
