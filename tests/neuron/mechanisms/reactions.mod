TITLE Reactions: stoichiometry, conservation, compartments, influx, steady state

COMMENT
2 A + B <-> C in the cell, C -> A of a larger compartment, and influx of A that
follows the potential. The non-linear steady state is where INITIAL begins.
ENDCOMMENT

NEURON {
    SUFFIX reactions
    NONSPECIFIC_CURRENT i
    RANGE kf, kb, influx, flux, i
    GLOBAL total
}

UNITS {
    (mM) = (milli/liter)
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER {
    kf = 0.8     (/mM2-ms)
    kb = 0.3     (/ms)
    influx = 0.02 (mM/ms)
    total = 2    (mM)
    g = 1e-4     (S/cm2)
}

ASSIGNED {
    v    (mV)
    i    (mA/cm2)
    flux (mM/ms)
}

STATE {
    A (mM)
    B (mM)
    C (mM)
    P (mM)
    Q (mM)
}

INITIAL {
    A = 1
    B = 0.7
    C = 0.3
    P = 1.5
    Q = 0.5
    SOLVE scheme STEADYSTATE sparse
}

BREAKPOINT {
    SOLVE scheme METHOD sparse
    i = g*C*(v + 70(mV))
}

KINETIC scheme {
    LOCAL q
    q = exp((v + 65(mV))/50(mV))
    COMPARTMENT 2 { A B C }
    COMPARTMENT 0.5 { P Q }
    ~ 2 A + B <-> C (kf, kb*q)
    flux = f_flux - b_flux
    ~ A << (influx*q)
    ~ A -> (0.05(/ms))
    ~ P <-> Q (0.2(/ms)*q, 0.1(/ms)/q)
    CONSERVE P + Q = total
    CONSERVE B + C = total
}
