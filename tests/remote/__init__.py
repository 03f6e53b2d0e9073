"""Tests of the door: real sockets, real processes."""
