"""A worker that speaks the real protocol, computes next to nothing, and fails as it is told.

Its arguments are a trouble, a device and a precision. Troubles are:
``memory:N`` has no memory for more than N windows, ``memory:cuda`` none on cuda at all; ``crash:CUE`` ends at a window
that begins with CUE, ``crash:cuda`` at any on cuda; ``deaf`` ends before it is ready, ``deaf:cuda`` on cuda only;
``stuck`` never answers; ``chatty`` answers with what is no message.
"""

import json
import os
import sys
import time

import numpy as np

from ctk.classify import wire


def main() -> None:
    trouble, device, precision = sys.argv[1:]
    name, _, what = trouble.partition(":")
    cuda = device.startswith("cuda")
    print(f"on {device}", file=sys.stderr, flush=True)
    if name == "refused":
        wire.send(sys.stdout.buffer, wire.REFUSED, [b"This cannot be had."])
        return
    if name == "deaf" and (cuda or what != "cuda"):
        os._exit(3)
    if name == "chatty":
        os.write(1, b"hello, I am a library that prints\n" * 3)
        time.sleep(60)
    about = {"device": device, "kind": device[:4], "name": "", "precision": precision, "digest": "d"}
    wire.send(sys.stdout.buffer, wire.READY, [json.dumps(about | {"kind": "cuda" if cuda else "cpu"}).encode()])
    while message := wire.receive(sys.stdin.buffer):
        hear(message[1], name, what, cuda=cuda)


def hear(request: bytearray, name: str, what: str, *, cuda: bool) -> None:
    (length,) = wire.LENGTH.unpack_from(request)
    windows = np.frombuffer(request, np.float32, offset=wire.LENGTH.size).reshape(-1, length)
    if name == "stuck":
        time.sleep(60)
    if name == "memory" and (cuda if what == "cuda" else len(windows) > int(what)):
        wire.send(sys.stdout.buffer, wire.MEMORY, [b"out of memory"])
        return
    if name == "crash" and (cuda if what == "cuda" else (windows[:, 0] == float(what)).any()):
        os._exit(9)
    first = windows[:, :1]
    wire.send(sys.stdout.buffer, wire.HEARD, [np.tile(first, 527).data, np.tile(first + len(windows), 2048).data])


if __name__ == "__main__":
    main()
