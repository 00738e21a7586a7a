"""Prints what unlearning costs: see Benchmarks/run. Usage: unlearning.py BINARY THREADS"""

import statistics
import subprocess
import sys

# Records, features beside the bias, classes, and the seconds it may take.
INFLUENCES = [(5000, 512, 10, 0.15), (72, 2048, 751, 3.0)]
RECORDS = 1000


def run(*words):
    output = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return [[float(word) for word in line.split()] for line in output.splitlines()]


def spread(values, digits):
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def influences(binary, threads):
    print("\n| influences of all records in one solve | seconds | to reach | iterations "
          "| memory it adds, MiB | all gradients would be, MiB |")
    print("| --- " * 6 + "|")
    for records, features, classes, bound in INFLUENCES:
        *solves, (before, after) = run(
            binary, "influence", str(records), str(features), str(classes), threads)
        cells = [
            f"{records:,} × {features + 1:,} features × {classes} classes",
            spread([solve[0] for solve in solves], 3), f"{bound}", f"{solves[0][1]:.0f}",
            f"{(after - before) / 1024:.1f}",
            f"{records * (features + 1) * classes * 8 / 2**20:.0f}",
        ]
        print("| " + " | ".join(cells) + " |", flush=True)


def forgetting(binary, threads):
    rounds = run(binary, "forgetting", str(RECORDS), threads)
    rows = [
        ("first request, against one forward pass", [r[1] / r[0] for r in rounds], 3, "1.1",
         [r[4] for r in rounds]),
        ("second request, against the first", [r[2] / r[1] for r in rounds], 4, "0.01",
         [r[5] for r in rounds]),
        ("the same with opening what is kept", [(r[2] + r[3]) / r[1] for r in rounds], 4, "",
         [r[5] for r in rounds]),
    ]
    print(f"\n| IMU of the classifier, ResNet-18/CIFAR, {RECORDS:,} records, 3 epochs | ratio "
          "| at most | records through the extractor |")
    print("| --- " * 4 + "|")
    for title, ratios, digits, bound, made in rows:
        print(f"| {title} | {spread(ratios, digits)} | {bound} | {max(made):.0f} |", flush=True)


def main():
    binary, threads = sys.argv[1:]
    influences(binary, threads)
    forgetting(binary, threads)


main()
