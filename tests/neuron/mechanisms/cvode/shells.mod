TITLE Calcium in two shells of a KINETIC scheme; the outer one is cai

NEURON {
    SUFFIX shells
    USEION ca READ cai, ica WRITE cai
    RANGE total
}

UNITS {
    (mA) = (milliamp)
    (mM) = (milli/liter)
    (um) = (micron)
    FARADAY = (faraday) (coulomb)
}

ASSIGNED {
    ica (mA/cm2)
    cai (mM)
    total (mM)
}

STATE { ca[2] (mM) <1e-4> }

INITIAL {
    FROM i = 0 TO 1 { ca[i] = cai }
}

BREAKPOINT {
    SOLVE exchange METHOD sparse
    total = ca[0] + ca[1]
}

KINETIC exchange {
    ~ ca[0] <-> ca[1] (0.5, 0.5)
    ~ ca[0] << (-ica*(1e4)/(2*FARADAY*0.1))
    cai = ca[0]
}
