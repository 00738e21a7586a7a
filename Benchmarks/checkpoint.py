"""Imports, audits and verifies a large checkpoint beside sha256sum; used by Benchmarks/checkpoint.

Python's standard library only. The checkpoint is a multilayer perceptron whose first layer takes up
the size asked for; it is written piece by piece, so neither side ever has it in memory.
"""

import argparse
import array
import collections
import json
import os
import pickle
import random
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import types
import zipfile

HIDDEN, FEATURES, CLASSES = 4096, 64, 2
PIECE = 1 << 20  # floats


def network(megabytes):
    """The configuration and the shapes of a network of about so many million bytes."""
    inputs = max(1, megabytes * 1_000_000 // 4 // HIDDEN)
    height = inputs // 65536 + 1
    width = inputs // height
    configuration = {
        "architecture": "mlp",
        "inputShape": [height, width, 1],
        "labelNames": ["no", "yes"],
        "preprocessing": {"mean": [0], "standardDeviation": [1], "zeroPadded": False},
        "hyperparameters": {"hidden": HIDDEN, "features": FEATURES},
    }
    shapes = {
        "fc.bias": [CLASSES],
        "fc.weight": [CLASSES, FEATURES],
        "fc1.bias": [HIDDEN],
        "fc1.weight": [HIDDEN, height * width],
        "fc2.bias": [FEATURES],
        "fc2.weight": [FEATURES, HIDDEN],
    }
    return configuration, shapes


def size(shape):
    count = 1
    for extent in shape:
        count *= extent
    return count


def pieces(count, block):
    """The bytes of so many weights."""
    while count > 0:
        taken = min(count, PIECE)
        yield memoryview(block)[: 4 * taken]
        count -= taken


def write_safetensors(path, shapes, block):
    header, begin = {}, 0
    for name, shape in shapes.items():
        end = begin + 4 * size(shape)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, end]}
        begin = end
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for shape in shapes.values():
            for piece in pieces(size(shape), block):
                file.write(piece)


def torch_pickle(shapes):
    """The data.pkl of a state dict, as torch.save writes it."""

    class FloatStorage:
        pass

    def rebuild(*_):
        raise NotImplementedError

    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    FloatStorage.__module__, FloatStorage.__qualname__ = "torch", "FloatStorage"
    rebuild.__module__, rebuild.__name__ = "torch._utils", "_rebuild_tensor_v2"
    rebuild.__qualname__ = "_rebuild_tensor_v2"
    torch.FloatStorage, torch._utils, utils._rebuild_tensor_v2 = FloatStorage, utils, rebuild
    sys.modules.update({"torch": torch, "torch._utils": utils})
    Storage = collections.namedtuple("Storage", "key count")

    class Tensor:
        def __init__(self, key, shape):
            self.key, self.shape = key, shape

        def __reduce__(self):
            strides, step = [], 1
            for extent in reversed(self.shape):
                strides.insert(0, step)
                step *= extent
            storage = Storage(self.key, size(self.shape))
            return rebuild, (
                storage, 0, tuple(self.shape), tuple(strides), False, collections.OrderedDict())

    class Pickler(pickle.Pickler):
        def persistent_id(self, thing):
            if isinstance(thing, Storage):
                return ("storage", FloatStorage, thing.key, "cpu", thing.count)
            return None

    state = collections.OrderedDict(
        (name, Tensor(str(key), shape)) for key, (name, shape) in enumerate(shapes.items()))
    with tempfile.SpooledTemporaryFile() as file:
        Pickler(file, protocol=2).dump(state)
        file.seek(0)
        return file.read()


def write_torch(path, shapes, block):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        archive.writestr("archive/data.pkl", torch_pickle(shapes))
        archive.writestr("archive/byteorder", "little")
        for key, shape in enumerate(shapes.values()):
            with archive.open(f"archive/data/{key}", "w") as member:
                for piece in pieces(size(shape), block):
                    member.write(piece)
        archive.writestr("archive/version", "3\n")


