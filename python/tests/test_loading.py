"""Mechanisms that are loaded while a script runs, changed, and loaded again."""

import re

import pytest

import nmodlrs
from nmodlrs import CompileError, h

LEAK = """
NEURON { SUFFIX %(name)s NONSPECIFIC_CURRENT i RANGE g, e }
PARAMETER { g = %(g)s (S/cm2) e = -70 (mV) }
ASSIGNED { v (mV) i (mA/cm2) }
BREAKPOINT { i = %(factor)s * g * (v - e) }
"""


def leak(name, g=0.001, factor=1):
    return LEAK % {"name": name, "g": g, "factor": factor}


def current(section, name):
    h.finitialize(-60)
    return getattr(section(0.5), name).i


def test_old_instances_keep_their_code_and_new_ones_get_the_new(tmp_path):
    file = tmp_path / "leak1.mod"
    file.write_text(leak("leak1"))
    nmodlrs.load_mechanisms(file)
    old = h.Section(name="old")
    old.insert("leak1")
    assert current(old, "leak1") == pytest.approx(0.01)

    file.write_text(leak("leak1", g=0.002, factor=10))
    nmodlrs.load_mechanisms(file)
    new = h.Section(name="new")
    new.insert("leak1")
    assert new(0.5).leak1.g == 0.002
    assert current(new, "leak1") == pytest.approx(0.2)
    assert current(old, "leak1") == pytest.approx(0.01)


def test_instances_migrate_if_that_is_asked_for(tmp_path):
    file = tmp_path / "leak2.mod"
    file.write_text(leak("leak2"))
    nmodlrs.load_mechanisms(file)
    section = h.Section(name="section")
    section.insert("leak2")
    section(0.5).leak2.g = 0.003
    file.write_text(leak("leak2", factor=10))
    nmodlrs.load_mechanisms(file, migrate=True)
    # a value that was set is kept
    assert section(0.5).leak2.g == 0.003
    assert current(section, "leak2") == pytest.approx(0.3)


def test_a_faulty_file_is_an_exception_with_place_and_text(tmp_path):
    file = tmp_path / "faulty.mod"
    file.write_text(leak("faulty").replace("(v - e)", "(v - unknown)"))
    with pytest.raises(CompileError) as error:
        nmodlrs.load_mechanisms(file)
    text = str(error.value)
    assert "unknown" in text
    # the line, its number and the file
    assert re.search(r"faulty\.mod:5:\d+", text), text
    assert "BREAKPOINT { i = 1 * g * (v - unknown) }" in text
    assert "faulty" not in dir(h)


def test_a_folder_is_loaded_as_a_whole_or_not_at_all(tmp_path):
    (tmp_path / "a.mod").write_text(leak("whole_a"))
    (tmp_path / "b.mod").write_text("NEURON { SUFFIX whole_b } BREAKPOINT { nonsense }")
    with pytest.raises(CompileError):
        nmodlrs.load_mechanisms(tmp_path)
    section = h.Section(name="section")
    with pytest.raises(ValueError):
        section.insert("whole_a")
    (tmp_path / "b.mod").write_text(leak("whole_b"))
    nmodlrs.load_mechanisms(tmp_path)
    section.insert("whole_a").insert("whole_b")


def test_a_faulty_change_leaves_what_was_loaded(tmp_path):
    file = tmp_path / "leak3.mod"
    file.write_text(leak("leak3"))
    nmodlrs.load_mechanisms(file)
    file.write_text("nonsense")
    with pytest.raises(CompileError):
        nmodlrs.load_mechanisms(file)
    section = h.Section(name="section")
    section.insert("leak3")
    assert current(section, "leak3") == pytest.approx(0.01)


def test_a_file_that_is_not_there():
    with pytest.raises(FileNotFoundError, match="not_there.mod"):
        nmodlrs.load_mechanisms("not_there.mod")


def test_a_function_whose_c_is_not_known_fails_when_it_is_called(tmp_path, capfd):
    file = tmp_path / "library.mod"
    file.write_text("""
NEURON { SUFFIX nothing }
FUNCTION half_of(x) {
VERBATIM
    _lhalf_of = _lx/2;
ENDVERBATIM
}
FUNCTION beyond(x) {
VERBATIM
    _lbeyond = tgamma(_lx);
ENDVERBATIM
}
""")
    nmodlrs.load_mechanisms(file)
    assert h.half_of(3) == 1.5
    with pytest.raises(RuntimeError, match="the function `tgamma` is not known here"):
        h.beyond(3)
