"""Holds the engine's logits, losses, gradients and running statistics against PyTorch's.

gradients.py compare ENGINE   every entry of every tensor, element by element
gradients.py figures FOLDER   the few numbers a tensor that the tests compare; see `figures`

Weights, inputs and labels are random and seeded by `noise`, the same on both sides. The reference is
PyTorch in double precision; PyTorch in single precision goes through the same comparison, so that a
reader sees what the precision alone costs. The networks are those of He and others (2016), table 1,
under the names of torchvision, out of torch's own layers.
"""

import json
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import torch
from torch import nn

CASES = [  # Architecture, side of the first kernel, side of the images, images.
    ("resnet18", 3, 32, 8), ("resnet18", 7, 64, 8), ("resnet50", 3, 32, 4), ("resnet50", 7, 64, 8),
]
CLASSES = 10
MODES = ("frozen", "training")
BLOCKS = {"resnet18": (2, 2, 2, 2), "resnet50": (3, 4, 6, 3)}
# Of ‖difference‖/‖reference‖, for every tensor; chosen after the differences were seen. Where one of
# millions of comparisons (a ReLU's, a maximum's) turns out the other way, single precision costs
# PyTorch itself about 5e-3, and 3e-2 in a bias whose gradient nearly vanishes; the lines 'PyTorch,
# single' show it. The engine's largest were 5e-3, and 1.4e-2 in such a bias.
LIMIT = 2e-2


