"""IDA where NEURON does not manage: switched on after fixed steps, and what it says where it fails."""

import pytest

from nmodlrs import h


@pytest.fixture
def cvode():
    integrator = h.CVode()
    yield integrator
    integrator.active(False)
    integrator.use_daspk(False)
    integrator.use_mxb(False)
    integrator.dae_init_dteps(1e-9, 0)


def cable():
    section = h.Section(name="cable")
    section.L, section.diam, section.nseg = 200, 2, 3
    section.insert("pas")
    section.insert("extracellular")
    for x in section:
        x.xraxial[0], x.xg[0], x.xc[0] = 100, 0.01, 0.1
        x.e_extracellular = 10 * x.x
    return section


def test_extracellular_switches_ida_on_also_after_fixed_steps(cvode):
    section = cable()
    h.dt = 0.001
    h.finitialize(-70)
    while h.t < 2 - 1e-6:
        h.fadvance()
    fixed = [(x.v, x.vext[0]) for x in section]
    assert cvode.current_method() == 12
    cvode.active(True)
    cvode.atol(1e-5)
    h.finitialize(-70)
    assert (cvode.current_method(), cvode.use_daspk()) == (412, True)
    cvode.solve(2)
    for before, x in zip(fixed, section):
        assert (x.v, x.vext[0]) == pytest.approx(before, abs=2e-3)
    h.dt = 0.025
    cvode.atol(1e-3)


def test_local_steps_are_off_with_equations_of_the_whole_model(cvode):
    section = cable()
    cvode.active(True)
    cvode.use_local_dt(True)
    h.finitialize(-70)
    assert not cvode.use_local_dt()
    assert cvode.current_method() == 412
    assert section(0.5).v != 0


def test_names_of_states_have_layers_and_unknowns_of_circuits(cvode):
    section = cable()
    c, g = h.Matrix(2, 2), h.Matrix(2, 2)
    c.setval(1, 1, 1)
    g.set(0.001, 0, 0, 1)
    y, b = h.Vector(2), h.Vector([0, 3])
    mechanism = h.LinearMechanism(c, g, y, b, 0.5, sec=section)
    cvode.active(True)
    h.finitialize(-70)
    states = h.Vector()
    cvode.states(states)
    name, names = h.ref(""), []
    for i in range(len(states)):
        cvode.statename(i, name, 2)
        names.append(name[0])
    # 3 segments and 2 ends, each with two layers
    assert names.count("v") == 5
    assert names.count("vext") == 10
    assert names.count("LinearMechanism[0].y[1]") == 1
    cvode.solve(1)
    assert y[1] == pytest.approx(3 * (1 - 2.718281828**-1), abs=1e-2)
    assert mechanism.valid()


def test_equations_without_a_solution_are_told(cvode):
    section = h.Section(name="alone")
    section.insert("pas")
    c, g = h.Matrix(2, 2), h.Matrix(2, 2)
    g.setval(0, 0, 1)
    y, b = h.Vector(2), h.Vector([0, 1])
    mechanism = h.LinearMechanism(c, g, y, b, 0.5, sec=section)
    h.finitialize(-65)
    with pytest.raises(RuntimeError, match=r"nothing determines LinearMechanism\[\d+\]\.y\[1\]"):
        h.fadvance()
    assert mechanism.valid()
