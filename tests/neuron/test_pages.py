"""The Python examples of docs/nmodl print the same in NEURON and in nmodlrs.

What an example prints is words and numbers; the numbers agree to 1e-9. NEURON runs it with a module of
the name `nmodlrs` that is NEURON (pages_in_neuron), and its output is kept below target/neuron/pages
until an example of the same folder changes. See test_paired.py for the environment.
"""

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

import pages
from agreement import differences
from test_paired import HERE, NEURON, NMODLRS, has_nmodlrs, version_of_neuron

FOLDER = HERE.parents[1] / "target" / "pages"
KEPT = HERE.parents[1] / "target" / "neuron" / "pages"
SCRIPTS = {each.page: each for each in pages.examples() if each.language == "python"}
LIMIT_SECONDS = 60


@pytest.fixture(scope="module")
def written():
    pages.write(FOLDER)
    return version_of_neuron()


@pytest.mark.parametrize("page", SCRIPTS)
def test_page(page, written):
    script = SCRIPTS[page]
    reference = words(in_neuron(script, written)) if script.in_neuron else None
    if not has_nmodlrs():
        pytest.skip(f"NOT COMPARED: {NMODLRS} has no module nmodlrs; NEURON ran the page")
    ours = words(output(NMODLRS, script, os.environ.get("PYTHONPATH", "")))
    assert ours, f"{page} prints nothing"
    if reference is not None:
        found = differences(ours, reference, rtol=script.relative, atol=0.0)
        if found:
            pytest.fail("\n".join(map(str, found)), pytrace=False)


def words(text):
    """The words that were printed, numbers as numbers."""
    return [number(word) for word in text.split()]


def number(word):
    try:
        return float(word)
    except ValueError:
        return word


def output(python, script, path):
    """What an example prints."""
    folder = FOLDER / (script.folder if script.in_neuron else f"{script.folder}-here")
    done = subprocess.run(
        [python, script.name],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path, "NEURON_MODULE_OPTIONS": "-nogui"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=10 * LIMIT_SECONDS,
    )
    if done.returncode != 0:
        pytest.fail(f"{script.page}: status {done.returncode}\n{done.stderr}", pytrace=False)
    return done.stdout


def in_neuron(script, version):
    """What an example prints in NEURON, now or earlier."""
    digest = hashlib.sha256((version + script.text).encode())
    for file in sorted((FOLDER / script.folder).glob("*.mod")):
        digest.update(file.name.encode() + file.read_bytes())
    kept = KEPT / f"{script.name}.{digest.hexdigest()[:16]}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    text = output(NEURON, script, str(HERE / "pages_in_neuron"))
    KEPT.mkdir(parents=True, exist_ok=True)
    partial = kept.with_suffix(f".{os.getpid()}")
    partial.write_text(json.dumps(text))
    partial.replace(kept)
    return text


def test_every_folder_of_pages_is_looked_at():
    assert len(SCRIPTS) > 8
    assert {each.folder for each in pages.examples()} == {
        path.name for path in pages.PAGES.iterdir() if path.is_dir()
    }
    assert Path(pages.PAGES, "README.md").exists()
