COMMENT
A concentration whose scheme divides by what INITIAL computes, and whose INITIAL reads the current.
ENDCOMMENT

NEURON {
    SUFFIX latearea
    USEION x READ xi WRITE xi, ix VALENCE 1
    RANGE rate
}

PARAMETER { rate = 0.2 (/ms) }

ASSIGNED { v (mV) ix (mA/cm2) flux (mA/cm2) flux_last (mA/cm2) width }

STATE { xi (mM) bound (mM) }

INITIAL {
    width = 2
    SOLVE scheme STEADYSTATE sparse
}

BREAKPOINT {
    SOLVE scheme METHOD sparse
    flux_last = flux
    ix = 1e-4*flux
}

KINETIC scheme {
    ~ xi <-> bound (rate, 0.5*rate)
    flux = (f_flux - b_flux)/width
    ~ xi << (-(ix - 1e-4*flux_last)*width)
    CONSERVE xi + bound = 3
}
