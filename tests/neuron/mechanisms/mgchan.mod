TITLE An ion that is new, with its valence, and its accumulation

NEURON {
    SUFFIX mgchan
    USEION mg READ emg WRITE img, mgi VALENCE 2
    RANGE g, depth
}

UNITS {
    (mM) = (milli/liter)
    (um) = (micron)
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
    F = (faraday) (coulomb)
}

PARAMETER {
    g = 5e-5    (S/cm2)
    depth = 0.2 (um)
}

ASSIGNED {
    v   (mV)
    emg (mV)
    img (mA/cm2)
    mgi (mM)
}

STATE { m (mM) }

INITIAL {
    m = 0.5
    mgi = m
}

BREAKPOINT {
    SOLVE inflow METHOD cnexp
    img = g*(v - emg)
}

DERIVATIVE inflow {
    m' = -img*(1e4)/(2*F*depth) - (m - 0.5(mM))/50(ms)
    mgi = m
}
