"""The same Python scripts in NEURON 9.0.2 and in nmodlrs, and what they report compared.

Each file scripts/SUBJECT/NAME.py is a case. It uses NEURON's public interface and ends with
a call of paired.report. NEURON runs it as it is, nmodlrs by `python -m nmodlrs`; each run is
a process of its own in an empty folder. NEURON's reports are kept below target/neuron/paired
as long as the script, the files that it names and NEURON's version are the same.

    NMODLRS_NEURON_PYTHON   interpreter that has NEURON; else the one of pytest
    NMODLRS_PYTHON          interpreter that has nmodlrs; else the same

pytest -k NAME selects cases. All that are selected run in as many processes at once as there
are processors.
"""

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from agreement import differences

HERE = Path(__file__).resolve().parent
SCRIPTS = HERE / "scripts"
CACHE = HERE.parents[1] / "target" / "neuron" / "paired"
CASES = {
    file.relative_to(SCRIPTS).with_suffix("").as_posix(): file
    for file in sorted(SCRIPTS.glob("*/*.py"))
}
NEURON = os.environ.get("NMODLRS_NEURON_PYTHON", sys.executable)
NMODLRS = os.environ.get("NMODLRS_PYTHON", NEURON)
LIMIT_SECONDS = 60
MARK = "REPORT "


@pytest.mark.parametrize("case", CASES)
def test_paired(case, runs):
    reference = runs[case]["NEURON"].result()
    if not reference.report:
        pytest.fail(f"NEURON cannot run {case}:\n{reference.messages}", pytrace=False)
    if "nmodlrs" not in runs[case]:
        pytest.skip(f"NOT COMPARED: {NMODLRS} has no module nmodlrs; NEURON ran the case")
    ours = runs[case]["nmodlrs"].result()
    if not ours.report:
        pytest.fail(f"nmodlrs cannot run {case}:\n{ours.messages}", pytrace=False)
    found = disagreements(ours.report, reference.report)
    if found:
        shown = "\n".join(str(each) for each in found[:20])
        more = f"\n... and {len(found) - 20} more" if len(found) > 20 else ""
        pytest.fail(f"{case}\n{shown}{more}\n{ours.messages}", pytrace=False)


def test_cases_say_what_they_hold_and_report_last():
    for case, file in CASES.items():
        script = ast.parse(file.read_text())
        assert ast.get_docstring(script), case
        assert ast.unparse(script.body[-1]).startswith("report("), case
        # its folder is the first place where Python looks for modules
        assert file.stem not in sys.stdlib_module_names, case


def disagreements(ours, reference):
    """Where our report is not NEURON's, or not what the script expects instead."""
    right = reference["values"] | reference["expect"]
    found = differences(sorted(ours["values"]), sorted(right), 0.0, 0.0, "names of the report")
    for name in [each for each in right if each in ours["values"]]:
        limits = {key: reference[key] for key in ("rtol", "atol")}
        limits |= reference["loose"].get(name, {})
        found += differences(ours["values"][name], right[name], **limits, place=name)
    return found


# ---- running


@pytest.fixture(scope="module")
def runs(request):
    """For each selected case and simulator, the future of its run."""
    selected = [
        item.callspec.params["case"]
        for item in request.session.items
        if getattr(item, "function", None) is test_paired
    ]
    version = version_of_neuron()
    compare = has_nmodlrs()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = {}
        for case in selected:
            found[case] = {"NEURON": pool.submit(in_neuron, CASES[case], version)}
            if compare:
                found[case]["nmodlrs"] = pool.submit(run, [NMODLRS, "-m", "nmodlrs"], CASES[case])
        yield found
        pool.shutdown(cancel_futures=True)


class Run:
    """The end of a process: the report, if it came so far, and what else it printed."""

    def __init__(self, report, messages):
        self.report, self.messages = report, messages


def run(command, script):
    """Runs a script, with no other surroundings than an empty folder."""
    environment = os.environ | {
        "PYTHONPATH": str(SCRIPTS),
        "NEURON_MODULE_OPTIONS": "-nogui",
        "PYTHONHASHSEED": "0",
    }
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [*command, script],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=LIMIT_SECONDS,
            )
        except subprocess.TimeoutExpired as expired:
            output = (expired.stderr or b"").decode(errors="replace")
            return Run(None, f"longer than {LIMIT_SECONDS} s\n{output}")
    reports = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
    messages = f"exit status {done.returncode}\n{done.stderr}"
    if done.returncode != 0 or len(reports) != 1:
        return Run(None, f"{len(reports)} reports, {messages}\n{done.stdout}")
    return Run(json.loads(reports[0].removeprefix(MARK)), messages)


def in_neuron(script, version):
    """NEURON's run of a script, now or earlier."""
    kept = CACHE / f"{key_of(script, version)}.json"
    if kept.exists():
        return Run(json.loads(kept.read_text()), "kept from an earlier run")
    result = run([NEURON], script)
    if result.report:
        CACHE.mkdir(parents=True, exist_ok=True)
        # whole or not at all, whoever else computes the same
        partial = kept.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(result.report))
        partial.replace(kept)
    return result


def key_of(script, version):
    """A digest of everything that determines NEURON's report."""
    text = script.read_text()
    digest = hashlib.sha256(version.encode())
    files = [script, SCRIPTS / "paired.py"]
    for module in ("integrators", "models"):
        if f"from {module} import" in text:
            files.append(SCRIPTS / f"{module}.py")
    for name in sorted(set(re.findall(r"""["']([\w./-]+\.\w+)["']""", text))):
        folders = (HERE / "mechanisms", SCRIPTS / "morphologies")
        files += [folder / name for folder in folders if (folder / name).exists()]
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:32]


def version_of_neuron():
    command = "from importlib.metadata import version; print(version('neuron'))"
    found = subprocess.run([NEURON, "-c", command], capture_output=True, text=True)
    if found.returncode != 0:
        pytest.fail(f"{NEURON} has no NEURON; NMODLRS_NEURON_PYTHON can name one that has")
    return found.stdout.strip()


def has_nmodlrs():
    """Whether there is something to compare; a package that is broken counts as there."""
    command = "from importlib.util import find_spec as f; raise SystemExit(f('nmodlrs') is None)"
    return subprocess.run([NMODLRS, "-c", command], cwd="/").returncode == 0
