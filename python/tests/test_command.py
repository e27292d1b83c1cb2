"""`python -m nmodlrs` runs what was written for NEURON."""

SCRIPT = """
import sys
from neuron import h, n
import neuron.units
assert h is n
soma = h.Section(name="soma")
print(__name__, sys.argv[1:], neuron.units.ms == 1, soma, neuron.__name__)
"""


def test_a_script_with_arguments(python, tmp_path):
    script = tmp_path / "script.py"
    (tmp_path / "beside.py").write_text("value = 'beside'")
    script.write_text(SCRIPT + "import beside; print(beside.value)")
    done = python("-m", "nmodlrs", script, "-a", "b", cwd=tmp_path.parent)
    assert done.stdout.splitlines() == ["__main__ ['-a', 'b'] True soma nmodlrs", "beside"]
    assert (done.returncode, done.stderr) == (0, "")


def test_a_command(python):
    done = python("-m", "nmodlrs", "-c", SCRIPT, "x")
    assert done.stdout == "__main__ ['x'] True soma nmodlrs\n"
    assert done.returncode == 0


def test_a_module(python, tmp_path):
    (tmp_path / "model.py").write_text(SCRIPT)
    done = python("-m", "nmodlrs", "-m", "model", "y", cwd=tmp_path)
    assert done.stdout == "__main__ ['y'] True soma nmodlrs\n"
    assert done.returncode == 0


def test_exit_status(python, tmp_path):
    assert python("-m", "nmodlrs", "-c", "import sys; sys.exit(3)").returncode == 3
    failed = python("-m", "nmodlrs", "-c", "raise ValueError('of the script')")
    assert failed.returncode == 1
    assert "ValueError: of the script" in failed.stderr
    nothing = python("-m", "nmodlrs", tmp_path / "nothing.py")
    assert nothing.returncode != 0 and "nothing.py" in nothing.stderr


def test_what_it_prints_without_arguments(python):
    assert python("-m", "nmodlrs").returncode != 0
    assert "SCRIPT" in python("-m", "nmodlrs", "--help").stdout


def test_without_it_neuron_is_not_replaced(python):
    done = python("-c", "import nmodlrs, sys; print('neuron' in sys.modules)")
    assert done.stdout == "False\n", done.stderr
