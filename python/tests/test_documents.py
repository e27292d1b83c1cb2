"""The examples of README.md and docs/python.md run."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = (ROOT / "demo" / "hh" / "expected.dat").read_text()


@pytest.mark.parametrize("document", ["README.md", "docs/python.md"])
def test_the_first_example_prints_what_neurons_documentation_does(document, python, tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / document).read_text(), re.DOTALL)
    example = next(block for block in blocks if "batch_run" in block)
    done = python("-c", example, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "hhsim.dat").read_text() == EXPECTED