def run(command):
    """Runs a command to its success; its seconds and its peak of resident memory in MB."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        if status != 0:
            output.seek(0)
            print(output.read().decode(errors="replace"), file=sys.stderr)
            sys.exit(f"checkpoint: '{' '.join(command)}' ended with status {status}")
    return seconds, usage.ru_maxrss / 1024


def commands(binary, weights, configuration, registry, folder):
    """What is measured, in the order in which it can be run, by name."""
    here = ["--quiet", "--registry", registry]
    return {
        "import": [binary, "import", weights, "--config", configuration, *here],
        "audit": [binary, "audit", *here],
        "verify": [binary, "verify", "v1", *here],
        "export": [binary, "export", "v1", "--to", f"{folder}/exported", *here],
        "show": [binary, "show", "v1", *here],
        "list": [binary, "list", *here],
        "lineage": [binary, "lineage", "v1", *here],
        "diff": [binary, "diff", "v1", "v1", *here],
    }


def make(folder, megabytes, form, block):
    configuration, shapes = network(megabytes)
    weights = f"{folder}/model.{'safetensors' if form == 'safetensors' else 'pt'}"
    (write_safetensors if form == "safetensors" else write_torch)(weights, shapes, block)
    with open(f"{folder}/config.json", "w") as file:
        json.dump(configuration, file)
    return weights, f"{folder}/config.json"


def measure(binary, weights, configuration, folder, names):
    """One round in a new registry: seconds and MB by name, sha256sum among them."""
    registry = f"{folder}/Registry"
    run([binary, "init", "--model", "large", "--quiet", "--registry", registry])
    figures = {}
    for name, command in commands(binary, weights, configuration, registry, folder).items():
        if name not in names:
            continue
        # Each beside a run of its own, so that a change of the machine's mood meets both.
        figures[f"sha256sum {name}"] = run(["sha256sum", weights])
        figures[name] = run(command)
    shutil.rmtree(registry)
    shutil.rmtree(f"{folder}/exported", ignore_errors=True)
    return figures


def speed(arguments, folder, block):
    names = ["import", "audit", "verify", "export"]
    weights, configuration = make(folder, arguments.megabytes, arguments.format, block)
    os.sync()
    run(["sha256sum", weights])  # Into the page cache.
    rounds = [
        measure(arguments.binary, weights, configuration, folder, names)
        for _ in range(arguments.rounds)
    ]
    million = os.path.getsize(weights) / 1e6
    print(f"{million:.0f} MB, {arguments.format}, {arguments.rounds} rounds, median (range)")
    print("| work | MB/s | speed, sha256sum = 1 | peak memory, MB |")
    print("|---|---|---|---|")
    hashed = [million / r[f"sha256sum {n}"][0] for r in rounds for n in names]
    print(f"| sha256sum | {statistics.median(hashed):.0f} | 1 | |")
    for name in names:
        rates = [million / r[name][0] for r in rounds]
        ratios = [r[f"sha256sum {name}"][0] / r[name][0] for r in rounds]
        print(
            f"| {name} | {statistics.median(rates):.0f} "
            f"| {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) "
            f"| {max(r[name][1] for r in rounds):.0f} |")


def memory(arguments, folder, block):
    """Fails unless every command needs as much memory for a large checkpoint as for a small one."""
    failed = 0
    for form in ["safetensors", "torch"]:
        peaks = []
        for megabytes in [arguments.megabytes // 4, arguments.megabytes]:
            inner = f"{folder}/{form}-{megabytes}"
            os.mkdir(inner)
            weights, configuration = make(inner, megabytes, form, block)
            names = commands("", "", "", "", "")
            figures = measure(arguments.binary, weights, configuration, inner, names)
            peaks.append({name: figures[name][1] for name in names})
            shutil.rmtree(inner)
        for name in peaks[0]:
            small, large = peaks[0][name], peaks[1][name]
            # A few pages come and go; a checkpoint that is read whole is far beyond.
            holds = large < small + 8 and large < 150
            failed += not holds
            print(
                f"{'passed' if holds else 'FAILED'}: {name}, {form}: {small:.0f} MB for "
                f"{arguments.megabytes // 4} MB of weights, {large:.0f} MB for {arguments.megabytes}")
    sys.exit(1 if failed else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("megabytes", type=int, nargs="?", default=2000)
    parser.add_argument("--format", choices=["safetensors", "torch"], default="safetensors")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--directory", help="where the files lie meanwhile; such as /dev/shm")
    parser.add_argument("--memory", action="store_true", help="only check that memory is constant")
    parser.add_argument("--make", metavar="DIR", help="only write the checkpoint into a folder")
    arguments = parser.parse_args()
    arguments.binary = os.path.abspath(arguments.binary)
    generator = random.Random(1)
    block = array.array("f", (generator.uniform(-0.02, 0.02) for _ in range(PIECE))).tobytes()
    if arguments.make:
        make(arguments.make, arguments.megabytes, arguments.format, block)
        return
    with tempfile.TemporaryDirectory(dir=arguments.directory) as folder:
        (memory if arguments.memory else speed)(arguments, folder, block)


if __name__ == "__main__":
    main()
