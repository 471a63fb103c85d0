"""Weights between those a run began with and those it ended with: python -m training.blend START RUN OUT --share 0.7

What was learned of the new lines stays, what was forgotten of the old ones comes back in part; reading takes no longer.
"""

import argparse
import shutil
from pathlib import Path

import torch

from training import network
from training.train import START


def blend(first: network.Recogniser, last: network.Recogniser, share: float) -> network.Recogniser:
    """`first` with every weight moved by this share of the way to `last`."""
    with torch.no_grad():
        for weight, other in zip(first.parameters(), last.parameters(), strict=True):
            weight.lerp_(other, share)
    return first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("start", type=Path, help="model folder that the run began with")
    parser.add_argument("run", type=Path, help="folder of the run")
    parser.add_argument("out", type=Path, help="folder for inference.onnx and inference.yml")
    parser.add_argument("--share", type=float, default=0.7, help="of the way from the start to the run's end")
    asked = parser.parse_args()
    first, last = (network.load(folder / "inference.onnx") for folder in (asked.start, asked.run))
    asked.out.mkdir(parents=True, exist_ok=True)
    network.save(blend(first, last, asked.share), START / "inference.onnx", asked.out / "inference.onnx")
    shutil.copyfile(asked.run / "inference.yml", asked.out / "inference.yml")


if __name__ == "__main__":
    main()
