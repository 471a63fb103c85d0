"""The recogniser in eight bits, for the first look at a page: python -m training.quantise

Wide pointwise convolutions become products of whole numbers, which takes half the time; everything else stays as it is.
How far the numbers before each of them reach is seen on rows of the sample scans, so the same weights always give the
same file. Weights get seven bits: eight overflow on processors without VNNI, and a page must read alike everywhere.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from digitize.ocr.paddle import RECOGNISER, SKIMMER, as_tensor
from digitize.scans.files import load_page
from digitize.settings import REPOSITORY

MODELS, SAMPLES = REPOSITORY / "models", REPOSITORY / "sample_scans"
WIDE = 96  # channels on both sides of a convolution; narrower ones gain nothing
PERCENTILE = 99.99  # of the numbers before a convolution are told apart; what lies outside is clipped
WEIGHT_STEPS = 63  # seven bits
ROWS, COLUMNS = 60, 768  # of the samples that are looked at; pixels of each at the recogniser's height
HEIGHT = 48

Weight = NDArray[np.float32]
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Product:
    """A pointwise convolution, and the addition of its bias behind it if there is one; weight is inputs x outputs."""

    node: onnx.NodeProto
    weight: Weight
    addition: onnx.NodeProto | None = None
    bias: Weight | None = None

    @property
    def output(self) -> str:
        return str((self.addition or self.node).output[0])


def quantise(model: onnx.ModelProto, lines: Sequence[NDArray[np.float32]]) -> onnx.ModelProto:
    """The network with its wide pointwise convolutions in eight bits; `lines` are 1 x 3 x height x width each."""
    products = find_products(model)
    reach = ranges(model, [product.node.input[0] for product in products], lines)
    small = onnx.ModelProto()
    small.CopyFrom(model)
    graph = small.graph
    whole = {product.node.output[0]: product for product in products}
    merged = {product.output for product in products}
    nodes = list[onnx.NodeProto]()
    for node in model.graph.node:
        if product := whole.get(node.output[0]):
            tensors, more = in_whole_numbers(product, reach[node.input[0]])
            graph.initializer.extend(tensors)
            nodes += more
        elif node.output[0] not in merged:
            nodes.append(node)
    _replace(graph.node, nodes)
    used = {name for node in nodes for name in node.input}
    _replace(graph.initializer, [tensor for tensor in graph.initializer if tensor.name in used])
    _replace(graph.value_info, [])
    small.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    return small


def _replace(field: object, values: Sequence[object]) -> None:
    del field[:]  # type: ignore[attr-defined]
    field.extend(values)  # type: ignore[attr-defined]


def find_products(model: onnx.ModelProto) -> list[Product]:
    """All pointwise convolutions with at least WIDE channels on both sides."""
    weights = _weights(model)
    biases = {
        node.input[i]: (node, weights[node.input[1 - i]])
        for node in model.graph.node
        if node.op_type == "Add"
        for i in (0, 1)
        if node.input[1 - i] in weights
    }
    found = []
    for node in model.graph.node:
        weight = weights.get(node.input[1]) if node.op_type == "Conv" and len(node.input) == 2 else None
        if weight is not None and weight.shape[2:] == (1, 1) and min(weight.shape[:2]) >= WIDE:
            addition, bias = biases.get(node.output[0], (None, None))
            found.append(Product(node, weight[:, :, 0, 0].T, addition, None if bias is None else bias.reshape(-1)))
    return found


def _weights(model: onnx.ModelProto) -> Mapping[str, Weight]:
    """The graph's constants by every name they are called."""
    found = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "Identity" and node.input[0] in found:
            found[node.output[0]] = found[node.input[0]]
    return found


def ranges(model: onnx.ModelProto, names: Sequence[str], lines: Sequence[NDArray[np.float32]]) -> dict[str, Range]:
    """Between which numbers nearly all lie that have this name in the graph, on the usual line."""
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    session = onnxruntime.InferenceSession(watched.SerializeToString())
    seen = []
    for line in lines:
        values = session.run(list(names), {model.graph.input[0].name: line})
        seen.append([np.percentile(value, (100 - PERCENTILE, PERCENTILE)) for value in values])
    return {
        name: (min(0.0, float(low)), float(high))
        for name, (low, high) in zip(names, np.median(seen, axis=0), strict=True)
    }


def in_whole_numbers(product: Product, reach: Range) -> tuple[list[onnx.TensorProto], list[onnx.NodeProto]]:
    """The constants and the nodes that take the place of a convolution."""
    low, high = reach
    steps = np.abs(product.weight).max(axis=0) / np.float32(WEIGHT_STEPS)
    step, out = np.float32((high - low) / 255), product.output
    constants = {
        "weight": np.rint(product.weight / steps).astype(np.int8),
        "step": np.array(step),
        "zero": np.array(round(-low / step), np.uint8),
        "steps": steps,
        "zeros": np.zeros(len(steps), np.int8),
    } | ({} if product.bias is None else {"bias": product.bias})
    name = {part: f"{out}.{part}" for part in (*constants, "rows", "whole", "product")}
    factors = [name[part] for part in ("whole", "weight", "step", "steps", "zero", "zeros", "bias") if part in name]
    nodes = [
        helper.make_node("Transpose", [product.node.input[0]], [name["rows"]], perm=[0, 2, 3, 1]),
        helper.make_node("QuantizeLinear", [name["rows"], name["step"], name["zero"]], [name["whole"]]),
        helper.make_node("MatMulIntegerToFloat", factors, [name["product"]], domain="com.microsoft"),
        helper.make_node("Transpose", [name["product"]], [out], perm=[0, 3, 1, 2]),
    ]
    return [numpy_helper.from_array(value, name[part]) for part, value in constants.items()], nodes


def sample_rows() -> list[NDArray[np.float32]]:
    """Rows of the sample scans as the recogniser sees them, labels and writing."""
    rows = [row for path in sorted(SAMPLES.glob("*.truth.json")) for row in _rows_of(path)]
    return rows[:: len(rows) // ROWS][:ROWS]


def _rows_of(path: Path) -> Iterator[NDArray[np.float32]]:
    """The page's rows with a value, from its left edge on, each once."""
    truth = json.loads(path.read_text("utf-8"))
    with (path.parent / truth["image"]).open("rb") as file:
        page = load_page(file, truth["image"], truth["page"])
    fields = (field for entry in truth["entries"] for field in entry["fields"].values())
    for top, bottom in sorted({(field["box"][1], field["box"][3]) for field in fields if field.get("box")}):
        line = as_tensor(page[max(0, top - 8) : bottom + 8], HEIGHT)[None, :, :, :COLUMNS]
        if line.shape[3] == COLUMNS:
            yield line


def main() -> None:
    source, target = MODELS / RECOGNISER, MODELS / SKIMMER
    target.mkdir(exist_ok=True)
    onnx.save(quantise(onnx.load(source / "inference.onnx"), sample_rows()), target / "inference.onnx")
    shutil.copyfile(source / "inference.yml", target / "inference.yml")
    print("models/manifest.toml is to say:")
    print(f'made_from = "{_sha256(source / "inference.onnx")}"')
    for name in ("inference.onnx", "inference.yml"):
        print(f'{name}: size = {(target / name).stat().st_size}, sha256 = "{_sha256(target / name)}"')


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
