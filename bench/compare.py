"""Compares speed and memory of nmodlrs with NEURON's, side by side on this machine.

    compare.py [--repeats N] [--nmodlrs PROGRAM]

Five measurements, each the median of several runs that take turns:

- compiling the ten mechanisms of NEURON's demonstration of release (the files in mod/):
  wall time of nrnivmodl, and of `nmodlrs compile`;
- running bench/ring.toml on one thread: nanoseconds of processor time per compartment
  and step, and the peak resident memory of the process. NEURON's time is that of psolve
  over the 100 ms after the first 5; that of nmodlrs is the difference of two whole runs,
  to 105 and to 5 ms. So neither has the start, the compiler or the set-up in it.
  Both must give the same number of spikes;
- the same from Python: session.py, as it is in NEURON and by `python -m nmodlrs`;
- steps of variable length, variable.py in both: processor seconds of `CVode.solve`, and how far the
  samples are from those of a run with much smaller tolerances, as the geometric mean of runs with
  tolerances near each;
- threads: bench/ring.toml with each method on 1 and 2 threads (`--threads`), whose runs take turns:
  wall time between two ends, and the ratio. It says something only where the processors are free.

Run it through `./x bench`, which builds what it needs.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from math import exp, log
from pathlib import Path
from statistics import linear_regression, mean, median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RING = HERE / "ring.toml"
sys.path.insert(0, str(ROOT / "tests" / "neuron"))

DEMO = "cabpump cachan1 camchan capmpr capump invlfire khhchan nacaex nachan release".split()
COMPARTMENTS = 64 * 91
SHORT_MS, LONG_MS, DT_MS = 5, 105, 0.025

# Lines to add to [run], and tables to add at the end of the model.
VARIANTS = {
    "hh's TABLE (as shipped)": ("", ""),
    "exact rates (usetable_hh = 0)": ("", "[globals.hh]\nusetable = 0\n"),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeats", type=int, default=5, metavar="N")
    parser.add_argument("--nmodlrs", type=Path, default=ROOT / "target/release/nmodlrs")
    parser.add_argument("--only", choices=["compile", "run", "python", "variable", "threads"])
    parser.add_argument("--neuron-run", type=Path, metavar="MODEL", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.neuron_run:
        return neuron_run(options.neuron_run)
    if options.only in (None, "compile"):
        compare_compilers(options)
    if options.only in (None, "run"):
        compare_runs(options)
    if options.only in (None, "python"):
        compare_python(options)
    if options.only in (None, "variable"):
        compare_variable(options)
    if options.only in (None, "threads"):
        compare_threads(options)


def finish(command, **where):
    """Runs a command: its output, wall and processor seconds, and peak resident bytes."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, **where)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{text}")
    return text, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def row(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)


# ---- the compilers


def compare_compilers(options):
    files = [ROOT / "mod" / f"{name}.mod" for name in DEMO]
    bin = Path(sys.executable).parent
    path = os.environ | {"PATH": f"{bin}:{os.environ['PATH']}"}
    neuron, ours = [], []
    for _ in range(min(options.repeats, 3)):
        with tempfile.TemporaryDirectory() as folder:
            command = [bin / "nrnivmodl", *files]
            neuron.append(finish(command, cwd=folder, env=path)[1])
        # ours takes so little that it may as well be measured more often
        ours += [finish([options.nmodlrs, "compile", *files])[1] for _ in range(10)]
    row("compiling ten mechanisms", "NEURON 9.0.2", "nmodlrs", "ratio")
    row("---", "---:", "---:", "---:")
    neuron, ours = median(neuron), median(ours)
    row("wall time", f"{neuron:.2f} s", f"{1e3 * ours:.1f} ms", f"{neuron / ours:.0f}")
    print()


# ---- the simulators