class Block(nn.Module):
    """Two 3×3 convolutions, or a bottleneck of three, around a shortcut."""

    def __init__(self, inputs, width, stride, is_bottleneck):
        super().__init__()
        kernels = (1, 3, 1) if is_bottleneck else (3, 3)
        sizes = (inputs, width, width, 4 * width) if is_bottleneck else (inputs, width, width)
        strided = 1 if is_bottleneck else 0
        self.count = len(kernels)
        for place, kernel in enumerate(kernels):
            convolution = nn.Conv2d(
                sizes[place], sizes[place + 1], kernel, stride if place == strided else 1,
                kernel // 2, bias=False)
            self.add_module(f"conv{place + 1}", convolution)
            self.add_module(f"bn{place + 1}", nn.BatchNorm2d(sizes[place + 1]))
        self.outputs = sizes[-1]
        self.downsample = None
        if stride != 1 or inputs != self.outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, self.outputs, 1, stride, bias=False), nn.BatchNorm2d(self.outputs))

    def forward(self, x):
        y = x
        for place in range(1, self.count + 1):
            y = self.get_submodule(f"bn{place}")(self.get_submodule(f"conv{place}")(y))
            if place < self.count:
                y = torch.relu(y)
        return torch.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self, architecture, stem):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, stem, 1 if stem == 3 else 2, stem // 2, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.pool = nn.Identity() if stem == 3 else nn.MaxPool2d(3, 2, 1)
        inputs = 64
        for stage, count in enumerate(BLOCKS[architecture]):
            blocks = []
            for index in range(count):
                stride = 2 if stage > 0 and index == 0 else 1
                blocks.append(Block(inputs, 64 << stage, stride, architecture == "resnet50"))
                inputs = blocks[-1].outputs
            self.add_module(f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(inputs, CLASSES)

    def forward(self, x):
        x = self.pool(torch.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


def words(series, count):
    """The first numbers of SplitMix64 (Steele, Lea and Flood 2014) from the seed 2³²·series."""
    step = numpy.uint64(0x9E3779B97F4A7C15)
    with numpy.errstate(over="ignore"):
        x = numpy.uint64(series << 32) + step * numpy.arange(1, count + 1, dtype=numpy.uint64)
        x = (x ^ (x >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return x ^ (x >> numpy.uint64(31))


def noise(series, count):
    """Uniform in −1 to 1, multiples of 2⁻⁵²."""
    return (words(series, count) >> numpy.uint64(11)).astype(numpy.float64) * 2.0**-52 - 1


def signs(series, count):
    return 1.0 - 2.0 * (words(series, count) >> numpy.uint64(63)).astype(numpy.float64)


def drawn(network):
    """The tensors by name: series is the place; weights uniform with variance 2/fan-in.

    The biases of batch normalisation are about 3, not about 0, where a few activations of millions
    would lie so near to 0 that another rounding takes them to the other side of the ReLU's kink,
    and each moves every gradient before it: those of PyTorch in single precision are then half a
    percent off those in double.
    """
    state = {}
    names = [n for n in network.state_dict() if not n.endswith("num_batches_tracked")]
    for series, name in enumerate(names):
        shape = tuple(network.state_dict()[name].shape)
        count = int(numpy.prod(shape))
        values = noise(series, count)
        if name.endswith("running_var") or (name.endswith("weight") and len(shape) == 1):
            values = 1 + values / 2
        elif name.endswith("bias") or name.endswith("running_mean"):
            values = values / 4 + (3 if name.endswith("bias") and name != "fc.bias" else 0)
        else:
            values = values * numpy.sqrt(6 / (count // shape[0]))
        state[name] = values.astype(numpy.float32).reshape(shape)
    return state


def examples(side, count):
    """Images `[count, side, side, 3]` and labels 0, 1, 2…"""
    values = noise(1000, count * side * side * 3).astype(numpy.float32)
    return values.reshape(count, side, side, 3), numpy.arange(count) % CLASSES


def pytorch(case, mode, state, precision):
    """Every result by name: logits, losses, gradients and, when training, running statistics."""
    architecture, stem, side, count = case
    network = ResNet(architecture, stem)
    network.load_state_dict({n: torch.from_numpy(v) for n, v in state.items()}, strict=False)
    network.to(precision).train(mode == "training")
    images, labels = examples(side, count)
    logits = network(torch.from_numpy(images).permute(0, 3, 1, 2).to(precision))
    losses = nn.functional.cross_entropy(logits, torch.from_numpy(labels), reduction="none")
    losses.mean().backward()
    results = {"losses": losses.detach().numpy()}
    if mode == "frozen":
        results["logits"] = logits.detach().numpy()
    for name, parameter in network.named_parameters():
        results["gradient." + name] = parameter.grad.numpy()
    if mode == "training":
        for name, buffer in network.named_buffers():
            if not name.endswith("num_batches_tracked"):
                results["statistic." + name] = buffer.numpy()
    return results


def write_safetensors(path, tensors):
    header, data, begin = {}, [], 0
    for name, values in tensors.items():
        data.append(numpy.ascontiguousarray(values, dtype="<f4").tobytes())
        end = begin + len(data[-1])
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [begin, end]}
        begin = end
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data))


def read_safetensors(path):
    content = path.read_bytes()
    start = 8 + struct.unpack("<Q", content[:8])[0]
    tensors = {}
    for name, entry in json.loads(content[8:start]).items():
        begin, end = entry["data_offsets"]
        values = numpy.frombuffer(content[start + begin : start + end], dtype="<f4")
        tensors[name] = values.reshape(entry["shape"])
    return tensors


def engine(program, case, mode, state):
    architecture, stem, side, count = case
    images, labels = examples(side, count)
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder, "given.safetensors"), Path(folder, "found.safetensors")
        write_safetensors(
            given, {**state, "inputs": images, "labels": labels.astype(numpy.float32)})
        subprocess.run(
            [program, "gradients", architecture, str(stem), mode, given, found], check=True)
        return read_safetensors(found)


def differences(found, reference):
    """Of each tensor ‖difference‖/‖reference‖ and the largest difference over the largest entry.

    A bias whose every unit passes its ReLU to another normalisation has the gradient 0, and only
    rounding is left of it. So norms count as no less than a thousandth of the gradients' median.
    """
    norms = {name: numpy.linalg.norm(values) for name, values in reference.items()}
    floor = numpy.median([v for n, v in norms.items() if n.startswith("gradient.")]) / 1000
    table = {}
    for name, expected in reference.items():
        difference = found[name].astype(numpy.float64) - expected
        table[name] = (
            numpy.linalg.norm(difference) / max(norms[name], floor),
            numpy.abs(difference).max() / max(numpy.abs(expected).max(), floor),
        )
    return table


def worst(table, kind):
    """The largest of both numbers among the tensors of a kind, the first with its name."""
    rows = {n: v for n, v in table.items() if n.startswith(kind)}
    if not rows:
        return "–"
    name = max(rows, key=lambda n: rows[n][0])
    return f"{rows[name][0]:.1e} {max(v[1] for v in rows.values()):.1e} {name[len(kind):]}"


def compare(program):
    print("‖difference‖/‖reference‖, largest difference over largest entry, tensor of the first")
    is_good = True
    for case in CASES:
        state = drawn(ResNet(case[0], case[1]))
        for mode in MODES:
            reference = pytorch(case, mode, state, torch.float64)
            found = engine(program, case, mode, state)
            if found.keys() != reference.keys():
                sys.exit(f"other tensors: {sorted(found.keys() ^ reference.keys())}")
            sides = {
                "engine": differences(found, reference),
                "PyTorch, single": differences(
                    pytorch(case, mode, state, torch.float32), reference),
            }
            architecture, stem, side, count = case
            entries = sum(v.size for n, v in reference.items() if n.startswith("gradient."))
            print(
                f"{architecture}, stem {stem}, {count} images of {side}×{side}, {mode}: "
                f"{entries} gradients in {sum(n.startswith('gradient.') for n in reference)} tensors")
            for name, table in sides.items():
                for kind in ("logits", "losses", "gradient.", "statistic."):
                    if any(n.startswith(kind) for n in table):
                        print(f"  {name:16} {kind:11} {worst(table, kind)}", flush=True)
            is_good = check(sides["engine"]) and is_good
    return is_good


def check(table):
    """Whether every tensor is within the limit."""
    far = {n: v[0] for n, v in table.items() if not v[0] <= LIMIT}
    for name, value in far.items():
        print(f"  TOO FAR: {name}: {value:.1e} > {LIMIT:.0e}")
    return not far


def figures(folder):
    """A file a network: of each tensor its norm, two products with ±1, and three entries.

    The signs are those of series 2000 and 3000 and the tensor's place in the file; the entries are
    the first, the middle one and the last.
    """
    for case in CASES:
        architecture, stem, side, count = case
        state = drawn(ResNet(architecture, stem))
        lines = [f"# PyTorch {torch.__version__}, double precision; gradients.py figures"]
        lines.append(f"# {count} images of {side}x{side}")
        place = 0
        for mode in MODES:
            for name, values in pytorch(case, mode, state, torch.float64).items():
                flat = values.reshape(-1)
                numbers = [
                    numpy.linalg.norm(flat), flat @ signs(2000 + place, flat.size),
                    flat @ signs(3000 + place, flat.size), flat[0], flat[flat.size // 2], flat[-1],
                ]
                lines.append(" ".join([mode, name, *(f"{x:.9g}" for x in numbers)]))
                place += 1
        path = Path(folder, f"{architecture}-stem{stem}.txt")
        path.write_text("\n".join(lines) + "\n")
        print(path)


def main():
    command, argument = sys.argv[1:]
    if command == "figures":
        figures(argument)
    elif not compare(argument):
        sys.exit(1)


main()
