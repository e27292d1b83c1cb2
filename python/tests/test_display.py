"""What objects show of themselves, and what tab completion finds."""

from nmodlrs import h


def test_repr_tells_something_and_str_is_neurons_text():
    soma, dend = h.Section(name="soma"), h.Section(name="dend")
    dend.connect(soma(1))
    soma.L, soma.diam = 20, 15
    soma.insert("hh")
    h.finitialize(-65)
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1, 2, 0.5
    netcon = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
    vector = h.Vector([1, 2.5, 3])
    shown = {
        soma: ("soma", "<soma: L=20, diam=15, nseg=1, hh>"),
        dend: ("dend", "<dend: L=100, diam=500, nseg=1, on soma(1)>"),
        soma(0.5): ("soma(0.5)", f"<soma(0.5): v=-65, hh, {clamp}>"),
        soma(0): ("soma(0)", "<soma(0): v=-65>"),
        clamp: (clamp.hname(), f"<{clamp} at soma(0.5): delay=1, dur=2, amp=0.5>"),
        netcon: (
            netcon.hname(),
            f"<{netcon}: soma(0.5) > 10 -> None, delay=1, weight=0>",
        ),
    }
    for thing, (name, text) in shown.items():
        assert str(thing) == f"{thing}" == name
        assert repr(thing) == text
    assert str(vector) == vector.hname() and repr(vector) == f"<{vector} of 3: 1, 2.5, 3>"
    assert repr(h.Vector(range(100))).endswith(" of 100: 0, 1, 2, 3, 4, ..., 95, 96, 97, 98, 99>")
    assert repr(h.Vector()).endswith(" of 0>")
    assert str(soma(0.5).hh) == "hh"
    assert repr(soma(0.5).hh).startswith("<hh of soma(0.5): gnabar=0.12, gkbar=0.036, ")


def test_repr_of_what_was_deleted_is_a_text():
    section = h.Section(name="gone")
    segment, clamp = section(0.5), h.IClamp(section(0.5))
    mechanism = section.insert("hh")(0.5).hh
    h.delete_section(sec=section)
    assert repr(section) == "<deleted section>"
    assert repr(segment) == "<segment of deleted section>"
    assert clamp.hname() in repr(clamp)
    assert "hh" in repr(mechanism)


def test_tab_completion():
    section = h.Section(name="section").insert("hh")
    assert {"tstop", "celsius", "dt", "IClamp", "hh", "Vector", "continuerun"} <= set(dir(h))
    assert {"hh", "na_ion", "v", "m_hh", "gnabar_hh", "ena", "area"} <= set(dir(section(0.5)))
    assert {"m", "gnabar", "ina", "name"} - set(dir(section(0.5).hh)) == {"ina"}
    assert {"delay", "dur", "amp", "i", "get_segment"} <= set(dir(h.IClamp(section(0.5))))
    assert "hh" not in dir(section)
    assert {"L", "nseg", "Ra", "cm", "diam", "v", "gnabar_hh"} <= set(dir(section))
