"""CNN14 of PANNs, in a process of its own: ``python -m ctk.classify.panns CHECKPOINT DEVICE PRECISION``.

The only module that imports torch and panns_inference, of which it takes nothing but the model: importing the package
itself would download a file. Windows come in through stdin and answers go out through stdout (``ctk.classify.wire``),
until stdin ends: then the program is gone, and so is this.
"""

import copy
import importlib
import importlib.util
import json
import os
import queue
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt
import torch
from torch.overrides import TorchFunctionMode

from ctk import fingerprint
from ctk.classify import buckets, wire

Floats = npt.NDArray[np.float32]

_SETTINGS: Final = {"sample_rate": buckets.RATE_HZ, "window_size": 1024, "hop_size": 320, "mel_bins": 64}
_RANGE: Final = {"fmin": 50, "fmax": 14_000, "classes_num": 527}
"""Those that the published weights were trained with."""

_HALF: Final = {"dtype": torch.bfloat16, "memory_format": torch.channels_last}
_RANDOM: Final = {torch.Tensor.uniform_, torch.nn.init.kaiming_uniform_}
_TRIAL: Final = (8, 512, 12, 8)
"""What a layer of the fourth block is given for eight windows of one second."""
_TRIALS: Final = 4
NICE: Final = 5
"""Sound and window come first."""


class Refused(Exception):
    """The model cannot be had as asked for; the text is for the user."""


class Model:
    """CNN14 with the weights in ``checkpoint``. Raises ``Refused``."""

    def __init__(self, checkpoint: str, device: str = "auto", precision: str = "auto") -> None:
        torch.set_num_threads(cores())
        self.device = _device(device)
        self._model = _load(checkpoint).to(self.device)
        half = precision == "bf16" or (precision == "auto" and _quicker_halved(self._model, self.device))
        self.precision = "bf16" if half else "fp32"
        if half:
            _halve(self._model)

    def hear(self, windows: Floats) -> tuple[Floats, Floats]:
        """Probabilities (n, 527) and embeddings (n, 2048) of ``windows`` (n, samples)."""
        with torch.inference_mode():
            heard = self._model(torch.from_numpy(windows).to(self.device))
        return heard["clipwise_output"].float().cpu().numpy(), heard["embedding"].float().cpu().numpy()


def _device(name: str) -> Any:
    """Raises ``Refused`` for a device that is not here."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    kind, _, number = name.partition(":")
    here = {
        "cpu": 1,
        "cuda": torch.cuda.device_count() if torch.cuda.is_available() else 0,
        "mps": int(torch.backends.mps.is_available()),
    }
    if kind not in here or int(number or 0) >= here[kind]:
        there = " and ".join(kind for kind, count in here.items() if count)
        raise Refused(f"There is no device {name!r} here that CNN14 could run on; there is {there}.")
    return torch.device(name)


def _load(checkpoint: str) -> Any:
    """Raises ``Refused`` for a file that does not hold exactly the weights of CNN14."""
    with _Blank():
        model = cnn14()(**_SETTINGS, **_RANGE)
    try:
        content = torch.load(checkpoint, map_location="cpu", weights_only=True)
        model.load_state_dict(content["model"], strict=True, assign=True)
    except OSError as exc:
        raise Refused(f"{checkpoint} cannot be read ({exc.strerror or exc}).") from exc
    except Exception as exc:
        raise Refused(f"{checkpoint} does not hold what CNN14 learned; fetch it again.") from exc
    return model.float().eval()


class _Blank(TorchFunctionMode):  # type: ignore[misc]  # types are not looked for in torch
    """No random weights, when all of them are replaced anyway: that is half of the time that loading takes."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return None if func in _RANDOM else func(*args, **(kwargs or {}))


def cnn14() -> Any:
    """The class of the model."""
    found = importlib.util.find_spec("panns_inference")
    if found is None:
        raise ImportError("panns_inference is not installed")
    parent = ModuleType("panns_inference")
    parent.__path__ = list(found.submodule_search_locations or ())
    with _in_place(_stand_ins() | {"panns_inference": parent}):
        return importlib.import_module("panns_inference.models").Cnn14


