"""How well a network reads the lines kept apart: character error rates during training."""

from collections.abc import Sequence

import torch
from rapidfuzz.distance import Levenshtein

from training import held_out, network
from training.alphabet import decode
from training.augment import Image, fit

Sample = tuple[Image, str]


def validation() -> dict[str, list[Sample]]:
    """Held-out real lines by collection."""
    kept: dict[str, list[Sample]] = {"kalapa": [], "cinnamon": []}
    for line, image in held_out.lines():
        kept[line.collection].append((image, line.text))
    return kept


def measure(reader: network.Recogniser, sets: dict[str, list[Sample]], device: str) -> dict[str, float]:
    """Character error rate of each set, case folded."""
    return {f"{name}_cer": cer(read(reader, samples, device), samples) for name, samples in sets.items()}


@torch.inference_mode()
def read(reader: network.Recogniser, samples: Sequence[Sample], device: str) -> list[str]:
    """Best paths, line by line: a line is read as if it were alone."""
    texts = []
    for image, _ in samples:
        pixels = torch.from_numpy(fit(image).transpose(2, 0, 1).copy())[None].to(device).float() / 127.5 - 1
        logits = reader(pixels.contiguous(memory_format=torch.channels_last))
        texts.append(decode(logits[0].argmax(1).tolist()))
    return texts


def cer(texts: Sequence[str], samples: Sequence[Sample]) -> float:
    """Edits per character of the truth, case folded."""
    edits = sum(
        Levenshtein.distance(text.casefold(), truth.casefold()) for text, (_, truth) in zip(texts, samples, strict=True)
    )
    return round(edits / max(1, sum(len(truth) for _, truth in samples)), 5)
