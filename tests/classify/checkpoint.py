"""A checkpoint of CNN14 as the published one is built, but nobody taught it: random weights, in the real model's class.

The filters of its front end are the real ones, and the weights are spread so that sounds differ in what comes out.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from ctk.classify import panns

SETTINGS = {
    "sample_rate": 32000,
    "window_size": 1024,
    "hop_size": 320,
    "mel_bins": 64,
    "fmin": 50,
    "fmax": 14000,
    "classes_num": 527,
}


def write(file: Path) -> None:
    """327 MB, in the format of the published file."""
    torch.manual_seed(7)
    model = panns.cnn14()(**SETTINGS)
    set_filters(model)
    spread(model)
    torch.save({"model": model.state_dict()}, file, _use_new_zipfile_serialization=False)


def load(file: str) -> Any:
    """The model as panns-inference itself would load it."""
    model = panns.cnn14()(**SETTINGS)
    model.load_state_dict(torch.load(file, map_location="cpu", weights_only=True)["model"])
    return model.eval()


def set_filters(model: Any) -> None:
    hann = torch.tensor(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(1024) / 1024), dtype=torch.float32)
    stft = model.spectrogram_extractor.stft
    stft.conv_real.weight.data *= hann
    stft.conv_imag.weight.data *= hann
    model.logmel_extractor.melW.data = torch.from_numpy(mel_filters().T.copy())


def mel_filters() -> npt.NDArray[np.float32]:
    """Triangles of equal area between 50 and 14,000 Hz, evenly spaced on Slaney's mel scale: 64 of 513."""
    edges = hertz(np.linspace(mel(50.0), mel(14000.0), 66))
    bins = np.arange(513) * 32000 / 1024
    rise = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    areas: npt.NDArray[np.float32] = (2 / (edges[2:] - edges[:-2])[:, None] * np.minimum(rise, fall).clip(0)).astype(
        "f4"
    )
    return areas


def mel(frequency: float) -> float:
    """Linear up to 1 kHz, logarithmic above."""
    return frequency * 3 / 200 if frequency < 1000 else 15 + 27 * float(np.log(frequency / 1000) / np.log(6.4))


def hertz(mels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.where(mels < 15, mels * 200 / 3, 1000 * 6.4 ** ((mels - 15) / 27))


def spread(model: Any) -> None:
    model.bn0.running_mean.fill_(-40.0)
    model.bn0.running_var.fill_(400.0)
    for name, weight in model.named_parameters():
        if ".conv" in name and weight.dim() == 4:
            torch.nn.init.normal_(weight, std=(2 / (weight.shape[1] * 9)) ** 0.5)
    torch.nn.init.normal_(model.fc1.weight, std=(1 / 2048) ** 0.5)
    torch.nn.init.normal_(model.fc_audioset.weight, std=(4 / 2048) ** 0.5)