def _stand_ins() -> dict[str, ModuleType]:
    """In place of what the model's modules import and do not need: Matplotlib they never call, and librosa makes
    filters that are then replaced by those of the checkpoint."""
    pyplot, librosa = ModuleType("matplotlib.pyplot"), ModuleType("librosa")
    padding = SimpleNamespace(pad_center=lambda window, size: window)
    filters = SimpleNamespace(
        get_window=lambda window, length, fftbins: np.ones(length),
        mel=lambda sr, n_fft, n_mels, fmin, fmax: np.zeros((n_mels, n_fft // 2 + 1)),
    )
    vars(librosa).update(filters=filters, util=padding)
    return {"matplotlib": ModuleType("matplotlib"), "matplotlib.pyplot": pyplot, "librosa": librosa}


@contextmanager
def _in_place(modules: dict[str, ModuleType]) -> Iterator[None]:
    """Have ``modules`` imported in place of any that bear their names."""
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


def _quicker_halved(model: Any, device: Any) -> bool:
    """Whether bf16 is quicker there, for a layer in the middle: some processors have it only by emulation."""
    if device.type == "mps" or (device.type == "cpu" and not torch.ops.mkldnn._is_mkldnn_bf16_supported()):
        return False
    whole = model.conv_block4.conv2
    half = copy.deepcopy(whole).to(**_HALF)
    inputs = torch.rand(_TRIAL, device=device)
    times = [(_seconds(whole, inputs), _seconds(half, inputs.to(**_HALF))) for _ in range(_TRIALS)]
    return min(half for _, half in times[1:]) < min(whole for whole, _ in times[1:])


def _seconds(layer: Any, inputs: Any) -> float:
    start = time.perf_counter()
    with torch.inference_mode():
        layer(inputs).sum().item()  # a graphics card has it only then
    return time.perf_counter() - start


def _halve(model: Any) -> None:
    """Do the convolutions, nearly all of the work, in bf16. What comes before and after stays exact."""
    blocks = [getattr(model, f"conv_block{number}") for number in range(1, 7)]
    for block in blocks:
        for number in (1, 2):
            conv, norm = getattr(block, f"conv{number}"), getattr(block, f"bn{number}")
            fused = torch.nn.utils.fusion.fuse_conv_bn_eval(conv, norm)
            setattr(block, f"conv{number}", fused.to(**_HALF))
            setattr(block, f"bn{number}", torch.nn.Identity())
    blocks[0].register_forward_pre_hook(lambda block, given: (given[0].to(**_HALF),))
    blocks[-1].register_forward_hook(lambda block, given, result: result.float())


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def main(arguments: Sequence[str]) -> int:
    """Answer until the program is gone."""
    source, sink = _pipes()
    requests: queue.SimpleQueue[bytearray] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(source, requests), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(NICE)
    try:
        model = Model(*arguments)
    except Refused as exc:
        wire.send(sink, wire.REFUSED, [str(exc).encode(errors="surrogateescape")])
        return 1
    wire.send(sink, wire.READY, [json.dumps(_about(model, arguments[0])).encode()])
    try:
        while True:
            _answer(model, sink, requests.get())
    except OSError:
        return 0
    except Exception as exc:
        wire.send(sink, wire.FAILED, [f"{type(exc).__name__}: {exc}".encode(errors="backslashreplace")])
        return 1


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Stdin and stdout as they came; whatever else is printed goes to stderr."""
    source, sink = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(source, os.O_BINARY)
        msvcrt.setmode(sink, os.O_BINARY)
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")


def _read(source: BinaryIO, requests: "queue.SimpleQueue[bytearray]") -> None:
    """On a thread of its own, so that the next batch is here when the last is done, and the end is seen at any time."""
    try:
        while message := wire.receive(source):
            requests.put(message[1])
    except (OSError, ValueError):
        pass
    os._exit(0)


def _about(model: Model, checkpoint: str) -> dict[str, str | int]:
    cuda = model.device.type == "cuda"
    words = torch.cuda.get_device_name(model.device) if cuda else ""
    kind = model.device.type
    digest = fingerprint.of_file(Path(checkpoint)).hex()
    return {"device": str(model.device), "kind": kind, "name": words, "precision": model.precision, "digest": digest}


def _answer(model: Model, sink: BinaryIO, request: bytearray) -> None:
    (length,) = wire.LENGTH.unpack_from(request)
    windows = np.frombuffer(request, np.float32, offset=wire.LENGTH.size).reshape(-1, length)
    try:
        probabilities, embeddings = model.hear(windows)
    except (MemoryError, RuntimeError) as exc:
        if not _is_memory(exc):
            raise
        wire.send(sink, wire.MEMORY, [str(exc).encode(errors="backslashreplace")])
        return
    if not np.isfinite(embeddings).all():
        raise ArithmeticError("the result is not a number")
    wire.send(sink, wire.HEARD, [np.ascontiguousarray(probabilities).data, np.ascontiguousarray(embeddings).data])


def _is_memory(exc: Exception) -> bool:
    """Whether there was not enough memory; where it is the computer's, torch says so in words only."""
    words = str(exc).lower()
    return (
        isinstance(exc, MemoryError | torch.OutOfMemoryError)
        or "not enough memory" in words
        or "out of memory" in words
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
