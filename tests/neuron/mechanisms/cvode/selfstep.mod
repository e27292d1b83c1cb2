COMMENT
Integrates by itself: no SOLVE, but a forward step over dt in BREAKPOINT.
ENDCOMMENT

NEURON {
    SUFFIX selfstep
    USEION ca READ ica WRITE cai
    RANGE pool, calls
}

UNITS {
    (mM) = (milli/liter)
    (mA) = (milliamp)
    (um) = (micron)
    FARADAY = (faraday) (coulomb)
}

ASSIGNED {
    dt (ms)
    ica (mA/cm2)
    cai (mM)
    pool (mM)
    calls
}

INITIAL {
    pool = 0.0001
    calls = 0
    cai = pool
}

BREAKPOINT {
    pool = pool + dt*(-ica*(1e4)/(2*FARADAY*0.2(um)) - (pool - 0.0001)/10(ms))
    cai = pool
    calls = calls + 1
}
