"""The self-test: the whole program is tried out, with sounds it makes itself, in a home that is gone afterwards.

It knows the contract and the decoder; window, tray and door are handed in by the composition root.
"""
