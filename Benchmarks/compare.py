"""Runs the engine and PyTorch in alternation and prints a table: see Benchmarks/run."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

WORKLOADS = {  # The batch of each, and the ratio it has to reach, if any.
    "resnet18-inference": (128, 2.0),
    "resnet50-inference": (16, 1.3),
    "resnet18-training": (128, 1.2),
    "resnet20-training": (128, None),
}
LAYOUTS = ("contiguous", "channels-last")


class Side:
    """A process that runs its workload once for every line it is sent."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self):
        """The seconds of the wall clock and of the processor for one repetition."""
        before = self.processor_seconds()
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        seconds = float(self.process.stdout.readline())
        return seconds, self.processor_seconds() - before

    def processor_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_mebibytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def spread(values, digits=2):
    return (
        f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"
    )


def measure(engine, workload, batch, pairs, threads):
    here = Path(__file__).parent
    words = [workload, str(batch), str(threads)]
    commands = {"engine": [engine, *words]}
    for layout in LAYOUTS:
        commands[layout] = [sys.executable, str(here / "pytorch.py"), *words, layout]
    sides = {name: Side(command) for name, command in commands.items()}
    for side in sides.values():
        side.run()  # Loads libraries and lays out weights.
    times = {name: [] for name in sides}
    for _ in range(pairs):
        for name, side in sides.items():
            times[name].append(side.run())
    peaks = {name: side.peak_mebibytes() for name, side in sides.items()}
    for side in sides.values():
        side.close()
    return times, peaks


def report(workload, batch, times, peaks, target):
    better = min(LAYOUTS, key=lambda name: statistics.median(t[0] for t in times[name]))
    ratios = [
        [b[clock] / a[clock] for a, b in zip(times["engine"], times[better])] for clock in (0, 1)
    ]
    cells = [
        f"{workload}, batch {batch}",
        spread([t[0] for t in times["engine"]]),
        f"{spread([t[0] for t in times[better]])} {better}",
        spread(ratios[0]),
        spread(ratios[1]),
        f"{target:.1f}" if target else "",
        f"{peaks['engine']:.0f}",
        f"{peaks[better]:.0f}",
    ]
    print("| " + " | ".join(cells) + " |", flush=True)


def main():
    engine, *names = sys.argv[1:]
    pairs = int(os.environ.get("PAIRS", "5"))
    threads = int(os.environ.get("THREADS", "2"))
    print(
        "| work | engine, s | PyTorch, s | ratio | ratio of processor time | to reach "
        "| engine peak, MiB | PyTorch peak, MiB |"
    )
    print("| --- " * 8 + "|")
    for workload in names or WORKLOADS:
        batch, target = WORKLOADS[workload]
        times, peaks = measure(engine, workload, batch, pairs, threads)
        report(workload, batch, times, peaks, target)


main()
