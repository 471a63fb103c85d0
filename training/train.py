"""Trains the recogniser: python -m training.train OUT --steps N (see training/README.md).

A run can be stopped at any time and goes on from its last checkpoint with the same command.
"""

import argparse
import copy
import json
import math
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import yaml
from torch import Tensor
from torch.nn import functional as F
from torch.utils.data import DataLoader

from training import network
from training.alphabet import SIGNS
from training.material import Batch, Material
from training.measure import measure, validation
from training.pens import fetch_faces

START = Path(__file__).parents[1] / "models" / "PP-OCRv6_small_rec"
EMA = 0.998
WARM_UP = 300
CHECKPOINT_SECONDS = 240


class Run:
    """One training: its network, the running mean of its weights (what is used later), and how far it is."""

    def __init__(self, folder: Path, start: Path, rate: float, device: str, kept: int = -1) -> None:
        self.folder, self.begun_with, self.device = folder, start, device
        self.halves = device == "cuda" or torch.backends.cpu.get_cpu_capability() == "AVX512"  # else they are slow
        self.step, self.chunk, self.seconds = 0, 0, 0.0
        torch.manual_seed(0)
        # a GPU takes 3 s to get ready for a new shape of batch with channels last, 0.3 s without, and is as fast
        self.layout = torch.contiguous_format if device == "cuda" else torch.channels_last
        self.network = _start(start).to(device, memory_format=self.layout).train()
        self.mean = copy.deepcopy(self.network).eval()
        self.rate = rate
        for early in [self.network.stem, *self.network.blocks][: kept + 1]:
            early.requires_grad_(False)
        head = [*self.network.head.parameters()]
        rest = [p for name, p in self.network.named_parameters() if p.requires_grad and not name.startswith("head.")]
        self.optimizer = torch.optim.AdamW(
            [{"params": rest, "share": 0.7}, {"params": head, "share": 1.5}], lr=rate, weight_decay=0.01, fused=True
        )
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "checkpoint.pt").exists():
            self._resume(torch.load(folder / "checkpoint.pt", map_location=device, weights_only=True))

    def learn(self, batch: Batch, rate: float) -> Tensor:
        """One step on one batch; returns its loss, on the device and perhaps still being reckoned."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["share"]
        images = batch.images.to(self.device, non_blocking=True).float().div_(127.5).sub_(1)
        images = images.contiguous(memory_format=self.layout)
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.halves):
            logits = self.network(images)
        loss = _ctc(logits.float(), batch.signs.to(self.device), batch.lengths.to(self.device))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        keep = min(EMA, (self.step + 1) / (self.step + 10))
        with torch.no_grad():
            for slow, fast in zip(self.mean.parameters(), self.network.parameters(), strict=True):
                slow.lerp_(fast, 1 - keep)
        return loss.detach()

    def save(self) -> None:
        """Checkpoint, and the mean weights as a folder that PaddleOCR loads."""
        state = {
            "network": self.network.state_dict(),
            "mean": self.mean.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "at": {"step": self.step, "chunk": self.chunk, "seconds": self.seconds},
        }
        torch.save(state, self.folder / "checkpoint.new")
        (self.folder / "checkpoint.new").replace(self.folder / "checkpoint.pt")
        export(self.mean, self.begun_with, self.folder)

    def _resume(self, state: dict[str, Any]) -> None:
        self.network.load_state_dict(state["network"])
        self.mean.load_state_dict(state["mean"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.chunk, self.seconds = (state["at"][key] for key in ("step", "chunk", "seconds"))

    def log(self, **facts: float) -> None:
        with (self.folder / "log.jsonl").open("a") as file:
            file.write(json.dumps({"step": self.step, "seconds": round(self.seconds), **facts}) + "\n")


def _start(folder: Path) -> network.Recogniser:
    """The network of a model folder, with our alphabet."""
    loaded = network.load(folder / "inference.onnx")
    config = yaml.safe_load((folder / "inference.yml").read_text("utf-8"))
    signs = ["", *(str(sign) for sign in config["PostProcess"]["character_dict"]), " "]
    return loaded if tuple(signs) == SIGNS else network.with_new_head(loaded, signs, SIGNS)


def _ctc(logits: Tensor, signs: Tensor, lengths: Tensor) -> Tensor:
    """Over all moments, padding too: the network learns that there is nothing to read in it."""
    moments = torch.full((logits.shape[0],), logits.shape[1], device=logits.device)
    return F.ctc_loss(logits.log_softmax(2).transpose(0, 1), signs, moments, lengths, zero_infinity=True)


def export(trained: network.Recogniser, like: Path, folder: Path) -> None:
    """Writes inference.onnx and inference.yml into `folder`, but for weights and alphabet those of `like`."""
    network.save(trained, like / "inference.onnx", folder / "inference.onnx")
    config = yaml.safe_load((like / "inference.yml").read_text("utf-8"))
    config["PostProcess"]["character_dict"] = list(SIGNS[1:-1])
    config.pop("Hpi", None)
    text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
    (folder / "inference.yml").write_text(text, "utf-8")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a run learns, whichever comes first, and over which share of it the rate falls to nothing."""

    steps: int
    seconds: float  # on the clock from the start of this process; inf: as long as the steps take
    cooldown: float  # above 0

    def done(self, step: int, seconds: float) -> float:
        return max(step / self.steps, seconds / self.seconds)

    def rate(self, step: int, seconds: float, top: float) -> float:
        """Warm up, stay, and fall."""
        return top * min(1.0, (step + 1) / WARM_UP, max(0.0, 1 - self.done(step, seconds)) / self.cooldown)