def compare_runs(options):
    with tempfile.TemporaryDirectory() as folder:
        measured = {name: ([], []) for name in VARIANTS}
        for _ in range(options.repeats):
            for name, variant in VARIANTS.items():
                neuron, ours = measured[name]
                long = model(Path(folder), variant, LONG_MS)
                short = model(Path(folder), variant, SHORT_MS)
                neuron.append(run_neuron(long))
                ours.append(run_nmodlrs(options.nmodlrs, long, short))
                if neuron[-1][2] != ours[-1][2]:
                    sys.exit(f"{neuron[-1][2]} spikes in NEURON, {ours[-1][2]} in nmodlrs")
    row("64 cells, ns per compartment and step", "NEURON 9.0.2", "nmodlrs", "ratio")
    row("---", "---:", "---:", "---:")
    memory = []
    for name, (neuron, ours) in measured.items():
        n, o = (median(ns for ns, _, _ in runs) for runs in (neuron, ours))
        n_bytes, o_bytes = (median(peak for _, peak, _ in runs) for runs in (neuron, ours))
        row(name, f"{n:.1f}", f"{o:.1f}", f"{n / o:.1f}")
        memory.append((name, n_bytes / 1e6, o_bytes / 1e6))
    name, n, o = memory[0]
    row("peak memory of the process", f"{n:.0f} MB", f"{o:.0f} MB", f"{n / o:.1f}")
    print(f"\n{measured[name][0][0][2]} spikes in both")


def model(folder, variant, tstop_ms):
    """ring.toml in a variant, to another end."""
    run, tables = variant
    end = "tstop = {0}\ntstep = {0}\n".format
    text = RING.read_text().replace(end(LONG_MS), end(tstop_ms) + run)
    path = folder / f"ring-{tstop_ms}.toml"
    path.write_text(text + "\n" + tables)
    return path


def per_step(seconds):
    return seconds * 1e9 / (COMPARTMENTS * (LONG_MS - SHORT_MS) / DT_MS)


def run_nmodlrs(program, long, short):
    """ns per compartment and step, peak bytes, spikes."""
    spikes = long.with_suffix(".spikes")
    _, _, short_s, _ = finish([program, "run", short, "--spikes", short.with_suffix(".spikes")])
    _, _, long_s, peak = finish([program, "run", long, "--spikes", spikes])
    lines = [line for line in spikes.read_text().splitlines() if line[:1].isdigit()]
    return per_step(long_s - short_s), peak, len(lines)


def run_neuron(long):
    """ns per compartment and step, peak bytes, spikes."""
    text, _, _, peak = finish([sys.executable, __file__, "--neuron-run", long])
    seconds, spikes = text.splitlines()[-1].split()
    return per_step(float(seconds)), peak, int(spikes)


def neuron_run(path):
    """In a process of its own: prints the processor seconds that psolve takes, and the spikes."""
    from reference import Model

    model = Model(path)
    h = model.h
    assert sum(section.nseg for section in model.sections.values()) == COMPARTMENTS
    h.finitialize(-65)
    h.ParallelContext().set_maxstep(10)
    h.ParallelContext().psolve(SHORT_MS)
    start = time.process_time()
    h.ParallelContext().psolve(LONG_MS)
    print(time.process_time() - start, len(model.spike_times))


# ---- from Python


def compare_python(options):
    ours = os.environ.get("NMODLRS_PYTHON", sys.executable)
    commands = [[sys.executable], [ours, "-m", "nmodlrs"]]
    found = [[], []]
    for _ in range(options.repeats):
        for runs, command in zip(found, commands):
            text = finish([*command, HERE / "session.py"])[0]
            runs.append(json.loads(text.splitlines()[-1]))
    spikes = {run["spikes"] for runs in found for run in runs}
    if len(spikes) != 1:
        sys.exit(f"not the same spikes: {spikes}")

    def both(title, key, factor, unit):
        n, o = (factor * median(run[key] for run in runs) for runs in found)
        row(title, f"{n:.2f} {unit}", f"{o:.2f} {unit}", f"{n / o:.1f}")

    print()
    row("from Python", "NEURON 9.0.2", "nmodlrs", "ratio")
    row("---", "---:", "---:", "---:")
    both("finitialize and 4000 fadvance calls, one compartment", "step", 1e3, "ms")
    both("making 64 cells", "building", 1e3, "ms")
    both("64 cells, per compartment and step", "running", 1e9 / (COMPARTMENTS * 4000), "ns")


# ---- steps of variable length

# Title, arguments of variable.py.
TREE = ["tree", "1e-3", "1e-4", "1e-5", "--around", "12"]
PUMP = ["pump", "1e-2", "1e-3", "1e-4", "1e-5", "1e-6", "--converged", "1e-10", "--around", "30"]
INTEGRATED = [
    ("311 compartments", TREE),
    ("311 compartments, exact rates", [*TREE, "--exact"]),
    ("ring of 64 cells", ["ring", "1e-3", "--converged", "1e-7"]),
    ("demo/cabpump", PUMP),
    ("demo/cabpump, exact rates", [*PUMP, "--exact"]),
]


