"""What several scripts build, or look at in the same way; see tests/neuron/test_paired.py."""

from neuron import h


def clamped_soma():
    """The standard run system, and a soma with hh, without its table, that a current makes fire once."""
    h.load_file("stdrun.hoc")
    soma = h.Section(name="soma")
    soma.L = soma.diam = 20
    soma.insert("hh")
    h.usetable_hh = 0
    stimulus = h.IClamp(soma(0.5))
    stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1
    return soma, stimulus


def named(values):
    """Quantities of states by the names of these: their order is the simulator's own."""
    name, found = h.ref(""), {}
    for i, value in enumerate(values):
        h.CVode().statename(i, name)
        found[name[0]] = value
    return found


def imported(reader, file, name="cell"):
    """The object that Import3d makes of a file's morphology."""

    class Cell:
        def __repr__(self):
            return name

    reader.quiet = 1
    reader.input(file)
    cell = Cell()
    h.Import3d_GUI(reader, False).instantiate(cell)
    return cell