def train(run: Run, material: Material, plan: Plan, workers: int, look_every: int) -> None:
    """Learns as long as planned; measures the mean weights on the validation lines every `look_every` steps."""
    stop = []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(True))
    lines = validation()
    started = saved = time.monotonic()
    losses: list[Tensor] = []
    seen = 0
    try:
        for batch, chunk in _endless(material, workers):
            begun = time.monotonic()
            losses.append(run.learn(batch, plan.rate(run.step, begun - started, run.rate)))
            run.seconds += time.monotonic() - begun
            run.chunk = chunk
            seen += len(batch.lengths)
            over = bool(stop) or plan.done(run.step, time.monotonic() - started) >= 1
            if run.step % 50 == 0:
                run.log(loss=round(float(torch.stack(losses).mean()), 4), lines=seen)
                losses, seen = [], 0
            if look_every and (run.step % look_every == 0 or over):
                run.log(**measure(run.mean, lines, run.device))
            if over:
                return
            if time.monotonic() - saved > CHECKPOINT_SECONDS:
                run.save()
                saved = time.monotonic()
    finally:  # also when a worker was stopped with it, or Ctrl+C was pressed
        run.save()


def _endless(material: Material, workers: int) -> Iterator[tuple[Batch, int]]:
    loader = DataLoader(material, batch_size=None, num_workers=workers, prefetch_factor=2 if workers else None)
    for number, chunk in enumerate(loader):
        for batch in chunk:
            yield batch, material.first + number + 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder of the run: checkpoint, log, weights")
    parser.add_argument("--start", type=Path, default=START, help="model folder to start from")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=math.inf, help="stop then, however few steps were made")
    parser.add_argument("--cooldown", type=float, default=0.4, help="share at the end over which the rate falls to 0")
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--columns", type=int, default=8_192, help="columns of pixels in a batch")
    parser.add_argument("--kept", type=int, default=-1, help="leave the stem and so many blocks as they are; -1: none")
    parser.add_argument("--mix", default="real=1", help="shares of the sources, such as real=0.4,pen=0.4,hand=0.2")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--look-every", type=int, default=1_000, help="steps between two measurements; 0: none")
    parser.add_argument("--seed", type=int, default=1218)
    asked = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    fetch_faces()
    run = Run(asked.out, asked.start, asked.rate, device, asked.kept)
    mix = {name: float(share) for name, share in (part.split("=") for part in asked.mix.split(","))}
    material = Material(mix, asked.columns, asked.seed, first=run.chunk)
    run.log(begins=1.0, rate=asked.rate, **{f"share_{name}": share for name, share in mix.items()})
    train(run, material, Plan(asked.steps, asked.seconds, asked.cooldown), asked.workers, asked.look_every)


if __name__ == "__main__":
    main()