def compare_variable(options):
    ours = os.environ.get("NMODLRS_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        mechanisms = [ROOT / "mod" / f"{name}.mod" for name in ("cabpump", "camchan")]
        bin = Path(sys.executable).parent
        path = os.environ | {"PATH": f"{bin}:{os.environ['PATH']}"}
        finish([bin / "nrnivmodl", *mechanisms], cwd=folder, env=path)
        for title, arguments in INTEGRATED:
            command = [HERE / "variable.py", *arguments]
            neuron, nmodlrs = [], []
            for _ in range(min(options.repeats, 3)):
                neuron.append(last_line([sys.executable, *command], folder))
                nmodlrs.append(last_line([ours, "-m", "nmodlrs", *command], folder))
            print()
            compare_integrations(title, neuron, nmodlrs)


def last_line(command, folder):
    environment = os.environ | {"NEURON_MODULE_OPTIONS": "-nogui"}
    text = finish(command, cwd=folder, env=environment)[0]
    return json.loads(text.splitlines()[-1])


def compare_integrations(title, *runs):
    """What was counted is that of the tolerances around each: geometric means."""
    row(title, "NEURON 9.0.2", "nmodlrs", "ratio")
    row("---", "---:", "---:", "---:")
    for atol in runs[0][0]["runs"]:
        seconds = [median(run["runs"][atol]["seconds"] for run in each) for each in runs]
        n, o = (1e3 * each for each in seconds)
        row(f"atol {float(atol):g}: time", f"{n:.1f} ms", f"{o:.1f} ms", f"{n / o:.2f}")
        for name, key in [
            ("steps", "steps"),
            ("evaluations", "evaluations"),
            ("error, root of mean square", "error"),
            ("error, latest spike (ms)", "late"),
        ]:
            n, o = (
                exp(mean(log(run[key]) for run in each[0]["runs"][atol]["around"])) for each in runs
            )
            row(name, f"{n:.4g}", f"{o:.4g}", f"{n / o:.2f}")
    if len(runs[0][0]["runs"]) > 1:
        n, o = at_one_error(runs)
        row("steps for one error", f"{n:.4g}", f"{o:.4g}", f"{n / o:.2f}")
    samples = zip(*(each[0]["samples"] for each in runs))
    apart = [abs(n - o) for both in samples for n, o in zip(*both)]
    row("the converged runs differ by at most", "", f"{max(apart):.2g}", "")


def at_one_error(runs):
    """Steps of each simulator for the geometric mean of all errors, as one power of the steps has it."""
    logs = []
    for each in runs:
        around = [run for at in each[0]["runs"].values() for run in at["around"]]
        logs.append([[log(run[key]) for run in around] for key in ("steps", "error")])
    power = mean(linear_regression(steps, errors).slope for steps, errors in logs)
    middle = mean(mean(errors) for _, errors in logs)
    return [exp(mean(steps) + (middle - mean(errors)) / power) for steps, errors in logs]


# ---- threads

# Methods, and the two ends between which they are measured.
SHARED = [("fixed", 5, 105), ("cvode", 5, 25), ("cvode-local", 5, 25)]


def compare_threads(options):
    print()
    row("ring of 64 cells, wall time", "1 thread", "2 threads", "ratio")
    row("---", "---:", "---:", "---:")
    with tempfile.TemporaryDirectory() as folder:
        for method, first_ms, last_ms in SHARED:
            found = {1: [], 2: []}
            spikes = set()
            for turn in range(options.repeats):
                for threads in (1, 2) if turn % 2 else (2, 1):
                    short, _ = run_shared(options.nmodlrs, folder, method, threads, first_ms)
                    long, times = run_shared(options.nmodlrs, folder, method, threads, last_ms)
                    found[threads].append(long - short)
                    spikes.add(times)
            if len(spikes) != 1:
                sys.exit(f"{method}: spikes depend on the number of threads")
            one, two = median(found[1]), median(found[2])
            row(method, f"{1e3 * one:.0f} ms", f"{1e3 * two:.0f} ms", f"{one / two:.2f}")


def run_shared(program, folder, method, threads, tstop_ms):
    """Wall seconds of a whole run, and its spikes."""
    spikes = Path(folder) / "spikes.csv"
    sets = [f"run.method={method}", f"run.tstop={tstop_ms}", f"run.tstep={tstop_ms}"]
    command = [program, "run", RING, "--threads", str(threads), "--spikes", spikes]
    command += [word for set in sets for word in ("--set", set)]
    return finish(command)[1], spikes.read_text()


if __name__ == "__main__":
    main()
