"""Runs the workloads with two commands in turn and compares their CPU time.

    python3 benches/versus.py python3.11 target/release/argil
    python3 benches/versus.py 'target/release/argil --lock gil' 'target/release/argil --lock none'

Prints, for each workload, the CPU time (user and system, of all processes) of the best run of each command, and how
many times as fast the second is; then the geometric mean. `--runs N` sets how many runs each command has of each
workload (5); further arguments name workloads (all). The outputs must be equal. The commands are the subject, so
this script is for CPython; it needs `os.wait4`.
"""

import argparse
import math
import os
import shlex
import subprocess
import sys
from pathlib import Path

WORKLOADS = Path(__file__).parent / "workloads"


def measure(command, script):
    """The CPU seconds of one run, and what it printed."""
    with subprocess.Popen([*command, script], stdout=subprocess.PIPE) as process:
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{shlex.join(command)} {script}: exit status {process.returncode}")
    return usage.ru_utime + usage.ru_stime, output


def compare(commands, script, runs):
    """The best CPU seconds of each command."""
    times = [[], []]
    outputs = set()
    for _ in range(runs):
        for command, seconds in zip(commands, times):
            cpu, output = measure(command, script)
            seconds.append(cpu)
            outputs.add(output)
    if len(outputs) > 1:
        sys.exit(f"{script}: the commands do not print the same")
    return [min(seconds) for seconds in times]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("base", help="the command to compare with")
    parser.add_argument("other", help="the command that is judged")
    parser.add_argument("workloads", nargs="*", help="names of workloads (all)")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs of each command (5)")
    options = parser.parse_args()
    commands = [shlex.split(options.base), shlex.split(options.other)]
    names = options.workloads or sorted(path.stem for path in WORKLOADS.glob("*.py"))
    print("| workload | base | other | times as fast |\n| --- | ---: | ---: | ---: |")
    ratios = []
    for name in names:
        base, other = compare(commands, WORKLOADS / f"{name}.py", options.runs)
        ratios.append(base / other)
        print(f"| {name} | {base:.3f} s | {other:.3f} s | {ratios[-1]:.2f} |", flush=True)
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"| **geometric mean** | | | **{mean:.2f}** |\n")
    print(f"Smallest {min(ratios):.3f}, largest {max(ratios):.3f}, mean {mean:.3f}.")


if __name__ == "__main__":
    main()
