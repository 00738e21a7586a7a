"""PyTorch's side of Benchmarks/run: pytorch.py WORKLOAD BATCH THREADS LAYOUT.

Every line read runs the workload once, eagerly in float32, and prints the seconds it took.
"""

import sys
import time

import torch
from torch import nn


def normalised(inputs, outputs, kernel, stride=1):
    convolution = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
    return convolution, nn.BatchNorm2d(outputs)


class Block(nn.Module):
    """A residual block of torchvision's ResNets: basic with two convolutions, else bottleneck."""

    def __init__(self, inputs, width, stride, is_bottleneck):
        super().__init__()
        relu = nn.ReLU(inplace=True)
        if is_bottleneck:
            outputs = 4 * width
            self.main = nn.Sequential(
                *normalised(inputs, width, 1), relu,
                *normalised(width, width, 3, stride), relu, *normalised(width, outputs, 1),
            )
        else:
            outputs = width
            self.main = nn.Sequential(
                *normalised(inputs, width, 3, stride), relu, *normalised(width, width, 3)
            )
        self.shortcut = None
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(*normalised(inputs, outputs, 1, stride))
        self.relu = relu
        self.outputs = outputs

    def forward(self, x):
        y = self.main(x)
        y += x if self.shortcut is None else self.shortcut(x)
        return self.relu(y)


def resnet(blocks, is_bottleneck, is_small, classes):
    stem = [*normalised(3, 64, 3 if is_small else 7, 1 if is_small else 2), nn.ReLU(inplace=True)]
    if not is_small:
        stem.append(nn.MaxPool2d(3, 2, 1))
    layers, inputs = stem, 64
    for stage, count in enumerate(blocks):
        for index in range(count):
            stride = 2 if stage > 0 and index == 0 else 1
            block = Block(inputs, 64 << stage, stride, is_bottleneck)
            layers.append(block)
            inputs = block.outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes))


class PaddedBlock(nn.Module):
    """A block of the CIFAR ResNets: where it strides, its shortcut is subsampled and padded."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.main = nn.Sequential(
            *normalised(inputs, outputs, 3, stride), nn.ReLU(inplace=True),
            *normalised(outputs, outputs, 3),
        )
        self.stride = stride
        self.padding = outputs - inputs

    def forward(self, x):
        y = self.main(x)
        if self.stride != 1:
            half = self.padding // 2
            x = nn.functional.pad(
                x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, half, self.padding - half)
            )
        y += x
        return nn.functional.relu(y, inplace=True)


def resnet20():
    layers, inputs = [*normalised(1, 16, 3), nn.ReLU(inplace=True)], 16
    for width in (16, 32, 64):
        for index in range(3):
            layers.append(PaddedBlock(inputs, width, 2 if width > 16 and index == 0 else 1))
            inputs = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def case(workload):
    """A network, the shape of its pictures and its classes."""
    if workload == "resnet20-training":
        return resnet20(), (1, 28, 28), 10
    if workload == "resnet50-inference":
        return resnet((3, 4, 6, 3), True, False, 751), (3, 256, 128), 751
    return resnet((2, 2, 2, 2), False, True, 10), (3, 32, 32), 10


def main():
    workload, batch, threads, layout = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network, shape, classes = case(workload)
    inputs = torch.rand(batch, *shape) * 2 - 1
    labels = torch.arange(batch) % classes
    if layout == "channels-last":
        network = network.to(memory_format=torch.channels_last)
        inputs = inputs.contiguous(memory_format=torch.channels_last)
    optimiser = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)

    def infer():
        with torch.inference_mode():
            network(inputs)

    def train():
        optimiser.zero_grad()
        nn.functional.cross_entropy(network(inputs), labels).backward()
        optimiser.step()

    trains = workload.endswith("training")
    network.train(trains)
    run = train if trains else infer
    for _ in sys.stdin:
        start = time.perf_counter()
        run()
        print(time.perf_counter() - start, flush=True)


main()
