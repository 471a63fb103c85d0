"""PP-OCRv6 recognition in PyTorch, small and tiny, read from its ONNX file and written back into the same graph.

So the shipped inference.onnx can be trained further without Paddle and without an exporter. The layers
follow the graph's order (batch normalisation of the backbone is already folded into its convolutions).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F

from training.alphabet import relatives

DROPOUT = 0.1
POOLED, POOL_STEP = (3, 2), (3, 1)  # rows x columns that are one moment, and from one to the next (PP-OCRv6: 3 x 2)
TINY_BEGINS = 24  # channels of the first convolution
LOOK_APART = 2  # columns between those that the neck looks at together (PP-OCRv6: 1)


class Recogniser(nn.Module):
    """Images (batch x 3 x 48 x width, -1..1) -> logits (batch x width // 4 - 1 x signs); sign 0 is the blank.

    Twice as many moments as PP-OCRv6 has: it joins two columns into one moment, here each column begins one, and
    what the neck sees to both sides reaches as far as before. So the published weights start it as they are.
    """

    def __init__(self, stem: nn.Module, blocks: nn.Module, neck: nn.Module, head: nn.Linear) -> None:
        super().__init__()
        self.stem, self.blocks, self.neck, self.head = stem, blocks, neck, head

    def forward(self, images: Tensor) -> Tensor:
        seen = F.avg_pool2d(self.blocks(self.stem(images)), POOLED, POOL_STEP)
        read: Tensor = self.head(F.dropout(self.neck(seen), DROPOUT, self.training))
        return read


def small(signs: int) -> Recogniser:
    """PP-OCRv6 small, which reads."""
    blocks = nn.Sequential(
        _Block(96, 96, attends=True),
        _Block(96, 96),
        _Block(96, 96),
        _Block(96, 192, hidden=192, halves=True),
        _Block(192, 192, attends=True),
        _Block(192, 192),
        _Block(192, 192, attends=True),
        _Block(192, 192),
        _Block(192, 192, attends=True),
        _Block(192, 192),
        _Block(192, 384, hidden=384, halves=True),
        _Block(384, 384, attends=True),
        _Block(384, 384),
    )
    return Recogniser(_Stem(), blocks, _Neck(384, 120), nn.Linear(120, signs))


def tiny(signs: int) -> Recogniser:
    """PP-OCRv6 tiny, which skims: a sixth of the work."""
    blocks = nn.Sequential(
        _Block(48, 48, attends=True),
        _Block(48, 48),
        _Block(48, 96, hidden=96, halves=True),
        _Block(96, 96, attends=True),
        _Block(96, 96),
        _Block(96, 160, hidden=192, halves=True),
        _Block(160, 160, attends=True),
        _Block(160, 160),
        _Block(160, 160),
    )
    return Recogniser(_TinyStem(), blocks, _TinyNeck(160, 80), nn.Linear(80, signs))


class _Stem(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 48, 3, 2, 1)
        self.narrow = nn.Conv2d(48, 24, 2)
        self.widen = nn.Conv2d(24, 48, 2)
        self.join = nn.Conv2d(96, 48, 3, 2, 1)
        self.out = nn.Conv2d(48, 96, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.first(x))
        branch = F.relu(self.widen(_pad(F.relu(self.narrow(_pad(x))))))
        pooled = F.max_pool2d(_pad(x), 2, 1)  # what is padded is 0, and nothing here is below 0
        return F.relu(self.out(F.relu(self.join(torch.cat([pooled, branch], 1)))))


class _TinyStem(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = _Normed(3, 24, 3, step=2, around=1)
        self.second = _Normed(24, 48, 3, step=2, around=1)

    def forward(self, x: Tensor) -> Tensor:
        seen: Tensor = self.second(F.gelu(self.first(x)))
        return seen


def _pad(x: Tensor) -> Tensor:
    return F.pad(x, (0, 1, 0, 1))


class _Block(nn.Module):
    def __init__(self, inside: int, outside: int, hidden: int = 0, halves: bool = False, attends: bool = False) -> None:
        super().__init__()
        self.depthwise = nn.Conv2d(inside, inside, 3, (2, 1) if halves else 1, 1, groups=inside)
        self.attend = _Attend(inside) if attends else nn.Identity()
        self.expand = nn.Conv2d(inside, hidden or 2 * inside, 1)
        self.project = nn.Conv2d(hidden or 2 * inside, outside, 1)
        self.adds = not halves

    def forward(self, x: Tensor) -> Tensor:
        x = self.attend(self.depthwise(x))
        mixed = self.project(F.gelu(self.expand(x)))
        return x + mixed if self.adds else mixed


class _Attend(nn.Module):
    """Squeeze and excitation: how much each channel counts."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(channels, channels // 4, 1)
        self.excite = nn.Conv2d(channels // 4, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        return x * F.hardsigmoid(self.excite(F.relu(self.squeeze(x.mean((2, 3), keepdim=True)))))


class _Neck(nn.Module):
    def __init__(self, inside: int, width: int) -> None:
        super().__init__()
        self.short = _Normed(inside, width, 1)
        self.reduce = _Normed(inside, width, 1)
        self.look = _look(width, 7)
        self.mixers = nn.Sequential(_Mixer(width), _Mixer(width))
        self.norm = nn.LayerNorm(width, 1e-6)

    def forward(self, x: Tensor) -> Tensor:
        reduced = F.silu(self.reduce(x))
        near = reduced + F.silu(self.look(reduced))
        mixed = self.norm(self.mixers(near.squeeze(2).transpose(1, 2)))
        return mixed + F.silu(self.short(x)).squeeze(2).transpose(1, 2)


class _TinyNeck(nn.Module):
    def __init__(self, inside: int, width: int) -> None:
        super().__init__()
        self.look = _look(inside, 5)
        self.mix = _Normed(inside, inside, 1)
        self.reduce = nn.Linear(inside, width)

    def forward(self, x: Tensor) -> Tensor:
        near = F.hardswish(self.mix(F.hardswish(self.look(x))))
        reduced: Tensor = self.reduce(near.squeeze(2).transpose(1, 2))
        return reduced


def _look(width: int, columns: int) -> "_Normed":
    """What stands beside each moment, channel by channel."""
    return _Normed(width, width, (1, columns), around=(0, columns // 2 * LOOK_APART), apart=LOOK_APART, groups=width)


class _Normed(nn.Module):
    """A convolution and its normalisation, whose statistics stay those of the shipped weights."""

    def __init__(
        self,
        inside: int,
        outside: int,
        kernel: int | tuple[int, int],
        step: int = 1,
        around: int | tuple[int, int] = 0,
        apart: int = 1,
        groups: int = 1,
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inside, outside, kernel, step, around, apart, groups, bias=False)
        self.norm = nn.BatchNorm2d(outside)

    def forward(self, x: Tensor) -> Tensor:
        norm = self.norm
        return F.batch_norm(
            self.conv(x), norm.running_mean, norm.running_var, norm.weight, norm.bias, training=False, eps=norm.eps
        )


class _Mixer(nn.Module):
    HEADS = 8

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(width, 1e-5)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm_2 = nn.LayerNorm(width, 1e-5)
        self.up = nn.Linear(width, 2 * width)
        self.down = nn.Linear(2 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        batch, steps, width = x.shape
        qkv = self.qkv(self.norm_1(x)).reshape(batch, steps, 3, self.HEADS, width // self.HEADS)
        query, key, value = qkv.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(query, key, value)
        x = x + self.out(seen.transpose(1, 2).reshape(batch, steps, width))
        return x + self.down(F.silu(self.up(self.norm_2(x))))


def load(path: Path) -> Recogniser:
    """The network of a PP-OCRv6 small or tiny inference.onnx; raises ValueError when the graph is another one."""
    tensors = _tensors(onnx.load(path))
    build = tiny if tensors[0].dims[0] == TINY_BEGINS else small
    network = build(tensors[-1].dims[-1])
    for (name, weight, is_matrix), tensor in zip(_weights(network), tensors, strict=True):
        array = torch.from_numpy(numpy_helper.to_array(tensor).copy())
        if array.numel() != weight.numel():
            raise ValueError(f"{name} is {tuple(weight.shape)}, the graph holds {tuple(array.shape)}")
        weight.data.copy_(array.T if is_matrix else array.reshape(weight.shape))
    return network


def with_new_head(network: Recogniser, old: Sequence[str], new: Sequence[str]) -> Recogniser:
    """Another alphabet: known signs keep their row, a new letter starts from the mean of its relatives."""
    known = {sign: row for row, sign in reversed(list(enumerate(old)))}
    before, head = network.head, nn.Linear(network.head.in_features, len(new))
    for row, sign in enumerate(new):
        sources = [known[near] for near in ([sign] if sign in known else relatives(sign)) if near in known]
        head.weight.data[row] = before.weight.data[sources].mean(0)
        head.bias.data[row] = before.bias.data[sources].mean() - (0.0 if sign in known else 0.5)
        if sign not in known:
            head.weight.data[row] += 0.02 * torch.randn(head.in_features)
    network.head = head
    return network


def save(network: Recogniser, graph: Path, path: Path) -> None:
    """Writes the network's weights into a copy of `graph` (any file of this architecture) at `path`."""
    model = onnx.load(graph)
    for (_, weight, is_matrix), tensor in zip(_weights(network), _tensors(model), strict=True):
        array = weight.detach().cpu().float()
        of_head = array.shape[0] == network.head.out_features
        array = array.T if is_matrix else array if of_head else array.reshape(tuple(tensor.dims))
        tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(array.numpy()), tensor.name))
    _step_finely(model)
    model.graph.output[0].type.tensor_type.shape.dim[2].dim_value = network.head.out_features
    del model.graph.value_info[:]
    onnx.save(model, path)


def _step_finely(model: onnx.ModelProto) -> None:
    """Sets the steps of the pooling and of the neck's wide look to those of Recogniser."""
    for node in model.graph.node:
        given = {attribute.name: attribute.ints for attribute in node.attribute}
        if node.op_type == "AveragePool":
            given["strides"][:] = POOL_STEP
        elif node.op_type == "Conv" and given["kernel_shape"][0] < given["kernel_shape"][1]:
            given["dilations"][:] = (1, LOOK_APART)
            given["pads"][:] = (0, given["kernel_shape"][1] // 2 * LOOK_APART) * 2


def _weights(network: Recogniser) -> Iterator[tuple[str, Tensor, bool]]:
    """Name, weight and whether the graph keeps it transposed, in the order in which the graph uses them."""
    for name, module in network.named_modules():
        if isinstance(module, nn.Linear | nn.Conv2d | nn.LayerNorm | nn.BatchNorm2d):
            yield f"{name}.weight", module.weight, isinstance(module, nn.Linear)
            if module.bias is not None:
                yield f"{name}.bias", module.bias, False
        if isinstance(module, nn.BatchNorm2d):
            assert module.running_mean is not None and module.running_var is not None
            yield f"{name}.running_mean", module.running_mean, False
            yield f"{name}.running_var", module.running_var, False


def _tensors(model: onnx.ModelProto) -> list[onnx.TensorProto]:
    """The weights of a graph in the order of use; single numbers are constants of the architecture."""
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    also_called: dict[str, str] = {}
    used = []
    for node in model.graph.node:
        if node.op_type == "Identity":
            also_called[node.output[0]] = also_called.get(node.input[0], node.input[0])
            continue
        for name in node.input:
            tensor = stored.get(also_called.get(name, name))
            if tensor is not None and tensor.data_type == onnx.TensorProto.FLOAT and np.prod(tensor.dims) > 1:
                used.append(tensor)
    return used
