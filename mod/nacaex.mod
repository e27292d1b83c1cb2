TITLE Electrogenic sodium-calcium exchange, linear about its reversal potential

COMMENT
Four sodium ions are exchanged for one calcium ion: ica = -ina/2, and the exchange
turns round where their energies balance, at ex = (4*ena - 2*eca)/(4 - 2).
ENDCOMMENT

NEURON {
    SUFFIX nacax
    THREADSAFE
    USEION ca READ eca WRITE ica
    USEION na READ ena WRITE ina
    RANGE k, ica, ina, ex
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
}

PARAMETER { k = 0.0002 (mho/cm2) <0, 1e6> } : at 6.3 degC

ASSIGNED {
    v       (mV)
    celsius (degC)
    eca     (mV)
    ena     (mV)
    ica     (mA/cm2)
    ina     (mA/cm2)
    ex      (mV)
}

: Tripled by 10 degC.
BREAKPOINT {
    LOCAL q
    q = 3^((celsius - 6.3)/10(degC))
    ex = 2*ena - eca
    ina = 2*k*q*(v - ex)
    ica = -ina/2
}
